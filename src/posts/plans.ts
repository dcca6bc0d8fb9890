/** Stored next times, held against what they were computed from: a wrong clock or other time zone data may have left some. */
import type { Context } from '../context.ts';
import { listActiveSchedules, moveSchedules, type Schedule, type ScheduleMove } from '../db/schedules.ts';
import type { Instant } from '../time.ts';
import { listNextDue, nextDue } from './due.ts';

/** The columns that decide when a schedule is due. */
type Planned = Pick<Schedule, 'id' | 'cron' | 'zone' | 'state' | 'next_due_at'>;

/**
 * Pure: the next times at which a schedule is really claimed: its stored time first. What is due already is posted with
 * the next heartbeat, and what follows is next.
 */
export function listAheadOf(schedule: Planned, now: Instant, count: number): Instant[] {
  const { cron, zone, state, next_due_at: stored } = schedule;
  if (state !== 'active' || stored === null) return [];
  if (stored <= now) return listNextDue(cron, zone, now, count);
  return [stored, ...listNextDue(cron, zone, stored, count - 1)];
}

/**
 * Sets right what is next due of schedules whose stored time is not that of their plan. What is due already stays: its
 * claim decides what is posted and what is too late.
 * @returns how many were wrong.
 */
export async function mendPlans(ctx: Context, schedules: readonly Planned[]): Promise<number> {
  if (!ctx.time.isSure()) return 0;
  const now = ctx.now();
  const moves = schedules.flatMap((schedule) => moveOf(ctx, schedule, now) ?? []);
  if (moves.length === 0) return 0;
  // Each is moved from the time that was read, so a claim or an edit meanwhile is not undone.
  const { size } = await moveSchedules(ctx.db, moves);
  if (size > 0) ctx.log.warn({ schedules: size }, 'next times were not those of the plan, and are now');
  return size;
}

function moveOf(ctx: Context, { id, cron, zone, state, next_due_at: stored }: Planned, now: Instant) {
  if (state !== 'active' || (stored !== null && stored <= now)) return undefined;
  try {
    const planned = nextDue(cron, zone, now) ?? null;
    return planned === stored ? undefined : ({ id, from: stored, to: planned } satisfies ScheduleMove);
  } catch (error) {
    ctx.log.error({ err: error, schedule: id }, 'the times of a schedule cannot be read');
    return undefined;
  }
}

/**
 * Checks the next schedules of all guilds, in the order of their ids.
 * @param after the last one that was checked; undefined to begin anew.
 * @returns the last one checked; undefined once all were.
 */
export async function checkPlans(ctx: Context, after: string | undefined, limit: number): Promise<string | undefined> {
  const schedules = await listActiveSchedules(ctx.db, after, limit);
  await mendPlans(ctx, schedules);
  return schedules.length < limit ? undefined : schedules.at(-1)?.id;
}
