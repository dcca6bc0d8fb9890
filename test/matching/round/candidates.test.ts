import { describe, expect, test } from 'vitest';
import { population } from '../../../bench/population.ts';
import { createFound, findCandidates } from '../../../src/matching/round/candidates.ts';
import { fit, seekerOf } from '../../../src/matching/fit.ts';
import type { RoundInput } from '../../../src/matching/index.ts';
import { priceShelves, pricesFor } from '../../../src/matching/round/look.ts';
import { readPeople, relationsOf } from '../../../src/matching/round/people.ts';
import { seededRandom } from '../../support/context.ts';
import { obstacleOf } from '../reference.ts';

const seeds = [1, 2, 3, 4, 5];

describe('a look for mentors', () => {
  test.each(seeds)('finds those who give most, as looking at everybody does, whatever the prices (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const input = mixed(seed);
    const { packed, mentees, profiles } = readPeople(input);
    const price = packed.mentors.map(() => (random() < 0.1 ? 0 : Math.floor(random() * 9_000)));
    const prices = priceShelves(profiles.shelves, pricesFor(profiles, price));
    let seen = 0;
    for (const [i, person] of mentees.entries()) {
      const most = 1 + Math.floor(random() * 12);
      const atLeast = Math.floor(random() * 6_000) - 4_000;
      const floor = random() < 0.5 ? 0 : Math.floor(random() * 8_000);
      const found = createFound(most);
      findCandidates(profiles.shelves, prices, profiles.searchers.own(i), { atLeast, floor }, found);
      const seeker = seekerOf(person.mentee, packed.masker.masks(person.mentee), packed, input.rules.weights);
      const everybody = packed.mentors.flatMap((mentor, j) => {
        const isEligible = !obstacleOf(person.mentee, mentor, relationsOf(person), input.rules);
        const value = fit(seeker, packed, j);
        return isEligible && value >= floor && value - price[j]! >= atLeast ? [value - price[j]!] : [];
      });
      const profits = Array.from(found.profit.subarray(0, found.size));
      expect(profits.toSorted((a, b) => b - a)).toEqual(everybody.toSorted((a, b) => b - a).slice(0, most));
      expect(new Set(found.mentor.subarray(0, found.size)).size).toBe(found.size);
      for (let at = 0; at < found.size; at += 1) {
        const j = found.mentor[at]!;
        expect(found.fit[at]).toBe(fit(seeker, packed, j));
        expect(found.profit[at]).toBe(found.fit[at]! - price[j]!);
        expect(obstacleOf(person.mentee, packed.mentors[j]!, relationsOf(person), input.rules)).toBeUndefined();
      }
      seen += found.size;
    }
    expect(seen).toBeGreaterThan(100);
  });
});

/** A population with more of what is rare: other languages only, no topics, nobody's specialty, things between two. */
function mixed(seed: number): RoundInput {
  const random = seededRandom(1_000 + seed);
  const input = population({ mentees: 80, mentors: 240, seed });
  // The last three have no bit of their own.
  const languages = ['en', 'hi', 'es', 'ar', 'sw', 'lo', 'ht'];
  const anyLanguage = () => [languages[Math.floor(random() * languages.length)]!];
  return {
    ...input,
    mentees: input.mentees.map((person) => ({
      ...person,
      mentee: {
        ...person.mentee,
        ...(random() < 0.3 && { languages: anyLanguage() }),
        ...(random() < 0.1 && { topics: [] }),
        ...(random() < 0.1 && { specialties: [input.catalogue.undecided] }),
      },
      relations: {
        blocked: random() < 0.3 ? [`m00000${Math.floor(random() * 10)}`] : [],
        badFit: random() < 0.3 ? [`m00001${Math.floor(random() * 10)}`] : [],
        asked: random() < 0.3 ? [`m00002${Math.floor(random() * 10)}`] : [],
      },
    })),
    mentors: input.mentors.map((mentor) => ({ ...mentor, ...(random() < 0.3 && { languages: anyLanguage() }) })),
  };
}
