import { nudgeMentors } from '../mentoring/requests/expire.ts';
import type { Job } from './job.ts';

/** Reminds mentors of requests that wait for their answer. */
export const nudgeMentorsJob: Job = {
  name: 'nudge-mentors',
  run: (ctx) => nudgeMentors(ctx),
};
