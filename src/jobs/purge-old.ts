import { deleteEnded, deleteHandled } from '../db/processes.ts';
import { forgetSelecting } from '../db/selecting.ts';
import { purgeOld } from '../lifecycle/purge.ts';
import { later } from '../time.ts';
import type { Job } from './job.ts';

/** How many rows of each kind are purged at a heartbeat; the rest follows with the next. */
const perRun = 200;

/** An interaction is good for 15 minutes, and a process says every minute that it runs. */
const processesKeptMinutes = 30;
/** Interactions that are forgotten at a heartbeat: more than come in a minute. */
const handledPerRun = 20_000;

/** Deletes what has become old: closed requests, what was delivered long ago, the end of a season, guilds that removed the bot for good. */
export const purgeOldRows: Job = {
  name: 'purge-old',
  forAll: true,
  async run(ctx) {
    await purgeOld(ctx, perRun);
    const before = later(ctx.now(), { minutes: -processesKeptMinutes });
    await forgetSelecting(ctx.db, ctx.now());
    await deleteHandled(ctx.db, before, handledPerRun);
    await deleteEnded(ctx.db, before);
  },
};
