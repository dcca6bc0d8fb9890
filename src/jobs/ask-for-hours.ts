import { askForNewHours } from '../hours/edit.ts';
import type { Job } from './job.ts';

/** Asks members for new hours once the time of those that they entered is over. */
export const askForHours: Job = {
  name: 'ask-for-hours',
  run: (ctx) => askForNewHours(ctx),
};
