/**
 * A mentor's answer rests for a minute in which they can take it back. Nobody else learns of it meanwhile: the request is
 * pending to everybody. It is carried out by the heartbeat, once, by the rules that hold then; a restart changes nothing.
 */
import type { Context } from '../../context.ts';
import { reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import {
  clearHeldAnswer,
  countHeldAccepts,
  findRequest,
  holdAnswer,
  listAnswersDue,
  listHeldAnswersOf,
  type MentorRequest,
} from '../../db/requests.ts';
import type { HeldAnswer } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { epochMs, type Instant, toInstant } from '../../time.ts';
import {
  acceptRequest,
  type Accepted,
  type Declined,
  declineRequest,
  describeAnswered,
  findRefusal,
  requirePending,
  requireReceived,
} from './answer.ts';
import { countFreePlaces } from './onward.ts';
import { type DeclineChoice, declineChoices, noteLimit } from './rules.ts';

/** An answer that rests, and how many places are left once it is carried out. */
export interface Held {
  readonly request: MentorRequest;
  readonly free: number;
}

const minuteMs = 60_000;
/** Answers of one heartbeat; those left over follow with the next. */
const perRun = 200;

/** The first heartbeat that is at least so many seconds away: it carries the answer out. */
function dueAt(ctx: Context): Instant {
  const earliest = epochMs(ctx.now()) + ctx.config.takeBackSeconds * 1_000;
  return toInstant(Math.ceil(earliest / minuteMs) * minuteMs);
}

/**
 * The mentor accepts: at once where answers do not rest here, or where it cannot be; else it rests.
 * @throws UserError as `acceptRequest` does, where an answer rests already, or the last place is promised to somebody.
 */
export async function acceptSoon(ctx: Context, actorId: string, requestId: string): Promise<Accepted | Held> {
  if (ctx.config.takeBackSeconds === 0) return await acceptRequest(ctx, actorId, requestId);
  const { guild_id: guildId } = await requireReceived(ctx, actorId, requestId);
  const held = await inTurn(ctx.db, guildId, async (trx): Promise<Held | undefined> => {
    const request = await requirePending(trx, actorId, requestId);
    requireNoneHeld(request);
    if (await findRefusal(ctx, trx, request)) return undefined;
    const free = (await countFreePlaces(trx, guildId, actorId)) - (await countHeldAccepts(trx, guildId, actorId));
    if (free <= 0) throw new UserError((t) => t.mentor.answer.promised);
    const answer = { answer: 'accept' as const, dueAt: dueAt(ctx), choice: null, note: null };
    return { request: await hold(ctx, trx, request, answer), free: free - 1 };
  });
  // What stands in the way is told, with all that follows, as without a rest.
  return held ?? (await acceptRequest(ctx, actorId, requestId));
}

/**
 * The mentor declines: at once where answers do not rest here; else it rests.
 * @throws UserError as `declineRequest` does, or where an answer rests already.
 */
export async function declineSoon(
  ctx: Context,
  actorId: string,
  requestId: string,
  { choice, note: typed }: { choice: DeclineChoice; note: string },
): Promise<Declined | Held> {
  if (ctx.config.takeBackSeconds === 0) return await declineRequest(ctx, actorId, requestId, { choice, note: typed });
  const note = typed.trim();
  if (note.length > noteLimit) throw new UserError((t) => t.mentor.answer.noteTooLong(note.length, noteLimit));
  const { guild_id: guildId } = await requireReceived(ctx, actorId, requestId);
  return await inTurn(ctx.db, guildId, async (trx) => {
    const request = await requirePending(trx, actorId, requestId);
    requireNoneHeld(request);
    const free = await countFreePlaces(trx, guildId, actorId);
    const answer = { answer: 'decline' as const, dueAt: dueAt(ctx), choice, note };
    return { request: await hold(ctx, trx, request, answer), free };
  });
}

function requireNoneHeld(request: MentorRequest): void {
  const { answer, answer_due_at: due, mentee_id: menteeId } = request;
  if (answer === null || due === null) return;
  throw new UserError((t) => t.mentor.answer.restsAlready[answer](menteeId, due));
}

async function hold(
  ctx: Context,
  trx: Trx,
  request: MentorRequest,
  answer: { answer: HeldAnswer; dueAt: Instant; choice: DeclineChoice | null; note: string | null },
): Promise<MentorRequest> {
  const held = await holdAnswer(trx, request.id, answer);
  // Behind the guild's turn nobody can have come in between.
  if (!held) throw new Error('a request that was pending a moment ago is not');
  await reviseCards(ctx, trx, request.id);
  return held;
}

async function reviseCards(ctx: Context, trx: Trx, requestId: string): Promise<void> {
  await reviseNotices(trx, requestId, 'request-received', ctx.now());
  await reviseNotices(trx, requestId, 'request-nudge', ctx.now());
}

/**
 * The mentor takes an answer back that rests: the request waits for an answer as before.
 * @throws UserError when it is not theirs, or too late, with what happened instead.
 */
export async function takeAnswerBack(ctx: Context, actorId: string, requestId: string): Promise<MentorRequest> {
  const found = await requireReceived(ctx, actorId, requestId);
  return await inTurn(ctx.db, found.guild_id, async (trx) => {
    const taken = await clearHeldAnswer(trx, requestId);
    if (taken) {
      await reviseCards(ctx, trx, requestId);
      return taken;
    }
    const request = (await findRequest(trx, requestId)) ?? found;
    throw new UserError(
      request.state === 'pending' ? (t) => t.mentor.answer.nothingRests(request.mentee_id) : describeAnswered(request),
    );
  });
}

/** Carries out every answer whose rest is over. */
export async function carryOutAnswers(ctx: Context): Promise<void> {
  const due = await listAnswersDue(ctx.db, ctx.now(), perRun);
  await forEachInTurn(ctx, 'carry-out-answer', due, async (request) => await carryOut(ctx, request));
}

/** Carries out at once what a mentor has answered, before something else that they do. */
export async function carryOutAnswersOf(ctx: Context, { guildId, userId }: Acting): Promise<void> {
  for (const request of await listHeldAnswersOf(ctx.db, guildId, userId)) await carryOut(ctx, request);
}

async function carryOut(ctx: Context, request: MentorRequest): Promise<void> {
  const { id, mentor_id: mentorId, answer, answer_choice: chosen, answer_note: note } = request;
  try {
    if (answer === 'accept') await acceptRequest(ctx, mentorId, id, request.answer_due_at);
    else {
      const choice = declineChoices.find((known) => known === chosen) ?? 'unsaid';
      await declineRequest(ctx, mentorId, id, { choice, note: note ?? '' }, request.answer_due_at);
    }
  } catch (error) {
    // It was taken back or came to another end meanwhile, of which `endRequest` tells.
    if (!(error instanceof UserError)) throw error;
  }
}
