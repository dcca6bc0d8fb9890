import { DiscordAPIError } from 'discord.js';
import { isInGuild } from '../discord/presence.ts';
import { purgeMembersGone } from '../lifecycle/leavers.ts';
import type { Job } from './job.ts';

/** How many members are purged at a heartbeat; the rest follows with the next. */
const perRun = 10;

/** Deletes what is held on members who left 30 days ago, unless they have come back without the bot hearing of it. */
export const purgeLeavers: Job = {
  name: 'purge-leavers',
  asksDiscord: true,
  run: (ctx, client) =>
    purgeMembersGone(ctx, perRun, async ({ guild_id: guildId, user_id: userId }) => {
      const guild = client.guilds.cache.get(guildId);
      // A guild without the bot cannot be asked, and what is held must not be kept for that.
      if (!guild) return false;
      try {
        return await isInGuild(guild, userId);
      } catch (error) {
        if (error instanceof DiscordAPIError && error.status < 500) return false;
        throw error;
      }
    }),
};
