/**
 * Maximum-weight b-matching by successive shortest paths with kept duals.
 *
 * Every mentor has a price, every mentee a profit: the best of `weight + bonus - price` over their edges, never below 0.
 * Two conditions hold between any two calls and prove the matching optimal (complementary slackness): a matched pair's
 * weight is exactly its profit and price, and only mentors without a free place have a price, only matched mentees a
 * profit. One mentee or place more or less is mended by one search of Dijkstra's over what the edges lack to being exact.
 *
 * J. Edmonds, R. M. Karp: Theoretical improvements in algorithmic efficiency for network flow problems. J. ACM 19 (1972).
 * R. Jonker, A. Volgenant: A shortest augmenting path algorithm for dense and sparse linear assignment problems.
 * Computing 38 (1987).
 */
import type { Edges } from './edges.ts';
import { clearHeap, createHeap, type MinHeap, raise, takeLowest } from './heap.ts';

/** A b-matching with the duals that prove it. */
export interface Matching {
  readonly edges: Edges;
  readonly capacity: Int32Array;
  /** What a match counts beside its weight. Large enough, and no total of weights outweighs one match more. */
  bonus: number;
  /** The slot of each mentee's edge in the matching, or -1. */
  readonly slot: Int32Array;
  /** Whether a mentee takes part. */
  readonly present: Uint8Array;
  readonly load: Int32Array;
  readonly price: Float64Array;
  readonly profit: Float64Array;
  /** Who is matched with each mentor: a doubly linked list. */
  readonly held: Int32Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly search: Search;
}

/** What one search needs, kept for the next one. */
interface Search {
  readonly heap: MinHeap;
  /** By mentor: Infinity outside of a search. */
  readonly distance: Float64Array;
  /** By mentor: the slot by which the search came. */
  readonly via: Int32Array;
  /** Mentors reached, and whose distance is final. */
  readonly reached: Int32Array;
  readonly settled: Int32Array;
}

/** The empty matching: everybody absent, everything free of charge. */
export function createMatching(edges: Edges, capacity: Int32Array, bonus: number): Matching {
  const n = edges.start.length;
  const m = capacity.length;
  return {
    edges,
    capacity,
    bonus,
    slot: new Int32Array(n).fill(-1),
    present: new Uint8Array(n),
    load: new Int32Array(m),
    price: new Float64Array(m),
    profit: new Float64Array(n),
    held: new Int32Array(m).fill(-1),
    next: new Int32Array(n).fill(-1),
    previous: new Int32Array(n).fill(-1),
    search: {
      heap: createHeap(m),
      distance: new Float64Array(m).fill(Infinity),
      via: new Int32Array(m),
      reached: new Int32Array(m),
      settled: new Int32Array(m),
    },
  };
}

/** Pairs a mentee with the mentor of an edge, or takes the pair apart (-1). Prices and profits are the caller's care. */
export function setSlot(matching: Matching, i: number, slot: number): void {
  const { edges, load, held, next, previous } = matching;
  const old = matching.slot[i]!;
  if (old >= 0) {
    const j = edges.mentor[old]!;
    load[j]! -= 1;
    if (previous[i]! >= 0) next[previous[i]!] = next[i]!;
    else held[j] = next[i]!;
    if (next[i]! >= 0) previous[next[i]!] = previous[i]!;
  }
  matching.slot[i] = slot;
  if (slot < 0) return;
  const j = edges.mentor[slot]!;
  load[j]! += 1;
  previous[i] = -1;
  next[i] = held[j]!;
  if (held[j]! >= 0) previous[held[j]!] = i;
  held[j] = i;
}

/** The profit that a mentee can reach at the present prices. */
export function bestProfit({ edges, price, bonus }: Matching, i: number): number {
  let best = 0;
  for (let e = edges.start[i]!; e < edges.end[i]!; e += 1) {
    const profit = edges.weight[e]! + bonus - price[edges.mentor[e]!]!;
    if (profit > best) best = profit;
  }
  return best;
}

