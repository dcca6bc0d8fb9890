import { endRestsOver } from '../mentoring/rests.ts';
import type { Job } from './job.ts';

/** Goes on with mentorships whose rest is over, and ends those that waited in vain for somebody who left. */
export const endRests: Job = {
  name: 'end-rests',
  run: (ctx) => endRestsOver(ctx),
};
