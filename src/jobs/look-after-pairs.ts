import { lookAfterPairs } from '../mentoring/care/look-after.ts';
import type { Job } from './job.ts';

/** Finds first times, asks how pairs do, and closes kindly what has fallen silent. */
export const lookAfterPairsJob: Job = {
  name: 'look-after-pairs',
  run: (ctx) => lookAfterPairs(ctx),
};
