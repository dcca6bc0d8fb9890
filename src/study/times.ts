/** Weekly times: they stand still in one zone, and are computed by its calendar. Pure. */
import { Temporal } from 'temporal-polyfill';
import { daysAhead, leastHoursAhead } from '../hours/common.ts';
import { dayMs, type Interval, intervalsOf, minuteMs, offsetAt } from '../hours/zone.ts';
import { minutesOfDay, minutesOfWeek, type Window } from '../hours/week.ts';
import { timesAtMost } from './limits.ts';

/** Weekly times of a group: minutes of the local week in the zone where they stand still. */
export interface Weekly {
  readonly zone: string;
  readonly times: readonly number[];
  /** How long a session lasts. */
  readonly minutes: number;
}

/** Somebody's usual week. */
export interface Usual {
  readonly userId: string;
  readonly zone: string;
  readonly windows: readonly Window[];
}

/** Weekly times are looked at this far ahead: both changes of the clocks of most zones lie within half a year. */
const weeksTried = 8;
const weekMs = 7 * dayMs;
/** Outside of these local minutes of a day a session is a burden. */
const fair = { from: 8 * 60, to: 22 * 60 };
/** Times are suggested on the half hour. */
const step = 30;

/**
 * When the next sessions begin, by the calendar of the zone, in epoch milliseconds and in order. A local time that a
 * change of the clock leaves out is held as much later; one that comes twice is held the first time.
 * @param after those that begin later than this.
 */
export function nextTimes({ zone, times }: Pick<Weekly, 'zone' | 'times'>, after: number, count: number): number[] {
  if (times.length === 0) return [];
  const now = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(zone).toPlainDate();
  const monday = now.subtract({ days: now.dayOfWeek - 1 });
  const found: number[] = [];
  for (let week = 0; found.length < count; week += 1) {
    for (const time of times.toSorted((a, b) => a - b)) {
      const date = monday.add({ days: 7 * week + Math.floor(time / minutesOfDay) });
      const clock = { hour: Math.floor((time % minutesOfDay) / 60), minute: time % 60 };
      const at = date.toZonedDateTime({ timeZone: zone, plainTime: clock }).epochMilliseconds;
      if (at > after) found.push(at);
    }
  }
  return found.toSorted((a, b) => a - b).slice(0, count);
}

/** What a zone's clocks show at a moment, in minutes of its week. */
export function minuteOfWeekAt(zone: string, at: number): number {
  const monday = 4 * dayMs;
  const local = at + offsetAt(zone, at) - monday;
  return Math.floor((((local % weekMs) + weekMs) % weekMs) / minuteMs);
}

/** From one session on the hour is another one for somebody. */
export interface Shift {
  /** The first session at the new hour, in epoch milliseconds. */
  readonly at: number;
  /** Minutes of that person's local week. */
  readonly before: number;
  readonly after: number;
}

/** The first change of the hour that a weekly time brings somebody within some days; undefined when it stays. */
export function nextShift(weekly: Weekly, zone: string, from: number, days: number): Shift | undefined {
  const shifts = weekly.times.flatMap((time) => {
    const at = nextTimes({ zone: weekly.zone, times: [time] }, from - weekMs, Math.ceil(days / 7) + 2);
    const changed = at.findIndex((each, i) => {
      const before = at[i - 1];
      return before !== undefined && each > from && minuteOfWeekAt(zone, before) !== minuteOfWeekAt(zone, each);
    });
    const [before, after] = [at[changed - 1], at[changed]];
    if (before === undefined || after === undefined || after > from + days * dayMs) return [];
    return [{ at: after, before: minuteOfWeekAt(zone, before), after: minuteOfWeekAt(zone, after) }];
  });
  return shifts.toSorted((a, b) => a.at - b.at)[0];
}

/** Whether every session of the coming weeks lies within somebody's hours. */
export function suits(person: Usual, weekly: Weekly, from: number): boolean {
  const hours = hoursAhead(person, from);
  return nextTimes(weekly, from, weeksTried * weekly.times.length).every((at) =>
    holds(hours, at, weekly.minutes * minuteMs),
  );
}

/** A weekly time, and whom it does not suit. */
export interface SuggestedTime {
  readonly time: number;
  /** By how many minutes at worst it lies outside somebody's hours; nobody in it when it suits all. */
  readonly outside: readonly { readonly userId: string; readonly minutes: number }[];
}

