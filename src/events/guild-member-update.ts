import { Events } from 'discord.js';
import { sweepMember } from '../discord/sweep/index.ts';
import type { GatewayEvent } from './event.ts';

/** Somebody's roles changed, perhaps by another's hand. Arrives only with the intent for members. */
export default {
  name: Events.GuildMemberUpdate,
  async run(ctx, _before, member) {
    if (await sweepMember(ctx, member)) ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.GuildMemberUpdate>;
