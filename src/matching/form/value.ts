import { groupSize } from './limits.ts';
import type { Pool } from './pool.ts';
import { weekWords } from './starts.ts';

/** What a member's place in a group is worth at most. A multiple of 60, so that every part of a value is whole. */
export const valueScale = 6000;

/**
 * What counts, as shares of the whole. Time most, because groups that find no hour die of it; targets, because whoever is
 * behind the others is pulled along; equal eagerness, because it keeps people from carrying others (Harding 2018).
 */
const examWeights = { days: 0.55 * valueScale, targets: 0.3 * valueScale, sessions: 0.15 * valueScale };

/** In a circle people are at the same point already; what they can share beyond that is the specialty. */
const circleWeights = { days: 0.7 * valueScale, family: 0.3 * valueScale };

/** A spread of this many months, and this difference in sessions a week, are worth nothing. */
const spreadLimit = 3;
const sessionsLimit = 2;

/** More days than anybody wants sessions change nothing. */
const daysEnough = 3;

/** What is worked out about people as a group. Kept and filled again, since most are looked at once. */
export interface Look {
  /** Their common beginnings. */
  readonly starts: Int32Array;
  languages: number;
  /** Whether they obey every rule that more than two decide; what two decide is in the pool's `fits`. */
  holds: boolean;
  value: number;
  hasEnoughDays: boolean;
  spread: number;
}

export function createLook({ weeks }: Pool): Look {
  return {
    starts: new Int32Array(weeks.words),
    languages: 0,
    holds: false,
    value: 0,
    hasEnoughDays: false,
    spread: 0,
  };
}

/** Looks at people who fit each other two by two: whether they can be a group, and what that is worth. */
export function lookAt(pool: Pool, members: readonly number[], look: Look): void {
  const { weeks, starts } = pool;
  look.languages = commonOf(pool.languages, members);
  look.holds = look.languages !== 0 && members.length <= groupSize.max;
  if (!look.holds) return;
  // Week by week: most that fail do so in the first.
  for (let week = 0; week < weeks.count; week += 1) {
    const from = week * weekWords;
    let any = 0;
    for (let word = from; word < from + weekWords; word += 1) {
      let common = -1;
      for (const member of members) common &= starts[member * weeks.words + word]!;
      look.starts[word] = common;
      any |= common;
    }
    if (any === 0 && week < weeks.near) {
      look.holds = false;
      return;
    }
  }
  setValue(pool, members, look);
}

function setValue(pool: Pool, members: readonly number[], look: Look): void {
  const spread = spreadOf(pool, members);
  look.spread = spread;
  look.hasEnoughDays = true;
  let value = 0;
  let counted = -1;
  let days = 0;
  for (const member of members) {
    const zone = pool.zone[member]!;
    if (zone !== counted) {
      counted = zone;
      days = fewestDays(pool, look.starts, zone);
    }
    const wanted = pool.sessions[member]!;
    if (days < wanted) look.hasEnoughDays = false;
    const share = Math.min(1, days / wanted);
    value +=
      pool.kind === 'exam'
        ? examWeights.days * share
        : circleWeights.days * share + (circleWeights.family * kinOf(pool, members, member)) / (members.length - 1);
  }
  if (pool.kind === 'exam') {
    const together =
      examWeights.targets * (1 - spread / spreadLimit) +
      examWeights.sessions * (1 - differenceOf(pool.sessions, members) / sessionsLimit);
    value += members.length * together;
  }
  // Shares in binary are off by a little; the parts are whole.
  look.value = Math.round(value);
}

/** The least in any of the weeks; so many as anybody may want are enough. */
function fewestDays({ weeks }: Pool, starts: Int32Array, zone: number): number {
  let fewest = daysEnough;
  for (let week = 0; week < weeks.count && fewest > 0; week += 1) {
    fewest = Math.min(fewest, weeks.countDays(starts, week, zone, fewest));
  }
  return fewest;
}

/** Months between the earliest and the latest target, each taken as near to the others as its owner allows. */
function spreadOf({ targetFrom, targetUntil }: Pool, members: readonly number[]): number {
  let latest = -Infinity;
  let earliest = Infinity;
  for (const member of members) {
    latest = Math.max(latest, targetFrom[member]!);
    earliest = Math.min(earliest, targetUntil[member]!);
  }
  return Math.max(0, latest - earliest);
}

/** With how many of the others a member shares a family of specialties. */
function kinOf({ families }: Pool, members: readonly number[], member: number): number {
  let kin = 0;
  for (const other of members) if (other !== member && (families[member]! & families[other]!) !== 0) kin += 1;
  return kin;
}

function differenceOf(column: Uint8Array, members: readonly number[]): number {
  let [least, most] = [Infinity, -Infinity];
  for (const member of members) {
    least = Math.min(least, column[member]!);
    most = Math.max(most, column[member]!);
  }
  return most - least;
}

function commonOf(column: Int32Array, members: readonly number[]): number {
  let common = -1;
  for (const member of members) common &= column[member]!;
  return common;
}
