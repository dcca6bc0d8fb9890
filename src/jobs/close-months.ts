import { closeMonths } from '../mentoring/figures/close.ts';
import type { Job } from './job.ts';

/** Fixes the figures of a month that has ended. */
export const closeMonthsJob: Job = { name: 'close-months', run: (ctx) => closeMonths(ctx) };
