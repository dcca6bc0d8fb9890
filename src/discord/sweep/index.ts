/** One guild's turn of the sweep: what the database says, held against what Discord has, and mended. */
import { DiscordAPIError, type Guild, type GuildMember } from 'discord.js';
import type { Context } from '../../context.ts';
import { findGuild, type Guild as Settings } from '../../db/guilds.ts';
import { findMember, markMemberSeen, type Member } from '../../db/members.ts';
import type { Mentorship } from '../../db/mentorships.ts';
import {
  listCardsToLookAt,
  listMembersToLookFor,
  listMembersToMiss,
  listPairsToLookAt,
  listThreadsToLookAt,
  markMemberMissed,
  markNoticeLookedAt,
  markPairLookedAt,
  markThreadLookedAt,
} from '../../db/sweep.ts';
import { compare, type Difference, type Known, type Seen } from '../../lifecycle/sweep/differences.ts';
import { nothing, readGroup, readMember, readPair, readPlaces } from '../../lifecycle/sweep/known.ts';
import { mend } from '../../lifecycle/sweep/mend.ts';
import { epochMs, type Instant, later } from '../../time.ts';
import { lookAtThread, lookForCard, lookForMember, requestsPerThread, seenIn, seenMember } from './look.ts';
import type { Notice } from '../../db/notices/write.ts';
import type { StudyGroup } from '../../db/study/groups.ts';
import { listGroupsToLookAt, markGroupLookedAt } from '../../db/study/threads.ts';

/** Pairs, the two in them, cards that wait, and those who left are looked at once a day. */
const pairedHours = 24;
/** Everybody else who registered once a week: whoever is suggested should be there. */
const othersDays = 7;

/** How a guild's turn went. */
export interface Swept {
  readonly differences: readonly Difference[];
  readonly requests: number;
  /** `refused`: Discord does not let the bot look there at the moment. */
  readonly ended: 'done' | 'out-of-requests' | 'refused';
}

/** One thing to look at: what it may cost at most, and how. */
interface Look {
  readonly costs: number;
  run(): Promise<readonly [Partial<Known>, Partial<Seen>]>;
  /** Notes that it was looked at; comes last, so that what a crash keeps from being mended is looked at again. */
  noted(): Promise<void>;
}

/**
 * Compares a guild with what Discord has, what was longest not looked at first, and mends what differs.
 * @param requests how many it may make; what is left over waits for the next turn.
 * @throws when Discord is away.
 */
export async function sweepGuild(ctx: Context, guild: Guild, settings: Settings, requests: number): Promise<Swept> {
  const found = [...(await sweepPlaces(ctx, guild, settings))];
  const seen = seenIn(guild);
  let used = 0;
  const looks = await listLooks(ctx, guild, settings, requests + 1);
  for (const look of looks) {
    if (used > 0 && used + look.costs > requests)
      return { differences: found, requests: used, ended: 'out-of-requests' };
    used += look.costs;
    const differs = await lookOnce(ctx, guild.id, look, (known, looked) =>
      compare({ ...nothing, mentoringChannel: settings.mentoring_channel_id, ...known }, { ...seen, ...looked }),
    );
    if (differs === 'refused') return { differences: found, requests: used, ended: 'refused' };
    found.push(...differs);
  }
  const isAll = looks.length <= requests;
  return { differences: found, requests: used, ended: isAll ? 'done' : 'out-of-requests' };
}

/** Looks at one thing and mends what differs. @throws when Discord is away. */
async function lookOnce(
  ctx: Context,
  guildId: string,
  look: Look,
  differ: (known: Partial<Known>, seen: Partial<Seen>) => readonly Difference[],
): Promise<readonly Difference[] | 'refused'> {
  let differences: readonly Difference[] = [];
  try {
    differences = differ(...(await look.run()));
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    ctx.log.warn({ err: error, guild: guildId }, 'what Discord has could not be looked at');
    return 'refused';
  }
  try {
    for (const difference of differences) await mend(ctx, guildId, difference);
  } catch (error) {
    // One that cannot be mended must not keep all others from being looked at; it is found again.
    ctx.log.error(
      { err: error, guild: guildId, kinds: differences.map(({ kind }) => kind) },
      'a difference was not mended',
    );
  }
  await look.noted();
  return differences;
}

/** Compares the channels and roles that a guild has chosen, without a request. */
export async function sweepPlaces(ctx: Context, guild: Guild, settings?: Settings): Promise<readonly Difference[]> {
  const stored = settings ?? (await findGuild(ctx.db, guild.id));
  if (!stored || stored.left_at !== null) return [];
  const differences = compare(await readPlaces(ctx.db, stored), seenIn(guild));
  for (const difference of differences) await mend(ctx, guild.id, difference);
  return differences;
}

/**
 * Compares a member with what has just come along with an interaction or an event, without a request: whoever acts is
 * there, and has the roles that Discord says.
 * @returns whether anything differed.
 */
