import { Events } from 'discord.js';
import { findLiveGroupByThread } from '../db/study/threads.ts';
import { findLivePairByThread, isPlannedInThread } from '../db/sweep.ts';
import { mend } from '../lifecycle/sweep/mend.ts';
import type { GatewayEvent } from './event.ts';

/** A thread was deleted: a pair or a study group that had it gets another at once, and moderators hear where something was to be posted in it. */
export default {
  name: Events.ThreadDelete,
  async run(ctx, { id: threadId, guildId }) {
    const pair = await findLivePairByThread(ctx.db, guildId, threadId);
    const group = pair ? undefined : await findLiveGroupByThread(ctx.db, guildId, threadId);
    if (pair) await mend(ctx, guildId, { kind: 'thread-gone', pairId: pair.id, threadId });
    else if (group) await mend(ctx, guildId, { kind: 'group-thread-gone', groupId: group.id, threadId });
    else if (await isPlannedInThread(ctx.db, guildId, threadId))
      await mend(ctx, guildId, { kind: 'planned-channel-gone', id: threadId });
    else return;
    ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.ThreadDelete>;
