/**
 * Mentees bid for places, and prices find their level: in little time nearly the best matching, with prices that nearly
 * prove it. `warmStart` makes both exact.
 *
 * Every place of a mentor has its own price, the last bid for it; a mentee looks at the cheapest place of each mentor,
 * and bids for the best offer so much that the second best mentor would be as good, and epsilon more. To stay without a
 * mentor is an offer too, worth 0. Whole numbers throughout, so that the result is the same everywhere.
 *
 * D. P. Bertsekas: The auction algorithm: a distributed relaxation method for the assignment problem. Ann. Oper. Res. 14
 * (1988); with places of one price class and scaled epsilon after D. P. Bertsekas, D. A. Castañon: The auction algorithm
 * for the transportation problem. Ann. Oper. Res. 20 (1989).
 */
import type { Edges } from './edges.ts';

/** What an auction comes to. */
export interface Auctioned {
  /** The price of each mentor's cheapest place. */
  readonly price: Int32Array;
  /** The slot of each mentee's edge, or -1. */
  readonly slot: Int32Array;
  readonly bids: number;
}

/** The price where nothing is for sale: more than anybody bids. */
const notForSale = 0x3fffffff;

/** By how many epsilons of the phase before prices begin lower. With less, mentees are priced out; more costs bids. */
const overshoot = 4;

/**
 * Holds an auction in one phase per epsilon, each beginning with the prices of the one before.
 * @param given `bonus`: what a match counts beside its weight; `start`: prices to begin with, 0 if left out.
 */
export function holdAuction(
  edges: Edges,
  capacity: Int32Array,
  given: { readonly bonus: number; readonly epsilons: readonly number[]; readonly start?: Int32Array },
): Auctioned {
  const n = edges.start.length;
  const m = capacity.length;
  const firstPlace = new Int32Array(m + 1);
  for (let j = 0; j < m; j += 1) firstPlace[j + 1] = firstPlace[j]! + capacity[j]!;
  const auction: Auction = {
    edges,
    bonus: given.bonus,
    firstPlace,
    placePrice: new Int32Array(firstPlace[m]!),
    placeSlot: new Int32Array(firstPlace[m]!),
    price: Int32Array.from(given.start ?? new Int32Array(m)),
    slot: new Int32Array(n),
    waiting: new Int32Array(n),
  };
  let bids = 0;
  let before = 0;
  for (const epsilon of given.epsilons) {
    // A phase overshoots by a few of its epsilons: the next one begins below.
    for (let j = 0; j < m; j += 1) {
      auction.price[j] = capacity[j] === 0 ? notForSale : Math.max(0, auction.price[j]! - overshoot * before);
    }
    bids += holdPhase(auction, epsilon);
    before = epsilon;
  }
  for (let j = 0; j < m; j += 1) if (capacity[j] === 0) auction.price[j] = 0;
  return { price: auction.price, slot: auction.slot, bids };
}

interface Auction {
  readonly edges: Edges;
  readonly bonus: number;
  /** The places of mentor `j`, from `firstPlace[j]` to before `firstPlace[j + 1]`, are a heap, the cheapest first. */
  readonly firstPlace: Int32Array;
  readonly placePrice: Int32Array;
  readonly placeSlot: Int32Array;
  readonly price: Int32Array;
  readonly slot: Int32Array;
  readonly waiting: Int32Array;
}

function holdPhase(auction: Auction, epsilon: number): number {
  const { edges, bonus, firstPlace, placePrice, placeSlot, price, slot, waiting } = auction;
  const { start, end, mentor, mentee, weight } = edges;
  const n = start.length;
  slot.fill(-1);
  placeSlot.fill(-1);
  for (let j = 0; j < price.length; j += 1) placePrice.fill(price[j]!, firstPlace[j], firstPlace[j + 1]);
  // The last one comes first: of a stack the top is taken, and whoever is outbid bids again at once.
  for (let i = 0; i < n; i += 1) waiting[i] = n - 1 - i;
  let left = n;
  let bids = 0;
  while (left > 0) {
    left -= 1;
    const i = waiting[left]!;
    let best = -notForSale;
    let second = -bonus;
    let bestSlot = -1;
    for (let e = start[i]!; e < end[i]!; e += 1) {
      const offer = weight[e]! - price[mentor[e]!]!;
      if (offer > second) {
        if (offer > best) {
          second = best > second ? best : second;
          best = offer;
          bestSlot = e;
        } else second = offer;
      }
    }
    // Less than nothing is no offer: the mentee stays without, and prices only rise within a phase.
    if (bestSlot < 0 || best <= -bonus) continue;
    bids += 1;
    const j = mentor[bestSlot]!;
    const root = firstPlace[j]!;
    const outbid = placeSlot[root]!;
    if (outbid >= 0) {
      const loser = mentee[outbid]!;
      slot[loser] = -1;
      waiting[left] = loser;
      left += 1;
    }
    slot[i] = bestSlot;
    price[j] = replaceCheapest(
      placePrice,
      placeSlot,
      root,
      firstPlace[j + 1]!,
      price[j]! + best - second + epsilon,
      bestSlot,
    );
  }
  return bids;
}

/** Sells the cheapest place of a mentor. @returns the price of the place that is cheapest now. */
function replaceCheapest(
  prices: Int32Array,
  slots: Int32Array,
  root: number,
  end: number,
  bid: number,
  slot: number,
): number {
  let at = root;
  for (;;) {
    let child = root + 2 * (at - root) + 1;
    if (child >= end) break;
    if (child + 1 < end && prices[child + 1]! < prices[child]!) child += 1;
    if (prices[child]! >= bid) break;
    prices[at] = prices[child]!;
    slots[at] = slots[child]!;
    at = child;
  }
  prices[at] = bid;
  slots[at] = slot;
  return prices[root]!;
}
