import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign } from '../../../bench/graphs/assign.ts';
import { type GraphEdge, type GraphInput, graphOf } from '../../../bench/graphs/graph.ts';
import { createMarket } from '../../../bench/graphs/market.ts';
import {
  acceptDeferred,
  blockingSlots,
  countBlocking,
  matchGreedily,
  totalOf,
} from '../../../src/matching/assign/index.ts';
import { exchangePlaces } from '../../../src/matching/assign/exchange.ts';
import { bestByTrying, graphs, mostMatched, pairsOf } from './graphs.ts';

const small = graphs({ mentees: 6, mentors: 4 });
const seed = 20_261_123;

describe('an assignment', () => {
  test('uses only edges that were given and gives no mentor more than their places', () => {
    fc.assert(
      fc.property(small, fc.boolean(), (input, pure) => {
        const graph = graphOf(input);
        const pairs = pairsOf(graph, assign(graph, { pure }));
        for (const [mentee, mentor] of pairs) {
          expect(input.edges).toContainEqual(expect.objectContaining({ mentee, mentor }));
        }
        for (const { id, capacity } of input.mentors) {
          expect(pairs.filter(([, mentor]) => mentor === id).length).toBeLessThanOrEqual(capacity);
        }
      }),
      { seed, numRuns: 300 },
    );
  });

  test('matches as many as a maximum flow, also where it looks at blocking pairs', () => {
    fc.assert(
      fc.property(graphs({ mentees: 14, mentors: 8 }), fc.boolean(), (input, pure) => {
        expect(assign(graphOf(input), { pure }).matched).toBe(mostMatched(input));
      }),
      { seed, numRuns: 300 },
    );
  });

  test('has the highest total of all combinations, and proves it', () => {
    fc.assert(
      fc.property(small, (input) => {
        const { matched, total, bound, gap } = assign(graphOf(input), { pure: true });
        expect({ matched, total }).toEqual(bestByTrying(input));
        expect(bound).toBe(total);
        expect(gap).toBe(0);
      }),
      { seed, numRuns: 300 },
    );
  });

  test('is the same pair for pair whatever the order of what comes in', () => {
    const shuffled = small.chain((input) =>
      fc.tuple(
        fc.constant(input),
        fc.record({
          mentees: fc.shuffledSubarray([...input.mentees], { minLength: input.mentees.length }),
          mentors: fc.shuffledSubarray([...input.mentors], { minLength: input.mentors.length }),
          edges: fc.shuffledSubarray([...input.edges], { minLength: [...input.edges].length }),
        }),
      ),
    );
    fc.assert(
      fc.property(shuffled, fc.boolean(), ([one, other], pure) => {
        const [a, b] = [graphOf(one), graphOf(other)];
        expect(pairsOf(a, assign(a, { pure }))).toEqual(pairsOf(b, assign(b, { pure })));
      }),
      { seed, numRuns: 200 },
    );
  });

  test('never leaves more people waiting when a mentor is added', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 0, max: 10_000 }), (input, fit) => {
        const more: GraphInput = {
          ...input,
          mentors: [...input.mentors, { id: 'new', capacity: 1 }],
          edges: [...input.edges, ...input.mentees.slice(0, 2).map(({ id }) => ({ mentee: id, mentor: 'new', fit }))],
        };
        expect(assign(graphOf(more)).matched).toBeGreaterThanOrEqual(assign(graphOf(input)).matched);
      }),
      { seed, numRuns: 150 },
    );
  });

  test('keeps its bound above the total, and has no more mentees in blocking pairs than the optimum of the sum', () => {
    fc.assert(
      fc.property(graphs({ mentees: 12, mentors: 6 }), (input) => {
        const pure = assign(graphOf(input), { pure: true });
        const stable = assign(graphOf(input));
        expect(stable.bound).toBe(pure.total);
        expect(stable.total).toBeGreaterThanOrEqual(0.99 * pure.total);
        expect(stable.blocking.mentees).toBeLessThanOrEqual(pure.blocking.mentees);
      }),
      { seed, numRuns: 150 },
    );
  });

  test('gives a place that two would fill alike to the one who waits longer, then to the lower id', () => {
    const input = (waits: Record<string, number>): GraphInput => ({
      mentees: Object.entries(waits).map(([id, waitingSince]) => ({ id, waitingSince })),
      mentors: [{ id: 'm', capacity: 1 }],
      edges: Object.keys(waits).map((mentee) => ({ mentee, mentor: 'm', fit: 5000 })),
    });
    const placed = (waits: Record<string, number>) => {
      const graph = graphOf(input(waits));
      return pairsOf(graph, assign(graph))[0]?.[0];
    };
    expect(placed({ a: 3, b: 1, c: 2 })).toBe('b');
    expect(placed({ c: 1, b: 1, a: 2 })).toBe('b');
  });

  test('pairs nobody below the floor', () => {
    const input: GraphInput = {
      mentees: [{ id: 'e', waitingSince: 0 }],
      mentors: [{ id: 'm', capacity: 1 }],
      edges: [{ mentee: 'e', mentor: 'm', fit: 2999 }],
    };
    expect(assign(graphOf(input), { floor: 3000 }).matched).toBe(0);
    expect(assign(graphOf(input), { floor: 2999 }).matched).toBe(1);
  });
});

