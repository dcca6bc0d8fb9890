/** Small graphs for the tests, and the answers of programs that share nothing with ours. */
import * as fc from 'fast-check';
import type { Assignment } from '../../../bench/graphs/assign.ts';
import type { Graph, GraphEdge, GraphInput } from '../../../bench/graphs/graph.ts';

/** Any small graph, with ties, duplicate edges, empty sides and mentors without a place among them. */
export function graphs(most: { mentees: number; mentors: number }): fc.Arbitrary<GraphInput> {
  const score = fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.constantFrom(0, 5000, 5000, 10_000));
  return fc
    .record({
      waits: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: most.mentees }),
      capacities: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: most.mentors }),
      drawn: fc.array(fc.tuple(fc.nat(), fc.nat(), score, score, score), { maxLength: 40 }),
    })
    .map(({ waits, capacities, drawn }) => ({
      mentees: waits.map((waitingSince, i) => ({ id: `e${i}`, waitingSince })),
      mentors: capacities.map((capacity, j) => ({ id: `m${j}`, capacity })),
      edges:
        waits.length === 0 || capacities.length === 0
          ? []
          : drawn.map(([i, j, fit, u, v]): GraphEdge => {
              return { mentee: `e${i % waits.length}`, mentor: `m${j % capacities.length}`, fit, u, v };
            }),
    }));
}

/** Who has whom by id, in the order of the mentees' ids. */
export function pairsOf(
  { edges, menteeIds, mentorIds }: Graph,
  { slot }: Pick<Assignment, 'slot'>,
): [string, string][] {
  return menteeIds
    .flatMap((id, i): [string, string][] => {
      const e = slot[i] ?? -1;
      return e < 0 ? [] : [[id, mentorIds[edges.mentor[e] ?? -1] ?? '']];
    })
    .toSorted((a, b) => (a[0] < b[0] ? -1 : 1));
}

/** How many can be matched at all: augmenting paths one by one, by L. R. Ford and D. R. Fulkerson. */
export function mostMatched({ mentees, mentors, edges }: GraphInput): number {
  const wishes = Map.groupBy(edges, ({ mentee }) => mentee);
  const kept = new Map(mentors.map(({ id }) => [id, new Set<string>()]));
  const places = new Map(mentors.map(({ id, capacity }) => [id, capacity]));
  const tryToPlace = (mentee: string, seen: Set<string>): boolean =>
    (wishes.get(mentee) ?? []).some(({ mentor }) => {
      if (seen.has(mentor)) return false;
      seen.add(mentor);
      const there = kept.get(mentor) ?? new Set();
      const moved = there.size < (places.get(mentor) ?? 0) ? '' : [...there].find((other) => tryToPlace(other, seen));
      if (moved === undefined) return false;
      there.delete(moved);
      there.add(mentee);
      return true;
    });
  return mentees.filter(({ id }) => tryToPlace(id, new Set())).length;
}

/** The highest total of as many matched as possible: every combination tried. */
export function bestByTrying({ mentees, mentors, edges }: GraphInput): { matched: number; total: number } {
  const left = new Map(mentors.map(({ id, capacity }) => [id, capacity]));
  const from = (at: number): { matched: number; total: number } => {
    const mentee = mentees[at];
    if (!mentee) return { matched: 0, total: 0 };
    let best = from(at + 1);
    for (const edge of edges) {
      const places = left.get(edge.mentor) ?? 0;
      if (edge.mentee !== mentee.id || places === 0) continue;
      left.set(edge.mentor, places - 1);
      const rest = from(at + 1);
      left.set(edge.mentor, places);
      const found = { matched: rest.matched + 1, total: rest.total + edge.fit };
      if (found.matched > best.matched || (found.matched === best.matched && found.total > best.total)) best = found;
    }
    return best;
  };
  return from(0);
}
