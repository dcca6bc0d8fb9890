import { Events } from 'discord.js';
import { forgetGreeting } from '../db/door.ts';
import { leaveGuild } from '../guild/guilds.ts';
import type { GatewayEvent } from './event.ts';

/** The bot was removed from a guild, or the guild was deleted. An outage is another event and changes nothing. */
export default {
  name: Events.GuildDelete,
  async run(ctx, guild) {
    await leaveGuild(ctx, guild.id);
    await forgetGreeting(ctx.db, guild.id);
  },
} satisfies GatewayEvent<Events.GuildDelete>;
