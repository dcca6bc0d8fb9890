import { takeBackInterrupted } from '../mentoring/rounds/interrupted.ts';
import type { Job } from './job.ts';

/** Takes back matching rounds whose computation was interrupted, and tells who began them. */
export const takeBackRounds: Job = {
  name: 'take-back-rounds',
  run: (ctx) => takeBackInterrupted(ctx),
};
