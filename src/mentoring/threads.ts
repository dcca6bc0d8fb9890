/** A pair's thread after it was opened: what was made on Discord can be deleted, closed and left there, too. */
import type { Context } from '../context.ts';
import { listMembersPresent } from '../db/members.ts';
import { findMentorship, forgetThread, listLiveMentorshipsOf, type Mentorship } from '../db/mentorships.ts';
import type { Trx } from '../db/open.ts';
import type { Acting } from '../guild/acting.ts';
import { bringBack } from '../guild/thread-members.ts';
import { insertNotice } from '../db/notices/write.ts';
import { hasDelivered, hasRecentNotice } from '../db/notices/lookups.ts';

/**
 * A live pair's thread is gone from Discord: another is owed, which tells both that it takes its place.
 * @returns false when another was noted by now, or the mentorship is over.
 */
export async function replaceThread(trx: Trx, ctx: Context, pairId: string, threadId: string): Promise<boolean> {
  const pair = await forgetThread(trx, pairId, threadId);
  if (!pair) return false;
  await insertNotice(trx, ctx, {
    guildId: pair.guild_id,
    kind: 'mentorship-thread',
    subjectId: pair.id,
    detail: { again: true },
    dedupeKey: `mentorship-thread:${pair.id}:${threadId}`,
  });
  return true;
}

/** A live pair has no thread, and none is being opened: it could not be made once, and is tried again. */
export async function oweMissingThread(trx: Trx, ctx: Context, pairId: string): Promise<boolean> {
  const pair = await findMentorship(trx, pairId);
  if (!pair || !isLive(pair) || pair.thread_id !== null) return false;
  if (await hasRecentNotice(trx, pair.id, 'mentorship-thread', ctx.now())) return false;
  return await insertNotice(trx, ctx, {
    guildId: pair.guild_id,
    kind: 'mentorship-thread',
    subjectId: pair.id,
    ...((await hasDelivered(trx, pair.id, 'mentorship-thread')) ? { detail: { again: true } } : {}),
  });
}

/**
 * Somebody of a live pair is not in its thread: they are brought back.
 * @param isReturn whether they have just come back to the guild; else it happens once in a week.
 */
export async function oweThreadMembers(trx: Trx, ctx: Context, pair: Mentorship, isReturn: boolean): Promise<boolean> {
  if (!isLive(pair) || pair.thread_id === null) return false;
  return await bringBack(trx, ctx, pair, isReturn);
}

/** Somebody is in the guild again: they are brought into the threads of the mentorships that they still have. */
export async function oweThreadsOf(trx: Trx, ctx: Context, { guildId, userId }: Acting): Promise<void> {
  for (const pair of await listLiveMentorshipsOf(trx, guildId, userId)) await oweThreadMembers(trx, ctx, pair, true);
}

/** Pure: whether a mentorship goes on, also where it rests. */
export function isLive({ state }: Pick<Mentorship, 'state'>): boolean {
  return state === 'active' || state === 'paused';
}

/** Those of a pair who are in the guild as far as is known: nobody else can be in a thread. */
export async function presentIn(db: Trx | Context['db'], pair: Mentorship): Promise<readonly string[]> {
  return await listMembersPresent(db, pair.guild_id, [pair.mentor_id, pair.mentee_id]);
}