/**
 * Weekly times for people: those within everybody's hours in each of the coming weeks, the fairest first (whoever is
 * burdened most is burdened least), one a day. Where there is none, the two that are outside of the fewest people's hours,
 * by the least.
 * @param anchor the zone in which it will stand still.
 */
export function suggestTimes(
  people: readonly Usual[],
  { anchor, minutes, from }: { readonly anchor: string; readonly minutes: number; readonly from: number },
): readonly SuggestedTime[] {
  const hours = people.map((person) => hoursAhead(person, from));
  const length = minutes * minuteMs;
  const tried = Array.from({ length: minutesOfWeek / step }, (_, i) => {
    const time = i * step;
    const at = nextTimes({ zone: anchor, times: [time] }, from, weeksTried);
    const outside = people.flatMap(({ userId }, p) => {
      const worst = Math.max(...at.map((each) => away(hours[p]!, each, length)));
      return worst === 0 ? [] : [{ userId, minutes: worst / minuteMs }];
    });
    const burdens = people.map(({ zone }) => at.filter((each) => isBurden(zone, each, minutes)).length);
    return { time, outside, burden: Math.max(0, ...burdens) };
  });
  const suiting = tried.filter(({ outside }) => outside.length === 0);
  if (suiting.length > 0) {
    const days = new Set<number>();
    const ranked = suiting.toSorted((a, b) => a.burden - b.burden || a.time - b.time);
    const onePerDay = ranked.filter(({ time }) => {
      const day = Math.floor(time / minutesOfDay);
      return days.size < timesAtMost && !days.has(day) && days.add(day) !== undefined;
    });
    const more = ranked.filter((each) => !onePerDay.includes(each)).slice(0, timesAtMost - onePerDay.length);
    return [...onePerDay, ...more].toSorted((a, b) => a.time - b.time);
  }
  const total = ({ outside }: SuggestedTime) => outside.reduce((sum, each) => sum + each.minutes, 0);
  return tried
    .filter(({ outside }) => outside.every((each) => Number.isFinite(each.minutes)))
    .toSorted(
      (a, b) => a.outside.length - b.outside.length || total(a) - total(b) || a.burden - b.burden || a.time - b.time,
    )
    .slice(0, 2);
}

/**
 * Times at which people can meet once, within everybody's hours, the fairest first and then the soonest, one for each half
 * day of the first of them; in order.
 */
export function suggestOnce(
  people: readonly Usual[],
  about: {
    readonly minutes: number;
    readonly from: number;
    readonly taken: readonly Interval[];
    readonly most: number;
  },
): readonly number[] {
  const [first] = people;
  if (!first) return [];
  const length = about.minutes * minuteMs;
  const hours = people.map((person) => hoursAhead(person, about.from));
  const begin = Math.ceil((about.from + leastHoursAhead * 60 * minuteMs) / (step * minuteMs)) * step * minuteMs;
  const found: { readonly at: number; readonly burden: number }[] = [];
  for (let at = begin; at <= about.from + daysAhead * dayMs; at += step * minuteMs) {
    if (about.taken.some(({ from, to }) => at < to && from < at + length)) continue;
    if (!hours.every((each) => holds(each, at, length))) continue;
    found.push({ at, burden: people.filter(({ zone }) => isBurden(zone, at, about.minutes)).length });
  }
  const halfDays = new Set<number>();
  const kept = found
    .toSorted((a, b) => a.burden - b.burden || a.at - b.at)
    .filter(({ at }) => {
      const halfDay = Math.floor((at + offsetAt(first.zone, at)) / (dayMs / 2));
      return halfDays.size < about.most && !halfDays.has(halfDay) && halfDays.add(halfDay) !== undefined;
    });
  return kept.map(({ at }) => at).toSorted((a, b) => a - b);
}

function hoursAhead({ windows, zone }: Usual, from: number): readonly Interval[] {
  return intervalsOf(windows, zone, { from: from - dayMs, to: from + (weeksTried + 2) * weekMs });
}

function holds(hours: readonly Interval[], at: number, length: number): boolean {
  return hours.some(({ from, to }) => from <= at && at + length <= to);
}

/** By how much a session would have to move to lie within somebody's hours, in milliseconds. */
function away(hours: readonly Interval[], at: number, length: number): number {
  let least = Infinity;
  for (const { from, to } of hours) {
    if (to - from >= length) least = Math.min(least, Math.max(0, from - at, at + length - to));
  }
  return least;
}

function isBurden(zone: string, at: number, minutes: number): boolean {
  const begins = minuteOfWeekAt(zone, at) % minutesOfDay;
  return begins < fair.from || begins + minutes > fair.to;
}
