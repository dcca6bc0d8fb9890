import {
  type APIThreadChannel,
  ChannelType,
  RESTJSONErrorCodes,
  type RESTGetAPIGuildThreadsResult,
  Routes,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import { findMentorship, isPairsThread, type Mentorship, recordThread } from '../db/mentorships.ts';
import type { Card } from '../discord/replies.ts';
import { presentIn, replaceThread } from '../mentoring/threads.ts';
import { openingCard } from './notices/mentorships.ts';
import { ClaimLost, type Attempt } from './attempt.ts';
import { goneChannelCodes, isRefusal } from './request-failure.ts';
import { closeThread } from './thread-end.ts';
import { editMessage, inFormer, post } from './messages.ts';
import type { Follow, Outcome } from './outcome.ts';
import { insertAlert } from '../guild/alerts.ts';
import { insertIntroductions } from './follow-ups.ts';
import { findRoom } from './thread-room.ts';
import { inTurn } from '../guild/turn.ts';
import { limits } from '../discord/limits.ts';
import { seesChannel } from '../discord/permissions.ts';
import { readDetail, reviseNotices } from '../db/notices/write.ts';

/** How Discord refuses to let somebody into a thread whose channel they may not see. */
const keptOutCodes: ReadonlySet<string> = new Set([
  String(RESTJSONErrorCodes.MissingAccess),
  String(RESTJSONErrorCodes.MissingPermissions),
]);

/**
 * Opens the private thread of a pair, step by step; each step is safe to take twice, so that an attempt resumes where
 * the last one broke off: the thread (looked for when it may exist), both members, one opening message.
 */
export async function openThread(attempt: Attempt): Promise<Outcome> {
  const { ctx, notice, guild } = attempt;
  const mentorship = notice.subject_id === null ? undefined : await findMentorship(ctx.db, notice.subject_id);
  if (!mentorship) return { is: 'void', why: 'nothing-to-say' };
  const isAgain = readDetail('mentorship-thread', notice) !== null;
  const card = openingCard(attempt.t, mentorship, isAgain);
  if (mentorship.ended_at !== null) {
    const threadId =
      mentorship.thread_id ??
      (await findOrphan(attempt, guild.mentoring_channel_id, () => wantedOf(attempt, mentorship)));
    return threadId === undefined
      ? { is: 'void', why: 'nothing-to-say' }
      : await closeThread(attempt, mentorship, threadId, card);
  }
  if (notice.channel_id !== null && notice.message_id !== null) {
    return await editMessage(attempt, notice.channel_id, notice.message_id, card);
  }
  const channelId = guild.mentoring_channel_id;
  if (channelId === null) {
    const problem = 'channel-not-set';
    const also: Follow = (trx) => insertIntroductions(trx, ctx, mentorship, notice);
    return { is: 'again', waits: 'mending', problem, tells: { problem, id: 'mentoring' }, also };
  }
  attempt.concerns = channelId;
  let threadId = mentorship.thread_id;
  if (threadId === null) {
    const full = attempt.unsureSince === null ? await findRoom(attempt, 'pairs', channelId) : undefined;
    if (full) return { ...full, also: (trx) => insertIntroductions(trx, ctx, mentorship, notice) };
    threadId = await findOrCreateThread(attempt, channelId, await wantedOf(attempt, mentorship));
  }
  try {
    return await fillThread(attempt, { threadId, channelId }, mentorship, card);
  } catch (error) {
    // Deleted before it was opened: another takes its place.
    if (!isRefusal(error, goneChannelCodes)) throw error;
    const gone = threadId;
    const also: Follow = async (trx) => void (await replaceThread(trx, ctx, mentorship.id, gone));
    return { is: 'void', why: 'thread-gone', also };
  }
}

/** Letters about a request that say where the pair which came of it meets. */
const lettersWithThread = ['request-accepted', 'request-received', 'request-nudge'] as const;

/** Brings both into their thread, with one opening message. */
async function fillThread(
  attempt: Attempt,
  { threadId, channelId }: { readonly threadId: string; readonly channelId: string },
  mentorship: Mentorship,
  card: Card,
): Promise<Outcome> {
  const { ctx, notice, guild } = attempt;
  // Whoever has left is brought in on their return.
  const pair = await presentIn(ctx.db, mentorship);
  let hidden = false;
  for (const userId of pair) if (!(await addMember(attempt, threadId, userId))) hidden = true;
  hidden ||= await someCannotSee(attempt, channelId, pair);
  if (hidden) {
    // The thread alone would leave one of them without a word from the other.
    await inTurn(ctx.db, attempt.guild.id, async (trx) => {
      await insertIntroductions(trx, ctx, mentorship, notice);
      await insertAlert(trx, ctx, guild.id, { problem: 'channel-hidden', id: channelId });
    });
  }
  const outcome = await post(attempt, threadId, card);
  if (outcome.is !== 'delivered') return outcome;
  const also: Follow = async (trx) => {
    // Letters that went out before now lead to it.
    for (const kind of lettersWithThread) await reviseNotices(trx, mentorship.request_id ?? '', kind, ctx.now());
    await reviseNotices(trx, mentorship.id, 'mentorship-introduction', ctx.now());
  };
  return { ...outcome, worked: hidden ? [] : [channelId, 'mentoring'], also };
}

async function wantedOf(attempt: Attempt, pair: Mentorship): Promise<Wanted> {
  return {
    name: threadName([await attempt.memberName(pair.mentor_id), await attempt.memberName(pair.mentee_id)]),
    reason: attempt.t.notices.auditReasons.mentorship,
    isTaken: isPairsThread,
    record: (id) => recordThread(attempt.ctx.db, pair.id, id),
  };
}

/** A private thread that is wanted: its name, for the audit log why, and which threads of that name are somebody's already. */
export interface Wanted {
  readonly name: string;
  readonly reason: string;
  readonly isTaken: Parameters<typeof findOwnThread>[3];
  /** Notes whose it is; false where it has another by now. */
  readonly record: (threadId: string) => Promise<boolean>;
}

/**
 * The id of a private thread: the one that an earlier attempt may have made, else a new one. It is noted as soon as it
 * is known: from then on nobody makes a second one.
 * @throws ClaimLost when another process was first.
 */
export async function findOrCreateThread(attempt: Attempt, channelId: string, wanted: Wanted): Promise<string> {
  const { name, reason, isTaken, record } = wanted;
  if (attempt.unsureSince !== null) {
    const there = await findWhereTried(attempt, channelId, name, isTaken);
    if (there !== undefined) {
      if (!(await record(there))) throw new ClaimLost();
      return there;
    }
  }
  await attempt.tries(channelId);
  const thread = await attempt.request<APIThreadChannel>('post', Routes.threads(channelId), {
    creates: true,
    body: {
      name,
      type: ChannelType.PrivateThread,
      auto_archive_duration: ThreadAutoArchiveDuration.OneWeek,
      // Only moderators bring in others: what is said here stays between those it is for.
      invitable: false,
    },
    reason,
  });
  if (!(await record(thread.id))) throw new ClaimLost();
  // Only now: while it is nobody's, the next attempt has to look for it. No earlier one can have written in it.
  attempt.unsureSince = null;
  return thread.id;
}

/**
 * The thread that an attempt may have made without learning its id, for somebody who needs none by now. It is noted as
 * theirs: otherwise it could be taken for that of others of the same name.
 */
export async function findOrphan(
  attempt: Attempt,
  channelId: string | null,
  wanted: () => Wanted | Promise<Wanted>,
): Promise<string | undefined> {
  if (attempt.unsureSince === null) return undefined;
  const { name, isTaken, record } = await wanted();
  const there = await findWhereTried(attempt, channelId, name, isTaken);
  return there !== undefined && (await record(there)) ? there : undefined;
}

/** Joiners within words of a script that needs them, and within emoji: without them a name is another. */
const joiner =
  /(?<![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d](?=[\p{L}\p{Extended_Pictographic}])/u;
const invisible = new RegExp(`(${joiner.source})|[\\p{C}\\p{Z}]+`, 'gu');

/** Pure: the name of a pair's thread, for example `Ada & Omar`. */
export function threadName(names: readonly string[]): string {
  const room = Math.floor((limits.threadName - ' & '.length) / 2);
  // Invisible characters and line breaks would let a name pretend to be another.
  const clean = names.map((name) => cut(visibleOnly(name), room));
  const shown = clean.filter((name) => name !== '').join(' & ');
  return shown === '' ? 'Mentorship' : shown;
}

function visibleOnly(name: string): string {
  return name.replaceAll(invisible, (_, joins: string | undefined) => joins ?? ' ').trim();
}

/** The beginning of a text, never in the middle of a character that people see. */
function cut(text: string, length: number): string {
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length > length) break;
    kept += segment;
  }
  return kept.trim();
}