/** Adds an absent mentee: the optimum of those present becomes the optimum with this one. */
export function insert(matching: Matching, i: number): void {
  const { edges, capacity, bonus, load, price, profit, held, next, search } = matching;
  const { heap, distance, via, reached, settled } = search;
  const { start, end, mentor, weight } = edges;
  matching.present[i] = 1;
  profit[i] = bestProfit(matching, i);
  // Ways to end: at a mentor with a free place, or with a mentee who goes without: at once, or displaced.
  let limit = profit[i];
  let freeMentor = -1;
  let displaced = i;
  let nReached = 0;
  let nSettled = 0;
  let k = i;
  let d = 0;
  let j = -1;
  for (;;) {
    // Mentee `k`, at distance `d`, looks at every edge.
    const base = d + profit[k]! - bonus;
    for (let e = start[k]!; e < end[k]!; e += 1) {
      const to = mentor[e]!;
      const there = base + price[to]! - weight[e]!;
      if (there >= limit || there >= distance[to]!) continue;
      if (distance[to] === Infinity) reached[nReached++] = to;
      distance[to] = there;
      via[to] = e;
      if (load[to]! < capacity[to]!) {
        limit = there;
        freeMentor = to;
      } else raise(heap, distance, to);
    }
    // The next mentee: another one of this mentor's, or the first of the nearest mentor with mentees.
    k = j >= 0 ? next[k]! : -1;
    while (k < 0 && heap.size > 0) {
      j = takeLowest(heap, distance);
      d = distance[j]!;
      if (d >= limit) break;
      settled[nSettled++] = j;
      k = held[j]!;
      for (let other = k; other >= 0; other = next[other]!) {
        if (d + profit[other]! < limit) {
          limit = d + profit[other]!;
          freeMentor = -1;
          displaced = other;
        }
      }
    }
    if (k < 0) break;
  }
  // Prices rise and profits fall just so far that the path found has become exact.
  profit[i] -= limit;
  for (let s = 0; s < nSettled; s += 1) {
    const at = settled[s]!;
    const shift = limit - distance[at]!;
    price[at]! += shift;
    for (let other = held[at]!; other >= 0; other = next[other]!) profit[other]! -= shift;
  }
  augment(matching, i, freeMentor, displaced);
  clearHeap(heap);
  for (let r = 0; r < nReached; r += 1) distance[reached[r]!] = Infinity;
}

/** Moves every mentee along the path that a search from `i` found to its end. */
function augment(matching: Matching, i: number, freeMentor: number, displaced: number): void {
  const { edges, slot, search } = matching;
  let to = freeMentor;
  if (to < 0) {
    if (displaced === i) return;
    to = edges.mentor[slot[displaced]!]!;
    setSlot(matching, displaced, -1);
  }
  for (;;) {
    const e = search.via[to]!;
    const k = edges.mentee[e]!;
    const from = slot[k]!;
    setSlot(matching, k, e);
    if (k === i) return;
    to = edges.mentor[from]!;
  }
}

/**
 * Fills one free place of a mentor who has a price, or lowers prices until none is asked for it: the same search
 * backwards. Afterwards the mentor may still have a price and another free place: then call again.
 */
export function fill(matching: Matching, j: number): void {
  const { edges, bonus, slot, present, price, profit, held, next, search } = matching;
  const { heap, distance, via, reached, settled } = search;
  const { mentor, weight, mentee, columnHead, columnNext } = edges;
  // Ways to end: a place that stays free at a price of 0, or a mentee who had nobody.
  let end = price[j]!;
  let freed = j;
  let newcomer = -1;
  let nReached = 1;
  let nSettled = 0;
  reached[0] = j;
  distance[j] = 0;
  raise(heap, distance, j);
  while (heap.size > 0) {
    const at = takeLowest(heap, distance);
    const d = distance[at]!;
    if (d >= end) break;
    settled[nSettled++] = at;
    if (d + price[at]! < end) {
      end = d + price[at]!;
      freed = at;
      newcomer = -1;
    }
    const base = d + price[at]! - bonus;
    for (let e = columnHead[at]!; e >= 0; e = columnNext[e]!) {
      const k = mentee[e]!;
      if (k < 0 || present[k] === 0) continue;
      const there = base + profit[k]! - weight[e]!;
      if (there >= end) continue;
      if (slot[k]! < 0) {
        end = there;
        newcomer = e;
        continue;
      }
      const from = mentor[slot[k]!]!;
      if (there >= distance[from]!) continue;
      if (distance[from] === Infinity) reached[nReached++] = from;
      distance[from] = there;
      via[from] = e;
      raise(heap, distance, from);
    }
  }
  for (let s = 0; s < nSettled; s += 1) {
    const at = settled[s]!;
    const shift = end - distance[at]!;
    price[at]! -= shift;
    for (let k = held[at]!; k >= 0; k = next[k]!) profit[k]! += shift;
  }
  let place = freed;
  if (newcomer >= 0) {
    place = mentor[newcomer]!;
    setSlot(matching, mentee[newcomer]!, newcomer);
  }
  while (place !== j) {
    const e = via[place]!;
    place = mentor[e]!;
    setSlot(matching, mentee[e]!, e);
  }
  clearHeap(heap);
  for (let r = 0; r < nReached; r += 1) distance[reached[r]!] = Infinity;
}
