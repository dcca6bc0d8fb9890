/** A whole graph by the solvers that rounds are built from: for proven instances, and beside other solvers. */
import {
  type Blocking,
  blockingOf,
  dualObjective,
  type Edges,
  findListed,
  matchAsManyAsPossible,
  setRow,
  settleTies,
  solve,
  stabilise,
  type Stabilised,
  stabilisedOf,
  totalOf,
} from '../../src/matching/assign/index.ts';
import { rowOf } from '../../src/matching/assign/edges.ts';
import type { Graph } from './graph.ts';

/** A matching and what it comes to. */
export interface Assignment {
  /** By mentee: the slot of their edge, or -1. */
  readonly slot: Int32Array;
  readonly matched: number;
  readonly total: number;
  /** No matching of as many mentees has a higher total. */
  readonly bound: number;
  /** `(bound - total) / bound`. */
  readonly gap: number;
  readonly blocking: Blocking;
}

/**
 * Matches a graph.
 * @param options `floor`: nobody is matched below this fit. `pure`: only the most mentees and the highest total, without
 * floor and without regard to blocking pairs. `onProgress`: called with what is done of it, 0 to 1.
 */
export function assign(
  graph: Graph,
  options: {
    readonly floor?: number;
    readonly pure?: boolean;
    readonly onProgress?: (done: number) => void;
  } = {},
): Assignment {
  const { edges, capacity } = graph;
  const { floor = 0, pure = false, onProgress } = options;
  if (!pure && floor > 0) removeBelow(edges, floor);
  for (let e = 0; e < edges.used; e += 1) edges.weight[e] = edges.fit[e]!;
  const optimum = solve(edges, capacity);
  matchAsManyAsPossible(optimum);
  settleTies(optimum);
  const { matched } = totalOf(edges, optimum.slot);
  const bound = dualObjective(optimum) - optimum.bonus * matched;
  const findBlocking = (slot: Int32Array) => findListed(edges, capacity, slot);
  const best = stabilisedOf(optimum.slot, findBlocking(optimum.slot));
  onProgress?.(0.4);
  if (pure) return resultOf(edges, best, bound);

  const stable = stabilise(edges, capacity, {
    best,
    findBlocking: ({ slot }) => findBlocking(slot),
    findAll: findBlocking,
    onRound: (done) => onProgress?.(0.5 + done / 2),
  });
  return resultOf(edges, stable, bound);
}

function resultOf(edges: Edges, stable: Stabilised, bound: number): Assignment {
  const { slot } = stable;
  const { matched, total } = totalOf(edges, slot);
  return {
    slot,
    matched,
    total,
    bound,
    gap: bound === 0 ? 0 : (bound - total) / bound,
    blocking: blockingOf(stable, slot.length),
  };
}

function removeBelow(edges: Edges, floor: number): void {
  for (let i = 0; i < edges.start.length; i += 1) {
    const row = rowOf(edges, i);
    const kept = row.filter(({ fit }) => fit >= floor);
    if (kept.length < row.length) setRow(edges, i, kept);
  }
}
