/** Of matchings that are equally good, the one with those who wait longest. */
import { type Matching, setSlot } from './shortest-paths.ts';

/**
 * Exchanges mentees along edges that are exact, so that the total stays: somebody without a mentor comes in for the one
 * of the last precedence who can be reached. The sets of mentees of optimal matchings are the bases of a matroid, so
 * one exchange for each mentee leads to the best of them.
 * @param precedence by mentee, the lower number first; their own numbers if left out.
 *
 * J. Edmonds, D. R. Fulkerson: Transversals and matroid partition. J. Res. Nat. Bur. Standards 69B (1965).
 */
export function settleTies(matching: Matching, precedence: Int32Array = Int32Array.from(matching.slot.keys())): void {
  const { slot, present, search } = matching;
  const seen = search.via.fill(-1);
  const without = Array.from(slot.keys()).filter((i) => present[i] === 1 && slot[i]! < 0);
  for (const i of without.toSorted((a, b) => precedence[a]! - precedence[b]!)) {
    if (slot[i]! < 0) exchange(matching, i, { via: seen, precedence });
  }
  seen.fill(-1);
}

function exchange(
  matching: Matching,
  i: number,
  { via, precedence }: { readonly via: Int32Array; readonly precedence: Int32Array },
): void {
  const { edges, bonus, slot, price, profit, held, next } = matching;
  const reached: number[] = [];
  const queue = [i];
  let last = i;
  for (let k = queue.pop(); k !== undefined; k = queue.pop()) {
    for (let e = edges.start[k]!; e < edges.end[k]!; e += 1) {
      const j = edges.mentor[e]!;
      if (via[j]! >= 0 || edges.weight[e]! + bonus - price[j]! !== profit[k]! || e === slot[k]) continue;
      via[j] = e;
      reached.push(j);
      for (let other = held[j]!; other >= 0; other = next[other]!) {
        if (profit[other] === 0 && precedence[other]! > precedence[last]!) last = other;
        queue.push(other);
      }
    }
  }
  if (last !== i) {
    let j = edges.mentor[slot[last]!]!;
    setSlot(matching, last, -1);
    for (;;) {
      const e = via[j]!;
      const k = edges.mentee[e]!;
      const from = slot[k]!;
      setSlot(matching, k, e);
      if (k === i) break;
      j = edges.mentor[from]!;
    }
  }
  for (const j of reached) via[j] = -1;
}
