import { sendWordsDue } from '../mentoring/closings.ts';
import type { Job } from './job.ts';

/** Sends words at the end of mentorships whose time has come. */
export const sendWords: Job = {
  name: 'send-words',
  run: (ctx) => sendWordsDue(ctx),
};
