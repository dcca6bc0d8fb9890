/** From people and pairs by id to a graph of numbers: checked whole before anything is done with it. */
import { fitScale } from '../../src/matching/index.ts';
import { createEdges, type Edge, type Edges, setRow } from '../../src/matching/assign/edges.ts';

/** A pair that may be. Where `u` and `v` are not given, both sides like it as much as it fits. */
export interface GraphEdge {
  readonly mentee: string;
  readonly mentor: string;
  readonly fit: number;
  readonly u?: number;
  readonly v?: number;
}

/** What is to be matched. The order of the lists changes nothing; of an edge given twice the better one counts. */
export interface GraphInput {
  readonly mentees: readonly { readonly id: string; readonly waitingSince: number }[];
  readonly mentors: readonly { readonly id: string; readonly capacity: number }[];
  readonly edges: Iterable<GraphEdge>;
}

/** A graph whose vertices are numbered by who waits longest, then by id. */
export interface Graph {
  readonly menteeIds: readonly string[];
  readonly mentorIds: readonly string[];
  readonly capacity: Int32Array;
  readonly edges: Edges;
}

/**
 * Builds the graph.
 * @throws RangeError naming the mentee, mentor or edge that makes no sense.
 */
export function graphOf(input: GraphInput): Graph {
  const mentees = input.mentees.toSorted((a, b) => a.waitingSince - b.waitingSince || byId(a, b));
  const mentors = input.mentors.toSorted(byId);
  const menteeNumber = numbered(mentees, 'mentee');
  const mentorNumber = numbered(mentors, 'mentor');
  const late = mentees.find(({ waitingSince }) => !Number.isFinite(waitingSince));
  if (late) throw new RangeError(`mentee ${late.id} waits since ${late.waitingSince}`);
  const odd = mentors.find(({ capacity }) => !Number.isSafeInteger(capacity) || capacity < 0);
  if (odd) throw new RangeError(`mentor ${odd.id} has a capacity of ${odd.capacity}`);

  const rows: Edge[][] = mentees.map(() => []);
  let count = 0;
  for (const given of input.edges) {
    const i = menteeNumber.get(given.mentee);
    const mentor = mentorNumber.get(given.mentor);
    if (i === undefined) throw new RangeError(`${nameOf(given)}: no such mentee`);
    if (mentor === undefined) throw new RangeError(`${nameOf(given)}: no such mentor`);
    const { fit, u = fit, v = fit } = given;
    for (const [name, value] of Object.entries({ fit, u, v })) {
      if (!isScore(value))
        throw new RangeError(`${nameOf(given)}: ${name} is ${value}, not whole from 0 to ${fitScale}`);
    }
    rows[i]!.push({ mentor, fit, u, v });
    count += 1;
  }
  const edges = createEdges(mentees.length, mentors.length, count);
  rows.forEach((row, i) => setRow(edges, i, withoutRepeats(row)));
  return {
    menteeIds: mentees.map(({ id }) => id),
    mentorIds: mentors.map(({ id }) => id),
    capacity: Int32Array.from(mentors, ({ capacity }) => Math.min(capacity, mentees.length)),
    edges,
  };
}

/** Whether a value can be a fit, `u` or `v`. */
export function isScore(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= fitScale;
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function numbered(people: readonly { readonly id: string }[], what: string): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const [i, { id }] of people.entries()) {
    if (numbers.has(id)) throw new RangeError(`${what} ${id} is there twice`);
    numbers.set(id, i);
  }
  return numbers;
}

function nameOf({ mentee, mentor }: GraphEdge): string {
  return `edge from mentee ${mentee} to mentor ${mentor}`;
}

/** By mentor; of several edges to one mentor the best. */
function withoutRepeats(row: Edge[]): Edge[] {
  const sorted = row.toSorted((a, b) => a.mentor - b.mentor || b.fit - a.fit || b.u - a.u || b.v - a.v);
  return sorted.filter(({ mentor }, at) => mentor !== sorted[at - 1]?.mentor);
}
