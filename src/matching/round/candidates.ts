/**
 * Finds for a mentee the mentors who give the most profit, `fit - price`, among thousands, without looking at each. What
 * is found has exactly the fit of `fit.ts` and breaks none of the rules of `eligible.ts`; the tests hold it to that.
 */
import { countBits } from '../bits.ts';
import { fitAt, isAllowed, type Searcher } from './searchers.ts';
import {
  everybody,
  type MentorColumns,
  type PricedSection,
  type PromisingBlocks,
  promisingFirst,
  type Shelves,
} from './shelves.ts';

/**
 * Mentors found for one mentee: a heap with the least profit first while looking. Of those who give the same each mentee
 * keeps others, by `salt`: where many are alike all would find the same few otherwise.
 */
export interface Found {
  size: number;
  salt: number;
  readonly mentor: Int32Array;
  readonly fit: Int32Array;
  readonly profit: Int32Array;
}

/** Room for up to `most` mentors, for one at least. */
export function createFound(most: number): Found {
  const column = () => new Int32Array(Math.max(1, most));
  return { size: 0, salt: 0, mentor: column(), fit: column(), profit: column() };
}

/** Less than any profit that somebody can have, and whole. */
const lowest = -0x1fffffff;

/**
 * Finds the eligible mentors with the most profit that is at least `atLeast`, as many as `found` has room for, none
 * below the floor of fit. They come in no order, but always in the same one.
 */
export function findCandidates(
  { packed }: Shelves,
  prices: readonly PricedSection[],
  searcher: Searcher,
  given: { readonly atLeast: number; readonly floor: number },
  found: Found,
): void {
  const { atMost, looks, languageAtMost } = searcher;
  const floor = Math.ceil(given.floor);
  found.size = 0;
  found.salt = searcher.salt;
  let least = Math.max(lowest, Math.ceil(given.atLeast)) | 0;
  for (const { section, kin, beside } of looks) {
    const priced = prices[section]!;
    if (priced.mentor.length === 0) continue;
    const order = promisingFirst(priced, atMost.kind);
    // Best kinship first, so that the bar rises early.
    for (let kinship = 0; kinship < kin.length; kinship += 1) {
      const base = atMost.specialty[kinship]! + beside + languageAtMost;
      if (base + atMost.mostTopics + atMost.mostKind < floor) continue;
      if (order.most < least - base - atMost.mostTopics) continue;
      least = searchShelves(packed, priced, searcher, { section, order, on: kin[kinship]!, base, least, floor }, found);
    }
  }
}

/** Looks through some shelves, the cheapest of each block first. @returns what a mentor must give at least now. */
function searchShelves(
  packed: MentorColumns,
  { price, topics, mentor, shelf, block: first, blockKind, blockLanguages }: PricedSection,
  searcher: Searcher,
  given: {
    readonly section: number;
    readonly order: PromisingBlocks;
    readonly on: Int32Array;
    readonly base: number;
    readonly least: number;
    readonly floor: number;
  },
  found: Found,
): number {
  const { topics: wanted, languages, otherLanguages, languageAtMost, country, atMost } = searcher;
  const { topics: byTopics, kind: byKind, mostTopics } = atMost;
  const { section, on, base, floor } = given;
  const { block, promise, ofShelf } = given.order;
  const room = found.mentor.length;
  const allButOne = byTopics.at(-2) ?? mostTopics;
  // What everybody here gives at most beside what their block promises.
  const atBest = (base + mostTopics) | 0;
  let least = given.least | 0;
  for (let k = 0; k < on.length; k += 1) {
    const s = on[k]!;
    if (((ofShelf[s]! + atBest) | 0) < least) continue;
    const end = shelf[s + 1]!;
    // From the first one on that promises too little all do.
    for (let at = shelf[s]!; at < end && ((promise[at]! + atBest) | 0) >= least; at += 1) {
      const b = block[at]!;
      const until = first[b + 1]!;
      // What anybody in this block gives at most beside the topics, and with all of them.
      const foreign = (blockLanguages[b]! & otherLanguages) === 0 ? languageAtMost : 0;
      const beside = (base - foreign + byKind[blockKind[b]!]!) | 0;
      const most = (beside + mostTopics) | 0;
      const almost = (beside + allButOne) | 0;
      if (most < floor || (blockLanguages[b]! & languages) === 0) continue;
      for (let rank = first[b]!; rank < until; rank += 1) {
        const asked = price[rank]!;
        // From here on all are too dear.
        if (((most - asked) | 0) < least) break;
        const common = topics[rank]! & wanted;
        // Most are so dear that only all topics will do.
        if (common !== wanted && ((almost - asked) | 0) < least) continue;
        const hoped = (beside + byTopics[countBits(common)]!) | 0;
        if (((hoped - asked) | 0) < least || hoped < floor) continue;
        const i = mentor[rank]!;
        // Whoever is of the same country is found in its section.
        if (!isAllowed(packed, searcher, i) || (section === everybody && packed.country[i] === country)) continue;
        const fit = fitAt(packed, searcher, i);
        if (fit - asked < least || fit < floor) continue;
        keep(found, i, fit, fit - asked);
        if (found.size === room && found.profit[0]! > least) least = found.profit[0]! | 0;
      }
    }
  }
  return least;
}

/** Keeps a mentor, in place of the worst one when there is no more room and that is worse. */
function keep(found: Found, mentor: number, fit: number, profit: number): void {
  const { mentor: mentors, fit: fits, profit: profits, salt } = found;
  const full = found.size === mentors.length;
  const rank = rankOf(mentor, salt);
  /** Whether this mentor is worse than the one at a place of the heap. */
  const isWorse = (at: number) =>
    profit < profits[at]! || (profit === profits[at] && rank < rankOf(mentors[at]!, salt));
  let at = full ? 0 : found.size;
  if (full) {
    if (isWorse(0)) return;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= found.size) break;
      if (child + 1 < found.size && isBefore(found, child + 1, child)) child += 1;
      if (isWorse(child)) break;
      mentors[at] = mentors[child]!;
      fits[at] = fits[child]!;
      profits[at] = profits[child]!;
      at = child;
    }
  } else {
    found.size += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isWorse(parent)) break;
      mentors[at] = mentors[parent]!;
      fits[at] = fits[parent]!;
      profits[at] = profits[parent]!;
      at = parent;
    }
  }
  mentors[at] = mentor;
  fits[at] = fit;
  profits[at] = profit;
}

/** Whether the mentor at place `a` of the heap is worse than the one at `b`. */
function isBefore({ mentor, profit, salt }: Found, a: number, b: number): boolean {
  return profit[a]! < profit[b]! || (profit[a] === profit[b] && rankOf(mentor[a]!, salt) < rankOf(mentor[b]!, salt));
}

/** An order of the mentors that is another one for each salt. */
function rankOf(mentor: number, salt: number): number {
  // Knuth's multiplicative hash: The Art of Computer Programming, vol. 3, 6.4.
  return Math.imul(Math.imul(mentor + 1, 0x9e3779b1) ^ salt, 0x85ebca6b) >>> 0;
}
