/**
 * A matching that stays optimal while people come and go. After each event it is exactly as good as if everything had
 * been matched anew: the most mentees first, then the highest total. `keep` makes an existing pair count more, so that
 * nobody is moved for a trifle.
 */
import { totalOf } from '../../src/matching/assign/certificate.ts';
import { type Edge, rowOf, setRow } from '../../src/matching/assign/edges.ts';
import type { Graph } from './graph.ts';
import { isScore } from './graph.ts';
import { insert, type Matching, setSlot } from '../../src/matching/assign/shortest-paths.ts';
import { matchAsManyAsPossible, putBack, raiseBonus, solve, takeOut } from '../../src/matching/assign/solve.ts';
import { fillPlaces } from '../../src/matching/assign/warm-start.ts';

/** Something that happens to a market. People by their numbers in the graph. */
export type MarketEvent =
  | { readonly op: 'join'; readonly mentee: number; readonly edges: readonly Edge[] }
  | { readonly op: 'leave'; readonly mentee: number }
  | { readonly op: 'capacity'; readonly mentor: number; readonly value: number }
  /** The pair may not be any more. */
  | { readonly op: 'decline'; readonly mentee: number; readonly mentor: number }
  /** The edge of a pair that may be, new or changed. */
  | { readonly op: 'refit'; readonly mentee: number; readonly edge: Edge };

/** A matching that takes events. */
export interface Market {
  /** The slot of each mentee's edge, or -1. */
  readonly slot: Int32Array;
  /** @throws RangeError naming what makes no sense; nothing has changed then. */
  apply(event: MarketEvent): void;
  /** How many are matched, and the sum of their fits. */
  totals(): { readonly matched: number; readonly total: number };
}

/**
 * Opens a market with an optimal matching of a graph, which belongs to it from then on.
 * @param keep what an existing pair counts beside its fit when something changes; 0 for the exact optimum.
 */
export function createMarket(graph: Graph, keep = 0): Market {
  const { edges } = graph;
  const matching = solve(edges, graph.capacity);
  // Beyond all that the weights can come to, whatever joins later.
  matchAsManyAsPossible(matching);
  raiseBonus(matching, (10_001 + keep) * (2 + edges.start.length));
  weighKept(matching, keep);
  return {
    slot: matching.slot,
    apply(event) {
      check(graph, event);
      apply(matching, event);
      weighKept(matching, keep);
    },
    totals: () => totalOf(edges, matching.slot),
  };
}

/** Gives the pairs that exist the bonus, and takes it from those that do no longer. */
function weighKept(matching: Matching, keep: number): void {
  if (keep === 0) return;
  const { edges, slot, profit, price, bonus } = matching;
  for (let i = 0; i < slot.length; i += 1) {
    for (let e = edges.start[i]!; e < edges.end[i]!; e += 1) {
      edges.weight[e] = edges.fit[e]! + (e === slot[i] ? keep : 0);
    }
    // The pair stays the best for the mentee: it only gained on the others.
    if (slot[i]! >= 0) profit[i] = edges.weight[slot[i]!]! + bonus - price[edges.mentor[slot[i]!]!]!;
  }
}

function apply(matching: Matching, event: MarketEvent): void {
  const { edges } = matching;
  switch (event.op) {
    case 'join':
      withdraw(matching, event.mentee);
      setRow(edges, event.mentee, event.edges);
      insert(matching, event.mentee);
      break;
    case 'leave':
      withdraw(matching, event.mentee);
      setRow(edges, event.mentee, []);
      break;
    case 'capacity':
      setCapacity(matching, event.mentor, event.value);
      break;
    case 'decline':
    case 'refit': {
      const { mentee } = event;
      const mentor = event.op === 'refit' ? event.edge.mentor : event.mentor;
      withdraw(matching, mentee);
      const others: readonly Edge[] = rowOf(edges, mentee).filter((edge) => edge.mentor !== mentor);
      setRow(edges, mentee, event.op === 'refit' ? [...others, event.edge] : others);
      insert(matching, mentee);
      break;
    }
  }
}

/** Takes a mentee out and fills the place they had. */
function withdraw(matching: Matching, i: number): void {
  const slot = matching.slot[i]!;
  takeOut(matching, i);
  if (slot >= 0) fillPlaces(matching, matching.edges.mentor[slot]!);
}

function setCapacity(matching: Matching, j: number, value: number): void {
  const { capacity, load, held, present } = matching;
  const evicted: number[] = [];
  while (load[j]! > value) {
    const i = held[j]!;
    setSlot(matching, i, -1);
    present[i] = 0;
    evicted.push(i);
  }
  capacity[j] = value;
  putBack(matching, evicted);
}

function check({ edges, capacity }: Graph, event: MarketEvent): void {
  const known = (what: string, number: number, count: number) => {
    if (!Number.isInteger(number) || number < 0 || number >= count) {
      throw new RangeError(`${event.op}: no such ${what}: ${number}`);
    }
  };
  if ('mentee' in event) known('mentee', event.mentee, edges.start.length);
  if ('mentor' in event) known('mentor', event.mentor, capacity.length);
  if (event.op === 'capacity' && (!Number.isSafeInteger(event.value) || event.value < 0)) {
    throw new RangeError(`mentor ${event.mentor} has a capacity of ${event.value}`);
  }
  for (const edge of event.op === 'join' ? event.edges : event.op === 'refit' ? [event.edge] : []) {
    known('mentor', edge.mentor, capacity.length);
    if (![edge.fit, edge.u, edge.v].every(isScore)) {
      throw new RangeError(
        `edge from mentee ${'mentee' in event ? event.mentee : ''} to mentor ${edge.mentor}: ${edge.fit}, ${edge.u}, ${edge.v}`,
      );
    }
  }
}
