import { maskBits } from '../bits.ts';
import { targetsApart } from './limits.ts';
import type { GroupKind, Seeker } from './types.ts';
import { type Horizon, meetIn, Weeks } from './weeks.ts';

/** Beyond every month that anybody names: for targets that are not fixed. */
const anyMonth = { from: -1_000_000, until: 1_000_000 };

/** A set of people as bits, in words. */
export type PeopleSet = Int32Array;

/**
 * Those who wait for the same exam or circle, as columns: people are numbers from 0 in here. Nobody is ever in a group
 * with somebody of another pool. One row more than there are people is for trying somebody out (`try-out.ts`).
 */
export interface Pool {
  readonly topic: string;
  readonly kind: GroupKind;
  readonly size: number;
  /** By id. */
  readonly seekers: readonly Seeker[];
  readonly weeks: Weeks;
  /** `weeks.words` for each. */
  readonly starts: Int32Array;
  /** Each with the local days of their zone. */
  readonly zone: Int32Array;
  /** As bits, numbered from the most common one. */
  readonly languages: Int32Array;
  readonly languageNames: readonly string[];
  readonly targetFrom: Int32Array;
  readonly targetUntil: Int32Array;
  readonly sessions: Uint8Array;
  readonly families: Int32Array;
  /** By person, those with whom a block stands between. */
  readonly blocked: readonly ReadonlySet<number>[];
  /** Who can be in a group with whom as far as two people decide that: `rowWords` for each. */
  readonly fits: Int32Array;
  readonly rowWords: number;
  /** How many each of them fits. */
  readonly degree: Int32Array;
}

/** Makes the pools of all who wait, by topic. */
export function poolsOf(seekers: readonly Seeker[], horizon: Horizon): Pool[] {
  const byTopic = Map.groupBy(
    seekers.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ({ kind, topic }) => `${kind} ${topic}`,
  );
  return [...byTopic].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, some]) => poolOf(some, horizon));
}

/** Makes the pool of people who all wait for the same; they are numbered in this order. */
export function poolOf(seekers: readonly Seeker[], horizon: Horizon): Pool {
  const { kind, topic } = seekers[0]!;
  const size = seekers.length;
  const weeks = new Weeks(
    seekers.map(({ zone }) => zone),
    horizon,
  );
  const starts = new Int32Array((size + 1) * weeks.words);
  for (const [i, seeker] of seekers.entries()) weeks.setStarts(starts, i * weeks.words, seeker);
  const languageNames = commonest(seekers.map(({ languages }) => languages));
  const familyNames = commonest(seekers.map(({ families }) => families));
  const rowWords = Math.ceil(size / 32);
  const pool: Pool = {
    topic,
    kind,
    size,
    seekers,
    weeks,
    starts,
    zone: column(Int32Array, seekers, ({ zone }) => weeks.zoneNumber(zone)),
    languages: column(Int32Array, seekers, (each) => maskOf(each.languages, languageNames)),
    languageNames,
    targetFrom: column(Int32Array, seekers, ({ target = anyMonth }) => target.from),
    targetUntil: column(Int32Array, seekers, ({ target = anyMonth }) => target.until),
    sessions: column(Uint8Array, seekers, ({ sessions }) => sessions),
    families: column(Int32Array, seekers, (each) => maskOf(each.families, familyNames)),
    blocked: blocksAmong(seekers),
    fits: new Int32Array(size * rowWords),
    rowWords,
    degree: new Int32Array(size),
  };
  pairUp(pool);
  return pool;
}

/** Between whom a block stands, whoever of the two names it. */
function blocksAmong(seekers: readonly Seeker[]): readonly ReadonlySet<number>[] {
  const numbers = new Map(seekers.map(({ id }, i) => [id, i]));
  const blocked: Set<number>[] = seekers.map(() => new Set());
  for (const [i, seeker] of seekers.entries()) {
    for (const id of seeker.blocked) {
      const j = numbers.get(id);
      if (j === undefined) continue;
      blocked[i]!.add(j);
      blocked[j]!.add(i);
    }
  }
  return blocked;
}

/** A column with a row for each, and the one for trying. */
function column<Column extends Int32Array | Uint8Array>(
  make: new (length: number) => Column,
  seekers: readonly Seeker[],
  valueOf: (seeker: Seeker) => number,
): Column {
  const values = new make(seekers.length + 1);
  for (const [i, seeker] of seekers.entries()) values[i] = valueOf(seeker);
  return values;
}

/** Sets who fits whom, and how many each fits. */
function pairUp({ size, blocked, weeks, starts, languages, targetFrom, targetUntil, fits, rowWords, degree }: Pool) {
  for (let i = 0; i < size; i += 1) {
    const own = languages[i]!;
    const latest = targetUntil[i]! + targetsApart;
    const earliest = targetFrom[i]! - targetsApart;
    const barred = blocked[i]!;
    for (let j = i + 1; j < size; j += 1) {
      if ((own & languages[j]!) === 0 || targetFrom[j]! > latest || targetUntil[j]! < earliest) continue;
      if (!meetIn(weeks.near, starts, i * weeks.words, starts, j * weeks.words)) continue;
      if (barred.size > 0 && barred.has(j)) continue;
      fits[i * rowWords + (j >>> 5)]! |= 1 << (j & 31);
      fits[j * rowWords + (i >>> 5)]! |= 1 << (i & 31);
      degree[i]! += 1;
      degree[j]! += 1;
    }
  }
}

/** Whether two can be in a group as far as the two of them decide that. */
export function fit({ fits, rowWords }: Pool, a: number, b: number): boolean {
  return (fits[a * rowWords + (b >>> 5)]! & (1 << (b & 31))) !== 0;
}

/** The entries that most lists have, as many as a mask holds; what only few share beyond that brings nobody together. */
function commonest(lists: readonly (readonly string[])[]): readonly string[] {
  const count = new Map<string, number>();
  for (const list of lists) for (const entry of new Set(list)) count.set(entry, (count.get(entry) ?? 0) + 1);
  return [...count]
    .toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, maskBits)
    .map(([entry]) => entry);
}

/** The bits of those entries that are among the names. */
export function maskOf(entries: readonly string[], names: readonly string[]): number {
  let mask = 0;
  for (const entry of entries) {
    const bit = names.indexOf(entry);
    if (bit >= 0) mask |= 1 << bit;
  }
  return mask;
}

/** The entries of a mask. */
export function namesIn(mask: number, names: readonly string[]): readonly string[] {
  return names.filter((_, bit) => (mask & (1 << bit)) !== 0);
}
