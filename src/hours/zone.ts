/** Local weeks on the time line: a clock that goes forward or back moves what is there, and never what was said. */
import { offsetMinutes } from '../content/zones/index.ts';
import type { Window } from './week.ts';

/** From one moment to another, in epoch milliseconds; `to` is not part of it. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** A time during which a zone's clocks do not change. */
interface Stretch extends Interval {
  /** Local time is UTC and so many milliseconds. */
  readonly offset: number;
}

export const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
export const dayMs = 24 * 60 * minuteMs;
const weekMs = 7 * dayMs;
/** 1970 began on a Thursday. */
const firstMonday = 4 * dayMs;

/** Offsets at the beginnings of UTC days: groups are formed over half a year, and everybody's days are the same. */
const known = new Map<string, Map<number, number>>();
/** More days than anybody looks at in one zone. */
const mostKept = 1_000;

/** How far a zone's clocks are ahead of UTC, in milliseconds. */
export function offsetAt(zone: string, at: number): number {
  return offsetMinutes(zone, at) * minuteMs;
}

function offsetOfDay(zone: string, day: number): number {
  let ofZone = known.get(zone);
  if (!ofZone) known.set(zone, (ofZone = new Map()));
  let offset = ofZone.get(day);
  if (offset === undefined) {
    if (ofZone.size >= mostKept) ofZone.clear();
    ofZone.set(day, (offset = offsetAt(zone, day * dayMs)));
  }
  return offset;
}

/** The moment within a day at which clocks change, if they do. They change at whole quarters everywhere. */
function changeWithin(zone: string, day: number): number {
  const after = offsetOfDay(zone, day + 1);
  let [low, high] = [(day * dayMs) / quarterMs, ((day + 1) * dayMs) / quarterMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * quarterMs) === after) high = middle;
    else low = middle;
  }
  return high * quarterMs;
}

/** A time in a zone, cut where its clocks change. */
function stretchesOf(zone: string, { from, to }: Interval): Stretch[] {
  const stretches: Stretch[] = [];
  let begin = from;
  for (let day = Math.floor(from / dayMs); day * dayMs < to; day += 1) {
    const offset = offsetOfDay(zone, day);
    if (offset === offsetOfDay(zone, day + 1)) continue;
    const change = changeWithin(zone, day);
    if (change > begin && change < to) {
      stretches.push({ from: begin, to: change, offset });
      begin = change;
    }
  }
  if (begin < to) stretches.push({ from: begin, to, offset: offsetAt(zone, begin) });
  return stretches;
}

/**
 * When the clocks of a zone show a time within these windows, in order and merged where they touch. An hour that exists
 * twice is within them twice, one that is left out never.
 */
export function intervalsOf(windows: readonly Window[], zone: string, within: Interval): Interval[] {
  const found: { from: number; to: number }[] = [];
  for (const { from, to, offset } of stretchesOf(zone, within)) {
    const firstWeek = Math.floor((from + offset - firstMonday) / weekMs) * weekMs + firstMonday - offset;
    for (let week = firstWeek; week < to; week += weekMs) {
      for (const window of windows) {
        const begin = Math.max(from, week + window.from * minuteMs);
        const end = Math.min(to, week + window.to * minuteMs);
        if (begin >= end) continue;
        const last = found.at(-1);
        if (last && begin <= last.to) last.to = Math.max(last.to, end);
        else found.push({ from: begin, to: end });
      }
    }
  }
  return found;
}
