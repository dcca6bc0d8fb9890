import { Events } from 'discord.js';
import { greet } from '../discord/letters.ts';
import { returnToGuild } from '../guild/guilds.ts';
import type { GatewayEvent } from './event.ts';

/** The bot was added to a guild, perhaps for a second time: then everything goes on where it stopped. */
export default {
  name: Events.GuildCreate,
  async run(ctx, guild) {
    await returnToGuild(ctx, guild.id);
    ctx.outbox.wake();
    await greet(ctx, guild);
  },
} satisfies GatewayEvent<Events.GuildCreate>;
