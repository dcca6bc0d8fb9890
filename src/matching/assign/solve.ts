/** The optimum, exact or nearly: an auction finds nearly all of it, shortest paths the rest. */
import { holdAuction } from './auction.ts';
import type { Edges } from './edges.ts';
import { sellRest } from './reverse-auction.ts';
import { createMatching, insert, type Matching, setSlot } from './shortest-paths.ts';
import { fillAll, warmStart } from './warm-start.ts';

/**
 * What a match counts in the auction: as much as the best fit. More means price wars without end; too few matches are
 * found and mended after it.
 */
export const auctionBonus = 10_000;

/**
 * An auction's phases, from a tenth of the scale to where mending is quicker than bidding; how far below given prices
 * bidding begins, so that they can also fall; and what is still to come when nothing, a guess or nearly all is known.
 */
const fromNothing = { epsilons: [1000, 200, 40, 8], lowered: 0 };
const fromGuess = { epsilons: [200, 40, 8], lowered: 400 };
const fromNear = { epsilons: [8], lowered: 100 };
/** Beside for an exact optimum: bids that leave hardly anything to mend. */
const lastEpsilon = 1;

/** How good a matching has to be: exact, or as good as an auction leaves it, with what is missing in the proof. */
export type Precision = 'exact' | 'near';

/**
 * The matching with the highest weight, a match counting `auctionBonus` beside; perhaps not the largest.
 * @param given `precision`: exact if left out. Prices save bidding: `near`, those of nearly the same edges and weights with
 * `auctionBonus`, most of it; `guess`, prices by mentor within a few hundred, some.
 */
export function solve(
  edges: Edges,
  capacity: Int32Array,
  given: {
    readonly near?: Pick<Matching, 'price'> | undefined;
    readonly guess?: ArrayLike<number> | undefined;
    readonly precision?: Precision | undefined;
  } = {},
): Matching {
  const { near, guess, precision = 'exact' } = given;
  const known = near?.price ?? guess;
  const { epsilons, lowered } = near ? fromNear : guess ? fromGuess : fromNothing;
  const auctioned = holdAuction(edges, capacity, {
    bonus: auctionBonus,
    epsilons: precision === 'exact' ? [...epsilons, lastEpsilon] : epsilons,
    ...(known && { start: Int32Array.from(known, (price) => Math.max(0, price - lowered)) }),
  });
  // An exact optimum is mended anyway, and at its last epsilon mentors would ask very often.
  if (precision === 'near') sellRest(edges, capacity, auctioned, { bonus: auctionBonus, epsilon: epsilons.at(-1)! });
  const matching = createMatching(edges, capacity, auctionBonus);
  warmStart(matching, auctioned, precision === 'exact' ? 0 : Infinity);
  return matching;
}

/**
 * Makes a match count so much that as many as possible are matched before any weight is looked at.
 * @param growth by how much a weight may still grow without that changing.
 */
export function matchAsManyAsPossible(matching: Matching, growth = 0): void {
  raiseBonus(matching, decisiveBonus(matching, growth));
}

/** More than all weights of a matching together. */
function decisiveBonus({ edges, capacity }: Matching, growth: number): number {
  let most = 1;
  for (let e = 0; e < edges.used; e += 1) if (edges.mentee[e]! >= 0 && edges.weight[e]! > most) most = edges.weight[e]!;
  const places = capacity.reduce((sum, each) => sum + each, 0);
  return (most + growth) * (2 + Math.min(places, edges.start.length));
}

/** Whoever is matched profits as much more as a match counts more; whoever is not tries again, where there is hope. */
export function raiseBonus(matching: Matching, bonus: number): void {
  const { slot, present, profit } = matching;
  const more = bonus - matching.bonus;
  if (more <= 0) return;
  matching.bonus = bonus;
  if (shiftDuals(matching, more)) return;
  const without: number[] = [];
  for (let i = 0; i < slot.length; i += 1) {
    if (present[i] === 0) continue;
    if (slot[i]! >= 0) profit[i]! += more;
    else {
      present[i] = 0;
      without.push(i);
    }
  }
  for (const i of without) insert(matching, i);
}

/**
 * Looks for a path on which one more could be matched, from everybody without a mentor at once. Where there is none, the
 * mentors reached are all full and together with the mentees not reached cover every edge: a match may count more without
 * any change but to their duals.
 * @param more by how much a match counts more now.
 * @returns false, with nothing changed, when there is such a path.
 *
 * D. Kőnig: Gráfok és mátrixok. Matematikai és Fizikai Lapok 38 (1931).
 */
function shiftDuals(matching: Matching, more: number): boolean {
  const { edges, capacity, load, slot, present, price, profit, held, next } = matching;
  const isReached = new Uint8Array(slot.length);
  const isFull = new Uint8Array(capacity.length);
  const queue: number[] = [];
  for (let i = 0; i < slot.length; i += 1) if (present[i] === 1 && slot[i]! < 0) queue.push(i);
  for (const i of queue) isReached[i] = 1;
  for (let k = queue.pop(); k !== undefined; k = queue.pop()) {
    for (let e = edges.start[k]!; e < edges.end[k]!; e += 1) {
      const j = edges.mentor[e]!;
      if (isFull[j] === 1) continue;
      if (load[j]! < capacity[j]!) return false;
      isFull[j] = 1;
      for (let other = held[j]!; other >= 0; other = next[other]!) {
        if (isReached[other] === 1) continue;
        isReached[other] = 1;
        queue.push(other);
      }
    }
  }
  for (let j = 0; j < price.length; j += 1) if (isFull[j] === 1) price[j]! += more;
  for (let i = 0; i < slot.length; i += 1) if (present[i] === 1 && isReached[i] === 0) profit[i]! += more;
  return true;
}

/** Takes mentees out, for their edges to be changed; `putBack` mends what that leaves. */
export function takeOut(matching: Matching, i: number): void {
  setSlot(matching, i, -1);
  matching.present[i] = 0;
  matching.profit[i] = 0;
}

/** Adds mentees who were taken out, by whatever edges they have now, and fills the places left free. */
export function putBack(matching: Matching, mentees: readonly number[]): void {
  for (const i of mentees) insert(matching, i);
  fillAll(matching);
}
