import { Events } from 'discord.js';
import { hasActed } from '../db/audit.ts';
import { findMember } from '../db/members.ts';
import { inOrder } from '../guild/turn.ts';
import { memberLeft } from '../lifecycle/leavers.ts';
import type { GatewayEvent } from './event.ts';

/** Somebody left a guild or was removed from it. Arrives only with the intent for members. */
export default {
  name: Events.GuildMemberRemove,
  async run(ctx, member) {
    // Most who come and go never registered, nor did anything as a moderator.
    const [guildId, userId] = [member.guild.id, member.id];
    await inOrder(ctx.db, guildId, userId, async () => {
      if (!(await findMember(ctx.db, guildId, userId)) && !(await hasActed(ctx.db, guildId, userId))) return;
      await memberLeft(ctx, guildId, userId);
      ctx.outbox.wake();
    });
  },
} satisfies GatewayEvent<Events.GuildMemberRemove>;
