/** What happens around the end of a request: the mentor's cards change, and the mentee's next choice goes out. */
import type { Context } from '../../context.ts';
import { findGuild, type Guild } from '../../db/guilds.ts';
import { insertBlock } from '../../db/blocks.ts';
import { countMentorshipsOfMentor, findMentorshipOfMentee } from '../../db/mentorships.ts';
import type { Db, Trx } from '../../db/open.ts';
import { findProfile } from '../../db/profiles.ts';
import {
  closeRequest,
  insertRequest,
  listLiveRequestsOf,
  listPendingRequestsTo,
  markSeasoned,
  type MentorRequest,
  type RequestEnd,
  sendRequest,
} from '../../db/requests.ts';
import type { RequestLapse } from '../../db/schema.ts';
import { setOpening } from '../../db/request-weeks.ts';
import { findWaitlistPlace, insertWaiting, type WaitlistPlace } from '../../db/waitlist.ts';
import type { Rule } from '../../matching/index.ts';
import { newId } from '../../ids.ts';
import { isRefused } from '../../guild/standing.ts';
import { later } from '../../time.ts';
import { openPool } from '../pool.ts';
import { isToBeAskedFirst } from '../season.ts';
import { keepTurn } from '../turn.ts';
import { findNextBest } from '../rounds/next-best.ts';
import { countFirstMessage } from './first-messages.ts';
import { findObstacle } from './rules.ts';
import { clearOpenings, findOpening, isForemost, moveUp } from './week.ts';
import { touchMentors } from '../../db/pool.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import { hasNotice } from '../../db/notices/lookups.ts';

/** How it goes on for a mentee whose request came to nothing. */
export type Onward =
  /** The next choice was asked. */
  | { readonly is: 'sent'; readonly request: MentorRequest }
  /** The next choice waits for its mentor's week: `opens_at` says by when it goes out. */
  | { readonly is: 'opens'; readonly request: MentorRequest }
  /** Nothing was left to send; the mentee waits for a mentor. */
  | { readonly is: 'waiting'; readonly place: WaitlistPlace }
  /** Nothing is to be done: another request is pending, they have a mentor, or they do not look for one. */
  | { readonly is: 'nothing' };

/** Requests that one transaction lets go: each costs most of a millisecond, in which nobody else can do anything. */
export const releasedAtOnce = 20;

/** When an unanswered request expires that is sent now. */
export function expiryOf(ctx: Context, guild: Guild): string {
  return later(ctx.now(), { days: guild.request_days });
}

/** Owes the mentor the card of a request that has just become pending. */
export async function announceRequest(ctx: Context, trx: Trx, request: MentorRequest): Promise<void> {
  if (await hasNotice(trx, request.id, 'request-received')) {
    // It was withdrawn before: the message that the mentor has comes back to life.
    await reviseNotices(trx, request.id, 'request-received', ctx.now());
    await reviseNotices(trx, request.id, 'request-nudge', ctx.now());
  } else {
    await insertNotice(trx, ctx, {
      guildId: request.guild_id,
      kind: 'request-received',
      userId: request.mentor_id,
      subjectId: request.id,
    });
    await countFirstMessage(ctx, trx, request);
  }
  // Who was asked less lately comes first among equals.
  await touchMentors(trx, request.guild_id, [request.mentor_id]);
}

/**
 * Ends a request from the state in which the caller saw it. Where a mentor has its card, that is owed an edit.
 * @returns false when the request was no longer in that state.
 */
export async function endRequest(ctx: Context, trx: Trx, request: MentorRequest, end: RequestEnd): Promise<boolean> {
  if (request.state !== 'pending' && request.state !== 'queued') return false;
  if (!(await closeRequest(trx, request.id, request.state, end, ctx.now()))) return false;
  if (request.state === 'pending') {
    await reviseNotices(trx, request.id, 'request-received', ctx.now());
    await reviseNotices(trx, request.id, 'request-nudge', ctx.now());
    await settleHeld(ctx, trx, request, end);
  } else if (request.opens_at !== null) {
    const guild = await findGuild(trx, request.guild_id);
    if (guild) await moveUp(ctx, trx, guild, request.mentor_id);
  }
  return true;
}

