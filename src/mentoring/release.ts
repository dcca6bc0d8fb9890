import type { Context } from '../context.ts';
import { listLiveMentorshipsOf } from '../db/mentorships.ts';
import type { Trx } from '../db/open.ts';
import { listLiveRequestsOf, listLiveRequestsTo } from '../db/requests.ts';
import type { ProfileRole } from '../db/schema.ts';
import { dropFromPreviews } from '../db/round-pairs.ts';
import { deleteWaiting } from '../db/waitlist.ts';
import { closePair, partnerIn } from './mentorships.ts';
import { type InRole, restForReview, restMentorshipsOf } from './rests.ts';
import { endRequest, releaseRequests } from './requests/onward.ts';
import { touchMentors } from '../db/pool.ts';
import { insertNotice } from '../db/notices/write.ts';

/** Whom nobody shall wait for any more, and why. */
export interface Release {
  readonly guildId: string;
  readonly userId: string;
  /** Only what concerns them in this role; both when absent. */
  readonly role?: ProfileRole;
  /**
   * `paused`, `refused` (by a moderator) and `expiries` let go of requests and keep mentorships as they are; with `left`
   * those rest, with `deleted` they end.
   */
  readonly why: 'paused' | 'refused' | 'left' | 'deleted' | 'expiries';
}

/**
 * Makes sure that nobody waits for a member who is not there for it. As mentee: their requests are withdrawn and they
 * leave the waitlist. As mentor: requests that are pending at them or queued for them are let go, each mentee is told
 * neutrally and their next choice goes out. The mentorships of whoever left rest for some days, those of whoever deleted
 * their data end; the partners are told. Doing it twice changes nothing the second time.
 * @param trx the transaction of the change that causes it.
 */
export async function releaseMember(ctx: Context, trx: Trx, member: Release): Promise<void> {
  const { guildId, userId, role, why } = member;
  if (role !== 'mentor') await releaseAsMentee(ctx, trx, guildId, userId);
  if (role !== 'mentee') await releaseRequests(ctx, trx, await listLiveRequestsTo(trx, guildId, userId), 'away');
  if (why === 'left' || why === 'deleted') await dropFromPreviews(trx, guildId, userId);
  if (why === 'left') await restMentorshipsOf(ctx, trx, { guildId, userId });
  if (why === 'deleted') await endMentorshipsOf(ctx, trx, member);
  await touchMentors(trx, guildId, [userId]);
}

/** Ends the mentorships of somebody who deletes their data, and owes them the way out of the threads. */
async function endMentorshipsOf(ctx: Context, trx: Trx, { guildId, userId, role }: Release): Promise<void> {
  for (const mentorship of await listLiveMentorshipsOf(trx, guildId, userId, role)) {
    const by = mentorship.mentor_id === userId ? 'mentor' : 'mentee';
    await closePair(ctx, trx, mentorship, { by, reason: 'data-deleted' }, [partnerIn(mentorship, userId)]);
    // The row loses their id, and with it the thread would no longer know whom to let go.
    if (mentorship.thread_id === null) continue;
    await insertNotice(trx, ctx, { guildId, kind: 'thread-exit', userId, subjectId: mentorship.id });
  }
}

/** The moderator's choice for the running mentorships of somebody who is suspended. */
export const pairsOfSuspended = ['end', 'rest'] as const;
export type PairsOfSuspended = (typeof pairsOfSuspended)[number];

/**
 * Ends the mentorships of somebody who is suspended in that role, or lets them rest until it has been looked into. Both of
 * each pair are told in neutral words. An end counts as the bot's act: once they are back, the two may ask again.
 */
export async function releasePairs(ctx: Context, trx: Trx, whose: InRole, pairs: PairsOfSuspended): Promise<void> {
  if (pairs === 'rest') return await restForReview(ctx, trx, whose);
  for (const mentorship of await listLiveMentorshipsOf(trx, whose.guildId, whose.userId, whose.role)) {
    const { mentor_id: mentorId, mentee_id: menteeId } = mentorship;
    await closePair(ctx, trx, mentorship, { by: 'bot', reason: 'staff' }, [mentorId, menteeId]);
  }
}

async function releaseAsMentee(ctx: Context, trx: Trx, guildId: string, userId: string): Promise<void> {
  for (const request of await listLiveRequestsOf(trx, guildId, userId)) {
    await endRequest(ctx, trx, request, { to: 'withdrawn', by: 'bot' });
  }
  await deleteWaiting(trx, guildId, userId);
}
