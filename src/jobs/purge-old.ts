import { purgeOld } from '../lifecycle/purge.ts';
import type { Job } from './job.ts';

/** How many rows of each kind are purged at a heartbeat; the rest follows with the next. */
const perRun = 200;

/** Deletes what has become old: closed requests, what was delivered long ago, guilds that removed the bot for good. */
export const purgeOldRows: Job = {
  name: 'purge-old',
  async run(ctx) {
    await purgeOld(ctx, perRun);
  },
};
