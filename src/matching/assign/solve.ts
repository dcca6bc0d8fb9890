/** An exact optimum: an auction finds nearly all of it, shortest paths the rest. */
import { holdAuction } from './auction.ts';
import type { Edges } from './edges.ts';
import { createMatching, insert, type Matching, setSlot } from './shortest-paths.ts';
import { fillAll, warmStart } from './warm-start.ts';

/**
 * What a match counts in the auction: as much as the best fit. More means price wars without end; too few matches are
 * found and mended after it.
 */
export const auctionBonus = 10_000;

/** From a tenth of the scale to where mending is quicker than bidding. */
const epsilons = [1000, 200, 40, 8];

/** The matching with the highest weight, a match counting `auctionBonus` beside; exact, but perhaps not the largest. */
export function solve(edges: Edges, capacity: Int32Array): Matching {
  const matching = createMatching(edges, capacity, auctionBonus);
  warmStart(matching, holdAuction(edges, capacity, { bonus: auctionBonus, epsilons }));
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

/** Whoever is matched profits as much more as a match counts more; whoever is not tries again. */
export function raiseBonus(matching: Matching, bonus: number): void {
  const { slot, present, profit } = matching;
  const more = bonus - matching.bonus;
  if (more <= 0) return;
  matching.bonus = bonus;
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
