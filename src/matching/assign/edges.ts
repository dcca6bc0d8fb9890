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
  /** What the solver maximizes: the fit, or what stability makes of it. */
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
  /** Memory for columns that is not in use: see `borrow`. */
  readonly spare: Int32Array[];
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
    spare: [],
  };
}

/** Gives mentee `i` these edges in place of the ones they had. */
export function setRow(edges: Edges, i: number, row: readonly Edge[]): void {
  for (let e = edges.start[i]!; e < edges.end[i]!; e += 1) edges.mentee[e] = -1;
  reserve(edges, row.length);
  edges.start[i] = edges.used;
  edges.end[i] = edges.used;
  for (const edge of row) {
    put(edges, i, edge);
    hang(edges, edges.used);
    edges.used += 1;
  }
}

/** Edges that a mentee gets beside those they have. */
export interface MoreEdges {
  readonly i: number;
  readonly more: readonly Edge[];
}

/**
 * Adds edges to those that some mentees have, and leaves no gap: the rows lie in the order of the mentees then. Every slot
 * may change.
 * @param extended once for each mentee at most.
 * @param kept slots by mentee, -1 for none, which follow their edges.
 */
export function extendRows(edges: Edges, extended: readonly MoreEdges[], kept: readonly Int32Array[] = []): void {
  if (extended.length === 0) return;
  const { start, end } = edges;
  const to = new Int32Array(start.length + 1);
  for (const { i, more } of extended) to[i + 1]! += more.length;
  for (let i = 0; i < start.length; i += 1) to[i + 1]! += to[i]! + end[i]! - start[i]!;
  for (const slot of kept) for (let i = 0; i < slot.length; i += 1) if (slot[i]! >= 0) slot[i]! += to[i]! - start[i]!;
  const used = to[start.length]!;
  for (const name of rowColumns) {
    const column = edges[name];
    // The column before has left its memory: one more is enough for all of them.
    const moved = borrow(edges, used);
    for (let i = 0; i < start.length; i += 1) {
      let k = to[i]!;
      for (let e = start[i]!; e < end[i]!; e += 1, k += 1) moved[k] = column[e]!;
    }
    edges[name] = moved;
    edges.spare.push(column);
  }
  for (let i = 0; i < start.length; i += 1) {
    end[i]! += to[i]! - start[i]!;
    start[i] = to[i]!;
  }
  edges.used = used;
  for (const { i, more } of extended) for (const edge of more) put(edges, i, edge);
  if (edges.columnNext.length < used) edges.columnNext = borrow(edges, used);
  edges.columnHead.fill(-1);
  for (let e = 0; e < used; e += 1) hang(edges, e);
}

/**
 * Memory for `length` numbers, of any value. Whoever needs as much again and again gives it back (`edges.spare.push`): what
 * is thrown away instead lies about for long, because the garbage collector sees how little there is of everything else.
 */
export function borrow({ spare, mentor }: Edges, length: number): Int32Array {
  // Too short ones are of no use any more: edges only become more.
  for (let column = spare.pop(); column !== undefined; column = spare.pop()) if (column.length >= length) return column;
  return new Int32Array(Math.max(mentor.length, length + (length >>> 4)));
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

/** Puts an edge of mentee `i` into the slot after their last, which must be free. */
function put(edges: Edges, i: number, { mentor, fit, u, v, weight }: Edge): void {
  const e = edges.end[i]!;
  edges.mentee[e] = i;
  edges.mentor[e] = mentor;
  edges.fit[e] = fit;
  edges.u[e] = u;
  edges.v[e] = v;
  edges.weight[e] = weight ?? fit;
  edges.end[i] = e + 1;
}

/** What moves with a row; and what is hung up anew. */
const rowColumns = ['mentee', 'mentor', 'fit', 'u', 'v', 'weight'] as const satisfies (keyof Columns)[];
const columns = [...rowColumns, 'columnNext'] as const satisfies (keyof Columns)[];

function reserve(edges: Edges, more: number): void {
  const needed = edges.used + more;
  for (const column of columns) {
    const { length } = edges[column];
    if (needed <= length) continue;
    const grown = new Int32Array(Math.max(needed, length + (length >>> 1) + 64));
    grown.set(edges[column]);
    edges[column] = grown;
  }
}
