import type { Client } from 'discord.js';
import { checkPlans } from '../posts/plans.ts';
import { later } from '../time.ts';
import type { Job } from './job.ts';
import { mendWaits } from '../db/notices/outcomes.ts';

/** How many schedules are held against their plan at a heartbeat: thirty thousand in an hour. */
const perRun = 500;
/** Nothing that is tried again waits for longer than this, in hours: a longer wait is the work of a wrong clock. */
const longestWaitHours = 25;
/** Nothing is in one process' hands for longer than this, in minutes. */
const longestClaimMinutes = 30;

/** How far each running bot has come. */
const reached = new WeakMap<Client, string>();

/** Finds stored times that a wrong clock has left behind: next times of schedules, and waits of what is owed. */
export const checkPlansJob: Job = {
  name: 'check-plans',
  async run(ctx, client) {
    const last = await checkPlans(ctx, reached.get(client), perRun);
    if (last === undefined) reached.delete(client);
    else reached.set(client, last);
    const now = ctx.now();
    const limits = {
      due: later(now, { hours: longestWaitHours }),
      claim: later(now, { minutes: longestClaimMinutes }),
    };
    const mended = await mendWaits(ctx.db, now, limits);
    if (mended > 0) ctx.log.warn({ notices: mended }, 'what was to wait for longer than anything does is tried now');
  },
};
