import { isModeratorNow } from '../discord/presence.ts';
import { runPlans } from '../mentoring/rounds/schedule.ts';
import type { Job } from './job.ts';

/** Begins scheduled rounds, shows them to the moderators, and publishes those that go out by themselves. */
export const runRoundPlans: Job = {
  name: 'run-round-plans',
  run: (ctx, client) => runPlans(ctx, (guildId, userId) => isModeratorNow(client, guildId, userId)),
};
