import type { Context } from '../context.ts';
import { listLiveMentorshipsOf } from '../db/mentorships.ts';
import type { Trx } from '../db/open.ts';
import { listLiveRequestsOf, listLiveRequestsTo } from '../db/requests.ts';
import type { MentorshipEnd, ProfileRole } from '../db/schema.ts';
import { dropFromPreviews } from '../db/round-pairs.ts';
import { deleteWaiting } from '../db/waitlist.ts';
import { closePair } from './mentorships.ts';
import { endRequest, releaseRequests } from './requests/onward.ts';
import { touchMentors } from '../db/pool.ts';

/** Whom nobody shall wait for any more, and why. */
export interface Release {
  readonly guildId: string;
  readonly userId: string;
  /** Only what concerns them in this role; both when absent. */
  readonly role?: ProfileRole;
  /**
   * `paused`, `refused` (by a moderator) and `expiries` let go of requests and keep mentorships; `left` and `deleted` end those too.
   */
  readonly why: 'paused' | 'refused' | 'left' | 'deleted' | 'expiries';
}

/** Why a mentorship ends of somebody who is gone; absent where it goes on. */
const endReasons: Partial<Record<Release['why'], MentorshipEnd>> = { left: 'member-left', deleted: 'data-deleted' };

/**
 * Makes sure that nobody waits for a member who is not there for it. As mentee: their requests are withdrawn and they
 * leave the waitlist. As mentor: requests that are pending at them or queued for them are let go, each mentee is told
 * neutrally and their next choice goes out. Whoever left or deleted their data also leaves their mentorships, and the
 * partners are told. Doing it twice changes nothing the second time.
 * @param trx the transaction of the change that causes it.
 */
export async function releaseMember(ctx: Context, trx: Trx, member: Release): Promise<void> {
  const { guildId, userId, role, why } = member;
  if (role !== 'mentor') await releaseAsMentee(ctx, trx, guildId, userId);
  if (role !== 'mentee') await releaseRequests(ctx, trx, await listLiveRequestsTo(trx, guildId, userId), 'away');
  const reason = endReasons[why];
  if (reason) {
    await dropFromPreviews(trx, guildId, userId);
    for (const mentorship of await listLiveMentorshipsOf(trx, guildId, userId, role)) {
      const own = mentorship.mentor_id === userId ? 'mentor' : 'mentee';
      await closePair(ctx, trx, mentorship, { reason, by: own });
    }
  }
  await touchMentors(trx, guildId, [userId]);
}

async function releaseAsMentee(ctx: Context, trx: Trx, guildId: string, userId: string): Promise<void> {
  for (const request of await listLiveRequestsOf(trx, guildId, userId)) {
    await endRequest(ctx, trx, request, { to: 'withdrawn', by: 'bot' });
  }
  await deleteWaiting(trx, guildId, userId);
}
