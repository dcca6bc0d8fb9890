/**
 * Mentees ask in the order of their liking, mentors keep whom they like best and release the rest: no pair would both
 * rather have each other, but fewer are matched. What the Match does for residencies. For comparison.
 *
 * D. Gale, L. S. Shapley: College admissions and the stability of marriage. Amer. Math. Monthly 69 (1962).
 */
import type { Edges } from './edges.ts';

/** The stable matching that is best for the mentees. @returns the slot of each mentee's edge, or -1. */
export function acceptDeferred(edges: Edges, capacity: Int32Array): Int32Array {
  const { start, end, mentor, mentee, u, v } = edges;
  const n = start.length;
  const slot = new Int32Array(n).fill(-1);
  const asked = new Int32Array(n);
  const wishes = Array.from({ length: n }, (_, i) => {
    const row = Int32Array.from({ length: end[i]! - start[i]! }, (_, k) => start[i]! + k);
    return row.toSorted((a, b) => u[b]! - u[a]! || mentor[a]! - mentor[b]!);
  });
  const kept: number[][] = Array.from(capacity, () => []);
  /** Whether a mentor prefers `a`: of equals the mentee with the lower number. */
  const before = (a: number, b: number) => v[a]! > v[b]! || (v[a] === v[b] && mentee[a]! < mentee[b]!);
  const waiting = Array.from({ length: n }, (_, i) => n - 1 - i);
  for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
    const e = wishes[i]![asked[i]!];
    if (e === undefined) continue;
    asked[i]! += 1;
    const j = mentor[e]!;
    const list = kept[j]!;
    let at = list.length;
    while (at > 0 && before(e, list[at - 1]!)) at -= 1;
    list.splice(at, 0, e);
    slot[i] = e;
    if (list.length > capacity[j]!) {
      const released = mentee[list.pop()!]!;
      slot[released] = -1;
      waiting.push(released);
    }
  }
  return slot;
}
