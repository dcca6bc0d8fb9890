import { Events } from 'discord.js';
import { findLivePairByThread } from '../db/sweep.ts';
import { mend } from '../lifecycle/sweep/mend.ts';
import type { GatewayEvent } from './event.ts';

/** A thread was deleted: a pair that had it gets another at once. */
export default {
  name: Events.ThreadDelete,
  async run(ctx, { id: threadId, guildId }) {
    const pair = await findLivePairByThread(ctx.db, guildId, threadId);
    if (!pair) return;
    await mend(ctx, guildId, { kind: 'thread-gone', pairId: pair.id, threadId });
    ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.ThreadDelete>;
