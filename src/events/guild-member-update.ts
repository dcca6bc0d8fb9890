import { Events } from 'discord.js';
import { lookAgainSoon } from '../guild/alerts.ts';
import { sweepMember } from '../discord/sweep/index.ts';
import type { GatewayEvent } from './event.ts';

/**
 * Somebody's roles changed, perhaps by another's hand; arrives only with the intent for members. Or the bot's own did,
 * which always arrives: what it could not do may be possible now.
 */
export default {
  name: Events.GuildMemberUpdate,
  async run(ctx, _before, member) {
    const isOwn = member.id === member.client.user.id;
    if (isOwn) await lookAgainSoon(ctx, member.guild.id);
    if ((await sweepMember(ctx, member)) || isOwn) ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.GuildMemberUpdate>;
