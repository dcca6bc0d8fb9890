/**
 * Fewer pairs who would both rather have each other, for very little of the total. The optimum of the sum leaves some
 * such pairs, because it splits up two who suit very well when two middling pairs weigh more. A convex weight makes it
 * do so less often; then a few rounds give each blocking pair that is left a bonus, take half of it back from whom it did
 * not help, and solve again; and what is left then is mended by exchanges.
 */
import { blockingSlots, countBlocking, totalOf } from './certificate.ts';
import { type Edges, findEdge } from './edges.ts';
import { exchangePlaces, settlePlaces } from './exchange.ts';
import { fitScale } from '../fit.ts';
import type { Matching } from './shortest-paths.ts';
import { auctionBonus, matchAsManyAsPossible, type Precision, solve } from './solve.ts';
import { settleTies } from './ties.ts';

/** Of all mentees at most this share in a blocking pair: then it is enough. */
const enoughStable = 0.0195;
/** Few enough for exchanges to do the rest. */
export const fewBlocking = 2 * enoughStable;
/** Of the best total at least this share is kept, and so much when exchanges begin. */
const keptOfTotal = 0.994;
const keptForExchanges = 0.9955;
/** What share of enough exchanges go for: afterwards some stand in pairs that were not listed. */
const aim = 0.98;
/** How often at most exchanges follow on each other. */
const mostExchanges = 4;

/** How the rounds go. */
interface Steps {
  readonly mostRounds: number;
  /** What a blocking pair's weight gains in a round, and what share of it stays where it has helped nobody. */
  readonly bonus: number;
  readonly kept: number;
  /** Whether exchanges are tried after every round, and all that help. */
  readonly isThorough: boolean;
}
const quick: Steps = { mostRounds: 14, bonus: 550, kept: 0.5, isThorough: false };
/** Up to so many mentees there is time for more and smaller steps; and the total has less to give. */
const thoroughUpTo = 3_000;
const thorough: Steps = { mostRounds: 20, bonus: 200, kept: 0.8, isThorough: true };

/** Weighs a high fit more than its share: 100 and 0 are better than 50 and 50. */
export function convexWeight(fit: number): number {
  return fit + Math.round((fit * fit) / fitScale);
}

/** Blocking pairs that were found. Slots are those of the edges as they are then. */
export interface FoundBlocking {
  /** The slots of the pairs, and how many mentees are in one. */
  readonly blocking: readonly number[];
  readonly mentees: number;
  /** Whether every pair was looked at: otherwise there may be more. */
  readonly isAll: boolean;
}

/** The blocking pairs among the edges, which are all pairs unless the caller knows better. */
export function findListed(edges: Edges, capacity: Int32Array, slot: Int32Array): FoundBlocking {
  const blocking = blockingSlots(edges, capacity, slot);
  return { blocking, mentees: countBlocking(edges, blocking, slot.length).mentees, isAll: true };
}

/** A matching with how many blocking pairs it has, and mentees in one. */
export interface Stabilised extends Pick<FoundBlocking, 'mentees' | 'isAll'> {
  readonly slot: Int32Array;
  readonly pairs: number;
}

/** A matching with the blocking pairs that were found. */
export function stabilisedOf(slot: Int32Array, { blocking, mentees, isAll }: FoundBlocking): Stabilised {
  return { slot, pairs: blocking.length, mentees, isAll };
}

/**
 * Rounds until few mentees are in blocking pairs, or the total has given what it may; then exchanges. Changes the edges'
 * weights.
 * @param given `best`: the highest total of as many matched; `findBlocking`: the slots of the blocking pairs, of all of them
 * where they are few, and may list pairs that were not among the edges; `findAll`: the same, always of all; `precision`:
 * of each round, exact if left out; `price`: the prices of `best`, which save bidding; `precedence` as in `settleTies`.
 * @returns the matching with the fewest mentees in blocking pairs of those that keep enough of the total.
 */
