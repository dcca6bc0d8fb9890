/** A word at the end: what each says when a mentorship is over, and what goes to the other. */
import type { Context } from '../context.ts';
import { insertClosing, keepWord, listClosings, listWordsDue, markWordSent, type Closing } from '../db/closings.ts';
import { findMember } from '../db/members.ts';
import { findMentorship, listEndedWithoutWord, type Mentorship } from '../db/mentorships.ts';
import { insertNotice } from '../db/notices/write.ts';
import type { Trx } from '../db/open.ts';
import { deletedUser } from '../db/schema.ts';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { forEachInTurn } from '../guild/each.ts';
import { inTurn } from '../guild/turn.ts';
import { later } from '../time.ts';
import { inTurnOf, partnerIn, requireRole } from './mentorships.ts';

/** For how many days after the end it can be said. */
export const closingDays = 14;
/** Characters of a word to the other, and of what is different now. */
export const wordLimit = 600;
/** How many words are sent at a heartbeat. */
const perRun = 200;

export const goalsReached = ['all', 'some', 'none', 'changed'] as const;
export const waysItWent = ['good', 'fair', 'poor'] as const;

/** What somebody says. */
export interface Said {
  readonly different: string;
  readonly goals: string;
  readonly went: string;
  readonly word: string;
}

/** Pure: whether a mentorship ends with words: not where a case, a leaving or a deletion ended it. */
export function hasClosing({ ended_at: endedAt, end_reason: reason }: Mentorship): boolean {
  return endedAt !== null && reason !== 'handler' && reason !== 'data-deleted' && reason !== 'member-left';
}

/** Ends about which a member can still say something, and has not yet, the latest first. */
export async function listUnsaid(
  ctx: Pick<Context, 'db' | 'now'>,
  whose: Acting,
  limit: number,
): Promise<Mentorship[]> {
  const since = later(ctx.now(), { days: -closingDays });
  return (await listEndedWithoutWord(ctx.db, { ...whose, since, limit })).filter(hasClosing);
}

/**
 * One of the two says something at the end. Their word goes to the other once both have, or after 14 days.
 * @throws UserError when they may not, too early, too late, or twice.
 */
export async function sayAtTheEnd(
  ctx: Context,
  actorId: string,
  mentorshipId: string,
  said: Said,
): Promise<Mentorship> {
  return await inTurnOf(ctx, mentorshipId, async (trx) => {
    await requireRole(trx, mentorshipId, actorId);
    const mentorship = await findMentorship(trx, mentorshipId);
    if (!mentorship || mentorship.ended_at === null || !hasClosing(mentorship))
      throw new UserError((t) => t.common.outdated);
    const until = later(mentorship.ended_at, { days: closingDays });
    if (ctx.now() > until) throw new UserError((t) => t.closings.tooLate(closingDays));
    const goals = goalsReached.find((each) => each === said.goals);
    const went = waysItWent.find((each) => each === said.went);
    if (!goals || !went) throw new UserError((t) => t.common.outdated);
    const [different, word] = [said.different.trim(), said.word.trim()];
    for (const each of [different, word])
      if (each.length > wordLimit) throw new UserError((t) => t.closings.tooLong(each.length, wordLimit));
    const partnerId = partnerIn(mentorship, actorId);
    const isNew = await insertClosing(trx, {
      mentorship_id: mentorshipId,
      user_id: actorId,
      guild_id: mentorship.guild_id,
      different,
      goals,
      went,
      word,
      to_id: partnerId,
      filled_at: ctx.now(),
      due_at: word === '' || partnerId === deletedUser ? null : until,
    });
    if (!isNew) throw new UserError((t) => t.closings.already);
    const both = await listClosings(trx, mentorshipId);
    if (both.length === 2) for (const closing of both) await send(ctx, trx, closing);
    return mentorship;
  });
}

/** Sends the words whose time has come, although the other has said nothing. */
export async function sendWordsDue(ctx: Context): Promise<void> {
  const due = await listWordsDue(ctx.db, ctx.now(), perRun);
  await forEachInTurn(ctx, 'closing-word', due, async (closing) => {
    await inTurn(ctx.db, closing.guild_id, async (trx) => await send(ctx, trx, closing));
  });
}

async function send(ctx: Context, trx: Trx, closing: Closing): Promise<void> {
  if (!(await markWordSent(trx, closing))) return;
  const member = await findMember(trx, closing.guild_id, closing.to_id);
  if (!member || member.left_at !== null) return;
  await insertNotice(trx, ctx, {
    guildId: closing.guild_id,
    kind: 'closing-word',
    userId: closing.to_id,
    subjectId: closing.mentorship_id,
  });
}

/** Keeps the word that somebody got, or no longer. @throws UserError when there is none. */
export async function keepWordOf(ctx: Context, actorId: string, mentorshipId: string, isKept: boolean): Promise<void> {
  await inTurnOf(ctx, mentorshipId, async (trx) => {
    await requireRole(trx, mentorshipId, actorId);
    if (!(await keepWord(trx, mentorshipId, actorId, isKept ? ctx.now() : null)))
      throw new UserError((t) => t.closings.none);
  });
}
