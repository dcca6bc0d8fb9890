/** Pure. What cron cannot say: only every so many days, weeks or months, counted by the calendar from a day. */
import { Temporal } from 'temporal-polyfill';

export type RhythmUnit = 'day' | 'week' | 'month';

/** "Every 2 weeks from 2026-11-30": of the times of a cron expression, those of every second week from that day's on. */
export interface Rhythm {
  readonly every: number;
  readonly unit: RhythmUnit;
  /** The day in whose day, week (from Monday) or month counting begins, `2026-11-30`. */
  readonly from: string;
}

/** A plan as it is stored in a `cron` column, taken apart. */
export interface Plan {
  /** Five fields. */
  readonly cron: string;
  readonly rhythm?: Rhythm;
}

/** A rhythm of more days, weeks or months belongs into a calendar. */
export const mostApart: Readonly<Record<RhythmUnit, number>> = { day: 31, week: 12, month: 12 };

const written = /^(.*?) every (\d{1,2}) (day|week|month)s? from (\d{4}-\d\d-\d\d)$/i;

/** A plan as it is stored and typed: `0 9 * * 1`, or `0 9 * * 1 every 2 weeks from 2026-11-30`. */
export function writePlan({ cron, rhythm }: Plan): string {
  return rhythm ? `${cron} every ${rhythm.every} ${rhythm.unit}s from ${rhythm.from}` : cron;
}

/** A stored plan, taken apart. What is no plan comes back as a cron expression that nothing can read. */
export function readPlan(plan: string): Plan {
  const match = written.exec(plan.trim());
  if (!match) return { cron: plan.trim() };
  const [, cron = '', every, unit = '', from = ''] = match;
  return { cron: cron.trim(), rhythm: { every: Number(every), unit: unit.toLowerCase() as RhythmUnit, from } };
}

/** Whether a rhythm can be: a day that exists, and neither once in nothing nor once in years. */
export function isRhythm({ every, unit, from }: Rhythm): boolean {
  if (every < 1 || every > mostApart[unit]) return false;
  try {
    Temporal.PlainDate.from(from, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/** Whether a day belongs to the rhythm. */
export function isInRhythm({ every, unit, from }: Rhythm, day: Temporal.PlainDate): boolean {
  const first = Temporal.PlainDate.from(from);
  if (unit === 'month') return isMultiple((day.year - first.year) * 12 + day.month - first.month, every);
  const start = unit === 'week' ? monday(first) : first;
  const here = unit === 'week' ? monday(day) : day;
  return isMultiple(start.until(here, { largestUnit: 'days' }).days, unit === 'week' ? every * 7 : every);
}

function monday(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

function isMultiple(n: number, of: number): boolean {
  return n % of === 0;
}
