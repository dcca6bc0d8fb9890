import { type Client, DiscordAPIError } from 'discord.js';
import type { Context } from '../context.ts';
import { listMembersToLookFor, markMemberSeen } from '../db/members.ts';
import { isInGuild } from '../discord/presence.ts';
import { memberLeft } from '../lifecycle/leavers.ts';
import { type Instant, later } from '../time.ts';
import type { Job } from './job.ts';

/** How many members are looked for at a heartbeat: with one a minute, 14,400 a day. */
const perRun = 10;
/** Somebody with whom another is paired, or for whose answer another waits, is looked for once a day. */
const pairedHours = 24;
/** Everybody else who registered once a week: whoever is suggested should be there. */
const othersDays = 7;
/** A guild in which Discord does not let the bot look is left alone for so long: its members must not hide all others. */
const heldHours = 1;

/** Until when guilds are left alone, for each running bot. */
const held = new WeakMap<Client, Map<string, Instant>>();

/**
 * Looks whether members are still there, so that nobody waits for a ghost: without the intent for members Discord does
 * not say when one leaves, and with it nothing of what happened while the bot was away.
 */
export const checkPartners: Job = {
  name: 'check-partners',
  async run(ctx, client) {
    const now = ctx.now();
    const since = { pairedSince: later(now, { hours: -pairedHours }), othersSince: later(now, { days: -othersDays }) };
    const members = await listMembersToLookFor(ctx.db, closedGuilds(client, now), since, perRun);
    for (const { guild_id: guildId, user_id: userId } of members) await lookFor(ctx, client, guildId, userId);
  },
};

/** Guilds in which nobody can be looked for now: an outage hides them, or Discord refused lately. */
function closedGuilds(client: Client<true>, now: Instant): string[] {
  const hidden = client.guilds.cache.filter((guild) => !guild.available).keys();
  const refused = [...(held.get(client) ?? [])].filter(([, until]) => until > now);
  return [...hidden, ...refused.map(([id]) => id)];
}

/** @throws when Discord is away: then the next heartbeat tries again. */
async function lookFor(ctx: Context, client: Client<true>, guildId: string, userId: string): Promise<void> {
  const guild = client.guilds.cache.get(guildId);
  try {
    if (!guild) hold(ctx, client, guildId);
    else if (await isInGuild(guild, userId)) await markMemberSeen(ctx.db, guildId, userId, ctx.now());
    else await memberLeft(ctx, guildId, userId);
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    ctx.log.warn({ err: error, guild: guildId }, 'whether members are present could not be learned');
    hold(ctx, client, guildId);
  }
}

function hold(ctx: Context, client: Client, guildId: string): void {
  const ofClient = held.get(client) ?? new Map<string, Instant>();
  held.set(client, ofClient.set(guildId, later(ctx.now(), { hours: heldHours })));
}
