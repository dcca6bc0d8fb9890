/** Both say that they are done: then it is complete. Until then nothing has changed. */
import type { Context } from '../context.ts';
import { findMentorship, type Mentorship, writeCourse } from '../db/mentorships.ts';
import { insertNotice, reviseNotices } from '../db/notices/write.ts';
import type { Trx } from '../db/open.ts';
import { NotTheirs, UserError } from '../errors.ts';
import { changeState, readStanding } from './changes.ts';
import { lookSoon } from './look.ts';
import { bothOf, inTurnOf, partnerIn, requireRole, roleIn, settleEnd } from './mentorships.ts';
import { findTransition } from './states.ts';

/** What saying so came to: `asked` the other is asked to confirm, `completed` both have said so. */
export interface Completion {
  readonly is: 'asked' | 'completed';
  readonly mentorship: Mentorship;
}

/** Pure: whether the other has said that they are done, and this one is asked to confirm. */
export function asksWhetherDone(mentorship: Mentorship, userId: string): boolean {
  const { ended_at: endedAt, done_by: by } = mentorship;
  return endedAt === null && by !== null && by !== roleIn(mentorship, userId);
}

/**
 * One of the two says that they have reached their aim; when the other has said so, too, the mentorship is complete.
 * Saying it twice changes nothing.
 * @throws UserError when they may not, and with the present state where it cannot be completed.
 */
export async function sayDone(ctx: Context, actorId: string, mentorshipId: string): Promise<Completion> {
  return await inTurnOf(ctx, mentorshipId, async (trx) => await sayDoneInTurn(ctx, trx, actorId, mentorshipId));
}

/** The same within the turn. */
export async function sayDoneInTurn(
  ctx: Context,
  trx: Trx,
  actorId: string,
  mentorshipId: string,
): Promise<Completion> {
  const role = await requireRole(trx, mentorshipId, actorId);
  const before = await findMentorship(trx, mentorshipId);
  if (before && before.done_by !== null && before.done_by !== role) {
    const changed = await changeState(ctx, trx, mentorshipId, { act: 'complete', by: 'both' });
    await reviseNotices(trx, mentorshipId, 'mentorship-done', ctx.now());
    const mentorship = await settleEnd(ctx, trx, changed, bothOf(changed.mentorship));
    return { is: 'completed', mentorship };
  }
  const mentorship = await requireCompletable(ctx, trx, mentorshipId);
  if (mentorship.done_by === role) return { is: 'asked', mentorship };
  const noted = await writeCourse(trx, mentorshipId, { done_by: role, done_at: ctx.now() });
  if (!noted) throw new UserError((t) => t.common.outdated);
  await insertNotice(trx, ctx, {
    guildId: noted.guild_id,
    kind: 'mentorship-done',
    userId: partnerIn(noted, actorId),
    subjectId: mentorshipId,
    detail: { part: 'asked' },
  });
  await lookSoon(ctx, trx, mentorshipId);
  return { is: 'asked', mentorship: noted };
}

/**
 * The other would like to go on: nothing changes, and who had said so is told kindly.
 * @throws UserError when they may not, or nobody waits for their answer.
 */
export async function goOn(ctx: Context, actorId: string, mentorshipId: string): Promise<Mentorship> {
  return await inTurnOf(ctx, mentorshipId, async (trx) => {
    const role = await requireRole(trx, mentorshipId, actorId);
    const before = await findMentorship(trx, mentorshipId);
    if (!before || before.done_by === null || before.ended_at !== null) throw new UserError((t) => t.common.outdated);
    const mentorship = await writeCourse(trx, mentorshipId, { done_by: null, done_at: null });
    if (!mentorship) throw new UserError((t) => t.common.outdated);
    await reviseNotices(trx, mentorshipId, 'mentorship-done', ctx.now());
    if (before.done_by !== role) {
      await insertNotice(trx, ctx, {
        guildId: mentorship.guild_id,
        kind: 'mentorship-done',
        userId: partnerIn(mentorship, actorId),
        subjectId: mentorshipId,
        detail: { part: 'refused' },
      });
    }
    await lookSoon(ctx, trx, mentorshipId);
    return mentorship;
  });
}

/** A mentorship that both can complete as it now stands. @throws UserError with the present state. */
async function requireCompletable(ctx: Context, trx: Trx, mentorshipId: string): Promise<Mentorship> {
  const mentorship = await findMentorship(trx, mentorshipId);
  if (!mentorship) throw new NotTheirs((t) => t.mentorship.notYours);
  const { standings } = await readStanding(trx, mentorship);
  // Refused in the words of the table.
  if (!findTransition(standings, 'complete', 'both'))
    await changeState(ctx, trx, mentorshipId, { act: 'complete', by: 'both' });
  return mentorship;
}
