import { fairDay, nearMissesAtMost, sessionDay } from './limits.ts';
import { maskOf, type Pool } from './pool.ts';
import type { TryOut } from './try-out.ts';
import type { NearMiss, Seeker, Window } from './types.ts';

const day = 24 * 60;

/** A window that somebody may be asked for: long enough for a session with air around it. */
const windowMinutes = 120;
const windowStep = 30;

/** Months that somebody may be asked to move: beyond that it is another plan. */
const monthsAtMost = 3;

/** A window that is asked about, and what it would add for people of one zone. */
interface Candidate {
  readonly window: Window;
  readonly starts: Int32Array;
}

/** What is worked out about windows once for each zone. */
export type Candidates = Map<string, readonly Candidate[]>;

/**
 * The smallest changes after which somebody would have a place, each found by trying it: one of each kind before a second
 * of the hours. What is named is enough: other groups stay as they are.
 */
export function nearMissesOf(pool: Pool, person: number, tryOut: TryOut, known: Candidates): readonly NearMiss[] {
  const seeker = pool.seekers[person]!;
  const others = (place: readonly number[]) => place.map((other) => pool.seekers[other]!.id).toSorted();
  const hours = hoursFor(pool, person, tryOut, candidatesFor(pool, seeker.zone, known));
  const kinds: NearMiss[] = [];
  const [first] = hours;
  if (first) kinds.push({ is: 'hours', window: first.window, others: others(first.place) });
  const month = monthFor(seeker, person, tryOut);
  if (month) kinds.push({ is: 'month', month: month.month, others: others(month.place) });
  for (const language of pool.languageNames) {
    if (kinds.length === nearMissesAtMost || seeker.languages.includes(language)) continue;
    const place = tryOut.placeFor(person, { moreLanguages: maskOf([language], pool.languageNames) });
    if (!place) continue;
    kinds.push({ is: 'language', language, others: others(place) });
    break;
  }
  const more = hours.slice(1, 1 + nearMissesAtMost - kinds.length);
  return [...kinds, ...more.map(({ window, place }) => ({ is: 'hours' as const, window, others: others(place) }))];
}

/** The windows that would do, the least change first, one a day. */
function hoursFor(pool: Pool, person: number, tryOut: TryOut, candidates: readonly Candidate[]) {
  const { hours } = pool.seekers[person]!;
  const found: { window: Window; place: readonly number[] }[] = [];
  const ordered = candidates
    .filter(({ window }) => !hours.some(({ from, to }) => from <= window.from && window.to <= to))
    .map((candidate) => ({ ...candidate, change: changeOf(candidate.window, hours) }))
    .toSorted((a, b) => a.change - b.change || a.window.from - b.window.from);
  const days = new Set<number>();
  for (const { window, starts } of ordered) {
    const weekday = Math.floor(window.from / day);
    if (days.has(weekday)) continue;
    const place = tryOut.placeFor(person, { moreStarts: starts });
    if (!place) continue;
    days.add(weekday);
    found.push({ window, place });
    if (found.length === nearMissesAtMost) break;
  }
  return found;
}

/** How unlike somebody's own hours a window is: minutes of the day from the nearest of them, more outside of the day. */
function changeOf({ from, to }: Window, hours: readonly Window[]): number {
  const [begins, ends] = [from % day, (from % day) + to - from];
  const apart = hours.map((own) => {
    const ownBegins = own.from % day;
    return Math.max(0, ownBegins - begins, ends - (ownBegins + own.to - own.from));
  });
  const unfair = begins >= fairDay.from && ends <= fairDay.to ? 0 : day;
  return Math.min(day, ...apart) + unfair;
}

function monthFor({ target }: Seeker, person: number, tryOut: TryOut) {
  if (!target) return undefined;
  for (let months = 1; months <= monthsAtMost; months += 1) {
    const wider = [
      { month: target.until + months, target: { from: target.from, until: target.until + months } },
      { month: target.from - months, target: { from: target.from - months, until: target.until } },
    ];
    for (const { month, target } of wider) {
      const place = tryOut.placeFor(person, { target });
      if (place) return { month, place };
    }
  }
  return undefined;
}

function candidatesFor(pool: Pool, zone: string, known: Candidates): readonly Candidate[] {
  const before = known.get(zone);
  if (before) return before;
  const made: Candidate[] = [];
  for (let weekday = 0; weekday < 7; weekday += 1) {
    for (let begins: number = sessionDay.from; begins + windowMinutes <= sessionDay.to; begins += windowStep) {
      const window = { from: weekday * day + begins, to: weekday * day + begins + windowMinutes };
      const starts = new Int32Array(pool.weeks.words);
      pool.weeks.setStarts(starts, 0, { zone, hours: [window] });
      made.push({ window, starts });
    }
  }
  known.set(zone, made);
  return made;
}
