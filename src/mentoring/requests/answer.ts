import type { Context } from '../../context.ts';
import { insertBlock } from '../../db/blocks.ts';
import { findMentorshipOfMentee, insertMentorship } from '../../db/mentorships.ts';
import type { Db, Trx } from '../../db/open.ts';
import { resetExpiries } from '../../db/expiries.ts';
import { findProfile } from '../../db/profiles.ts';
import { findRequest, listLiveRequestsOf, type MentorRequest } from '../../db/requests.ts';
import { deleteWaiting } from '../../db/waitlist.ts';
import { type Saying, NotTheirs, UserError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { type Instant, later } from '../../time.ts';
import type { RequestLapse } from '../../db/schema.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { isRefused } from '../../guild/standing.ts';
import {
  countFreePlaces,
  endRequest,
  giveBack,
  lapseRequest,
  type Onward,
  prepareNext,
  releaseIfFull,
  continueSearch,
} from './onward.ts';
import { type DeclineChoice, type DeclineReason, findObstacle, noteLimit } from './rules.ts';
import { isToBeAskedFirst } from '../season.ts';
import { isForemost } from './week.ts';
import { releaseRest } from '../release.ts';
import { inTurn } from '../../guild/turn.ts';
import { touchMentors } from '../../db/pool.ts';
import { insertNotice } from '../../db/notices/write.ts';

/** How long a mentorship is planned to be. */
const mentorshipDays = 12 * 7;

/** A request that was accepted. */
export interface Accepted {
  readonly request: MentorRequest;
  readonly mentorshipId: string;
  /** Places that the mentor still has. */
  readonly free: number;
}

/**
 * The mentor accepts: one transaction in which the request is still pending, the mentor still has a place and the mentee
 * still has no mentor. The mentee's other choices are closed; where it took the last place, whoever else waits at this
 * mentor is let go.
 * @param actorId who pressed: only the mentor who was asked may.
 * @param held only the answer that rests until then; see `hold.ts`.
 * @throws UserError when they may not, or when it is too late, with what happened instead.
 */
export async function acceptRequest(
  ctx: Context,
  actorId: string,
  requestId: string,
  held?: Instant | null,
): Promise<Accepted> {
  const { guild_id: guildId } = await requireReceived(ctx, actorId, requestId);
  const outcome = await inTurn(ctx.db, guildId, async (trx) => {
    const request = await requirePending(trx, actorId, requestId, held);
    const refusal = await findRefusal(ctx, trx, request);
    if (refusal) {
      // The refusal is told after the transaction: what it changed has to last.
      if (refusal.isSeason) await giveBack(ctx, trx, request);
      else await lapseRequest(ctx, trx, request, refusal.lapse);
      await continueSearch(ctx, trx, request);
      return { refusal: refusal.why };
    }
    return await startMentorship(ctx, trx, request);
  });
  if ('refusal' in outcome) throw new UserError(outcome.refusal);
  if (outcome.free <= 0) await releaseRest(ctx, { guildId, userId: actorId });
  return outcome;
}

/**
 * The request that this mentor is about to answer, within the guild's turn.
 * @param held only where the answer rests until then.
 * @throws UserError when it was sent to somebody else, does not exist, or is no longer pending.
 */
export async function requirePending(
  trx: Trx,
  actorId: string,
  requestId: string,
  held?: Instant | null,
): Promise<MentorRequest> {
  const request = await requireReceivedIn(trx, actorId, requestId);
  await requireGuild(trx, request.guild_id);
  if (request.state !== 'pending') throw new UserError(describeAnswered(request));
  // Taken back, and perhaps answered otherwise since.
  if (held !== undefined && request.answer_due_at !== held)
    throw new UserError((t) => t.mentor.answer.nothingRests(request.mentee_id));
  return request;
}

/** What became of a request, for the mentor who wants to answer it. */
export function describeAnswered(request: MentorRequest): Saying {
  const at = request.decided_at ?? request.created_at;
  switch (request.state) {
    case 'accepted':
      return (t) => t.mentor.answer.alreadyAccepted(request.mentee_id, at);
    case 'declined':
      return (t) => t.mentor.answer.alreadyDeclined(request.mentee_id, at);
    case 'withdrawn':
      return (t) => t.mentor.answer.withdrawn(request.mentee_id, at);
    case 'expired':
      return (t) => t.mentor.answer.expired(request.mentee_id, at);
    default:
      if (request.season_at !== null) return (t) => t.season.askedFirst(request.mentee_id);
      return (t) => t.mentor.answer.lapsed[request.lapse ?? 'matched'](request.mentee_id, at);
  }
}

/** Why two cannot be paired any more. */
interface Refusal {
  readonly lapse: Exclude<RequestLapse, 'matched'>;
  readonly why: Saying;
  /** Whether the mentee has to read first that the mentor helps to choose residents. */
  readonly isSeason?: true;
}

/** What has come between the two since the request was sent; undefined when they can be paired. */
export async function findRefusal(ctx: Context, trx: Trx, request: MentorRequest): Promise<Refusal | undefined> {
  const { guild_id: guildId, mentee_id: menteeId, mentor_id: mentorId } = request;
  const guild = await requireGuild(trx, guildId);
  const mentor = await findProfile(trx, guildId, mentorId, 'mentor');
  if (await findMentorshipOfMentee(trx, guildId, menteeId)) {
    return { lapse: 'ineligible', why: (t) => t.mentor.answer.menteeHasMentor(menteeId) };
  }
  switch (await findObstacle(trx, guild, { menteeId, mentorId }, ctx.now())) {
    case 'unverified':
      return { lapse: 'away', why: (t) => t.mentor.answer.notVerified };
    case 'paused':
      // A mentor who paused said no to new requests, not to this one; but the moderators' no counts.
      if (!mentor || !isRefused(mentor)) break;
      return { lapse: 'away', why: (t) => t.mentor.answer.notVerified };
    case 'gone':
      return { lapse: 'ineligible', why: (t) => t.mentor.answer.gone };
    case 'own-mentee':
      // Each had asked the other: whoever answers first decides.
      if ((await findMentorshipOfMentee(trx, guildId, mentorId))?.mentor_id !== menteeId) break;
      return { lapse: 'ineligible', why: (t) => t.mentor.answer.ownMentor(menteeId) };
    case 'blocked':
    case 'bad-fit':
      return { lapse: 'ineligible', why: (t) => t.mentor.answer.ineligible(menteeId) };
    default:
      // Stage and languages may have been edited since; a mentor who wants to help all the same may.
      break;
  }
  // Last, and by themselves: the rules name only the first obstacle.
  if (await isToBeAskedFirst(trx, request, ctx.now()))
    return { lapse: 'ineligible', why: (t) => t.season.askedFirst(menteeId), isSeason: true };
  if ((await countFreePlaces(trx, guildId, mentorId)) > 0) return undefined;
  return { lapse: 'full', why: (t) => t.mentor.answer.full(menteeId, mentor?.capacity ?? 0) };
}

async function startMentorship(ctx: Context, trx: Trx, request: MentorRequest): Promise<Accepted> {
  const { guild_id: guildId, mentee_id: menteeId, mentor_id: mentorId } = request;
  const at = ctx.now();
  const mentorshipId = newId(ctx.random);
  const dueAt = later(at, { days: mentorshipDays });
  const paired = await insertMentorship(
    trx,
    { id: mentorshipId, guildId, mentorId, menteeId, requestId: request.id, dueAt },
    at,
  );
  const accepted = paired && (await endRequest(ctx, trx, request, { to: 'accepted', by: 'mentor' }));
  // Behind the guild's turn nobody can have come in between.
  if (!accepted) throw new Error('a pair that was possible a moment ago is not');
  for (const other of await listLiveRequestsOf(trx, guildId, menteeId)) {
    await endRequest(ctx, trx, other, { to: 'superseded', by: 'bot', lapse: 'matched' });
  }
  // Two people are never each other's mentor.
  const reverse = (await listLiveRequestsOf(trx, guildId, mentorId)).filter(({ mentor_id: id }) => id === menteeId);
  for (const request of reverse) await lapseRequest(ctx, trx, request, 'ineligible');
  if (reverse.some(isForemost)) for (const request of reverse) await continueSearch(ctx, trx, request);
  await deleteWaiting(trx, guildId, menteeId);
  await resetExpiries(trx, guildId, mentorId);
  await insertNotice(trx, ctx, { guildId, kind: 'request-accepted', userId: menteeId, subjectId: request.id });
  await insertNotice(trx, ctx, { guildId, kind: 'mentorship-thread', subjectId: mentorshipId });
  await releaseIfFull(ctx, trx, guildId, mentorId);
  await touchMentors(trx, guildId, [mentorId]);
  return { request, mentorshipId, free: await countFreePlaces(trx, guildId, mentorId) };
}

/** A request that was declined, and how it goes on for the mentee. */
export interface Declined {
  readonly request: MentorRequest;
  readonly onward: Onward;
}

/**
 * The mentor declines; the mentee's next choice goes out. `never-again` blocks the mentee silently and is told to nobody:
 * to them it reads like a decline without a reason.
 * @param actorId who answered: only the mentor who was asked may.
 * @throws UserError when they may not, when it is too late, or when the note is too long.
 */
export async function declineRequest(
  ctx: Context,
  actorId: string,
  requestId: string,
  answer: { choice: DeclineChoice; note: string },
  held?: Instant | null,
): Promise<Declined> {
  const note = answer.note.trim();
  if (note.length > noteLimit) throw new UserError((t) => t.mentor.answer.noteTooLong(note.length, noteLimit));
  const received = await requireReceived(ctx, actorId, requestId);
  const guildId = received.guild_id;
  await prepareNext(ctx, received);
  return await inTurn(ctx.db, guildId, async (trx) => {
    const request = await requirePending(trx, actorId, requestId, held);
    const { mentee_id: menteeId, mentor_id: mentorId } = request;
    const reason: DeclineReason = answer.choice === 'never-again' ? 'unsaid' : answer.choice;
    await endRequest(ctx, trx, request, { to: 'declined', by: 'mentor', reason, note: note === '' ? null : note });
    if (answer.choice === 'never-again') {
      await insertBlock(trx, { guildId, memberId: mentorId, blockedId: menteeId }, ctx.now());
    }
    await resetExpiries(trx, guildId, mentorId);
    await insertNotice(trx, ctx, { guildId, kind: 'request-declined', userId: menteeId, subjectId: request.id });
    return { request, onward: await continueSearch(ctx, trx, request) };
  });
}

/** A request that this mentor received, answered or not. @throws UserError when there is none. */
export async function requireReceived(ctx: Context, actorId: string, requestId: string): Promise<MentorRequest> {
  return await requireReceivedIn(ctx.db, actorId, requestId);
}

async function requireReceivedIn(db: Db, actorId: string, requestId: string): Promise<MentorRequest> {
  const request = await findRequest(db, requestId);
  // Whoever was not asked learns nothing, not even whether there is such a request.
  if (!request || request.mentor_id !== actorId || request.state === 'queued')
    throw new NotTheirs((t) => t.mentor.answer.notYours);
  return request;
}

/** A request that this mentor can still answer. @throws UserError with what became of it otherwise. */
export async function requireAnswerable(ctx: Context, actorId: string, requestId: string): Promise<MentorRequest> {
  const request = await requireReceived(ctx, actorId, requestId);
  if (request.state !== 'pending') throw new UserError(describeAnswered(request));
  return request;
}
