/** Turns prices and pairs that are nearly right into an exact optimum with its proof. */
import { type Auctioned } from './auction.ts';
import { bestProfit, fill, insert, type Matching, setSlot } from './shortest-paths.ts';

/**
 * Takes over from an auction what is right at its prices, and mends the rest by shortest paths.
 * @param matching an empty one on the same edges.
 * @param tolerance by how much a pair's weight may miss what its mentee could have: 0 for an exact optimum.
 * @returns how many mentees and places had to be mended.
 */
export function warmStart(matching: Matching, { price, slot }: Auctioned, tolerance = 0): number {
  const { edges, bonus, profit, present } = matching;
  if (tolerance === 0) for (let again = 0; again < lowerings; again += 1) lowerPrices(matching, { price, slot });
  matching.price.set(price);
  const loose: number[] = [];
  for (let i = 0; i < slot.length; i += 1) {
    const best = bestProfit(matching, i);
    const e = slot[i]!;
    const own = e < 0 ? 0 : edges.weight[e]! + bonus - price[edges.mentor[e]!]!;
    // Whoever has nobody has no profit either.
    if (own < (e < 0 ? best : best - tolerance)) loose.push(i);
    else {
      profit[i] = best;
      present[i] = 1;
      if (e >= 0) setSlot(matching, i, e);
    }
  }
  for (const i of loose) insert(matching, i);
  return loose.length + fillAll(matching);
}

/** How often prices are lowered before anything is mended: after that hardly any falls. */
const lowerings = 3;

/**
 * Lowers what was paid too much, as every bid is by an epsilon: each mentor's price to what keeps out whoever has another
 * one. Whom a mentor has then, has them for what they are worth far more often, and need not be mended.
 */
function lowerPrices({ edges, bonus, capacity }: Matching, { price, slot }: Pick<Auctioned, 'price' | 'slot'>): void {
  const { start, end, mentor, weight } = edges;
  const wanted = new Int32Array(price.length);
  const free = capacity.slice();
  for (let i = 0; i < slot.length; i += 1) {
    const own = slot[i]!;
    const at = own < 0 ? -1 : mentor[own]!;
    if (own >= 0) free[at]! -= 1;
    const rest = own < 0 ? bonus : price[at]! - weight[own]!;
    for (let e = start[i]!; e < end[i]!; e += 1) {
      const j = mentor[e]!;
      const offer = weight[e]! + rest;
      if (offer > wanted[j]! && j !== at) wanted[j] = offer;
    }
  }
  for (let j = 0; j < price.length; j += 1) if (free[j] === 0 && wanted[j]! < price[j]!) price[j] = wanted[j]!;
}

/** Fills places until only mentors without a free place have a price. @returns how many searches that took. */
export function fillAll(matching: Matching): number {
  let searches = 0;
  for (let j = 0; j < matching.capacity.length; j += 1) searches += fillPlaces(matching, j);
  return searches;
}

/** The same for one mentor. */
export function fillPlaces(matching: Matching, j: number): number {
  const { capacity, load, price } = matching;
  let searches = 0;
  while (price[j]! > 0 && load[j]! < capacity[j]!) {
    fill(matching, j);
    searches += 1;
  }
  return searches;
}
