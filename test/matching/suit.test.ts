import { expect, test } from 'vitest';
import { population } from '../../bench/population.ts';
import { firstObstacle, pack, suitingFor, suitsAlso, usualWeights } from '../../src/matching/index.ts';
import { catalogue } from '../../src/mentoring/matchable.ts';
import { seededRandom } from '../support/context.ts';

const rules = { verificationRequired: true, weights: usualWeights };
const none = { blocked: new Set<string>(), badFit: new Set<string>(), asked: new Set<string>() };

test.each([1, 2, 3])('who suits, and who waits for the same mentors, is as the rules say pair by pair (%i)', (seed) => {
  const random = seededRandom(seed);
  const { mentors: all, mentees } = population({ mentees: 60, mentors: 150, seed });
  // Some have no room, some have paused, some speak a language that has no bit of its own.
  const mentors = all.map((mentor, i) => ({
    ...mentor,
    mentees: random() < 0.4 ? mentor.capacity : 0,
    active: random() < 0.8,
    ...(i % 9 === 0 ? { languages: ['sw'] } : {}),
  }));
  const packed = pack(mentors, catalogue);
  const [yes, no] = [{ n: 0 }, { n: 0 }];
  for (const [m, { mentee: who }] of mentees.entries()) {
    const mentee = m % 5 === 0 ? { ...who, languages: ['sw'] } : who;
    const relations = { ...none, blocked: new Set(mentors.filter(() => random() < 0.1).map(({ id }) => id)) };
    const asking = { mentee, masks: packed.masker.masks(mentee), relations, rules };
    const suiting = suitingFor(asking, packed);
    const obstacles = mentors.map((_, i) => firstObstacle({ ...asking, packed, i }));
    expect(mentors.map((_, i) => suiting.isEligible(i))).toEqual(obstacles.map((rule) => rule === undefined));
    const open = mentors.flatMap((mentor, i) =>
      obstacles[i] === undefined || obstacles[i] === 'full' ? [{ ...mentor, mentees: 0, capacity: 1 }] : [],
    );
    const alone = pack(open, catalogue);
    for (const { mentee: other } of mentees.slice(0, 20)) {
      const masks = alone.masker.masks(other);
      const isAlike = open.some((_, i) => firstObstacle({ mentee: other, masks, relations: none, rules, packed: alone, i }) === undefined); // prettier-ignore
      expect(suitsAlso(other, suiting, packed, rules)).toBe(isAlike);
      (isAlike ? yes : no).n += 1;
    }
  }
  expect(Math.min(yes.n, no.n), 'both come about').toBeGreaterThan(20);
});
