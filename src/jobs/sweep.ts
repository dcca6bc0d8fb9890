import type { Client } from 'discord.js';
import { listGuildsToSweep, planSweep } from '../db/sweep.ts';
import { later } from '../time.ts';
import { sweepGuild } from '../discord/sweep/index.ts';
import type { Job } from './job.ts';

/** Requests that the sweep may make at a heartbeat, in all guilds together: one a second, a fiftieth of what Discord permits. */
export const requestsPerMinute = 60;
/** Requests of one guild before it is another's turn: a large one must not hide the small ones. */
const requestsPerTurn = 10;
/** Guilds of one heartbeat: with nothing to look at each costs a few queries. */
const guildsPerMinute = 100;
/** How soon a guild has its next turn when nothing was left to look at. */
const restMinutes = 10;
/** A guild in which Discord does not let the bot look is left alone for so long. */
const refusedHours = 1;

/**
 * Compares what the database says with what Discord has, guild by guild in turns, and mends it or tells whom it concerns.
 * What was looked at, and whose turn is next, is in the database: after a restart it goes on where it stopped.
 */
export const sweep: Job = {
  name: 'sweep',
  asksDiscord: true,
  async run(ctx, client) {
    let left = requestsPerMinute;
    const turns = await listGuildsToSweep(ctx.db, ctx.now(), guildsPerMinute);
    for (let settings = turns.shift(); settings && left > 0; settings = turns.shift()) {
      const guild = availableGuild(client, settings.id);
      // An error here means Discord is away: the guild keeps its turn.
      const swept = guild && (await sweepGuild(ctx, guild, settings, Math.min(requestsPerTurn, left)));
      left -= swept?.requests ?? 0;
      const isRefused = swept?.ended === 'refused';
      if (swept?.ended === 'out-of-requests') turns.push(settings);
      const wait = isRefused
        ? { hours: refusedHours }
        : { minutes: swept?.ended === 'out-of-requests' ? 0 : restMinutes };
      await planSweep(ctx.db, settings.id, later(ctx.now(), wait));
    }
  },
};

/** A guild that the bot is in; undefined also while an outage hides it. */
function availableGuild(client: Client<true>, id: string) {
  const guild = client.guilds.cache.get(id);
  return guild?.available ? guild : undefined;
}
