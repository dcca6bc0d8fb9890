/** What a pair wants to reach: both see it, and either may change it. */
import { Temporal } from 'temporal-polyfill';
import type { Context } from '../context.ts';
import { closeGoal, type Goal, insertGoal, listGoals } from '../db/goals.ts';
import { findMember } from '../db/members.ts';
import type { Mentorship } from '../db/mentorships.ts';
import type { Trx } from '../db/open.ts';
import { UserError } from '../errors.ts';
import { newId } from '../ids.ts';
import { showTyped } from '../marks.ts';
import { requireLive } from './changes.ts';
import { lookSoon } from './look.ts';
import { inTurnOf, requireRole } from './mentorships.ts';

/** Open goals at once: more are a list, and no aim. */
const mostOpenGoals = 3;
/** Characters of a goal. */
export const goalLimit = 200;
/** How far ahead a goal may lie, in days. */
const mostDaysAhead = 366;
/** For how long a goal is planned that has no date, in weeks. */
const usualWeeks = 12;

/** A goal, and whose it is. */
export interface GoalOfPair {
  readonly goal: Goal;
  readonly mentorship: Mentorship;
}

/**
 * Sets a goal, or words one anew.
 * @param day as typed, `2027-01-31`; twelve weeks ahead when empty.
 * @param replaces the goal that is worded anew; its old words stay in the export.
 * @throws UserError that names what is wrong with it.
 */
export async function setGoal(
  ctx: Context,
  actorId: string,
  mentorshipId: string,
  { text, day, replaces }: { readonly text: string; readonly day: string; readonly replaces?: string },
): Promise<GoalOfPair> {
  return await inTurnOf(ctx, mentorshipId, async (trx) => {
    await requireRole(trx, mentorshipId, actorId);
    const mentorship = await requireLive(trx, mentorshipId);
    const words = text.trim();
    if (words === '') throw new UserError((t) => t.goals.refused.empty);
    if (words.length > goalLimit) throw new UserError((t) => t.goals.refused.tooLong(words.length, goalLimit));
    const zone = (await findMember(trx, mentorship.guild_id, actorId))?.zone ?? 'Etc/UTC';
    const dueOn = requireDay(day, zone, ctx);
    if (replaces !== undefined) await closeOwn(ctx, trx, mentorshipId, replaces, 'changed');
    const open = (await listGoals(trx, mentorshipId)).filter(({ state }) => state === 'open');
    if (open.length >= mostOpenGoals)
      throw new UserError((t) => t.goals.refused.tooMany(open.map((each) => showTyped(each.text))));
    const goal: Goal = {
      id: newId(ctx.random),
      guild_id: mentorship.guild_id,
      mentorship_id: mentorshipId,
      user_id: actorId,
      text: words,
      due_on: dueOn,
      state: 'open',
      created_at: ctx.now(),
      closed_at: null,
    };
    await insertGoal(trx, goal);
    await lookSoon(ctx, trx, mentorshipId);
    return { goal, mentorship };
  });
}

/** A goal is reached, or no longer theirs. @throws UserError when it is not open. */
export async function endGoal(
  ctx: Context,
  actorId: string,
  mentorshipId: string,
  goalId: string,
  to: 'reached' | 'dropped',
): Promise<GoalOfPair> {
  return await inTurnOf(ctx, mentorshipId, async (trx) => {
    await requireRole(trx, mentorshipId, actorId);
    const mentorship = await requireLive(trx, mentorshipId);
    const goal = await closeOwn(ctx, trx, mentorshipId, goalId, to);
    return { goal, mentorship };
  });
}

async function closeOwn(
  ctx: Context,
  trx: Trx,
  mentorshipId: string,
  goalId: string,
  to: 'reached' | 'dropped' | 'changed',
): Promise<Goal> {
  const own = (await listGoals(trx, mentorshipId)).find(({ id, state }) => id === goalId && state === 'open');
  const closed = own && (await closeGoal(trx, own.id, to, ctx.now()));
  if (!closed) throw new UserError((t) => t.goals.refused.notOpen);
  return closed;
}

/** A day between today and a year from now, where somebody lives. @throws UserError for anything else. */
function requireDay(typed: string, zone: string, { now }: Pick<Context, 'now'>): string {
  const today = Temporal.Instant.from(now()).toZonedDateTimeISO(zone).toPlainDate();
  if (typed.trim() === '') return today.add({ weeks: usualWeeks }).toString();
  let day: Temporal.PlainDate;
  try {
    day = Temporal.PlainDate.from(typed.trim(), { overflow: 'reject' });
  } catch (error) {
    if (error instanceof RangeError) throw new UserError((t) => t.goals.refused.day);
    throw error;
  }
  if (Temporal.PlainDate.compare(day, today) < 0) throw new UserError((t) => t.goals.refused.past);
  if (Temporal.PlainDate.compare(day, today.add({ days: mostDaysAhead })) > 0)
    throw new UserError((t) => t.goals.refused.far);
  return day.toString();
}
