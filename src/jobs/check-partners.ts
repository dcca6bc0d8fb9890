import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import { listMembersToLookFor, markMemberSeen } from '../db/members.ts';
import { memberLeft } from '../mentoring/leavers.ts';
import { later } from '../time.ts';
import type { Job } from './job.ts';

/** How many members are looked for at a heartbeat: with one a minute, 14,400 a day. */
const perRun = 10;
/** Somebody with whom another is paired, or for whose answer another waits, is looked for once a day. */
const pairedHours = 24;
/** Everybody else who registered once a week: whoever is suggested should be there. */
const othersDays = 7;

/**
 * Looks whether members are still there, so that nobody waits for a ghost: without the intent for members Discord does
 * not say when one leaves, and with it nothing of what happened while the bot was away.
 */
export const checkPartners: Job = {
  name: 'check-partners',
  async run(ctx, client) {
    const guildIds = [...client.guilds.cache.filter((guild) => guild.available).keys()];
    const now = ctx.now();
    const since = { pairedSince: later(now, { hours: -pairedHours }), othersSince: later(now, { days: -othersDays }) };
    for (const { guild_id: guildId, user_id: user } of await listMembersToLookFor(ctx.db, guildIds, since, perRun)) {
      try {
        await client.guilds.cache.get(guildId)?.members.fetch({ user, force: true, cache: false });
        await markMemberSeen(ctx.db, guildId, user, now);
      } catch (error) {
        // When Discord is away the next heartbeat tries again.
        if (!isGone(error)) throw error;
        await memberLeft(ctx, guildId, user);
      }
    }
  },
};

function isGone(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError)) return false;
  return error.code === RESTJSONErrorCodes.UnknownMember || error.code === RESTJSONErrorCodes.UnknownUser;
}
