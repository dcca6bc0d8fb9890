import { Events } from 'discord.js';
import { memberPresent } from '../mentoring/leavers.ts';
import type { GatewayEvent } from './event.ts';

/** Somebody joined a guild, perhaps again. Arrives only with the intent for members. */
export default {
  name: Events.GuildMemberAdd,
  async run(ctx, member) {
    await memberPresent(ctx, member.guild.id, member.id);
    ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.GuildMemberAdd>;
