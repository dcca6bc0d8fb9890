/** What a matching comes to, and how far from the best it can be at most. */
import type { Edges } from './edges.ts';
import type { Matching } from './shortest-paths.ts';

/** By how much both sides must gain before a pair counts as blocking, on the scale of 10,000. */
export const blockingGain = 500;

/** Pairs that are not together although both sides would gain `blockingGain` or more. */
export interface Blocking {
  readonly pairs: number;
  /** Mentees in at least one such pair, and their share of all mentees. */
  readonly mentees: number;
  readonly share: number;
}

/** Who has whom: the slot of each mentee's edge, or -1. */
export type Slots = ArrayLike<number>;

/** How many are matched, and the sum of their fits. */
export function totalOf(edges: Edges, slot: Slots): { readonly matched: number; readonly total: number } {
  let matched = 0;
  let total = 0;
  for (let i = 0; i < slot.length; i += 1) {
    if (slot[i]! < 0) continue;
    matched += 1;
    total += edges.fit[slot[i]!]!;
  }
  return { matched, total };
}

/**
 * The dual objective: no matching has more weight and bonus than this. With a bonus that outweighs every total, less
 * than one bonus above what a matching has also proves that no more mentees can be matched.
 *
 * L. V. Kantorovich (1939), J. Egerváry (1931): weak duality of the assignment problem.
 */
export function dualObjective({ capacity, price, profit }: Matching): number {
  let sum = 0;
  for (let j = 0; j < capacity.length; j += 1) sum += capacity[j]! * price[j]!;
  for (let i = 0; i < profit.length; i += 1) sum += profit[i]!;
  return sum;
}

/** What each mentor asks of a newcomer's `v` before both gain; `Infinity` for one without any place. */
export function neededOf(edges: Edges, capacity: Int32Array, slot: Slots): Float64Array {
  const load = new Int32Array(capacity.length);
  const needed = Float64Array.from(capacity, (places) => (places === 0 ? -Infinity : Infinity));
  for (let i = 0; i < slot.length; i += 1) {
    const e = slot[i]!;
    if (e < 0) continue;
    const j = edges.mentor[e]!;
    load[j]! += 1;
    needed[j] = Math.min(needed[j]!, edges.v[e]! + blockingGain);
  }
  // A free place asks for nothing, no place at all for what nobody has.
  return needed.map((least, j) => (capacity[j] === 0 ? Infinity : load[j]! < capacity[j]! ? -Infinity : least));
}

/** The slots of the blocking pairs among the edges: for each mentee, by slot. */
export function blockingSlots(edges: Edges, capacity: Int32Array, slot: Slots): number[] {
  const needed = neededOf(edges, capacity, slot);
  const blocking: number[] = [];
  for (let i = 0; i < slot.length; i += 1) {
    const own = slot[i]!;
    const least = own < 0 ? -Infinity : edges.u[own]! + blockingGain;
    for (let e = edges.start[i]!; e < edges.end[i]!; e += 1) {
      if (e !== own && edges.u[e]! >= least && edges.v[e]! >= needed[edges.mentor[e]!]!) blocking.push(e);
    }
  }
  return blocking;
}

/** Counts blocking pairs. */
export function countBlocking(edges: Edges, slots: readonly number[], mentees: number): Blocking {
  return blockingOf({ pairs: slots.length, mentees: new Set(slots.map((e) => edges.mentee[e]!)).size }, mentees);
}

/** The same with what share of all mentees that is. */
export function blockingOf(counts: Pick<Blocking, 'pairs' | 'mentees'>, of: number): Blocking {
  const { pairs, mentees } = counts;
  return { pairs, mentees, share: of === 0 ? 0 : mentees / of };
}
