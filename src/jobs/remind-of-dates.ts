import { oweDatePosts } from '../journey/dates/post.ts';
import { remindOfDates } from '../journey/dates/remind.ts';
import type { Job } from './job.ts';

/** Reminds people, and guilds that want it, of dates that come nearer. */
export const remindOfDatesJob: Job = {
  name: 'remind-of-dates',
  async run(ctx) {
    await remindOfDates(ctx);
    await oweDatePosts(ctx);
  },
};
