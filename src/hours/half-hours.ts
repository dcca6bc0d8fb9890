/** Hours as bits, one for each half hour of a UTC week: whoever looks for a common time among many compares words. */
import { type Window, minutesOfWeek } from './week.ts';
import { dayMs, intervalsOf, minuteMs } from './zone.ts';

const halfHourMs = 30 * minuteMs;
/** Half hours of a week: the bits in use. */
export const halfHoursOfWeek = minutesOfWeek / 30;
const wordsOfWeek = Math.ceil(halfHoursOfWeek / 32);

/**
 * The half hours of one UTC week that lie wholly within somebody's hours; bit n is the n-th half hour from its beginning.
 * @param windows tidy, in minutes of a local week.
 * @param weekStart epoch milliseconds of a Monday, 00:00 UTC.
 */
export function halfHoursOf(windows: readonly Window[], zone: string, weekStart: number): Uint32Array {
  const bits = new Uint32Array(wordsOfWeek);
  for (const { from, to } of intervalsOf(windows, zone, { from: weekStart, to: weekStart + 7 * dayMs })) {
    const first = Math.ceil((from - weekStart) / halfHourMs);
    const end = Math.floor((to - weekStart) / halfHourMs);
    for (let bit = first; bit < end; bit += 1) bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
  return bits;
}

/** The beginning of the UTC week that holds a moment, in epoch milliseconds. */
export function weekStartOf(at: number): number {
  const monday = 4 * dayMs;
  return Math.floor((at - monday) / (7 * dayMs)) * 7 * dayMs + monday;
}
