import { claimDue } from '../posts/claim.ts';
import type { Job } from './job.ts';

/** Claims what schedules have due, in all guilds; the outbox posts it. */
export const claimPosts: Job = {
  name: 'claim-posts',
  async run(ctx) {
    const owed = await claimDue(ctx);
    if (owed > 0) ctx.log.info({ owed }, 'posts are due');
  },
};
