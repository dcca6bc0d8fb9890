import { Events } from 'discord.js';
import { findMember } from '../db/members.ts';
import { memberLeft } from '../lifecycle/leavers.ts';
import type { GatewayEvent } from './event.ts';

/** Somebody left a guild or was removed from it. Arrives only with the intent for members. */
export default {
  name: Events.GuildMemberRemove,
  async run(ctx, member) {
    // Most who come and go never registered.
    if (!(await findMember(ctx.db, member.guild.id, member.id))) return;
    await memberLeft(ctx, member.guild.id, member.id);
    ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.GuildMemberRemove>;
