import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { findMember } from '../db/members.ts';
import { findProfile, pauseProfile } from '../db/profiles.ts';
import { listLiveMentorshipsOf } from '../db/mentorships.ts';
import type { Db, Trx } from '../db/open.ts';
import {
  type AskedMentor,
  listAskedInVain,
  listLiveRequestsOf,
  listLiveRequestsTo,
  listPendingRequestsTo,
  type MentorRequest,
} from '../db/requests.ts';
import type { ProfileRole } from '../db/schema.ts';
import { dropFromPreviews } from '../db/round-pairs.ts';
import { deleteWaiting } from '../db/waitlist.ts';
import { closePair, partnerIn } from './mentorships.ts';
import { type InRole, restForReview, restMentorshipsOf } from './rests.ts';
import { countFreePlaces, endRequest, lookingSince, releaseRequests, releasedAtOnce } from './requests/onward.ts';
import type { Acting } from '../guild/acting.ts';
import { forEachInTurn } from '../guild/each.ts';
import { isRefused } from '../guild/standing.ts';
import { inTurn } from '../guild/turn.ts';
import { keepTurn } from './turn.ts';
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
 * leave the waitlist, and keep their turn unless their data goes. As mentor: requests that are pending at them or queued
 * for them are let go, each mentee is told neutrally and their next choice goes out. The mentorships of whoever left rest for some days, those of whoever deleted
 * their data end; the partners are told. Doing it twice changes nothing the second time. Of many requests this lets go of
 * the first, and the caller calls `releaseRest` after its transaction.
 * @param trx the transaction of the change that causes it.
 */
export async function releaseMember(ctx: Context, trx: Trx, member: Release): Promise<void> {
  const { guildId, userId, role, why } = member;
  if (role !== 'mentor') await releaseAsMentee(ctx, trx, member);
  if (role !== 'mentee') {
    // What names somebody who deletes their data has to be closed before it loses the name.
    const atOnce = why === 'deleted' ? undefined : releasedAtOnce;
    await releaseRequests(ctx, trx, await listLiveRequestsTo(trx, guildId, userId, atOnce), 'away');
  }
  if (why === 'left' || why === 'deleted') await dropFromPreviews(trx, guildId, userId);
  if (why === 'left') await restMentorshipsOf(ctx, trx, { guildId, userId });
  if (why === 'deleted') await endMentorshipsOf(ctx, trx, member);
  await touchMentors(trx, guildId, [userId]);
}

/** What is to be let go at a mentor now: everything where they are not there, what is pending where they are full. */
async function findReleasable(
  db: Db,
  guildId: string,
  userId: string,
): Promise<{ readonly requests: readonly MentorRequest[]; readonly lapse: 'away' | 'full' }> {
  const requests = await listLiveRequestsTo(db, guildId, userId, releasedAtOnce);
  if (requests.length === 0) return { requests, lapse: 'away' };
  const profile = await findProfile(db, guildId, userId, 'mentor');
  const member = await findMember(db, guildId, userId);
  if (profile?.state !== 'active' || isRefused(profile) || member?.left_at !== null) return { requests, lapse: 'away' };
  const isFull = (await countFreePlaces(db, guildId, userId)) <= 0;
  return {
    requests: isFull ? await listPendingRequestsTo(db, guildId, userId, releasedAtOnce) : [],
    lapse: 'full',
  };
}

/**
 * Lets go of what is left at a mentor who is not there for it, or has no place, in parts between which everybody else is
 * answered. Each part looks anew: whoever is back meanwhile keeps what is still theirs.
 */
export async function releaseRest(ctx: Context, { guildId, userId }: Acting): Promise<void> {
  while ((await findReleasable(ctx.db, guildId, userId)).requests.length > 0) {
    await nextTurn();
    await inTurn(ctx.db, guildId, async (trx) => {
      const { requests, lapse } = await findReleasable(trx, guildId, userId);
      await releaseRequests(ctx, trx, requests, lapse);
    });
  }
}

/**
 * Lets go of all requests at a mentor who is about to delete their data, where they are too many for the transaction that
 * does: nobody can ask them any more meanwhile.
 */
export async function releaseBeforeDeletion(ctx: Context, whose: Acting): Promise<void> {
  const { guildId, userId } = whose;
  if ((await listLiveRequestsTo(ctx.db, guildId, userId, releasedAtOnce)).length < releasedAtOnce) return;
  await inTurn(ctx.db, guildId, async (trx) => {
    await pauseProfile(trx, { ...whose, role: 'mentor' }, { until: null, by: 'self' }, ctx.now());
    await touchMentors(trx, guildId, [userId]);
  });
  await releaseRest(ctx, whose);
}

/** Pending requests that are looked at in one turn. */
const lookedAtOnce = 500;

/** Goes on with what a former run left at mentors who are not there: it may have ended between two parts. */
export async function releaseLeftOver(ctx: Context): Promise<void> {
  let after: AskedMentor | undefined;
  do {
    const { inVain, last } = await listAskedInVain(ctx.db, after, lookedAtOnce);
    const mentors = new Map(inVain.map((asked) => [`${asked.guild_id} ${asked.mentor_id}`, asked]));
    await forEachInTurn(ctx, 'release-left-over', [...mentors.values()], async ({ guild_id, mentor_id }) => {
      await releaseRest(ctx, { guildId: guild_id, userId: mentor_id });
    });
    after = last;
    await nextTurn();
  } while (after);
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

async function releaseAsMentee(ctx: Context, trx: Trx, { guildId, userId, why }: Release): Promise<void> {
  const live = await listLiveRequestsOf(trx, guildId, userId);
  for (const request of live) await endRequest(ctx, trx, request, { to: 'withdrawn', by: 'bot' });
  const [asked] = live;
  const turn = (await deleteWaiting(trx, guildId, userId)) ?? (asked && lookingSince(asked));
  if (turn === undefined || why === 'deleted') return;
  const kept = why === 'paused' || why === 'left' ? why : 'stopped';
  await keepTurn(ctx, trx, { guildId, userId }, { lookingSince: turn, why: kept });
}
