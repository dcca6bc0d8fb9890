import { Events } from 'discord.js';
import { findMember } from '../db/members.ts';
import { inOrder } from '../guild/turn.ts';
import { memberBack } from '../lifecycle/leavers.ts';
import type { GatewayEvent } from './event.ts';

/** Somebody joined a guild, perhaps again. Arrives only with the intent for members. */
export default {
  name: Events.GuildMemberAdd,
  async run(ctx, member) {
    await inOrder(ctx.db, member.guild.id, member.id, async () => {
      if (!(await findMember(ctx.db, member.guild.id, member.id))) return;
      await memberBack(ctx, member.guild.id, member.id);
      ctx.outbox.wake();
    });
  },
} satisfies GatewayEvent<Events.GuildMemberAdd>;
