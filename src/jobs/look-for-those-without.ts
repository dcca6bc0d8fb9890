import { lookForThoseWithout } from '../mentoring/without.ts';
import type { Job } from './job.ts';

/** Tells moderators of mentees who wait although nobody is eligible. */
export const lookForThoseWithoutJob: Job = {
  name: 'look-for-those-without',
  run: (ctx) => lookForThoseWithout(ctx),
};
