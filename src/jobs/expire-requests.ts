import { expireRequests } from '../mentoring/requests/expire.ts';
import type { Job } from './job.ts';

/** Ends requests whose time has run out, and sends each mentee's next choice. */
export const expireRequestsJob: Job = {
  name: 'expire-requests',
  run: (ctx) => expireRequests(ctx),
};
