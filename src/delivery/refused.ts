import type { StaffProblem } from '../db/notice-kinds.ts';
import { findMentorship } from '../db/mentorships.ts';
import type { Attempt } from './attempt.ts';
import { insertIntroductions } from './follow-ups.ts';
import { noticeKinds } from './notices/kinds.ts';
import { MemberGone } from './notices/scene.ts';
import type { Follow, Outcome } from './outcome.ts';
import { inLetters } from './pair.ts';
import { type Delivery, decide, type Known, lastResorts } from './refusals.ts';
import { goneChannelCodes } from './request-failure.ts';
import { setUpPrefix } from '../db/notices/claims.ts';
import { type Notice, readDetail } from '../db/notices/write.ts';

/** Pure: what kind of delivery a notice is at the moment: a message that stands is corrected. */
export function deliveryOf({ kind, message_id: messageId }: Pick<Notice, 'kind' | 'message_id'>): Delivery {
  const isThere = messageId !== null;
  switch (noticeKinds[kind].to) {
    case 'person':
    case 'handler':
      return isThere ? 'letter-correction' : 'letter';
    case 'pair':
      return isThere ? 'letter-correction' : 'pair';
    case 'thread':
    case 'group-thread':
      return isThere ? 'letter-correction' : 'thread';
    case 'staff':
    case 'handlers-channel':
    case 'panel':
    case 'listing':
      return isThere ? 'channel-correction' : 'staff-card';
    case 'mentoring':
      return isThere ? 'channel-correction' : 'mention';
    case 'chosen-channel':
      if (kind === 'announcement') return isThere ? 'announcement-correction' : 'announcement';
      return isThere ? 'channel-correction' : 'post';
    case 'group':
    case 'study':
      return isThere ? 'channel-correction' : 'post';
    case 'thread-members':
    case 'thread-exit':
      return 'thread-members';
    case 'roles':
      return 'roles';
    case 'crosspost':
      return 'crosspost';
    case 'removal':
      return 'removal';
    case 'event':
      return isThere ? 'event-change' : 'event';
  }
}

/**
 * What an attempt comes to that Discord refused, by the table.
 * @throws MemberGone when somebody turns out to be gone; RequestFailure when Discord is away while that is looked at.
 */
export async function afterRefusal(attempt: Attempt, code: string): Promise<Outcome> {
  const { notice } = attempt;
  const delivery = deliveryOf(notice);
  if (notice.user_id !== null && goneChannelCodes.has(code)) attempt.sender.dms.delete(notice.user_id);
  return await outcomeOf(attempt, decide(code, delivery, notice.attempts), code);
}

/** The outcome of an attempt after days of trying. */
export async function afterAll(attempt: Attempt, problem: string): Promise<Outcome> {
  return await outcomeOf(attempt, lastResorts[deliveryOf(attempt.notice)], problem);
}

async function outcomeOf(attempt: Attempt, treatment: Known, code: string): Promise<Outcome> {
  const { notice } = attempt;
  switch (treatment.is) {
    case 'again':
      return { is: 'again', waits: treatment.waits, problem: code };
    case 'mend':
      return mending(attempt, treatment.tells);
    case 'fail':
      return notPosted(attempt, treatment);
    case 'uncorrected':
      return { is: 'void', why: code, also: uncorrected(attempt, treatment.why) };
    case 'inbox':
      // Discord says the same of closed direct messages and of people with whom the bot shares no server.
      if (notice.user_id !== null) await attempt.member(notice.user_id);
      return { is: 'closed-dms' };
    case 'letters':
      return await inLetters(attempt, code);
    case 'left':
      return gone(attempt, code);
    case 'guild':
      return { is: 'guild-gone' };
    case 'done':
      return { is: 'delivered', ...placeOf(notice) };
    case 'void':
      return { is: 'void', why: code };
  }
}

function gone(attempt: Attempt, code: string): Outcome {
  const userId = attempt.person ?? attempt.notice.user_id;
  // Nobody in particular was asked about.
  if (userId === null) return { is: 'again', waits: 'soon', problem: code };
  throw new MemberGone(userId);
}

function placeOf(notice: Notice): { channelId: string | null; messageId: string | null } {
  if (notice.kind === 'crosspost') return readDetail('crosspost', notice);
  return { channelId: notice.channel_id, messageId: notice.message_id };
}

/** A moderator has to mend something first. A pair does not wait for that: they are introduced by direct message. */
function mending(attempt: Attempt, problem: StaffProblem): Outcome {
  const { notice, ctx } = attempt;
  const tells = { problem, id: attempt.concerns ?? notice.channel_id ?? noticeKinds[notice.kind].to };
  const outcome = { is: 'again', waits: 'mending', problem, tells } as const;
  const kind = noticeKinds[notice.kind];
  if (kind.to === 'event') {
    const isNews = notice.problem !== `${setUpPrefix}${problem}`;
    return isNews ? { ...outcome, also: (trx) => kind.source.changed(trx, ctx, notice) } : outcome;
  }
  if (deliveryOf(notice) !== 'thread') return outcome;
  const also: Follow = async (trx) => {
    const pair = notice.subject_id === null ? undefined : await findMentorship(trx, notice.subject_id);
    if (pair) await insertIntroductions(trx, ctx, pair, notice);
  };
  return { ...outcome, also };
}

function notPosted(attempt: Attempt, { why, again }: Extract<Known, { is: 'fail' }>): Outcome {
  const { notice, ctx } = attempt;
  const kind = noticeKinds[notice.kind];
  if (kind.to !== 'chosen-channel') return { is: 'void', why };
  const channelId = attempt.concerns ?? '';
  const also: Follow = (trx) => kind.source.failed(trx, ctx, notice, why, channelId);
  return again ? { is: 'again', waits: 'mending', problem: why, also } : { is: 'void', why, also };
}

function uncorrected({ notice, ctx }: Attempt, why: 'message-deleted' | 'change-refused'): Follow {
  return async (trx) => {
    const kind = noticeKinds[notice.kind];
    if (kind.to === 'chosen-channel') await kind.source.uncorrected?.(trx, ctx, notice, why);
  };
}
