import { describe, expect, test } from 'vitest';
import { population } from '../../../bench/population.ts';
import { extendRows, findEdge, matchAsManyAsPossible, solve, totalOf } from '../../../src/matching/assign/index.ts';
import { setSlot } from '../../../src/matching/assign/shortest-paths.ts';
import { blockingFinder } from '../../../src/matching/round/blocking.ts';
import { completeColumns } from '../../../src/matching/round/columns.ts';
import { fitAt, isAllowed } from '../../../src/matching/round/searchers.ts';
import { isLargest } from '../../../src/matching/round/largest.ts';
import { listColumns } from '../../../src/matching/round/listing.ts';
import type { Profiles } from '../../../src/matching/round/profiles.ts';
import { solveProfiles } from '../../../src/matching/round/plan.ts';
import { readPeople } from '../../../src/matching/round/people.ts';
import { seededRandom } from '../../support/context.ts';
import { mostMatched } from '../assign/graphs.ts';

const seeds = [1, 2, 3, 4, 5, 6];

describe('a round of more than 8,000', () => {
  const { profiles } = readPeople(population({ mentees: 8_100, mentors: 70, seed: 3 }));
  const solved = solveProfiles(profiles);

  test('matches as many as possible, misses the optimum by less than it proves, and proves less than a half in a thousand', () => {
    const all = solve(listColumns(profiles, { most: 70 }), profiles.capacity);
    matchAsManyAsPossible(all);
    const { matched, total } = totalOf(all.edges, all.slot);
    expect(totalOf(solved.edges, solved.slot).matched).toBe(matched);
    expect(solved.best).toBeLessThanOrEqual(total);
    expect(solved.bound).toBeGreaterThanOrEqual(total);
    expect(solved.bound - solved.best).toBeLessThan(0.0005 * total);
  });

  test('counts the mentees in blocking pairs as one would by looking at every pair', () => {
    const mentorOf = Array.from(solved.slot, (e) => (e < 0 ? -1 : solved.edges.mentor[e]!));
    expect(solved.blocking).toEqual(blockingByLooking(profiles, mentorOf));
    expect(solved.blocking.mentees).toBeLessThan(0.02 * 8_100);
    expect(totalOf(solved.edges, solved.slot).total).toBeGreaterThanOrEqual(0.994 * solved.best);
  });
});

describe('a round of a thousand', () => {
  test.each(seeds.map((seed) => 20_261_122 + seed))(
    'leaves few who would both rather have each other, for little of the fit (seed %i)',
    (seed) => {
      const { profiles } = readPeople(population({ mentees: 1_000, mentors: 250, seed }));
      const { slot, edges, best, blocking } = solveProfiles(profiles);
      expect(blocking.mentees).toBeLessThanOrEqual(0.02 * 1_000);
      expect(totalOf(edges, slot).total).toBeGreaterThanOrEqual(0.994 * best);
    },
  );
});

describe('a round in which everybody is like everybody', () => {
  test('fills every place, with whoever waits longest', () => {
    const { mentees, mentors, ...rest } = population({ mentees: 1_600, mentors: 130, seed: 5 });
    const mentor = { ...mentors[0]!, active: true, verified: true, acceptsFromRank: 0, capacity: 3 };
    const { profiles } = readPeople({
      ...rest,
      mentees: mentees.map(({ mentee: { id } }, i) => {
        return { ...mentees[0]!, mentee: { ...mentees[0]!.mentee, id }, waitingSince: i };
      }),
      mentors: mentors.map(({ id }) => ({ ...mentor, id })),
    });
    const { slot, blocking, bound, best } = solveProfiles(profiles);
    expect(Array.from(slot.keys()).filter((i) => slot[i]! >= 0)).toEqual(Array.from({ length: 390 }, (_, i) => i));
    expect(blocking).toEqual({ pairs: 0, mentees: 0 });
    expect(best).toBe(bound);
  });
});

describe('an optimum that began with too short lists', () => {
  test.each(seeds)('leaves no pair by which somebody would do better, listed or not (seed %i)', (seed) => {
    const { profiles } = readPeople(population({ mentees: 400, mentors: 100, seed }));
    const { matching, unlisted } = completeColumns(
      profiles,
      solve(listColumns(profiles, { most: 1 }), profiles.capacity),
    );
    const { profit, price, bonus } = matching;
    const better = eligiblePairs(profiles).filter(({ i, j, fit }) => fit + bonus - price[j]! > profit[i]!);
    expect({ better, unlisted }).toEqual({ better: [], unlisted: 0 });
  });
});

describe('looking for blocking pairs of one matching after the other', () => {
  test.each(seeds)('finds every one of each, listed or not (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const { profiles } = readPeople(population({ mentees: 90, mentors: 30, seed }));
    const edges = listColumns(profiles, { most: 4 });
    const find = blockingFinder(profiles);
    for (let again = 0; again < 6; again += 1) {
      const left = profiles.capacity.slice();
      const mentorOf = Array.from({ length: profiles.searchers.count }, (_, i) => {
        for (let e = edges.start[i]!; e < edges.end[i]!; e += 1) {
          const j = edges.mentor[e]!;
          if (left[j] === 0 || random() < 0.5) continue;
          left[j]! -= 1;
          return j;
        }
        return -1;
      });
      const slot = Int32Array.from(mentorOf, (j, i) => (j < 0 ? -1 : findEdge(edges, i, j)));
      const { blocking, mentees, isAll } = find({ edges, slot });
      expect({ pairs: blocking.length, mentees }).toEqual(blockingByLooking(profiles, mentorOf));
      expect(isAll).toBe(true);
      expect(Array.from(slot, (e) => (e < 0 ? -1 : edges.mentor[e]!))).toEqual(mentorOf);
    }
  });
});

