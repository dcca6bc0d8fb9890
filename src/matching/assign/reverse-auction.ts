/**
 * The auction turned round: mentors with free places that still have a price ask less, an epsilon less than somebody
 * would pay, until each such place is taken or free of charge. Whom they win over leaves another place, so it goes on
 * there. Prices hardly fall further than they must: at lower ones more pairs would have to be looked at.
 *
 * D. P. Bertsekas, D. A. Castañon, H. Tsaknakis: Reverse auction and the solution of inequality constrained assignment
 * problems. SIAM J. Optim. 3 (1993).
 */
import type { Auctioned } from './auction.ts';
import type { Edges } from './edges.ts';

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
  const { mentor, mentee } = edges;
  const free = capacity.slice();
  for (const e of slot) if (e >= 0) free[mentor[e]!]! -= 1;
  const asking = Array.from(free.keys()).filter((j) => free[j]! > 0 && price[j]! > 0);
  for (let j = asking.pop(); j !== undefined; j = asking.pop()) {
    while (free[j]! > 0 && price[j]! > 0) {
      const { best, offer, second } = bestOffer(edges, { price, slot }, bonus, j);
      const lowest = Math.max(second, offer - patience * epsilon);
      price[j] = Math.min(price[j]!, Math.max(0, lowest - epsilon));
      if (best < 0) continue;
      const i = mentee[best]!;
      const left = slot[i]! < 0 ? -1 : mentor[slot[i]!]!;
      slot[i] = best;
      free[j]! -= 1;
      if (left < 0) continue;
      free[left]! += 1;
      asking.push(left);
    }
  }
}

/** The edge of the mentee who would pay a mentor most, -1 when nobody would; and how much that and the next one are. */
function bestOffer(
  edges: Edges,
  { price, slot }: Pick<Auctioned, 'price' | 'slot'>,
  bonus: number,
  j: number,
): { best: number; offer: number; second: number } {
  const { mentor, mentee, weight, columnHead, columnNext } = edges;
  let most = 0;
  let second = 0;
  let best = -1;
  for (let e = columnHead[j]!; e >= 0; e = columnNext[e]!) {
    const i = mentee[e]!;
    if (i < 0) continue;
    const own = slot[i]!;
    const at = own < 0 ? -1 : mentor[own]!;
    if (at === j) continue;
    // What is left of the weight when the mentee is to have what they have now, and no less than nothing.
    const offer = own < 0 ? weight[e]! + bonus : weight[e]! - weight[own]! + price[at]!;
    if (offer > most) {
      second = most;
      most = offer;
      best = e;
    } else if (offer > second) second = offer;
  }
  return { best, offer: most, second };
}
