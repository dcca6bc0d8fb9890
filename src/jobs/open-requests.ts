import { openRequests } from '../mentoring/requests/open.ts';
import type { Job } from './job.ts';

/** Sends what waited for a mentor's week. */
export const openRequestsJob: Job = { name: 'open-requests', run: openRequests };