/** A request comes to another end than the answer of its mentor that rests: what they meant by it is not lost. */
async function settleHeld(ctx: Context, trx: Trx, request: MentorRequest, end: RequestEnd): Promise<void> {
  if (end.by === 'mentor' || request.answer === null) return;
  const { guild_id: guildId, mentor_id: mentorId, mentee_id: menteeId } = request;
  if (request.answer_choice === 'never-again')
    await insertBlock(trx, { guildId, memberId: mentorId, blockedId: menteeId }, ctx.now());
  // Who is away themselves knows why.
  if (request.answer !== 'accept' || (end.to === 'superseded' && end.lapse === 'away')) return;
  await insertNotice(trx, ctx, { guildId, kind: 'answer-void', userId: mentorId, subjectId: request.id });
}

/**
 * Ends a live request that cannot be kept, and owes the mentee a word. The caller then calls `continueSearch` for the mentee
 * where the request was pending.
 */
export async function lapseRequest(
  ctx: Context,
  trx: Trx,
  request: MentorRequest,
  lapse: Exclude<RequestLapse, 'matched'>,
): Promise<void> {
  if (!(await endRequest(ctx, trx, request, { to: 'superseded', by: 'bot', lapse }))) return;
  await insertNotice(trx, ctx, {
    guildId: request.guild_id,
    kind: 'request-lapsed',
    userId: request.mentee_id,
    subjectId: request.id,
    // A choice behind another had not been asked, so nothing else goes out in its place.
    detail: { queued: !isForemost(request) },
  });
}

/** Gives a live request back to its mentee, who has not read yet that its mentor helps to choose residents; otherwise as `lapseRequest`. */
export async function giveBack(ctx: Context, trx: Trx, request: MentorRequest): Promise<void> {
  await lapseRequest(ctx, trx, request, 'ineligible');
  await markSeasoned(trx, request.id, ctx.now());
}

/** How an obstacle that has come up since a mentee asked is noted. */
function lapseOf(obstacle: Rule | 'gone'): Exclude<RequestLapse, 'matched'> {
  if (obstacle === 'full') return 'full';
  // To whom it concerns a block is a pause.
  if (obstacle === 'blocked') return 'away';
  return obstacle === 'paused' || obstacle === 'unverified' || obstacle === 'gone' ? 'away' : 'ineligible';
}

/**
 * Goes on for the mentee whose foremost request has just come to nothing: the next choice that is still possible is asked,
 * those that are not are closed with a word to the mentee. Where each waits for its mentor's week, the first goes out then. When no choice is left of a mentee for whom a matching round
 * had asked, the next best mentor is asked for them. Otherwise the mentee waits on the waitlist, with the turn of somebody
 * who has been looking since the first of these requests; where it was their own act that ended the request, only their turn
 * is kept. The caller holds the guild's turn.
 */
export async function continueSearch(
  ctx: Context,
  trx: Trx,
  ended: MentorRequest,
  { waits = true } = {},
): Promise<Onward> {
  const { guild_id: guildId, mentee_id: menteeId } = ended;
  const guild = await findGuild(trx, guildId);
  if (!guild || (await findMentorshipOfMentee(trx, guildId, menteeId))) return { is: 'nothing' };
  const live = await listLiveRequestsOf(trx, guildId, menteeId);
  const waiting: MentorRequest[] = [];
  for (const choice of live) {
    if (choice.state === 'pending') return { is: 'nothing' };
    const obstacle = await findObstacle(trx, guild, { menteeId, mentorId: choice.mentor_id }, ctx.now());
    if (obstacle) {
      await lapseRequest(ctx, trx, choice, lapseOf(obstacle));
      continue;
    }
    if (await isToBeAskedFirst(trx, choice, ctx.now())) {
      await giveBack(ctx, trx, choice);
      continue;
    }
    const opensAt = choice.opens_at ?? (await findOpening(trx, guild, choice.mentor_id, ctx.now()));
    if (opensAt !== undefined && opensAt > ctx.now()) {
      waiting.push({ ...choice, opens_at: opensAt });
      continue;
    }
    const request = await sendNow(ctx, trx, guild, choice);
    if (request) return { is: 'sent', request };
  }
  for (const { id, opens_at: opensAt } of waiting) await setOpening(trx, id, opensAt);
  const [first] = waiting.toSorted((a, b) => ((a.opens_at ?? '') < (b.opens_at ?? '') ? -1 : 1));
  if (first) return { is: 'opens', request: first };
  const mentee = await findProfile(trx, guildId, menteeId, 'mentee');
  if (mentee?.state !== 'active' || isRefused(mentee)) return { is: 'nothing' };
  if (!waits) {
    await keepTurn(ctx, trx, { guildId, userId: menteeId }, { lookingSince: lookingSince(ended), why: 'stopped' });
    return { is: 'nothing' };
  }
  const proposed = await proposeNext(ctx, trx, guild, ended);
  if (proposed) return { is: 'sent', request: proposed };
  await insertWaiting(trx, guildId, menteeId, lookingSince(ended));
  const place = await findWaitlistPlace(trx, guildId, menteeId);
  return place ? { is: 'waiting', place } : { is: 'nothing' };
}

