import { fairDay, weeksAhead, weeksValued } from './limits.ts';
import { minuteOfWeek, quarter, sessionHours, setStarts, weekMinutes, weekQuarters, weekWords } from './starts.ts';
import type { Timed } from './types.ts';
import { type Stretch, stretchesOf } from './zone.ts';

const day = 24 * 60;
const minuteMs = 60_000;

/** When the weeks looked at begin, and how long a session lasts. */
export interface Horizon {
  /** In epoch milliseconds. */
  readonly from: number;
  readonly minutes: number;
}

/** The local days of a zone in one of the weeks: by quarter, which day of the week it is, and where that day ends. */
interface LocalDays {
  readonly weekday: Uint8Array;
  readonly end: Uint16Array;
}

/**
 * The coming weeks of some people. As long as none of their clocks changes, one week is like the other, so weeks that are
 * alike are worked out once: without daylight saving there is one of them, with all zones of the world about a dozen.
 */
export class Weeks {
  /** How many different weeks there are, and how many of them lie within those in which a group must have a window. */
  readonly count: number;
  readonly near: number;
  /** Words of somebody's beginnings in all of them. */
  readonly words: number;
  readonly #minutes: number;
  readonly #from: readonly number[];
  readonly #stretches = new Map<string, readonly Stretch[]>();
  readonly #names: readonly string[];
  readonly #fair: Int32Array[] = [];
  readonly #days: readonly (readonly LocalDays[])[];

  constructor(zones: Iterable<string>, { from, minutes }: Horizon) {
    const first = Math.floor(from / (day * minuteMs)) * day;
    const end = first + weeksValued * weekMinutes + minutes;
    this.#minutes = minutes;
    const names = [...new Set(zones)].toSorted();
    for (const zone of names) this.#stretches.set(zone, stretchesOf(zone, first, end));
    const seen = new Set<string>();
    const weekFrom: number[] = [];
    let near = 0;
    for (let week = 0; week < weeksValued; week += 1) {
      const begins = first + week * weekMinutes;
      const clocks = names.map((zone) => this.#clocksIn(zone, begins)).join();
      if (seen.has(clocks)) continue;
      seen.add(clocks);
      weekFrom.push(begins);
      if (week < weeksAhead) near = weekFrom.length;
    }
    this.#from = weekFrom;
    this.count = weekFrom.length;
    this.near = near;
    this.words = this.count * weekWords;
    this.#names = names;
    this.#days = names.map((zone) => weekFrom.map((begins) => localDays(this.#stretches.get(zone)!, begins)));
  }

  /** The number of a zone, as `countDays` takes it. */
  zoneNumber(zone: string): number {
    return this.#names.indexOf(zone);
  }

  /** Sets somebody's beginnings in all weeks: `words` of `into` from `at` on. */
  setStarts(into: Int32Array, at: number, { zone, hours }: Timed): void {
    const held = sessionHours(hours);
    const stretches = this.#stretches.get(zone)!;
    for (const [week, weekFrom] of this.#from.entries()) {
      setStarts(into, at + week * weekWords, { held, stretches, weekFrom }, this.#minutes);
    }
  }

  /** On how many days of a zone's week a session can begin; more than `enough` are not counted. */
  countDays(starts: Int32Array, week: number, zone: number, enough: number): number {
    const { weekday, end } = this.#days[zone]![week]!;
    const at = week * weekWords;
    let days = 0;
    let seen = 0;
    for (let bit = nextBit(starts, at, 0); bit < weekQuarters; bit = nextBit(starts, at, end[bit]!)) {
      const flag = 1 << weekday[bit]!;
      if ((seen & flag) !== 0) continue;
      seen |= flag;
      days += 1;
      if (days === enough) break;
    }
    return days;
  }

  /** Minutes that a zone is ahead of UTC when the first week begins. */
  offsetOf(zone: number): number {
    return this.#stretches.get(this.#names[zone]!)![0]!.offset;
  }

  /** Whether in each of the first weeks one of the beginnings is at a fair time of day for these zones. */
  isFair(starts: Int32Array, zones: readonly number[]): boolean {
    const fair = Int32Array.from(starts);
    for (const zone of new Set(zones)) {
      const waking = (this.#fair[zone] ??= this.#fairStarts(zone));
      for (let word = 0; word < fair.length; word += 1) fair[word]! &= waking[word]!;
    }
    return meetIn(this.near, fair, 0, fair, 0);
  }

  #fairStarts(zone: number): Int32Array {
    const hours = Array.from({ length: 7 }, (_, weekday) => ({
      from: weekday * day + fairDay.from,
      to: weekday * day + fairDay.to,
    }));
    const starts = new Int32Array(this.words);
    this.setStarts(starts, 0, { zone: this.#names[zone]!, hours });
    return starts;
  }

  /** What a zone's clocks show in a week, as text that is the same for weeks that are alike. */
  #clocksIn(zone: string, begins: number): string {
    const ends = begins + weekMinutes + this.#minutes;
    return this.#stretches
      .get(zone)!
      .filter(({ from, until }) => from < ends && until > begins)
      .map(({ from, offset }) => `${Math.max(0, from - begins)}:${offset}`)
      .join(' ');
  }
}

/** Whether there is a common beginning in each of the first weeks: two people's, or a group's and somebody's. */
export function meetIn(weeks: number, a: Int32Array, atA: number, b: Int32Array, atB: number): boolean {
  for (let week = 0; week < weeks; week += 1) {
    let any = 0;
    for (let word = week * weekWords, end = word + weekWords; word < end; word += 1) {
      any = a[atA + word]! & b[atB + word]!;
      if (any !== 0) break;
    }
    if (any === 0) return false;
  }
  return true;
}

/** The next bit that is set, from `bit` on; that of the week's end when there is none. */
function nextBit(words: Int32Array, at: number, bit: number): number {
  let word = bit >>> 5;
  if (word >= weekWords) return weekQuarters;
  let rest = words[at + word]! & (-1 << (bit & 31));
  while (rest === 0) {
    word += 1;
    if (word === weekWords) return weekQuarters;
    rest = words[at + word]!;
  }
  return (word << 5) + 31 - Math.clz32(rest & -rest);
}

function localDays(stretches: readonly Stretch[], begins: number): LocalDays {
  const weekday = new Uint8Array(weekQuarters);
  const end = new Uint16Array(weekQuarters);
  let s = 0;
  for (let bit = 0; bit < weekQuarters; bit += 1) {
    const minute = begins + bit * quarter;
    while (stretches[s]!.until <= minute) s += 1;
    weekday[bit] = Math.floor(minuteOfWeek(minute, stretches[s]!.offset) / day);
  }
  for (let bit = weekQuarters - 1; bit >= 0; bit -= 1) {
    end[bit] = bit + 1 < weekQuarters && weekday[bit + 1] === weekday[bit] ? end[bit + 1]! : bit + 1;
  }
  return { weekday, end };
}
