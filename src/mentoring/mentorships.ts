import type { Context } from '../context.ts';
import { insertAudit } from '../db/audit.ts';
import { findMember } from '../db/members.ts';
import { findMentorship, type Mentorship } from '../db/mentorships.ts';
import type { Trx } from '../db/open.ts';
import { touchMentors } from '../db/pool.ts';
import { NotTheirs, UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { requireGuild } from '../guild/guilds.ts';
import { inTurn } from '../guild/turn.ts';
import { type Change, type Changed, changeState, tryChange } from './changes.ts';
import { insertNotice, reviseNotices } from '../db/notices/write.ts';
import { closeOpenMeeting } from './meetings/close.ts';
import { openPlace } from '../db/openings.ts';
import { asksToMentor } from './next-mentor.ts';

/** Why one of the two may end a mentorship by themselves; that they are done both have to say: `completion.ts`. */
export const endReasons = ['not-a-fit', 'no-time', 'other'] as const;
export type EndReason = (typeof endReasons)[number];

/**
 * One of the two ends their mentorship. The other is told without blame, the mentor's place is free again, and after
 * `not-a-fit` the two are never suggested to each other again.
 * @param actorId who asked for it: only one of the two may.
 * @returns the mentorship as it now is.
 * @throws UserError when they may not, or when it has ended already.
 */
export async function endMentorship(
  ctx: Context,
  actorId: string,
  mentorshipId: string,
  reason: EndReason,
): Promise<Mentorship> {
  return await inTurnOf(ctx, mentorshipId, async (trx) => {
    const by = await requireRole(trx, mentorshipId, actorId);
    const changed = await changeState(ctx, trx, mentorshipId, { act: 'end', by, reason });
    return await settleEnd(ctx, trx, changed, [partnerIn(changed.mentorship, actorId)]);
  });
}

/**
 * A moderator ends a pair. Both are told in neutral words, and the mentee keeps the turn that they had.
 * @returns the mentorship as it now is.
 * @throws UserError when there is no such pair in this guild, or it has ended already.
 */
export async function endPairAsModerator(ctx: Context, by: Acting, mentorshipId: string): Promise<Mentorship> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    await requireGuild(trx, by.guildId);
    const found = await findMentorship(trx, mentorshipId);
    if (found?.guild_id !== by.guildId) throw new UserError((t) => t.pairs.gone);
    const changed = await changeState(ctx, trx, found.id, { act: 'end', by: 'moderator', reason: 'staff' });
    await insertAudit(trx, ctx, {
      guildId: by.guildId,
      actorId: by.userId,
      action: 'mentorship-ended',
      detail: { mentee: found.mentee_id, mentor: found.mentor_id },
    });
    return await settleEnd(ctx, trx, changed, [found.mentor_id, found.mentee_id]);
  });
}

/** Does something about a mentorship in the turn of its guild. @throws UserError when there is none. */
export async function inTurnOf<T>(ctx: Context, mentorshipId: string, work: (trx: Trx) => Promise<T>): Promise<T> {
  const found = await findMentorship(ctx.db, mentorshipId);
  if (!found) throw new NotTheirs((t) => t.mentorship.notYours);
  return await inTurn(ctx.db, found.guild_id, work);
}

/** Which of the two somebody is. @throws UserError when they are neither. */
export async function requireRole(trx: Trx, mentorshipId: string, userId: string): Promise<'mentor' | 'mentee'> {
  const mentorship = await findMentorship(trx, mentorshipId);
  const role = mentorship && roleIn(mentorship, userId);
  if (!role) throw new NotTheirs((t) => t.mentorship.notYours);
  return role;
}

/** Which of the two somebody is in a mentorship; undefined when they are neither. */
export function roleIn(mentorship: Mentorship, userId: string): 'mentor' | 'mentee' | undefined {
  if (mentorship.mentor_id === userId) return 'mentor';
  return mentorship.mentee_id === userId ? 'mentee' : undefined;
}

/** The other of the two. */
export function partnerIn(mentorship: Mentorship, userId: string): string {
  return mentorship.mentor_id === userId ? mentorship.mentee_id : mentorship.mentor_id;
}

/**
 * Ends a mentorship because of something else: somebody is gone, or may not be a mentor any more.
 * @param tell who of the two hears of it, as far as they are there.
 * @returns the mentorship as it now is, or undefined when it had ended already.
 */
export async function closePair(
  ctx: Context,
  trx: Trx,
  mentorship: Mentorship,
  end: Omit<Change, 'act'>,
  tell: readonly string[],
): Promise<Mentorship | undefined> {
  const changed = await tryChange(ctx, trx, mentorship.id, { ...end, act: 'end' });
  return changed && (await settleEnd(ctx, trx, changed, tell));
}

/** The two of a mentorship. */
export function bothOf({ mentor_id: mentorId, mentee_id: menteeId }: Mentorship): readonly string[] {
  return [mentorId, menteeId];
}

/** Completes an end: frees the place, owes a word to those who must know, and closes the thread. */
export async function settleEnd(
  ctx: Context,
  trx: Trx,
  { mentorship }: Changed,
  tell: readonly string[],
): Promise<Mentorship> {
  const { id, guild_id: guildId } = mentorship;
  await touchMentors(trx, guildId, [mentorship.mentor_id]);
  await closeOpenMeeting(ctx, trx, id);
  // A mentor without time has no place to offer, whatever their profile says.
  const hasTime = mentorship.ended_by !== 'mentor' || mentorship.end_reason !== 'no-time';
  if (hasTime) await openPlace(trx, guildId, mentorship.mentor_id, ctx.now());
  for (const userId of tell) {
    const member = await findMember(trx, guildId, userId);
    if (member && member.left_at !== null) continue;
    const asks = userId === mentorship.mentee_id && (await asksToMentor(ctx, trx, mentorship));
    const detail = asks ? { detail: { asks: 'mentor' } as const } : {};
    await insertNotice(trx, ctx, { guildId, kind: 'mentorship-ended', userId, subjectId: id, ...detail });
  }
  await reviseNotices(trx, id, 'mentorship-thread', ctx.now());
  return mentorship;
}
