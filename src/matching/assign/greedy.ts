/** The best pair first, then the best of those left, and so on: what one would do by hand. For comparison. */
import type { Edges } from './edges.ts';

/** @returns the slot of each mentee's edge, or -1. Ties go to the mentee, then the mentor with the lower number. */
export function matchGreedily(edges: Edges, capacity: Int32Array): Int32Array {
  const left = capacity.slice();
  const slot = new Int32Array(edges.start.length).fill(-1);
  for (const e of byFit(edges)) {
    const i = edges.mentee[e]!;
    const j = edges.mentor[e]!;
    if (slot[i]! >= 0 || left[j]! < 1) continue;
    slot[i] = e;
    left[j]! -= 1;
  }
  return slot;
}

/** Slots in use, the best fit first. */
function byFit({ start, end, fit, mentor }: Edges): Float64Array {
  const slots: number[] = [];
  for (let i = 0; i < start.length; i += 1) {
    const row: number[] = [];
    for (let e = start[i]!; e < end[i]!; e += 1) row.push(e);
    for (const e of row.toSorted((a, b) => mentor[a]! - mentor[b]!)) slots.push(e);
  }
  // One number each, the fit before the rank of the slot: typed arrays sort quickly. Both fit into 53 bits.
  const keys = Float64Array.from(slots, (e, rank) => (scaleTop - fit[e]!) * slots.length + rank).toSorted();
  return keys.map((key) => slots[key % slots.length]!);
}

/** Above every fit. */
const scaleTop = 10_001;