export async function sweepMember(ctx: Context, member: GuildMember): Promise<boolean> {
  const { guild, id: userId } = member;
  const stored = await findMember(ctx.db, guild.id, userId);
  const settings = stored && (await findGuild(ctx.db, guild.id));
  if (!stored || !settings) return false;
  const known = { ...nothing, members: [await readMember(ctx.db, settings, stored)] };
  const seen = { ...seenIn(guild), members: new Map([[userId, seenMember(member)]]) };
  const differences = compare(known, seen);
  for (const difference of differences) await mend(ctx, guild.id, difference);
  const isDue = epochMs(stored.seen_at ?? stored.created_at) <= epochMs(later(ctx.now(), { hours: -pairedHours }));
  if (differences.length === 0 && isDue) await markMemberSeen(ctx.db, guild.id, userId, ctx.now());
  return differences.length > 0;
}

/** Lists everything due to be checked, beginning with what others wait for. */
async function listLooks(ctx: Context, guild: Guild, settings: Settings, limit: number): Promise<Look[]> {
  const { db } = ctx;
  const now = ctx.now();
  const since = (by: Parameters<typeof later>[1]): Instant => {
    const usual = later(now, by);
    // Whatever was looked at before a new session may have changed unheard.
    const renewed = settings.sweep_since === null ? usual : later(settings.sweep_since, { ms: -1 });
    return renewed > usual ? renewed : usual;
  };
  const daily = since({ hours: -pairedHours });
  const pairs = await listPairsToLookAt(db, guild.id, daily, limit);
  const members = await listMembersToLookFor(
    db,
    guild.id,
    { pairedSince: daily, othersSince: since({ days: -othersDays }) },
    limit,
  );
  return [
    ...pairs.map((pair) => ofPair(ctx, guild, settings, pair)),
    ...(await listGroupsToLookAt(db, guild.id, daily, limit)).map((group) => ofGroup(ctx, guild, settings, group)),
    ...(await listThreadsToLookAt(db, guild.id, daily, limit))
      .filter(({ id }) => !guild.channels.cache.has(id))
      .map((thread) => ofThread(ctx, guild, thread)),
    ...(await listCardsToLookAt(db, guild.id, daily, limit)).map((card) => ofCard(ctx, guild, card)),
    ...(await listMembersToMiss(db, guild.id, daily, limit)).map((member) => ofMember(ctx, guild, settings, member)),
    ...members.map((member) => ofMember(ctx, guild, settings, member)),
  ];
}

function ofMember({ db, now }: Context, guild: Guild, settings: Settings, member: Member): Look {
  const userId = member.user_id;
  let isThere = true;
  return {
    costs: 1,
    async run() {
      const seen = await lookForMember(guild, userId);
      isThere = seen !== 'absent';
      return [{ members: [await readMember(db, settings, member)] }, { members: new Map([[userId, seen]]) }];
    },
    noted: () => (isThere ? markMemberSeen : markMemberMissed)(db, guild.id, userId, now()),
  };
}

function ofPair({ db, now }: Context, guild: Guild, settings: Settings, pair: Mentorship): Look {
  const threadId = pair.thread_id;
  return {
    costs: threadId === null ? 0 : requestsPerThread,
    async run() {
      const known = await readPair(db, pair);
      if (threadId === null) return [{ pairs: [known] }, {}];
      const thread = await lookAtThread(guild, settings.mentoring_channel_id, threadId, known.present);
      return [{ pairs: [known] }, { threads: new Map(thread === undefined ? [] : [[threadId, thread]]) }];
    },
    noted: () => markPairLookedAt(db, pair.id, now()),
  };
}

function ofGroup({ db, now }: Context, guild: Guild, settings: Settings, group: StudyGroup): Look {
  const threadId = group.thread_id;
  return {
    // The thread, and each of those in it.
    costs: 1 + group.size,
    async run() {
      const known = await readGroup(db, group);
      if (threadId === null) return [{ groups: [known] }, {}];
      const thread = await lookAtThread(guild, settings.study_channel_id, threadId, known.present);
      return [{ groups: [known] }, { threads: new Map(thread === undefined ? [] : [[threadId, thread]]) }];
    },
    noted: () => markGroupLookedAt(db, group.id, now()),
  };
}

/** A thread that something is to be posted in, and that nobody has in memory because it was archived. */
function ofThread(
  { db, now }: Context,
  guild: Guild,
  { id, parentId }: { readonly id: string; readonly parentId: string },
): Look {
  return {
    costs: 1,
    async run() {
      const seen = await lookAtThread(guild, parentId, id, []);
      return [{ plannedThreads: [{ id, parentId }] }, { threads: new Map(seen === undefined ? [] : [[id, seen]]) }];
    },
    noted: () => markThreadLookedAt(db, guild.id, id, now()),
  };
}

function ofCard(
  { db, now }: Context,
  guild: Guild,
  { id: noticeId, kind, channel_id: channelId, message_id: messageId }: Notice,
): Look {
  return {
    costs: 1,
    async run() {
      if (channelId === null || messageId === null) return [{}, {}];
      const card = { noticeId, messageId, ...(kind === 'panel' ? { is: kind } : {}) };
      const seen = await lookForCard(guild, channelId, card);
      return [{ cards: [card] }, { cards: new Map(seen === undefined ? [] : [[noticeId, seen]]) }];
    },
    noted: () => markNoticeLookedAt(db, noticeId, now()),
  };
}