describe('an exchange of places', () => {
  test('leaves as many matched within the places, keeps the total it has to, and nobody new in blocking pairs', () => {
    let better = 0;
    fc.assert(
      fc.property(graphs({ mentees: 14, mentors: 6 }), fc.constantFrom(0.5, 0.9, 1), (input, share) => {
        const graph = graphOf(input);
        const { edges, capacity } = graph;
        const optimum = assign(graph, { pure: true });
        const slot = optimum.slot.slice();
        const least = share * optimum.total;
        exchangePlaces(edges, capacity, { slot, enough: 0, least });
        const { matched, total } = totalOf(edges, slot);
        expect(matched).toBe(optimum.matched);
        expect(total).toBeGreaterThanOrEqual(least);
        slot.forEach((e, i) => expect(e < 0 || edges.mentee[e] === i).toBe(true));
        const taken = Map.groupBy(slot.filter((e) => e >= 0), (e) => edges.mentor[e]!); // prettier-ignore
        for (const [j, held] of taken) expect(held.length).toBeLessThanOrEqual(capacity[j]!);
        const { mentees } = countBlocking(edges, blockingSlots(edges, capacity, slot), slot.length);
        expect(mentees).toBeLessThanOrEqual(optimum.blocking.mentees);
        if (mentees < optimum.blocking.mentees) better += 1;
      }),
      { seed, numRuns: 400 },
    );
    expect(better).toBeGreaterThan(10);
  });
});

describe('instances with proven optima', () => {
  test.each(['tiny-trap', 'ties-400x90', 'small-200x60'])('%s is matched exactly, as are the simpler ways', (name) => {
    const graph = graphOf(read(name));
    const expected = JSON.parse(fixture(`${name}.expected.json`)) as {
      maxMatched: number;
      maxFitAtMaxMatched: number;
      greedy: { matched: number; fit: number };
      stableMenteeOptimal: { matched: number; fit: number };
    };
    const { matched, total, bound } = assign(graph, { pure: true });
    expect({ matched, total, bound }).toEqual({
      matched: expected.maxMatched,
      total: expected.maxFitAtMaxMatched,
      bound: expected.maxFitAtMaxMatched,
    });
    const plain = ({ matched, fit }: { matched: number; fit: number }) => ({ matched, total: fit });
    expect(totalOf(graph.edges, matchGreedily(graph.edges, graph.capacity))).toEqual(plain(expected.greedy));
    expect(totalOf(graph.edges, acceptDeferred(graph.edges, graph.capacity))).toEqual(
      plain(expected.stableMenteeOptimal),
    );
  });
});

