import { expect, test } from 'vitest';
import { population } from '../../bench/population.ts';
import { type Mentor, pack, Roster, suggest, usualWeights } from '../../src/matching/index.ts';
import { catalogue } from '../../src/mentoring/matchable.ts';
import { seededRandom } from '../support/context.ts';

test.each([1, 2, 3])('a roster that mentors join, change in and leave suggests as one packed anew (%i)', (seed) => {
  const random = seededRandom(seed);
  const rare = ['sw', 'lo', 'ht'];
  const { mentors: all, mentees } = population({ mentees: 40, mentors: 120, seed });
  const now = new Map<string, Mentor>(all.slice(0, 30).map((mentor) => [mentor.id, mentor]));
  const roster = new Roster([...now.values()], catalogue);
  const given = {
    k: 5,
    relations: { blocked: new Set<string>(), badFit: new Set<string>(), asked: new Set<string>() },
    rules: { verificationRequired: true, weights: usualWeights },
  };
  for (let i = 0; i < 300; i += 1) {
    const one = all[Math.floor(random() * all.length)]!;
    const found = all[Math.floor(random() * all.length)]!;
    // Some speak a language that has no bit of its own, and nothing else.
    const changes = random() < 0.3 ? { ...found, languages: [rare[i % rare.length]!] } : found;
    if (random() < 0.35) {
      now.delete(one.id);
      roster.remove(one.id);
    } else {
      const mentor = { ...changes, id: one.id, active: random() < 0.8, mentees: random() < 0.2 ? changes.capacity : 0 };
      now.set(one.id, mentor);
      roster.put(mentor);
    }
    const fresh = pack([...now.values()], catalogue);
    const who = mentees[i % mentees.length]!.mentee;
    const mentee = i % 3 === 0 ? { ...who, languages: ['sw'] } : who;
    expect(suggest(mentee, roster.packed, given)).toEqual(suggest(mentee, fresh, given));
  }
  for (const id of now.keys()) roster.remove(id);
  expect(suggest(mentees[0]!.mentee, roster.packed, given)).toMatchObject({ eligible: 0, considered: 0 });
  expect(roster.packed.choices.count.every((count) => count === 0)).toBe(true);
});
