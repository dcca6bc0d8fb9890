/**
 * When a session can begin, as sets: a bit for each quarter of an hour of a week in UTC. It is set when the whole session
 * lies within somebody's hours, so the common beginnings of any people are the bits that all of them have. Quarters,
 * because there are clocks 45 minutes off the full hour.
 */
import { sessionDay } from './limits.ts';
import type { Timed, Window } from './types.ts';
import type { Stretch } from './zone.ts';

export const quarter = 15;
const day = 24 * 60;
export const weekMinutes = 7 * day;

/** Quarters of a week, and the words that hold a bit for each. */
export const weekQuarters = weekMinutes / quarter;
export const weekWords = weekQuarters / 32;

/** From Monday 00:00 to Thursday 1 January 1970, 00:00. */
const epochInWeek = 3 * day;

/** The minute of the local week at a minute since 1970. */
export function minuteOfWeek(minute: number, offset: number): number {
  return modulo(minute + offset + epochInWeek, weekMinutes);
}

/** The hours during which sessions are held, in order and without overlaps. */
export function sessionHours(hours: Timed['hours']): readonly Window[] {
  const held: Window[] = [];
  for (const { from, to } of hours.toSorted((a, b) => a.from - b.from)) {
    for (let midnight = from - (from % day); midnight < to; midnight += day) {
      const begins = Math.max(from, midnight + sessionDay.from, held.at(-1)?.to ?? 0);
      const ends = Math.min(to, midnight + sessionDay.to);
      if (begins >= ends) continue;
      const last = held.at(-1);
      if (last?.to === begins && begins % day !== 0) held[held.length - 1] = { from: last.from, to: ends };
      else held.push({ from: begins, to: ends });
    }
  }
  return held;
}

/**
 * Sets the bits of a week: 21 words of `into` from `at` on, which are empty so far.
 * @param held as `sessionHours` gives them.
 * @param stretches of the zone, from the week's beginning at least until `minutes` after its end.
 * @param weekFrom minutes since 1970, a full quarter.
 */
export function setStarts(
  into: Int32Array,
  at: number,
  week: { readonly held: readonly Window[]; readonly stretches: readonly Stretch[]; readonly weekFrom: number },
  minutes: number,
): void {
  const { held, stretches, weekFrom } = week;
  const until = weekFrom + weekMinutes + minutes;
  // What touches across a change of the clock is one.
  let from = 0;
  let end = -1;
  const close = () => {
    const first = Math.ceil(Math.max(0, from - weekFrom) / quarter);
    const last = Math.min(weekQuarters - 1, Math.floor((end - minutes - weekFrom) / quarter));
    for (let bit = first; bit <= last; bit += 1) into[at + (bit >>> 5)]! |= 1 << (bit & 31);
  };
  for (const stretch of stretches) {
    const begins = Math.max(stretch.from, weekFrom);
    const ends = Math.min(stretch.until, until);
    if (begins >= ends) continue;
    // The local week in which the stretch begins, as minutes of UTC.
    for (let monday = begins - minuteOfWeek(begins, stretch.offset); monday < ends; monday += weekMinutes) {
      for (const window of held) {
        const opens = Math.max(monday + window.from, begins);
        const closes = Math.min(monday + window.to, ends);
        if (opens >= closes) continue;
        if (opens !== end) {
          close();
          from = opens;
        }
        end = closes;
      }
    }
  }
  close();
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