export function stabilise(
  edges: Edges,
  capacity: Int32Array,
  given: {
    readonly best: Stabilised;
    readonly price?: ArrayLike<number> | undefined;
    readonly precision?: Precision | undefined;
    readonly precedence?: Int32Array | undefined;
    readonly findBlocking: (matching: Matching) => FoundBlocking;
    readonly findAll: (slot: Int32Array) => FoundBlocking;
    readonly onRound?: ((done: number) => void) | undefined;
  },
): Stabilised {
  const of = totalOf(edges, given.best.slot);
  const { precedence = Int32Array.from(given.best.slot.keys()) } = given;
  const mentees = Math.max(1, given.best.slot.length);
  for (let e = 0; e < edges.used; e += 1) edges.weight[e] = convexWeight(edges.fit[e]!);
  const enough = Math.floor(enoughStable * mentees);
  const steps = mentees <= thoroughUpTo ? thorough : quick;
  const { mostRounds, isThorough } = steps;
  const least = keptOfTotal * of.total;
  const first = keep(edges, given.best);
  let best = given.best.isAll ? first : undefined;
  // Who pays so much for a place pays for what they weigh: what is convex in the one is so in the other.
  const guess = given.price && Float64Array.from(given.price, (each) => auctionBonus + convexWeight(Math.max(0, each - auctionBonus))); // prettier-ignore
  let before: Pick<Matching, 'price'> | undefined;
  for (let round = 0; round < mostRounds && (best === undefined || best.mentees > enough); round += 1) {
    const matching = solve(edges, capacity, { near: before, guess, precision: given.precision });
    before = { price: matching.price };
    if (totalOf(edges, matching.slot).matched < of.matched) {
      // Its prices are no longer those of an auction.
      before = undefined;
      matchAsManyAsPossible(matching);
    }
    settleTies(matching, precedence);
    const { total } = totalOf(edges, matching.slot);
    if (total < least) break;
    const found = given.findBlocking(matching);
    given.onRound?.((round + 1) / mostRounds);
    moveBonus(edges, matching.slot, found.blocking, steps);
    best = fewer(best, keep(edges, stabilisedOf(matching.slot, found)));
    const isFar = found.mentees > fewBlocking * mentees && total >= keptForExchanges * of.total;
    if (isFar && !isThorough) continue;
    const slot = matching.slot.slice();
    const { findAll } = given;
    best = fewer(best, keep(edges, exchange(edges, capacity, { slot, enough, least, isThorough, findAll })));
  }
  if (best === undefined) {
    const { slot } = restore(edges, first);
    best = keep(edges, stabilisedOf(slot, given.findAll(slot)));
  }
  const { slot } = restore(edges, best);
  if (settlePlaces(edges, capacity, { slot, precedence })) {
    const found = given.findAll(slot);
    if (found.mentees <= best.mentees) return stabilisedOf(slot, found);
  }
  return restore(edges, best);
}

/** A matching by its mentors: its slots change when somebody gets more edges. */
interface Kept extends Omit<Stabilised, 'slot'> {
  /** By mentee: the mentor, or -1. */
  readonly mentor: Int32Array;
}

function keep(edges: Edges, { slot, ...found }: Stabilised): Kept {
  return { ...found, mentor: slot.map((e) => (e < 0 ? -1 : edges.mentor[e]!)) };
}

function restore(edges: Edges, { mentor, ...found }: Kept): Stabilised {
  return { ...found, slot: mentor.map((j, i) => (j < 0 ? -1 : findEdge(edges, i, j))) };
}

/** Of two the one with fewer mentees in blocking pairs, as far as these are known. */
function fewer(best: Kept | undefined, other: Kept): Kept | undefined {
  return other.isAll && (best === undefined || other.mentees < best.mentees) ? other : best;
}

/** Exchanges places, again when some have come to stand in pairs that were not listed because they are content with less. */
function exchange(
  edges: Edges,
  capacity: Int32Array,
  given: {
    readonly slot: Int32Array;
    readonly enough: number;
    readonly least: number;
    readonly isThorough: boolean;
    readonly findAll: (slot: Int32Array) => FoundBlocking;
  },
): Stabilised {
  const { slot, enough, findAll } = given;
  let before = Infinity;
  for (let again = 1; ; again += 1) {
    exchangePlaces(edges, capacity, { ...given, enough: Math.floor(aim * enough) });
    const found = findAll(slot);
    const isFutile = found.mentees >= before;
    if (found.mentees <= enough || isFutile || again === mostExchanges) return stabilisedOf(slot, found);
    before = found.mentees;
  }
}

/** Gives each blocking pair its bonus, and takes a part of it from pairs that neither block nor came together. */
function moveBonus(edges: Edges, slot: Int32Array, blocking: readonly number[], steps: Steps): void {
  const isBlocking = new Uint8Array(edges.used);
  for (const e of blocking) isBlocking[e] = 1;
  for (let e = 0; e < edges.used; e += 1) {
    const i = edges.mentee[e]!;
    if (i < 0) continue;
    const plain = convexWeight(edges.fit[e]!);
    const bonus = edges.weight[e]! - plain;
    if (isBlocking[e] === 1) edges.weight[e]! += steps.bonus;
    else if (bonus > 0 && slot[i] !== e) edges.weight[e] = plain + Math.round(bonus * steps.kept);
  }
}
