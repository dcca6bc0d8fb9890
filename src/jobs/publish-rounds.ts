import { resumePublishing } from '../mentoring/rounds/publish.ts';
import type { Job } from './job.ts';

/** Goes on publishing matching rounds where the program ended in the middle. */
export const publishRounds: Job = {
  name: 'publish-rounds',
  goesByNoTime: true,
  run: (ctx) => resumePublishing(ctx),
};
