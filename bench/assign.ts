/**
 * Matches an instance of explicit edges (JSON Lines, plain or .gz) and prints one line of JSON with what it came to; of
 * an instance with events one line for each.
 *
 *   node bench/assign.ts FILE [--pairs OUT.json] [--pure]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { assign } from './graphs/assign.ts';
import { type GraphInput, graphOf } from './graphs/graph.ts';
import { createMarket, type MarketEvent } from './graphs/market.ts';

type ListedEdge = readonly [mentor: number, fit: number, u: number, v: number];
type Line =
  | { type: 'instance'; mentees: number; mentors: number }
  | { type: 'mentors'; capacity: number[] }
  | { type: 'mentee'; i: number; e: ListedEdge[] }
  | { type: 'event'; op: 'join'; mentee: number; e: ListedEdge[] }
  | { type: 'event'; op: 'refit'; mentee: number; edge: ListedEdge }
  | { type: 'event'; op: 'leave'; mentee: number }
  | { type: 'event'; op: 'decline'; mentee: number; mentor: number }
  | { type: 'event'; op: 'capacity'; mentor: number; value: number };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pairs: { type: 'string' }, pure: { type: 'boolean', default: false } },
});
const [file] = positionals;
if (file === undefined) throw new Error('usage: node bench/assign.ts FILE [--pairs OUT.json] [--pure]');

const bytes = readFileSync(file);
const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
  .toString()
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Line);
const only = <T extends Line['type']>(type: T) =>
  lines.filter((line) => line.type === type) as Extract<Line, { type: T }>[];

const graph = graphOf(inputOf());
const events = only('event');
if (events.length > 0) playEvents();
else match();

function match(): void {
  const from = performance.now();
  const { slot, matched, total, bound, gap, blocking } = assign(graph, { pure: values.pure });
  const ms = Math.round((performance.now() - from) * 10) / 10;
  console.log(JSON.stringify({ matched, fit: total, bound, gap, blocking, ms }));
  if (values.pairs !== undefined) {
    writeFileSync(
      values.pairs,
      JSON.stringify({ assignment: Array.from(slot, (e) => (e < 0 ? -1 : graph.edges.mentor[e])) }),
    );
  }
}

/** A matching after each event, as exact as if matched anew. */
function playEvents(): void {
  const market = createMarket(graph);
  const print = (after: number, ms: number) => {
    const { matched, total } = market.totals();
    console.log(JSON.stringify({ after, matched, fit: total, ms: Math.round(ms * 1000) / 1000 }));
  };
  print(-1, 0);
  events.forEach((event, k) => {
    const from = performance.now();
    market.apply(marketEventOf(event));
    print(k, performance.now() - from);
  });
}

function marketEventOf(event: Extract<Line, { type: 'event' }>): MarketEvent {
  const edgeOf = ([mentor, fit, u, v]: ListedEdge) => ({ mentor, fit, u, v });
  switch (event.op) {
    case 'join':
      return { op: 'join', mentee: event.mentee, edges: event.e.map(edgeOf) };
    case 'refit':
      return { op: 'refit', mentee: event.mentee, edge: edgeOf(event.edge) };
    default:
      return event;
  }
}

/** Ids whose order is that of the numbers, so that a vertex of the graph has the number of the file. */
function inputOf(): GraphInput {
  const id = (number: number) => String(number).padStart(8, '0');
  const [instance] = only('instance');
  const [mentors] = only('mentors');
  if (!instance || !mentors) throw new Error(`${file} is not an instance`);
  return {
    mentees: Array.from({ length: instance.mentees }, (_, i) => ({ id: id(i), waitingSince: 0 })),
    mentors: mentors.capacity.map((capacity, j) => ({ id: id(j), capacity })),
    edges: only('mentee').flatMap(({ i, e }) =>
      e.map(([mentor, fit, u, v]) => ({ mentee: id(i), mentor: id(mentor), fit, u, v })),
    ),
  };
}
