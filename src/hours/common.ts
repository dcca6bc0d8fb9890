/** Times at which two people can meet. */
import { daytime, type Window } from './week.ts';
import { dayMs, type Interval, intervalsOf, minuteMs, offsetAt } from './zone.ts';

/** One of the two. */
export interface Side {
  /** IANA name. */
  readonly zone: string;
  /** Undefined where nobody knows: then it is the daytime. */
  readonly windows: readonly Window[] | undefined;
}

/** What is looked for. */
export interface Search {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly minutes: number;
  /** When one of the two is taken already. */
  readonly taken: readonly Interval[];
  readonly most: number;
}

/** A time that suits. */
export interface CommonTime {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Whether it is within the hours of both; else it is daytime for both. */
  readonly inside: boolean;
}

/** A time that does not suit, by how many minutes for each of the two: 0 for whom it does. */
export interface NearMiss {
  readonly at: number;
  readonly off: readonly [number, number];
}

const gridMs = 30 * minuteMs;
/** Nobody is asked to be there sooner, in hours. */
export const leastHoursAhead = 12;
/** How far ahead times are looked for, in days. */
export const daysAhead = 10;
/** The middle of a waking day, in minutes: halfway between 08:00 and 22:00. */
const middleOfDay = 15 * 60;

/**
 * Times that suit both: first those within the hours of both, then nearer the middle of both days (of whoever is
 * further from it), then sooner; at most one for each half day of the first.
 */
export function findCommonTimes(one: Side, other: Side, search: Search): CommonTime[] {
  const span = spanOf(search);
  const hours = [one, other].map((side) => intervalsOf(side.windows ?? daytime, side.zone, span));
  const wake = [one, other].map((side) => intervalsOf(daytime, side.zone, span));
  const length = search.minutes * minuteMs;
  const found = startsOf(search)
    .map((at) => ({ at, inside: hours.every((each) => holds(each, at, length)) }))
    .filter(({ at, inside }) => inside || wake.every((each) => holds(each, at, length)))
    .map((time) => ({ ...time, from: fromMiddle(one, other, time.at + Math.floor(search.minutes / 2) * minuteMs) }));
  const ranked = found.toSorted(
    (a, b) =>
      Number(b.inside) - Number(a.inside) || a.from.more - b.from.more || a.from.sum - b.from.sum || a.at - b.at,
  );
  return onePerHalfDay(one.zone, ranked, search.most).map(({ at, inside }) => ({ at, inside }));
}

/** Where nothing suits: the times that are off by the fewest minutes, in different half days of the first. */
export function findNearMisses(one: Side, other: Side, search: Search): NearMiss[] {
  const span = spanOf(search);
  const length = search.minutes * minuteMs;
  const allowed = [one, other].map((side) => [
    ...intervalsOf(side.windows ?? [], side.zone, span),
    ...intervalsOf(daytime, side.zone, span),
  ]);
  const off = (which: 0 | 1, at: number) =>
    Math.min(
      ...(allowed[which] ?? []).filter(({ from, to }) => to - from >= length).map((each) => away(each, at, length)),
    );
  const found = startsOf(search)
    .map((at) => ({ at, off: [off(0, at) / minuteMs, off(1, at) / minuteMs] as const }))
    .filter((miss) => miss.off.every(Number.isFinite));
  const ranked = found.toSorted((a, b) => a.off[0] + a.off[1] - (b.off[0] + b.off[1]) || a.at - b.at);
  return onePerHalfDay(one.zone, ranked, search.most);
}

function spanOf({ now, minutes }: Search): Interval {
  // A day more on both sides, so that nothing is cut where it is measured.
  return { from: now - dayMs, to: now + (daysAhead + 1) * dayMs + minutes * minuteMs };
}

/** The times that may be looked at: on the half hour, far enough ahead, while neither is taken. */
function startsOf({ now, minutes, taken }: Search): number[] {
  const starts: number[] = [];
  const first = Math.ceil((now + leastHoursAhead * 60 * minuteMs) / gridMs) * gridMs;
  for (let at = first; at <= now + daysAhead * dayMs; at += gridMs) {
    if (!taken.some(({ from, to }) => at < to && from < at + minutes * minuteMs)) starts.push(at);
  }
  return starts;
}

function holds(intervals: readonly Interval[], at: number, length: number): boolean {
  return intervals.some(({ from, to }) => from <= at && at + length <= to);
}

/** By how much a meeting would have to move to lie within an interval. */
function away({ from, to }: Interval, at: number, length: number): number {
  return Math.max(0, from - at, at + length - to);
}

/** How far the middle of a meeting is from the middle of the day, in minutes: for whom it is further, and for both. */
function fromMiddle(one: Side, other: Side, at: number): { readonly more: number; readonly sum: number } {
  const [a, b] = [one, other].map(({ zone }) => Math.abs(minuteOfDay(zone, at) - middleOfDay)) as [number, number];
  return { more: Math.max(a, b), sum: a + b };
}

function minuteOfDay(zone: string, at: number): number {
  return ((at + offsetAt(zone, at)) % dayMs) / minuteMs;
}

function onePerHalfDay<Time extends { readonly at: number }>(
  zone: string,
  ranked: readonly Time[],
  most: number,
): Time[] {
  const taken = new Set<number>();
  const kept: Time[] = [];
  for (const time of ranked) {
    const halfDay = Math.floor((time.at + offsetAt(zone, time.at)) / (dayMs / 2));
    if (taken.has(halfDay)) continue;
    taken.add(halfDay);
    kept.push(time);
    if (kept.length === most) break;
  }
  return kept;
}
