/** Discord's view of a guild, for the comparison: from memory where the bot is told of every change, else by asking. */
import {
  type APIThreadChannel,
  DiscordAPIError,
  type Guild,
  type GuildMember,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { KnownCard, Seen, SeenMember, SeenThread } from '../../lifecycle/sweep/differences.ts';
import { retry } from '../retry.ts';
import { findRoleFault } from '../roles.ts';
import { toInstant } from '../../time.ts';

/** Nothing looked at beside what the bot keeps in memory. */
export function seenIn(guild: Guild): Seen {
  return {
    has: (id) => (guild.available ? guild.channels.cache.has(id) || guild.roles.cache.has(id) : undefined),
    gives: (id) => {
      const role = guild.roles.cache.get(id);
      const me = guild.members.me;
      return role !== undefined && me !== null && findRoleFault(role, me) === undefined;
    },
    members: new Map(),
    threads: new Map(),
    cards: new Map(),
  };
}

/** A member as an interaction or an event brings them, or as Discord answers. */
export function seenMember(member: GuildMember): SeenMember {
  const { joinedTimestamp: joined } = member;
  return {
    joinedAt: typeof joined === 'number' ? toInstant(joined) : null,
    roles: new Set(member.roles.cache.keys()),
  };
}

/** A member as Discord has them now: one request. Undefined for whoever is not there. */
export async function fetchMember(guild: Guild, userId: string): Promise<GuildMember | undefined> {
  return await unless(goneMember, () => guild.members.fetch({ user: userId, force: true, cache: false }));
}

/** Looks for a member: one request. */
export async function lookForMember(guild: Guild, userId: string): Promise<SeenMember | 'absent'> {
  const member = await fetchMember(guild, userId);
  return member === undefined ? 'absent' : seenMember(member);
}

/** How many requests a pair's thread costs: the thread, and each of the two in it. */
export const requestsPerThread = 3;

/** Looks at a thread, and whether they are in it. Undefined where the bot sees nothing of its whole channel. */
export async function lookAtThread(
  guild: Guild,
  channelId: string | null,
  threadId: string,
  present: readonly string[],
): Promise<SeenThread | 'gone' | 'closed' | undefined> {
  const { rest } = guild.client;
  let thread: APIThreadChannel | undefined;
  try {
    thread = await unless(goneThread, () => rest.get(Routes.channel(threadId)) as Promise<APIThreadChannel>);
  } catch (error) {
    if (!isRefused(error, closedThread)) throw error;
    return seesChannelItself(guild, channelId) ? 'closed' : undefined;
  }
  if (thread === undefined) return 'gone';
  const missing: string[] = [];
  const locked = thread.thread_metadata?.locked ?? false;
  for (const userId of locked ? [] : present) {
    const isIn = await unless(goneMember, () => rest.get(Routes.threadMembers(threadId, userId)));
    if (isIn === undefined) missing.push(userId);
  }
  return { locked, missing };
}

/** Looks for a card: one request. Undefined where the bot may not look. */
export async function lookForCard(
  guild: Guild,
  channelId: string,
  card: KnownCard,
): Promise<'there' | 'gone' | undefined> {
  const { rest } = guild.client;
  try {
    const there = await unless(goneMessage, () => rest.get(Routes.channelMessage(channelId, card.messageId)));
    return there === undefined ? 'gone' : 'there';
  } catch (error) {
    if (isRefused(error, closedThread)) return undefined;
    throw error;
  }
}

const goneMember = [RESTJSONErrorCodes.UnknownMember, RESTJSONErrorCodes.UnknownUser];
const goneThread = [RESTJSONErrorCodes.UnknownChannel];
const goneMessage = [RESTJSONErrorCodes.UnknownMessage, RESTJSONErrorCodes.UnknownChannel];
const closedThread = [RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.MissingPermissions];

/** The answer; undefined when Discord says that there is no such thing. */
async function unless<T>(gone: readonly number[], ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await retry(ask);
  } catch (error) {
    if (isRefused(error, gone)) return undefined;
    throw error;
  }
}

function isRefused(error: unknown, among: readonly number[]): boolean {
  return error instanceof DiscordAPIError && among.some((code) => code === error.code);
}

function seesChannelItself(guild: Guild, channelId: string | null): boolean {
  const channel = guild.channels.cache.get(channelId ?? '');
  const me = guild.members.me;
  return channel !== undefined && me !== null && channel.permissionsFor(me).has(PermissionFlagsBits.ViewChannel);
}