/** The same where it may have been made: in the channel of now, and in the one of then. @param channelId null where none is set now. */
async function findWhereTried(
  attempt: Attempt,
  channelId: string | null,
  name: string,
  isTaken: Wanted['isTaken'],
): Promise<string | undefined> {
  const former = attempt.formerPlace(channelId);
  const there = former === undefined ? undefined : await inFormer(() => findOwnThread(attempt, former, name, isTaken));
  return there ?? (channelId === null ? undefined : await findOwnThread(attempt, channelId, name, isTaken));
}

/**
 * Looks for a thread that an earlier attempt may have made without learning its id: one of the bot's own with this name
 * that is nobody's yet. Of two with the same name either may take it, since nobody is in it.
 * @param isTaken whether a thread is somebody's already.
 */
async function findOwnThread(
  attempt: Attempt,
  channelId: string,
  name: string,
  isTaken: (db: Attempt['ctx']['db'], guildId: string, threadId: string) => Promise<boolean>,
): Promise<string | undefined> {
  const me = await attempt.ownId();
  const lists = [Routes.guildActiveThreads(attempt.guild.id), Routes.channelJoinedArchivedThreads(channelId)] as const;
  for (const route of lists) {
    const { threads } = await attempt.request<Pick<RESTGetAPIGuildThreadsResult, 'threads'>>('get', route);
    for (const thread of threads as APIThreadChannel[]) {
      if (thread.parent_id !== channelId || thread.owner_id !== me || thread.name !== name) continue;
      if (!(await isTaken(attempt.ctx.db, attempt.guild.id, thread.id))) return thread.id;
    }
  }
  return undefined;
}

