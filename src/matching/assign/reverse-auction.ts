/**
 * The auction turned round: mentors with free places that still have a price ask less, an epsilon less than somebody
 * would pay, until each such place is taken or free of charge. Whom they win over leaves another place, so it goes on
 * there. Prices hardly fall further than they must: at lower ones more pairs would have to be looked at.
 *
 * D. P. Bertsekas, D. A. Castañon, H. Tsaknakis: Reverse auction and the solution of inequality constrained assignment
 * problems. SIAM J. Optim. 3 (1993).
 */
import type { Auctioned } from './auction.ts';
import { borrow, type Edges, findEdge } from './edges.ts';

/** By how many epsilons a mentor asks less than the best offer, rather than as much as the second best. */
const patience = 8;

/**
 * Sells what an auction has left over, changing its prices and slots.
 * @param given `bonus` as in the auction; `epsilon`: its last one.
 */
export function sellRest(
  edges: Edges,
  capacity: Int32Array,
  { price, slot }: Auctioned,
  { bonus, epsilon }: { readonly bonus: number; readonly epsilon: number },
): void {
  const { mentor, weight } = edges;
  const free = capacity.slice();
  for (const e of slot) if (e >= 0) free[mentor[e]!]! -= 1;
  const asking = Array.from(free.keys()).filter((j) => free[j]! > 0 && price[j]! > 0);
  if (asking.length === 0) return;
  const market: Market = {
    ...byMentor(edges, capacity.length),
    price,
    at: slot.map((e) => (e < 0 ? -1 : mentor[e]!)),
    worth: slot.map((e) => (e < 0 ? -bonus : weight[e]!)),
  };
  const { at, worth } = market;
  for (let j = asking.pop(); j !== undefined; j = asking.pop()) {
    while (free[j]! > 0 && price[j]! > 0) {
      const { best, offer, second } = bestOffer(market, j);
      const lowest = Math.max(second, offer - patience * epsilon);
      price[j] = Math.min(price[j]!, Math.max(0, lowest - epsilon));
      if (best < 0) continue;
      const i = market.mentee[best]!;
      const left = at[i]!;
      slot[i] = findEdge(edges, i, j);
      at[i] = j;
      worth[i] = market.weight[best]!;
      free[j]! -= 1;
      if (left < 0) continue;
      free[left]! += 1;
      asking.push(left);
    }
  }
  edges.spare.push(market.mentee, market.weight);
}

/** The edges mentor by mentor, side by side: those of `j` from `first[j]` to before `first[j + 1]`. */
interface EdgesByMentor {
  readonly first: Int32Array;
  readonly mentee: Int32Array;
  readonly weight: Int32Array;
}

/** Who asks how much, and what everybody has. */
interface Market extends EdgesByMentor {
  readonly price: Int32Array;
  /** By mentee: the mentor, or -1; and what that weighs, less than nothing for nobody: to be matched counts too. */
  readonly at: Int32Array;
  readonly worth: Int32Array;
}

/** The same edges in that order, in memory to be given back. */
function byMentor(edges: Edges, mentors: number): EdgesByMentor {
  const { used, mentee, mentor, weight } = edges;
  const first = new Int32Array(mentors + 1);
  for (let e = 0; e < used; e += 1) if (mentee[e]! >= 0) first[mentor[e]! + 1]! += 1;
  for (let j = 0; j < mentors; j += 1) first[j + 1]! += first[j]!;
  const size = first[mentors]!;
  const columns = { first, mentee: borrow(edges, size), weight: borrow(edges, size) };
  const next = first.slice();
  for (let e = used - 1; e >= 0; e -= 1) {
    if (mentee[e]! < 0) continue;
    const k = next[mentor[e]!]!;
    next[mentor[e]!] = k + 1;
    columns.mentee[k] = mentee[e]!;
    columns.weight[k] = weight[e]!;
  }
  return columns;
}

/** The edge of the mentee who would pay a mentor most, -1 when nobody would; and how much that and the next one are. */
function bestOffer(
  { first, mentee, weight, at, worth, price }: Market,
  j: number,
): { best: number; offer: number; second: number } {
  let most = 0;
  let second = 0;
  let best = -1;
  for (let k = first[j]!; k < first[j + 1]!; k += 1) {
    const i = mentee[k]!;
    const from = at[i]!;
    if (from === j) continue;
    // What is left of the weight when the mentee is to have what they have now, and no less than nothing.
    const offer = weight[k]! - worth[i]! + (from < 0 ? 0 : price[from]!);
    if (offer > most) {
      second = most;
      most = offer;
      best = k;
    } else if (offer > second) second = offer;
  }
  return { best, offer: most, second };
}
