import { Events } from 'discord.js';
import { renewSweep } from '../db/sweep.ts';
import type { GatewayEvent } from './event.ts';

/**
 * The bot has a new session: what happened since the last one was told to nobody, so everything is looked at again, in
 * turns. A session that is resumed misses nothing.
 */
export default {
  name: Events.ShardReady,
  async run(ctx) {
    await renewSweep(ctx.db, ctx.now());
  },
} satisfies GatewayEvent<Events.ShardReady>;
