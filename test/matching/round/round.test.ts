import { describe, expect, test } from 'vitest';
import { population } from '../../../bench/population.ts';
import { matchAsManyAsPossible, solve, totalOf } from '../../../src/matching/assign/index.ts';
import { nextBest, pack, planRound, type RoundInput, type RoundPlan } from '../../../src/matching/index.ts';
import { listColumns } from '../../../src/matching/round/listing.ts';
import { solveProfiles } from '../../../src/matching/round/plan.ts';
import { readPeople } from '../../../src/matching/round/people.ts';
import { fitOf, obstacleOf } from '../reference.ts';

const input = population({ mentees: 160, mentors: 45, seed: 7 });
const plan = planRound(input);
const noRelations = { blocked: new Set<string>(), badFit: new Set<string>(), asked: new Set<string>() };

const menteeBy = (id: string) => input.mentees.find(({ mentee }) => mentee.id === id)!;
const mentorBy = (id: string) => input.mentors.find((mentor) => mentor.id === id)!;
const pairsIn = ({ pairs }: RoundPlan) => pairs.map(({ menteeId, mentorId }) => [menteeId, mentorId] as const);

describe('a round', () => {
  test('pairs only who are eligible, by the fit that they have everywhere, within the places', () => {
    expect(plan.pairs.length).toBeGreaterThan(90);
    const taken = new Map<string, number>();
    for (const { menteeId, mentorId, fit } of plan.pairs) {
      const { mentee } = menteeBy(menteeId);
      const mentor = mentorBy(mentorId);
      expect(obstacleOf(mentee, mentor, noRelations, input.rules)).toBeUndefined();
      expect(Math.abs(fit - fitOf(mentee, mentor, input.catalogue, input.rules.weights))).toBeLessThanOrEqual(0.51);
      taken.set(mentorId, (taken.get(mentorId) ?? 0) + 1);
    }
    for (const [id, count] of taken) expect(count).toBeLessThanOrEqual(mentorBy(id).capacity);
  });

  test('counts everybody once, and its figures are those of its pairs', () => {
    const ids = [...plan.pairs, ...plan.unmatched].map(({ menteeId }) => menteeId);
    expect(ids.toSorted()).toEqual(input.mentees.map(({ mentee }) => mentee.id).toSorted());
    const { figures } = plan;
    expect(figures.matched).toBe(plan.pairs.length);
    expect(figures.total).toBe(plan.pairs.reduce((sum, { fit }) => sum + fit, 0));
    expect(figures.bound).toBeGreaterThanOrEqual(figures.total);
    expect(figures.gap).toBeLessThan(0.006);
    expect(figures.weakest).toBe(Math.min(...plan.pairs.map(({ fit }) => fit)));
    expect(figures.matched).toBeGreaterThanOrEqual(plan.beside.greedy.matched);
    expect(figures.bound).toBeGreaterThanOrEqual(plan.beside.deferredAcceptance.total);
  });

  test('counts blocking pairs as one would by looking at every pair', () => {
    expect(plan.figures.blocking.pairs).toBe(blockingByLooking(input, plan));
  });

  test('is the same to the byte whatever the order of what it is given', () => {
    const turned: RoundInput = { ...input, mentees: input.mentees.toReversed(), mentors: input.mentors.toReversed() };
    expect(JSON.stringify(planRound(turned))).toBe(JSON.stringify(plan));
  });

  test.each([
    ['west', { west: 1, east: 2 }],
    ['east', { west: 2, east: 1 }],
    ['east', { west: 1, east: 1 }],
  ])(
    'gives a place that two would fill alike, far from each other, to who waits longer, then by id: %s',
    (who, since) => {
      const [person] = input.mentees;
      const mentor = { ...input.mentors[0]!, active: true, verified: true, acceptsFromRank: 0, offsetMinutes: 0 };
      const from = (id: 'west' | 'east', offsetMinutes: number) => ({
        ...person!,
        mentee: { ...person!.mentee, id, active: true, country: undefined, offsetMinutes },
        waitingSince: since[id],
      });
      const mentees = [from('west', -120), from('east', 120)];
      const { pairs } = planRound({ ...input, floor: 0, mentees, mentors: [{ ...mentor, capacity: 1, mentees: 0 }] });
      expect(pairs.map(({ menteeId }) => menteeId)).toEqual([who]);
    },
  );

  test.each([1, 2, 3, 4, 5, 6])(
    'matches whoever waits longer of two whom every mentor suits alike, also after exchanges (seed %i)',
    (seed) => {
      const { mentees, mentors, ...rest } = population({ mentees: 120, mentors: 60, seed });
      // As far to the east of all mentors as to the west.
      const twin = (id: string, offsetMinutes: number, waitingSince: number, of: (typeof mentees)[number]) => {
        return { ...of, mentee: { ...of.mentee, id, offsetMinutes }, waitingSince };
      };
      const { pairs, figures } = planRound({
        ...rest,
        mentors: mentors.map((mentor) => ({ ...mentor, offsetMinutes: 0 })),
        mentees: mentees.flatMap((of, k) => [
          twin(`${k} first`, k % 2 === 0 ? 90 : -90, 2 * k, of),
          twin(`${k} later`, k % 2 === 0 ? -90 : 90, 2 * k + 1, of),
        ]),
      });
      expect(figures.gap).toBeGreaterThan(0);
      const matched = new Set(pairs.map(({ menteeId }) => menteeId));
      const numbers = [...mentees.keys()].filter((k) => matched.has(`${k} first`) !== matched.has(`${k} later`));
      expect(numbers.length).toBeGreaterThan(2);
      expect(numbers.filter((k) => matched.has(`${k} later`))).toEqual([]);
    },
  );

  test('survives the way into a thread and back', () => {
    expect(structuredClone(planRound(structuredClone(input)))).toEqual(plan);
  });

  test('keeps what moderators pinned and leaves apart what they forbade', () => {
    const [first, second] = pairsIn(plan);
    const pinned = planRound({ ...input, pinned: [[first![0], first![1]]], forbidden: [second!] });
    expect(pinned.pairs.find(({ menteeId }) => menteeId === first![0])).toMatchObject({
      mentorId: first![1],
      pinned: true,
    });
    expect(pairsIn(pinned)).not.toContainEqual(second);
  });

  test('drops a pin that the rules no longer allow, and says which rule', () => {
    const [menteeId, mentorId] = pairsIn(plan)[0]!;
    const mentees = input.mentees.map((person) =>
      person.mentee.id === menteeId ? { ...person, relations: { blocked: [mentorId], badFit: [], asked: [] } } : person,
    );
    const without = planRound({ ...input, mentees, pinned: [[menteeId, mentorId]] });
    expect(without.droppedPins).toEqual([{ menteeId, mentorId, rule: 'blocked' }]);
    expect(pairsIn(without)).not.toContainEqual([menteeId, mentorId]);
  });

  test('leaves people below the floor waiting and says why', () => {
    const strict = planRound({ ...input, floor: 9000 });
    expect(strict.pairs.every(({ fit }) => fit >= 9000)).toBe(true);
    const below = strict.unmatched.filter(({ why }) => why === 'below-floor');
    expect(below.length).toBeGreaterThan(50);
    expect(below.every(({ bestFit }) => bestFit !== undefined && bestFit < 9000)).toBe(true);
  });

  test('says of everybody who waits whether nobody is eligible or the places went to others', () => {
    for (const { why, eligible, bestFit } of plan.unmatched) {
      expect(why === 'no-eligible').toBe(eligible === 0);
      expect(bestFit === undefined).toBe(eligible === 0);
    }
  });

  test('may be empty on either side', () => {
    const nobody = planRound({ ...input, mentees: [] });
    expect(nobody.figures).toMatchObject({ matched: 0, total: 0, bound: 0, gap: 0 });
    const alone = planRound({ ...input, mentors: [] });
    expect(alone.pairs).toEqual([]);
    expect(alone.unmatched.every(({ why }) => why === 'no-eligible')).toBe(true);
  });

  test('tells how far it is, never backwards', () => {
    const told: number[] = [];
    planRound(input, ({ done }) => told.push(done));
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  test.each([
    [{ ...input, floor: Number.NaN }, 'a floor of NaN'],
    [
      { ...input, pinned: [['nobody', 'm000001']] as const },
      'pair of mentee nobody and mentor m000001: no such mentee',
    ],
    [{ ...input, forbidden: [['e000001', 'nobody']] as const }, 'no such mentor'],
    [{ ...input, mentors: [{ ...input.mentors[0]!, capacity: 1.5 }] }, 'of 1.5 places taken'],
    [{ ...input, mentees: [input.mentees[0]!, input.mentees[0]!] }, 'is there twice'],
  ])('refuses input that makes no sense by its name (%#)', (odd, words) => {
    expect(() => planRound(odd)).toThrow(words);
  });
});

describe('a round so large that prices are predicted from a sample', () => {
  // Many who wait for few places, and few for many: then some places stay free.
  test.each([
    [1_600, 250, 0],
    [1_600, 900, 0],
    [1_600, 400, 7_000],
  ])(
    'of %i mentees and %i mentors with a floor of %i is as good as with every pair listed',
    (mentees, mentors, floor) => {
      const { profiles } = readPeople({ ...population({ mentees, mentors, seed: 11 }), floor });
      const solved = solveProfiles(profiles);
      const all = solve(listColumns(profiles, { most: mentors }), profiles.capacity);
      matchAsManyAsPossible(all);
      const { matched, total } = totalOf(all.edges, all.slot);
      expect(totalOf(solved.edges, solved.slot).matched).toBe(matched);
      expect(solved.best).toBe(total);
      expect(solved.bound).toBe(total);
      expect(totalOf(solved.edges, solved.slot).total).toBeGreaterThanOrEqual(0.994 * total);
    },
  );

  test('is the same to the byte whatever the order of what it is given', () => {
    const large = population({ mentees: 1_600, mentors: 300, seed: 12 });
    const turned = { ...large, mentees: large.mentees.toReversed(), mentors: large.mentors.toReversed() };
    expect(JSON.stringify(planRound(turned))).toBe(JSON.stringify(planRound(large)));
  });
});

describe('the next best mentor', () => {
  const { mentee } = input.mentees.find(({ mentee }) => plan.pairs.some(({ menteeId }) => menteeId === mentee.id))!;
  const packed = pack(input.mentors, input.catalogue);
  const given = { ...input, packed, mentee, relations: { blocked: [], badFit: [], asked: [] }, without: [], floor: 0 };

  test('is the best of those left, never one who declined, and nobody below the floor', () => {
    const best = nextBest(given)!;
    const next = nextBest({ ...given, without: [best.mentor.id] })!;
    expect(next.mentor.id).not.toBe(best.mentor.id);
    expect(next.fit).toBeLessThanOrEqual(best.fit);
    expect(nextBest({ ...given, floor: best.fit + 1 })).toBeUndefined();
  });
});

/** Every pair of the guild, both sides' gain from the plain reference. */
function blockingByLooking({ mentees, mentors, catalogue, rules }: RoundInput, { pairs }: RoundPlan): number {
  const mentorOf = new Map(pairs.map(({ menteeId, mentorId }) => [menteeId, mentorId]));
  const rounded = (mentee: (typeof mentees)[number]['mentee'], mentor: (typeof mentors)[number]) =>
    Math.round(fitOf(mentee, mentor, catalogue, rules.weights));
  const plain = (person: (typeof mentees)[number], mentor: (typeof mentors)[number]) =>
    rounded({ ...person.mentee, priority: undefined }, mentor);
  let blocking = 0;
  for (const mentor of mentors) {
    const held = mentees.filter(({ mentee }) => mentorOf.get(mentee.id) === mentor.id);
    const worst = Math.min(...held.map((person) => plain(person, mentor)));
    for (const person of mentees) {
      if (obstacleOf(person.mentee, mentor, noRelations, rules) || held.includes(person)) continue;
      const own = mentorOf.get(person.mentee.id);
      const now =
        own === undefined
          ? -Infinity
          : rounded(
              person.mentee,
              mentors.find(({ id }) => id === own)!,
            );
      const mentorGains = held.length < mentor.capacity || plain(person, mentor) - worst >= 500;
      if (mentorGains && rounded(person.mentee, mentor) - now >= 500) blocking += 1;
    }
  }
  return blocking;
}
