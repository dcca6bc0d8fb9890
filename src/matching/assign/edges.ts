/**
 * The bipartite graph that everything in this folder works on: mentees on the left, mentors with capacities on the
 * right, an edge for every pair that may be. Vertices are numbers. Where no precedence is given lower ones win ties: number
 * them by who waits longest then, and by id.
 */

/** Columns of edges, by slot. */
interface Columns {
  /** A slot whose mentee is -1 is no longer in use. */
  mentee: Int32Array;
  mentor: Int32Array;
  /** What is summed: whole, 0 to 10,000. */
  fit: Int32Array;
  /** How much the mentee likes the mentor, and the mentor the mentee: what blocking pairs are about. */
  u: Int32Array;
  v: Int32Array;
  /** What the solver maximises: the fit, or what stability makes of it. */
  weight: Int32Array;
  /** The next slot of the same mentor; -1 at the end. */
  columnNext: Int32Array;
}

/** Edges in one pool of typed arrays: a mentee's edges lie side by side, a mentor's hang on a linked list. */
export interface Edges extends Columns {
  /** The edges of mentee `i` are the slots from `start[i]` to before `end[i]`. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** The first slot of mentor `j`, or -1. */
  readonly columnHead: Int32Array;
  /** Slots used so far. */
  used: number;
}

/** One edge of a mentee. */
export interface Edge {
  readonly mentor: number;
  readonly fit: number;
  readonly u: number;
  readonly v: number;
  /** The fit, if left out. */
  readonly weight?: number;
}

/** A pool without edges. */
export function createEdges(mentees: number, mentors: number, slots: number): Edges {
  const column = () => new Int32Array(slots);
  return {
    start: new Int32Array(mentees),
    end: new Int32Array(mentees),
    mentee: column(),
    mentor: column(),
    fit: column(),
    u: column(),
    v: column(),
    weight: column(),
    columnHead: new Int32Array(mentors).fill(-1),
    columnNext: column(),
    used: 0,
  };
}

/** Gives mentee `i` these edges in place of the ones they had. */
export function setRow(edges: Edges, i: number, row: readonly Edge[]): void {
  for (let e = edges.start[i]!; e < edges.end[i]!; e += 1) edges.mentee[e] = -1;
  reserve(edges, row.length);
  edges.start[i] = edges.used;
  edges.end[i] = edges.used;
  for (const edge of row) append(edges, i, edge);
}

/** Adds edges to those that mentee `i` has. Their slots change when another mentee's come after them. */
export function extendRow(edges: Edges, i: number, more: readonly Edge[]): void {
  const inPlace = edges.end[i] === edges.used;
  if (!inPlace) moveRow(edges, i, more.length);
  reserve(edges, more.length);
  for (const edge of more) append(edges, i, edge);
}

/** Moves the edges of mentee `i` behind all others. */
function moveRow(edges: Edges, i: number, spare: number): void {
  const from = edges.start[i]!;
  const until = edges.end[i]!;
  const to = edges.used;
  reserve(edges, until - from + spare);
  for (const column of columns) edges[column].copyWithin(to, from, until);
  edges.mentee.fill(-1, from, until);
  edges.start[i] = to;
  edges.used = to + until - from;
  edges.end[i] = edges.used;
  for (let e = to; e < edges.used; e += 1) hang(edges, e);
}

/** Puts a slot on the list of its mentor. */
function hang(edges: Edges, e: number): void {
  const j = edges.mentor[e]!;
  edges.columnNext[e] = edges.columnHead[j]!;
  edges.columnHead[j] = e;
}

/** The edges of mentee `i`. */
export function rowOf(edges: Edges, i: number): readonly Required<Edge>[] {
  const row: Required<Edge>[] = [];
  for (let e = edges.start[i]!; e < edges.end[i]!; e += 1) {
    row.push({
      mentor: edges.mentor[e]!,
      fit: edges.fit[e]!,
      u: edges.u[e]!,
      v: edges.v[e]!,
      weight: edges.weight[e]!,
    });
  }
  return row;
}

/** The slot of the edge between the two, or -1. */
export function findEdge(edges: Edges, i: number, j: number): number {
  for (let e = edges.start[i]!; e < edges.end[i]!; e += 1) if (edges.mentor[e] === j) return e;
  return -1;
}

/** Puts an edge of mentee `i` into the next slot, which must be the one after their last. */
function append(edges: Edges, i: number, { mentor, fit, u, v, weight }: Edge): void {
  const e = edges.used;
  edges.mentee[e] = i;
  edges.mentor[e] = mentor;
  edges.fit[e] = fit;
  edges.u[e] = u;
  edges.v[e] = v;
  edges.weight[e] = weight ?? fit;
  hang(edges, e);
  edges.used = e + 1;
  edges.end[i] = e + 1;
}

const columns = ['mentee', 'mentor', 'fit', 'u', 'v', 'weight', 'columnNext'] as const satisfies (keyof Columns)[];

function reserve(edges: Edges, more: number): void {
  const needed = edges.used + more;
  if (needed <= edges.mentor.length) return;
  const slots = Math.max(needed, edges.mentor.length + (edges.mentor.length >>> 1) + 64);
  for (const column of columns) {
    const grown = new Int32Array(slots);
    grown.set(edges[column]);
    edges[column] = grown;
  }
}