/** Sends a queued choice; what else of its mentee's waited for a week waits behind it. Undefined when it was no longer queued. */
async function sendNow(
  ctx: Context,
  trx: Trx,
  guild: Guild,
  choice: MentorRequest,
): Promise<MentorRequest | undefined> {
  const request = await sendRequest(trx, choice.id, expiryOf(ctx, guild), ctx.now());
  if (!request) return undefined;
  await announceRequest(ctx, trx, request);
  const { guild_id: guildId, mentee_id: menteeId } = choice;
  await clearOpenings(ctx, trx, guild, await listLiveRequestsOf(trx, guildId, menteeId));
  return request;
}

/** Brings the pool up to date before a transaction in which the next best mentor may be looked for. */
export async function prepareNext(ctx: Context, request: MentorRequest): Promise<void> {
  if (request.round_id === null) return;
  const guild = await findGuild(ctx.db, request.guild_id);
  if (guild) await openPool(ctx, guild);
}

/** Asks the next best mentor for the mentee of a round's request that came to nothing; undefined when nobody is left. */
async function proposeNext(
  ctx: Context,
  trx: Trx,
  guild: Guild,
  ended: MentorRequest,
): Promise<MentorRequest | undefined> {
  const mentorId = await findNextBest(ctx, trx, guild, ended);
  if (mentorId === undefined) return undefined;
  const next = {
    id: newId(ctx.random),
    guildId: guild.id,
    menteeId: ended.mentee_id,
    mentorId,
    message: '',
    choice: ended.choice + 1,
    lookingSince: lookingSince(ended),
    roundId: ended.round_id,
    sent: { expiresAt: expiryOf(ctx, guild) },
  };
  const request = await insertRequest(trx, next, ctx.now());
  await announceRequest(ctx, trx, request);
  return request;
}

/** Since when the mentee of this request has been looking for a mentor. */
export function lookingSince(request: MentorRequest): string {
  return request.looking_since ?? request.created_at;
}

/** Lets go of live requests to one mentor: each mentee gets a word, and their next choice goes out. */
export async function releaseRequests(
  ctx: Context,
  trx: Trx,
  requests: readonly MentorRequest[],
  lapse: 'full' | 'away',
): Promise<void> {
  // All of them first: what goes out next must not be one of those that are about to be let go.
  for (const request of requests) await lapseRequest(ctx, trx, request, lapse);
  for (const request of requests) {
    if (isForemost(request)) await continueSearch(ctx, trx, request);
  }
}

/**
 * Lets go of whoever is pending at a mentor without a free place: a full mentor must not leave people hanging. What is
 * merely queued for the mentor stays; whether they can be asked is seen when its turn comes. Of many this lets go of the
 * first, and the caller calls `releaseRest` after its transaction.
 */
export async function releaseIfFull(ctx: Context, trx: Trx, guildId: string, mentorId: string): Promise<void> {
  if ((await countFreePlaces(trx, guildId, mentorId)) > 0) return;
  await releaseRequests(ctx, trx, await listPendingRequestsTo(trx, guildId, mentorId, releasedAtOnce), 'full');
}

/** How many mentees a mentor can still take; none where they are no mentor. Negative after the capacity was lowered. */
export async function countFreePlaces(db: Db, guildId: string, mentorId: string): Promise<number> {
  const mentor = await findProfile(db, guildId, mentorId, 'mentor');
  return (mentor?.capacity ?? 0) - (await countMentorshipsOfMentor(db, guildId, mentorId));
}
