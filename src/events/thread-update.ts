import { Events } from 'discord.js';
import { lookAgainSoon } from '../guild/alerts.ts';
import type { GatewayEvent } from './event.ts';

/** A thread was unlocked: what could not be posted in it may be possible now. */
export default {
  name: Events.ThreadUpdate,
  async run(ctx, before, thread) {
    if (before.locked !== true || thread.locked === true) return;
    await lookAgainSoon(ctx, thread.guildId);
    ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.ThreadUpdate>;