/** Returns false when Discord does not let this person in, because they may not see the channel. */
export async function addMember(attempt: Attempt, threadId: string, userId: string): Promise<boolean> {
  attempt.person = userId;
  try {
    await attempt.request('put', Routes.threadMembers(threadId, userId));
    return true;
  } catch (error) {
    if (isRefusal(error, keptOutCodes)) return false;
    throw error;
  }
}

/** People see a thread only when they see the channel it is in, even as its members. */
async function someCannotSee(attempt: Attempt, channelId: string, userIds: readonly string[]): Promise<boolean> {
  const guild = attempt.sender.client.guilds.cache.get(attempt.guild.id);
  const channel = guild?.channels.cache.get(channelId);
  if (!guild || !channel) return false;
  for (const userId of userIds) {
    const member = await findMemberRoles(attempt, userId);
    if (member && !seesChannel(guild, channel, { userId, roleIds: member })) return true;
  }
  return false;
}

/** The roles of a member; undefined where that cannot be learned now: then nothing is said about what they see. */
async function findMemberRoles(attempt: Attempt, userId: string): Promise<readonly string[] | undefined> {
  const known = attempt.sender.client.guilds.cache.get(attempt.guild.id)?.members.cache.get(userId);
  if (known) return [...known.roles.cache.keys()];
  try {
    return (await attempt.member(userId)).roles;
  } catch (error) {
    if (error instanceof ClaimLost) throw error;
    return undefined;
  }
}
