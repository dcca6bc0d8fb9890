/**
 * Forming as one would write it without a thought for speed: minute by minute, every rule on the plain objects. What
 * `src/matching/form/` is held against; it shares nothing with it but the types, and takes its zones from Temporal.
 */
import { Temporal } from 'temporal-polyfill';
import type { Seeker, Timed, Window } from '../../../src/matching/form/index.ts';

const day = 1440;
export const week = 7 * day;

/** Where a zone's clock changes, and what it is ahead of UTC from then on, in minutes since 1970. */
const changes = new Map<string, { from: number; offset: number }[]>();
const [earliest, latest] = [Date.UTC(2026, 0, 1) / 60_000, Date.UTC(2030, 0, 1) / 60_000];

function changesOf(zone: string): { from: number; offset: number }[] {
  const known = changes.get(zone);
  if (known) return known;
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(earliest * 60_000).toZonedDateTimeISO(
    zone,
  );
  const found: { from: number; offset: number }[] = [];
  while (at && at.epochMilliseconds < latest * 60_000) {
    found.push({ from: at.epochMilliseconds / 60_000, offset: at.offsetNanoseconds / 60e9 });
    at = at.getTimeZoneTransition('next');
  }
  changes.set(zone, found);
  return found;
}

/** By minute of the local week: whether somebody could be in a session then. */
export function localMinutes(hours: readonly Window[]): Uint8Array {
  const minutes = new Uint8Array(week);
  for (const { from, to } of hours) {
    for (let minute = from; minute < to; minute += 1) if (minute % day >= 6 * 60) minutes[minute] = 1;
  }
  return minutes;
}

/** Adds 1 for each minute, from a minute since 1970 on, in which somebody could be in a session. */
export function addMinutes(into: Uint8Array, from: number, zone: string, local: Uint8Array): void {
  const known = changesOf(zone);
  for (let at = 0, c = 0; at < into.length;) {
    while (c + 1 < known.length && known[c + 1]!.from <= from + at) c += 1;
    const until = c + 1 < known.length ? Math.min(into.length, known[c + 1]!.from - from) : into.length;
    // Thursday, 1 January 1970 lies three days into its week.
    let minute = (from + at + known[c]!.offset + 3 * day) % week;
    for (; at < until; at += 1) {
      into[at]! += local[minute]!;
      minute += 1;
      if (minute === week) minute = 0;
    }
  }
}

/** Somebody's minutes in a week, kept: most are looked at in many groups. */
const kept = new WeakMap<Timed, Map<string, Uint8Array>>();

const keptLocal = new WeakMap<Timed, Uint8Array>();

function localOf(person: Timed): Uint8Array {
  const known = keptLocal.get(person) ?? localMinutes(person.hours);
  keptLocal.set(person, known);
  return known;
}

function minutesOf(person: Timed, from: number, length: number): Uint8Array {
  const own = kept.get(person) ?? new Map<string, Uint8Array>();
  kept.set(person, own);
  const key = `${from} ${length}`;
  const known = own.get(key) ?? new Uint8Array(length);
  if (!own.has(key)) addMinutes(known, from, person.zone, localOf(person));
  own.set(key, known);
  return known;
}

/** The minutes of a week at which a session of so many can begin for all of these, counted from the week's beginning. */
function beginningsOf(people: readonly Timed[], from: number, minutes: number, most = Infinity): number[] {
  const free = new Uint8Array(week + minutes).fill(1);
  for (const person of people) {
    const own = minutesOf(person, from, week + minutes);
    for (let at = 0; at < free.length; at += 1) free[at]! &= own[at]!;
  }
  const found: number[] = [];
  let run = 0;
  for (let at = 0; at < free.length && found.length < most; at += 1) {
    run = free[at] === 1 ? run + 1 : 0;
    const begins = at - minutes + 1;
    if (run >= minutes && begins < week) found.push(begins);
  }
  return found;
}

/** What these people break as a group, in a word for each rule. */
export function faultsOf(group: readonly Seeker[], fromMs: number, minutes: number): string[] {
  const faults: string[] = [];
  if (group.length < 3 || group.length > 6) faults.push('size');
  if (new Set(group.map(({ kind, topic }) => `${kind} ${topic}`)).size > 1) faults.push('topic');
  if (!group[0]!.languages.some((language) => group.every(({ languages }) => languages.includes(language)))) {
    faults.push('language');
  }
  for (const a of group) {
    for (const b of group) {
      if (a.target && b.target && a.target.from - b.target.until > 2) faults.push('target');
      if (a !== b && a.blocked.includes(b.id)) faults.push('blocked');
    }
  }
  const first = Math.floor(fromMs / 86_400_000) * day;
  for (let w = 0; w < 8 && faults.length === 0; w += 1) {
    if (beginningsOf(group, first + w * week, minutes, 1).length === 0) faults.push(`week ${w}`);
  }
  return faults;
}

/** The value of a group, worked out by the days on which each member's clock shows a beginning. */
export function valueOf(group: readonly Seeker[], fromMs: number, minutes: number): number {
  const first = Math.floor(fromMs / 86_400_000) * day;
  const weeks = Array.from({ length: 26 }, (_, w) => beginningsOf(group, first + w * week, minutes));
  const targets = group.flatMap(({ target }) => (target ? [target] : []));
  const spread = Math.max(
    0,
    Math.max(...targets.map(({ from }) => from)) - Math.min(...targets.map(({ until }) => until)),
  );
  const sessions = group.map((each) => each.sessions);
  const difference = Math.max(...sessions) - Math.min(...sessions);
  const kin = (one: Seeker) =>
    group.filter((other) => other !== one && other.families.some((family) => one.families.includes(family))).length;
  return group.reduce((sum, member) => {
    const days = weeks.map((beginnings, w) => {
      const weekdays = beginnings.map((at) => {
        const minute = first + w * week + at;
        const offset = changesOf(member.zone).findLast((change) => change.from <= minute)!.offset;
        return Math.floor(((minute + offset + 3 * day) % week) / day);
      });
      return new Set(weekdays).size;
    });
    const share = Math.min(1, Math.min(...days) / member.sessions);
    const value =
      member.kind === 'exam'
        ? 0.55 * share + 0.3 * (1 - spread / 3) + 0.15 * (1 - difference / 2)
        : 0.7 * share + (0.3 * kin(member)) / (group.length - 1);
    return sum + 6000 * value;
  }, 0);
}

/** The most that can be placed at all, by trying every way of dividing people into groups; for a dozen at most. */
export function mostPlaced(seekers: readonly Seeker[], holds: (group: readonly Seeker[]) => boolean): number {
  const count = seekers.length;
  const groups: { readonly mask: number; readonly size: number }[] = [];
  for (let mask = 1; mask < 1 << count; mask += 1) {
    const members = seekers.filter((_, i) => (mask & (1 << i)) !== 0);
    if (members.length >= 3 && members.length <= 6 && holds(members)) groups.push({ mask, size: members.length });
  }
  const best = new Uint8Array(1 << count);
  for (let mask = 1; mask < 1 << count; mask += 1) {
    // The lowest person is left out, or in one of the groups.
    const lowest = mask & -mask;
    best[mask] = best[mask ^ lowest]!;
    for (const group of groups) {
      if ((group.mask & lowest) === 0 || (group.mask & mask) !== group.mask) continue;
      best[mask] = Math.max(best[mask]!, best[mask ^ group.mask]! + group.size);
    }
  }
  return best[(1 << count) - 1]!;
}
