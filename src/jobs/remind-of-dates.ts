import { remindOfDates } from '../journey/dates/remind.ts';
import type { Job } from './job.ts';

/** Reminds people of dates that come nearer. */
export const remindOfDatesJob: Job = {
  name: 'remind-of-dates',
  run: (ctx) => remindOfDates(ctx),
};