describe('a market', () => {
  const event = fc.oneof(
    fc.record({ op: fc.constant('leave' as const), mentee: fc.nat({ max: 5 }) }),
    fc.record({ op: fc.constant('decline' as const), mentee: fc.nat({ max: 5 }), mentor: fc.nat({ max: 3 }) }),
    fc.record({ op: fc.constant('capacity' as const), mentor: fc.nat({ max: 3 }), value: fc.nat({ max: 3 }) }),
    fc
      .record({ mentee: fc.nat({ max: 5 }), mentor: fc.nat({ max: 3 }), fit: fc.integer({ min: 0, max: 10_000 }) })
      .map(({ mentee, mentor, fit }) => ({ op: 'refit' as const, mentee, edge: { mentor, fit, u: fit, v: fit } })),
  );

  test('is after each event as good as matched anew', () => {
    const input = graphs({ mentees: 6, mentors: 4 }).filter((g) => g.mentees.length === 6 && g.mentors.length === 4);
    fc.assert(
      fc.property(input, fc.array(event, { maxLength: 12 }), (given, events) => {
        const graph = graphOf(given);
        const market = createMarket(graph);
        for (const each of events) {
          market.apply(each);
          expect(market.totals()).toEqual(bestByTrying(asInput(graph)));
        }
      }),
      { seed, numRuns: 60 },
    );
  });

  test('refuses what makes no sense and stays as it was', () => {
    const graph = graphOf(read('tiny-trap'));
    const market = createMarket(graph);
    const before = market.totals();
    expect(() => market.apply({ op: 'capacity', mentor: 0, value: 1.5 })).toThrow('mentor 0 has a capacity of 1.5');
    expect(() => market.apply({ op: 'leave', mentee: 99 })).toThrow('leave: no such mentee: 99');
    expect(() => market.apply({ op: 'refit', mentee: 0, edge: { mentor: 1, fit: Number.NaN, u: 0, v: 0 } })).toThrow(
      'edge from mentee 0 to mentor 1',
    );
    expect(market.totals()).toEqual(before);
  });
});

describe('a graph', () => {
  const sound: GraphInput = {
    mentees: [{ id: 'e', waitingSince: 0 }],
    mentors: [{ id: 'm', capacity: 1 }],
    edges: [],
  };
  const edge = (over: Partial<GraphEdge>): GraphInput => ({
    ...sound,
    edges: [{ mentee: 'e', mentor: 'm', fit: 1, ...over }],
  });

  test.each([
    [edge({ fit: Number.NaN }), 'edge from mentee e to mentor m: fit is NaN'],
    [edge({ fit: -1 }), 'edge from mentee e to mentor m: fit is -1'],
    [edge({ v: 10_001 }), 'edge from mentee e to mentor m: v is 10001'],
    [edge({ mentee: 'x' }), 'edge from mentee x to mentor m: no such mentee'],
    [edge({ mentor: 'x' }), 'edge from mentee e to mentor x: no such mentor'],
    [{ ...sound, mentors: [{ id: 'm', capacity: 0.5 }] }, 'mentor m has a capacity of 0.5'],
    [{ ...sound, mentors: [{ id: 'm', capacity: -1 }] }, 'mentor m has a capacity of -1'],
    [{ ...sound, mentees: [...sound.mentees, ...sound.mentees] }, 'mentee e is there twice'],
  ])('is refused with the name of what makes no sense (%#)', (input, words) => {
    expect(() => graphOf(input)).toThrow(words);
  });
});

/** What a market's graph holds by now. */
function asInput({ edges, capacity }: ReturnType<typeof graphOf>): GraphInput {
  const listed: GraphEdge[] = [];
  edges.start.forEach((start, i) => {
    for (let e = start; e < (edges.end[i] ?? 0); e += 1) {
      listed.push({ mentee: String(i), mentor: String(edges.mentor[e]), fit: edges.fit[e] ?? 0 });
    }
  });
  return {
    mentees: Array.from(edges.start, (_, i) => ({ id: String(i), waitingSince: 0 })),
    mentors: Array.from(capacity, (places, j) => ({ id: String(j), capacity: places })),
    edges: listed,
  };
}

function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/matching/${name}`, import.meta.url), 'utf8');
}

type Line =
  | { type: 'instance' }
  | { type: 'mentors'; capacity: number[] }
  | { type: 'mentee'; i: number; e: [number, number, number, number][] };

/** An instance of explicit edges, numbered as in its file. */
function read(name: string): GraphInput {
  const id = (number: number) => String(number).padStart(5, '0');
  const lines = fixture(`${name}.jsonl`).trim().split('\n').map((line) => JSON.parse(line) as Line); // prettier-ignore
  const rows = lines.filter((line) => line.type === 'mentee');
  const capacities = lines.flatMap((line) => (line.type === 'mentors' ? line.capacity : []));
  return {
    mentees: rows.map(({ i }) => ({ id: id(i), waitingSince: 0 })),
    mentors: capacities.map((capacity, j) => ({ id: id(j), capacity })),
    edges: rows.flatMap(({ i, e }) =>
      e.map(([mentor, fit, u, v]) => ({ mentee: id(i), mentor: id(mentor), fit, u, v })),
    ),
  };
}
