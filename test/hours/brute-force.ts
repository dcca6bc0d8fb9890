/**
 * Finds common times in the plainest way: by what the runtime's clocks show in each zone, minute for minute. Shares nothing
 * with `src/hours/` but the words.
 */
import type { CommonTime, NearMiss, Side } from '../../src/hours/common.ts';
import type { Window } from '../../src/hours/week.ts';

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
const names: Readonly<Record<string, number>> = { Mon: 0, Tue: 1, Wed: 2, Thu: 3, Fri: 4, Sat: 5, Sun: 6 };

/** What the clocks of a zone show, for each minute from a moment on: the minute of the local week. */
function readClocks(zone: string, from: number, minutes: number): Uint16Array {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  // "Mon 09:05" with whatever stands between.
  return Uint16Array.from({ length: minutes }, (_, minute) => {
    const shown = format.format(from + minute * minuteMs);
    const day = names[shown.slice(0, 3)] ?? NaN;
    return day * dayMinutes + Number(shown.slice(-5, -3)) * 60 + Number(shown.slice(-2));
  });
}

/** Clocks of zones over a time that many pairs are looked at in. */
export interface Clocks {
  /** Epoch milliseconds, at a whole minute. */
  readonly from: number;
  of(zone: string): Uint16Array;
}

export function clocksOver(from: number, minutes: number): Clocks {
  const read = new Map<string, Uint16Array>();
  return {
    from,
    of(zone) {
      let shown = read.get(zone);
      if (!shown) read.set(zone, (shown = readClocks(zone, from, minutes)));
      return shown;
    },
  };
}

function inside(windows: readonly Window[], minute: number): boolean {
  return windows.some(({ from, to }) => from <= minute && minute < to);
}

/** Whether somebody could be there in every minute of a meeting; undefined windows are the daytime. */
function isThere(clocks: Clocks, side: Side, at: number, minutes: number, isDaytime: boolean): boolean {
  const shown = clocks.of(side.zone);
  const first = (at - clocks.from) / minuteMs;
  for (let minute = first; minute < first + minutes; minute += 1) {
    const local = shown[minute] ?? NaN;
    const isOk =
      isDaytime || !side.windows
        ? local % dayMinutes >= 8 * 60 && local % dayMinutes < 22 * 60
        : inside(side.windows, local);
    if (!isOk) return false;
  }
  return true;
}

function starts(now: number): number[] {
  const grid = 30 * minuteMs;
  const found: number[] = [];
  for (let at = Math.ceil((now + 12 * 60 * minuteMs) / grid) * grid; at <= now + 10 * dayMinutes * minuteMs; at += grid)
    found.push(at);
  return found;
}

/** The same as `findCommonTimes`, nobody being taken. */
export function findByTheMinute(
  clocks: Clocks,
  sides: readonly [Side, Side],
  now: number,
  minutes: number,
  most: number,
) {
  const shownAt = (side: Side, at: number) => clocks.of(side.zone)[(at - clocks.from) / minuteMs] ?? NaN;
  const found: (CommonTime & { away: number; sum: number })[] = [];
  for (const at of starts(now)) {
    const inHours = sides.every((side) => isThere(clocks, side, at, minutes, false));
    if (!inHours && !sides.every((side) => isThere(clocks, side, at, minutes, true))) continue;
    const away = sides.map((side) =>
      Math.abs((shownAt(side, at + Math.floor(minutes / 2) * minuteMs) % dayMinutes) - 15 * 60),
    );
    found.push({ at, inside: inHours, away: Math.max(...away), sum: (away[0] ?? 0) + (away[1] ?? 0) });
  }
  found.sort((a, b) => Number(b.inside) - Number(a.inside) || a.away - b.away || a.sum - b.sum || a.at - b.at);
  const half = (at: number) => {
    // A half day by the first one's calendar: its day, told by counting midnights, and before or after noon.
    const shown = clocks.of(sides[0].zone);
    let day = 0;
    for (let minute = 1; minute <= (at - clocks.from) / minuteMs; minute += 1) {
      const [before = 0, here = 0] = [shown[minute - 1], shown[minute]];
      if (Math.floor(before / dayMinutes) !== Math.floor(here / dayMinutes)) day += 1;
    }
    return `${day}:${(shown[(at - clocks.from) / minuteMs] ?? 0) % dayMinutes < 12 * 60 ? 'a' : 'p'}`;
  };
  const kept: CommonTime[] = [];
  const taken = new Set<string>();
  for (const { at, inside: isInside } of found) {
    if (kept.length === most) break;
    const halfDay = half(at);
    if (taken.has(halfDay)) continue;
    taken.add(halfDay);
    kept.push({ at, inside: isInside });
  }
  return kept;
}

/** The smallest sum of minutes by which any time misses both: what `findNearMisses` has to find first. */
export function leastMiss(clocks: Clocks, sides: readonly [Side, Side], now: number, minutes: number): number {
  const off = (side: Side, at: number) => {
    for (let by = 0; ; by += 1) {
      for (const shift of [by, -by]) {
        const moved = at + shift * minuteMs;
        if (moved < clocks.from || moved + minutes * minuteMs > clocks.from + clocks.of(side.zone).length * minuteMs)
          continue;
        if (isThere(clocks, side, moved, minutes, true)) return by;
        if (side.windows && isThere(clocks, side, moved, minutes, false)) return by;
      }
    }
  };
  return Math.min(...starts(now).map((at) => off(sides[0], at) + off(sides[1], at)));
}

export type { NearMiss };