describe('whether more could be matched', () => {
  test.each(seeds)('is told as by a maximum flow, also where few are eligible for each other (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const input = population({ mentees: 40, mentors: 16, seed });
    const languages = ['en', 'hi', 'es', 'ar', 'pt', 'ur', 'sw', 'lo'];
    const spoken = () => [languages[Math.floor(random() * languages.length)]!];
    const { profiles, mentees, packed } = readPeople({
      ...input,
      mentees: input.mentees.map((person) => ({ ...person, mentee: { ...person.mentee, languages: spoken() } })),
      mentors: input.mentors.map((mentor) => ({ ...mentor, languages: spoken() })),
      floor: seed % 2 === 0 ? 0 : 4_000,
    });
    const matching = solve(listColumns(profiles, { most: 16 }), profiles.capacity);
    const most = mostMatched({
      mentees: mentees.map(({ mentee: { id } }) => ({ id, waitingSince: 0 })),
      mentors: packed.mentors.map(({ id }, j) => ({ id, capacity: profiles.capacity[j]! })),
      edges: eligiblePairs(profiles).map(({ i, j, fit }) => {
        return { mentee: mentees[i]!.mentee.id, mentor: packed.mentors[j]!.id, fit };
      }),
    });
    const told = [];
    for (let i = 0; i < mentees.length; i += 1) {
      told.push([isLargest(profiles, matching), totalOf(matching.edges, matching.slot).matched === most]);
      if (random() < 0.5) setSlot(matching, i, -1);
    }
    expect(told.map(([is]) => is)).toEqual(told.map(([, should]) => should));
    expect(told.flat()).toContain(true);
    expect(told.flat()).toContain(false);
  });
});

describe('edges', () => {
  test('that are added to some rows stay with them and with their mentors, and slots that are kept follow', () => {
    const { profiles } = readPeople(population({ mentees: 30, mentors: 20, seed: 9 }));
    const edges = listColumns(profiles, { most: 3 });
    const rows = Array.from(edges.start, (from, i) => Array.from(edges.mentor.subarray(from, edges.end[i])));
    const kept = edges.end.map((end, i) => (end > edges.start[i]! ? end - 1 : -1));
    const last = Array.from(kept, (e) => edges.mentor[e]!);
    for (const every of [3, 1, 7]) {
      const extended = [...rows.keys()].toReversed().filter((i) => i % every === 0);
      const mentorFor = (i: number) => (i * every) % 20;
      extendRows(edges, extended.map((i) => ({ i, more: [{ mentor: mentorFor(i), fit: i, u: i, v: i }] })), [kept]); // prettier-ignore
      for (const i of extended) rows[i]!.push(mentorFor(i));
    }
    expect(Array.from(kept, (e) => edges.mentor[e]!)).toEqual(last);
    for (const [i, row] of rows.entries()) {
      expect(Array.from(edges.mentor.subarray(edges.start[i], edges.end[i]))).toEqual(row);
    }
    for (let j = 0; j < 20; j += 1) {
      const here: number[] = [];
      for (let e = edges.columnHead[j]!; e >= 0; e = edges.columnNext[e]!) if (edges.mentee[e]! >= 0) here.push(e);
      expect(here.every((e) => edges.mentor[e] === j)).toBe(true);
      expect(here.length).toBe(rows.flat().filter((mentor) => mentor === j).length);
    }
  });
});

function eligiblePairs({ searchers, shelves, floor, capacity }: Profiles) {
  return Array.from({ length: searchers.count }, (_, i) => ({ i, searcher: searchers.own(i) })).flatMap(
    ({ i, searcher }) =>
      Array.from(shelves.sections[0]!.mentor).flatMap((j) => {
        const fit = fitAt(shelves.packed, searcher, j);
        return capacity[j]! > 0 && fit >= floor && isAllowed(shelves.packed, searcher, j) ? [{ i, j, fit }] : [];
      }),
  );
}

/** Every eligible pair, both sides' gain looked at. */
function blockingByLooking(profiles: Profiles, mentorOf: readonly number[]) {
  const { searchers, shelves, capacity } = profiles;
  const load = new Int32Array(capacity.length);
  const worst = new Float64Array(capacity.length).fill(Infinity);
  for (const [i, j] of mentorOf.entries()) {
    if (j < 0) continue;
    load[j]! += 1;
    worst[j] = Math.min(worst[j]!, fitAt(shelves.packed, searchers.plain(i), j));
  }
  const blocking = eligiblePairs(profiles).filter(({ i, j, fit }) => {
    const own = mentorOf[i]!;
    const menteeGains = own < 0 || fit - fitAt(shelves.packed, searchers.own(i), own) >= 500;
    const mentorGains = load[j]! < capacity[j]! || fitAt(shelves.packed, searchers.plain(i), j) - worst[j]! >= 500;
    return own !== j && menteeGains && mentorGains;
  });
  return { pairs: blocking.length, mentees: new Set(blocking.map(({ i }) => i)).size };
}
