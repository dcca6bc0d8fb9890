/**
 * The bipartite graph that everything in this folder works on: mentees on the left, mentors with capacities on the
 * right, an edge for every pair that may be. Vertices are numbers. Lower numbers win ties, so whoever numbers them does
 * it by who waits longest, then by id.
 */

/** Edges in one pool of typed arrays: a mentee's edges lie side by side, a mentor's hang on a linked list. */
export interface Edges {
  /** The edges of mentee `i` are the slots from `start[i]` to before `end[i]`. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** By slot. A slot whose `mentee` is -1 is no longer in use. */
  mentee: Int32Array;
  mentor: Int32Array;
  /** What the solver maximises: the fit, or what stability makes of it. Whole, 0 or more. */
  weight: Int32Array;
  /** The first slot of mentor `j`, and the slot after each; -1 at the end. */
  readonly columnHead: Int32Array;
  columnNext: Int32Array;
  /** Slots used so far. */
  used: number;
}

/** A pool without edges. */
export function createEdges(mentees: number, mentors: number, slots: number): Edges {
  return {
    start: new Int32Array(mentees),
    end: new Int32Array(mentees),
    mentee: new Int32Array(slots),
    mentor: new Int32Array(slots),
    weight: new Int32Array(slots),
    columnHead: new Int32Array(mentors).fill(-1),
    columnNext: new Int32Array(slots),
    used: 0,
  };
}

/** Gives mentee `i` these edges in place of the ones they had. */
export function setRow(edges: Edges, i: number, mentors: ArrayLike<number>, weights: ArrayLike<number>): void {
  for (let e = edges.start[i]!; e < edges.end[i]!; e += 1) edges.mentee[e] = -1;
  reserve(edges, mentors.length);
  edges.start[i] = edges.used;
  for (let k = 0; k < mentors.length; k += 1) {
    const e = edges.used + k;
    const j = mentors[k]!;
    edges.mentee[e] = i;
    edges.mentor[e] = j;
    edges.weight[e] = weights[k]!;
    edges.columnNext[e] = edges.columnHead[j]!;
    edges.columnHead[j] = e;
  }
  edges.used += mentors.length;
  edges.end[i] = edges.used;
}

/** The slot of the edge between the two, or -1. */
export function findEdge(edges: Edges, i: number, j: number): number {
  for (let e = edges.start[i]!; e < edges.end[i]!; e += 1) if (edges.mentor[e] === j) return e;
  return -1;
}

function reserve(edges: Edges, more: number): void {
  const needed = edges.used + more;
  if (needed <= edges.mentor.length) return;
  const slots = Math.max(needed, edges.mentor.length + (edges.mentor.length >>> 1) + 64);
  const grown = (old: Int32Array) => {
    const copy = new Int32Array(slots);
    copy.set(old);
    return copy;
  };
  edges.mentee = grown(edges.mentee);
  edges.mentor = grown(edges.mentor);
  edges.weight = grown(edges.weight);
  edges.columnNext = grown(edges.columnNext);
}
