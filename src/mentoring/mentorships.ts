import type { Context } from '../context.ts';
import { closeMentorship, findMentorship, type Mentorship } from '../db/mentorships.ts';
import { insertNotice, reviseNotices } from '../db/notices.ts';
import type { Trx } from '../db/open.ts';
import type { EndedBy, MentorshipEnd } from '../db/schema.ts';
import { UserError } from '../errors.ts';
import { inTurn } from '../guild/turn.ts';
import { touchMentors } from '../db/pool.ts';

/** Why one of the two may end a mentorship. */
export const endReasons = ['completed', 'not-a-fit', 'no-time', 'other'] as const;
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
  const found = await findMentorship(ctx.db, mentorshipId);
  if (!found) throw new UserError((t) => t.mentorship.notYours);
  return await inTurn(ctx.db, found.guild_id, async (trx) => {
    const mentorship = await findMentorship(trx, mentorshipId);
    const by = mentorship && roleIn(mentorship, actorId);
    if (!mentorship || !by) throw new UserError((t) => t.mentorship.notYours);
    const ended = await closePair(ctx, trx, mentorship, { reason, by });
    if (!ended) {
      const now = await findMentorship(trx, mentorshipId);
      throw new UserError((t) => t.mentorship.alreadyEnded(now?.ended_at ?? ctx.now()));
    }
    return ended;
  });
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
 * Ends a mentorship, gives the mentor their place back, owes the one who did not end it a word, and has the thread's opening message changed.
 * @returns the mentorship as it now is, or undefined when it had ended already.
 */
export async function closePair(
  ctx: Context,
  trx: Trx,
  mentorship: Mentorship,
  end: { reason: MentorshipEnd; by: Exclude<EndedBy, 'bot'> },
): Promise<Mentorship | undefined> {
  const ended = await closeMentorship(trx, mentorship.id, end, ctx.now());
  if (!ended) return undefined;
  await touchMentors(trx, ended.guild_id, [ended.mentor_id]);
  await insertNotice(trx, ctx, {
    guildId: ended.guild_id,
    kind: 'mentorship-ended',
    userId: end.by === 'mentor' ? ended.mentee_id : ended.mentor_id,
    subjectId: ended.id,
  });
  await reviseNotices(trx, ended.id, 'mentorship-thread', ctx.now());
  return ended;
}
