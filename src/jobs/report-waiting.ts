import { reportWaiting } from '../mentoring/waiting-report.ts';
import type { Job } from './job.ts';

/** Tells moderators each week of those who wait. */
export const reportWaitingJob: Job = { name: 'report-waiting', run: (ctx) => reportWaiting(ctx) };
