import type { Client } from 'discord.js';
import { listUngreeted } from '../db/door.ts';
import { greet } from '../discord/letters.ts';
import type { Job } from './job.ts';

/** Guilds that are greeted at a heartbeat: each takes a few requests, and nobody waits for it. */
const perRun = 20;
/** Guilds that are looked for in one query. */
const atOnce = 500;

/** The guilds of which a process knows already; what comes later is an event of its own. */
const known = new WeakMap<Client, Set<string>>();

/** Greets, once, where the bot was added while it was away: no event told of it. */
export const greetMissed: Job = {
  name: 'greet-missed',
  asksDiscord: true,
  goesByNoTime: true,
  async run(ctx, client) {
    const seen = known.get(client) ?? new Set<string>();
    known.set(client, seen);
    const fresh = [...client.guilds.cache.values()].filter(({ id, available }) => available && !seen.has(id));
    const looked = fresh.slice(0, atOnce);
    const ungreeted = new Set(
      await listUngreeted(
        ctx.db,
        looked.map(({ id }) => id),
      ),
    );
    let greeted = 0;
    for (const guild of looked) {
      if (ungreeted.has(guild.id)) {
        if (greeted === perRun) return;
        greeted += 1;
        await greet(ctx, guild);
      }
      seen.add(guild.id);
    }
  },
};
