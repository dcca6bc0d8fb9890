import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Catalogue,
  commonWakingMinutes,
  fitScale,
  type GuildRules,
  type Mentee,
  type Mentor,
  pack,
  parts,
  type Relations,
  rules as ruleNames,
  suggest,
  usualWeights,
  type Weights,
  weightsFor,
} from '../../src/matching/index.ts';
import { countryPart, hoursPart, specialtyPart, stagePart, topicsPart } from '../../src/matching/fit.ts';
import { population } from '../../bench/population.ts';
import { fitOf as plainFitOf, minutesAwakeTogether, orderEverybody } from './reference.ts';

const catalogue: Catalogue = {
  families: new Map([
    ['internal-medicine', 'primary-care'],
    ['family-medicine', 'primary-care'],
    ['pathology', 'diagnostic'],
    ['neurology', 'neurosciences'],
    ['undecided', 'undecided'],
  ]),
  // More than a mask has bits: the last ones of those whom people here speak share one.
  languages: ['en', 'ar', ...Array.from({ length: 40 }, (_, i) => `language-${i}`), 'ur', 'es', 'fa'],
  topics: ['exams', 'interviews', 'visas', 'research', 'wellbeing'],
  usualLanguage: 'en',
  undecided: 'undecided',
};
const rules: GuildRules = { verificationRequired: true, weights: usualWeights };
const noRelations: Relations = { blocked: new Set(), badFit: new Set(), asked: new Set() };

const mentee: Mentee = {
  id: 'mentee',
  active: true,
  stageRank: 5,
  specialties: ['internal-medicine'],
  languages: ['en', 'ar'],
  topics: ['interviews', 'visas'],
  offsetMinutes: 120,
};
const mentor: Mentor = {
  id: 'mentor',
  active: true,
  verified: true,
  stageRank: 8,
  specialties: ['internal-medicine'],
  languages: ['en'],
  topics: ['interviews', 'visas', 'research'],
  offsetMinutes: -300,
  capacity: 2,
  mentees: 0,
  acceptsFromRank: 0,
  requestsLately: 0,
  waitingSince: 0,
};

const suggestTo = (who: Mentee, mentors: readonly Mentor[], relations = noRelations, k = 5) =>
  suggest(who, pack(mentors, catalogue), { k, relations, rules });
const fitOf = (who: Mentee, whom: Mentor) => suggestTo(who, [whom]).suggestions[0]?.fit;

describe('a mentor is not suggested', () => {
  const one = (changes: Partial<Mentor>, relations: Partial<Relations> = {}, who: Partial<Mentee> = {}) =>
    suggestTo({ ...mentee, ...who }, [{ ...mentor, ...changes }], { ...noRelations, ...relations });

  test('unless nothing stands in the way', () => {
    expect(one({}).suggestions).toHaveLength(1);
  });

  test.each([
    ['same-person', { id: 'mentee' }, {}, {}],
    ['blocked', {}, { blocked: new Set(['mentor']) }, {}],
    ['bad-fit', {}, { badFit: new Set(['mentor']) }, {}],
    ['already-asked', {}, { asked: new Set(['mentor']) }, {}],
    ['unverified', { verified: false }, {}, {}],
    ['paused', { active: false }, {}, {}],
    ['paused', {}, {}, { active: false }],
    ['stage', { stageRank: 5 }, {}, {}],
    ['stage-not-accepted', { acceptsFromRank: 6 }, {}, {}],
    ['language', { languages: ['ur'] }, {}, {}],
    ['full', { mentees: 2 }, {}, {}],
  ] as const)('when the rule is %s', (rule, changes, relations, who) => {
    const { suggestions, excluded } = one(changes, relations, who);
    expect(suggestions).toHaveLength(0);
    expect(excluded[rule]).toBe(1);
  });

  test('without verification only where the guild asks for it', () => {
    const packed = pack([{ ...mentor, verified: false }], catalogue);
    const given = { k: 5, relations: noRelations };
    expect(suggest(mentee, packed, { ...given, rules: { ...rules, verificationRequired: false } }).eligible).toBe(1);
    expect(suggest(mentee, packed, { ...given, rules: { ...rules, verificationRequired: true } }).eligible).toBe(0);
  });
});

describe('the fit', () => {
  test('is whole for the same specialty, all topics, three stages ahead, the same clock, country and language', () => {
    const here = { offsetMinutes: 300, country: 'PK', languages: ['en', 'ur'] };
    expect(fitOf({ ...mentee, ...here }, { ...mentor, ...here })).toBe(fitScale);
  });

  test('falls with the family, then with nothing in common', () => {
    const same = fitOf(mentee, mentor) ?? 0;
    const family = fitOf(mentee, { ...mentor, specialties: ['family-medicine'] }) ?? 0;
    const other = fitOf(mentee, { ...mentor, specialties: ['pathology'] }) ?? 0;
    expect(same - family).toBe(usualWeights.specialty / 2);
    expect(family - other).toBe(usualWeights.specialty / 2);
  });

  test('treats somebody undecided alike with every specialty', () => {
    const open = { ...mentee, specialties: ['undecided'] };
    expect(fitOf(open, mentor)).toBe(fitOf(open, { ...mentor, specialties: ['pathology'] }));
  });

  test('counts the country only when both show it', () => {
    expect(fitOf({ ...mentee, country: 'EG' }, mentor)).toBe(fitOf(mentee, mentor));
    expect(fitOf({ ...mentee, country: 'EG' }, { ...mentor, country: 'EG' })).toBe(
      (fitOf(mentee, mentor) ?? 0) + 0.6 * usualWeights.country,
    );
  });

  test.each([
    ['one that many speak', 'ar', true],
    ['one beyond the bits of a mask', 'fa', true],
    ['English', 'en', false],
  ])('counts a language in common, and names it: %s', (_what, language, counts) => {
    const speaker = { ...mentee, languages: ['en', 'ur', language] };
    const alone = { ...mentor, languages: ['en', 'es'] };
    const both = { ...mentor, languages: ['en', 'es', language] };
    const more = counts ? 0.4 * usualWeights.country : 0;
    expect(fitOf(speaker, both)).toBe((fitOf(speaker, alone) ?? 0) + more);
    const given = { k: 1, relations: noRelations, rules };
    const reasons = suggest(speaker, pack([both], catalogue), given).suggestions[0]?.reasons;
    const named = { part: 'language', languages: [language] };
    if (counts) expect(reasons).toContainEqual(named);
    else expect(reasons?.filter(({ part }) => part === 'language')).toEqual([]);
  });

  test('has weights that add up to the scale, also with one of them doubled', () => {
    for (const priority of [undefined, ...parts]) {
      const sum = parts.reduce((total, part) => total + weightsFor(usualWeights, priority)[part], 0);
      expect(sum).toBeCloseTo(fitScale, 6);
    }
    const ratio = (priority?: 'topics') =>
      weightsFor(usualWeights, priority).topics / weightsFor(usualWeights, priority).stage;
    expect(ratio('topics')).toBeCloseTo(2 * ratio(), 9);
  });

  test.each([
    ['the same zone', 0, 0, 960],
    ['Karachi and Chicago', 300, -360, 480],
    ['Kathmandu and Lagos', 345, 60, 675],
    ['the two ends of the date line', 840, -720, 840],
    ['half a day apart', 720, 0, 480],
  ])('counts waking hours in common on the circle of the clock: %s', (_, a, b, minutes) => {
    expect(commonWakingMinutes(a, b)).toBe(minutes);
    expect(commonWakingMinutes(b, a)).toBe(minutes);
  });
});

describe('of mentors who suit alike', () => {
  const alike: Mentor[] = [
    { ...mentor, id: 'asked-twice', requestsLately: 2, waitingSince: 1 },
    { ...mentor, id: 'new', requestsLately: 0, waitingSince: 9 },
    { ...mentor, id: 'twin-b', requestsLately: 0, waitingSince: 5 },
    { ...mentor, id: 'asked-once', requestsLately: 1, waitingSince: 1 },
    { ...mentor, id: 'twin-a', requestsLately: 0, waitingSince: 5 },
  ];
  const order = ['twin-a', 'twin-b', 'new', 'asked-once', 'asked-twice'];

  test.each([1, 2, 3, 4, 5, 6])(
    'the less asked comes first, then the one waiting longest, then id: %i of them',
    (k) => {
      for (const mentors of [alike, alike.toReversed()]) {
        const { suggestions, eligible } = suggestTo(mentee, mentors, noRelations, k);
        expect(suggestions.map(({ mentor }) => mentor.id)).toEqual(order.slice(0, k));
        expect(eligible).toBe(5);
      }
    },
  );
});

test('what lies between one mentee and a mentor does not lie between the mentor and others', () => {
  const packed = pack([mentor], catalogue);
  const blocked = { ...noRelations, blocked: new Set(['mentor']) };
  expect(suggest(mentee, packed, { k: 5, relations: blocked, rules }).eligible).toBe(0);
  expect(suggest(mentee, packed, { k: 5, relations: noRelations, rules }).eligible).toBe(1);
});

describe('reasons', () => {
  test('say what speaks for the pair, the weightiest first, and nothing that does not', () => {
    const { suggestions } = suggestTo(mentee, [mentor]);
    expect(suggestions[0]?.reasons).toEqual([
      { part: 'specialty', kind: 'same', specialties: ['internal-medicine'] },
      { part: 'topics', topics: ['interviews', 'visas'] },
      { part: 'stage', ahead: 3 },
      { part: 'hours', hours: 9 },
    ]);
  });

  test('put first what the mentee marked as most important', () => {
    const { suggestions } = suggestTo({ ...mentee, priority: 'topics' }, [mentor]);
    expect(suggestions[0]?.reasons[0]?.part).toBe('topics');
  });

  test('say last that the waking hours in common are no more than any two zones share', () => {
    const { suggestions } = suggestTo({ ...mentee, offsetMinutes: 420 }, [mentor]);
    expect(suggestions[0]?.reasons.at(-1)).toEqual({ part: 'hours', hours: 8, few: true });
    expect(suggestions[0]?.reasons.filter(({ part }) => part === 'hours')).toHaveLength(1);
  });

  test('name the specialties of the family where none is the same', () => {
    const { suggestions } = suggestTo(mentee, [{ ...mentor, specialties: ['pathology', 'family-medicine'] }]);
    expect(suggestions[0]?.reasons).toContainEqual({
      part: 'specialty',
      kind: 'family',
      specialties: ['family-medicine'],
    });
  });

  test('do not call it a reason that somebody undecided fits everywhere', () => {
    const { suggestions } = suggestTo({ ...mentee, specialties: ['undecided'] }, [mentor]);
    expect(suggestions[0]?.reasons.map(({ part }) => part)).not.toContain('specialty');
  });
});

const some = (of: readonly string[]) => fc.uniqueArray(fc.constantFrom(...of), { minLength: 1, maxLength: 3 });
const person = {
  stageRank: fc.integer({ min: 1, max: 10 }),
  specialties: some([...catalogue.families.keys()]),
  languages: some(['en', 'ar', 'ur', 'es', 'fa']),
  topics: fc.uniqueArray(fc.constantFrom(...catalogue.topics), { maxLength: 4 }),
  offsetMinutes: fc.integer({ min: -48, max: 56 }).map((quarters) => quarters * 15),
  country: fc.constantFrom(undefined, 'PK', 'EG'),
  active: fc.boolean(),
};
const anyMentor: fc.Arbitrary<Omit<Mentor, 'id'>> = fc.record({
  ...person,
  verified: fc.boolean(),
  capacity: fc.integer({ min: 0, max: 3 }),
  mentees: fc.integer({ min: 0, max: 3 }),
  acceptsFromRank: fc.integer({ min: 0, max: 6 }),
  requestsLately: fc.integer({ min: 0, max: 2 }),
  waitingSince: fc.integer({ min: 0, max: 2 }),
});
const anyMentors = fc
  .array(anyMentor, { maxLength: 40 })
  .map((list) => list.map((each, i) => ({ ...each, id: `m${i}` })));
const anyMentee: fc.Arbitrary<Mentee> = fc.record({
  ...person,
  id: fc.constantFrom('mentee', 'm3'),
  active: fc.constantFrom(true, true, true, false),
  priority: fc.constantFrom(undefined, ...parts),
});
const anyRelations: fc.Arbitrary<Relations> = fc.record({
  blocked: fc.subarray(['m1', 'm2']).map((ids) => new Set(ids)),
  badFit: fc.subarray(['m4']).map((ids) => new Set(ids)),
  asked: fc.subarray(['m5', 'm6']).map((ids) => new Set(ids)),
});
/** Percentages as a moderator might name them, brought to the scale. */
const anyWeights: fc.Arbitrary<Weights> = fc
  .tuple(...parts.map(() => fc.nat(100)))
  .filter((points) => points.some((each) => each > 0))
  .map((points) => {
    const sum = points.reduce((total, each) => total + each, 0);
    const weights = points.map((each) => Math.floor((each * fitScale) / sum));
    const largest = weights.indexOf(Math.max(...weights));
    const left = fitScale - weights.reduce((total, each) => total + each, 0);
    return Object.fromEntries(
      parts.map((part, i) => [part, (weights[i] ?? 0) + (i === largest ? left : 0)]),
    ) as Weights;
  });
const seeded = { seed: 20_261_123, numRuns: 300 };

describe('for any community', () => {
  test('of thousands of mentors, most of them never looked at closely, the same few are suggested', () => {
    const { mentees, mentors, rules, catalogue } = population({ mentees: 40, mentors: 3_000, seed: 7 });
    const packed = pack(mentors, catalogue);
    for (const [i, { mentee }] of mentees.entries()) {
      const who = { ...mentee, priority: [undefined, ...parts][i % (parts.length + 1)] };
      const given = { k: 1 + (i % 12), relations: noRelations, rules };
      const found = suggest(who, packed, given);
      const fit = (whom: Mentor) => Math.round(plainFitOf(who, whom, catalogue, rules.weights));
      const { ordered, excluded } = orderEverybody(who, mentors, given, fit);
      expect(found.suggestions.map(({ mentor, fit }) => ({ mentor, fit }))).toEqual(ordered.slice(0, given.k));
      expect(found.eligible).toBe(ordered.length);
      for (const rule of ruleNames) expect(found.excluded[rule], rule).toBe(excluded.get(rule) ?? 0);
    }
  });

  test('the suggestions are the first of everybody, scored and sorted the slow way', () => {
    fc.assert(
      fc.property(
        anyMentee,
        anyMentors,
        anyRelations,
        fc.boolean(),
        anyWeights,
        (who, mentors, relations, verificationRequired, weights) => {
          const given = { k: 5, relations, rules: { verificationRequired, weights } };
          const found = suggest(who, pack(mentors, catalogue), given);
          const fit = (whom: Mentor) => Math.round(plainFitOf(who, whom, catalogue, weights));
          const { ordered, excluded } = orderEverybody(who, mentors, given, fit);
          expect(found.suggestions.map(({ mentor, fit }) => ({ mentor, fit }))).toEqual(ordered.slice(0, 5));
          expect(found.eligible).toBe(ordered.length);
          for (const rule of ruleNames) expect(found.excluded[rule], rule).toBe(excluded.get(rule) ?? 0);
        },
      ),
      seeded,
    );
  });

  test('the fit is a whole number from 0 to 10,000, and every part lies between 0 and 1', () => {
    fc.assert(
      fc.property(anyMentee, anyMentors, fc.nat(20), fc.nat(20), (who, mentors, topicsWanted, topicsOffered) => {
        for (const { mentor, fit } of suggestTo(who, mentors).suggestions) {
          expect(Number.isInteger(fit) && fit >= 0 && fit <= fitScale).toBe(true);
          const values = [
            topicsPart(topicsWanted, Math.min(topicsWanted, topicsOffered)),
            stagePart(mentor.stageRank - who.stageRank),
            hoursPart(who.offsetMinutes, mentor.offsetMinutes),
            countryPart(who.country, mentor.country),
            ...(['same', 'family', 'undecided', 'other'] as const).map(specialtyPart),
          ];
          for (const value of values) expect(value >= 0 && value <= 1, String(values)).toBe(true);
        }
      }),
      seeded,
    );
  });

  test('waking hours in common are what counting minute by minute gives, also at half and quarter hours', () => {
    fc.assert(
      fc.property(person.offsetMinutes, person.offsetMinutes, (a, b) => {
        expect(commonWakingMinutes(a, b)).toBe(minutesAwakeTogether(a, b));
      }),
      { ...seeded, numRuns: 100 },
    );
  });

  test('everybody is either eligible or counted under one rule', () => {
    fc.assert(
      fc.property(anyMentee, anyMentors, anyRelations, (who, mentors, relations) => {
        const { excluded, eligible, considered } = suggestTo(who, mentors, relations);
        expect(ruleNames.reduce((sum, rule) => sum + excluded[rule], eligible)).toBe(considered);
      }),
      seeded,
    );
  });

  test('the order in which mentors are given changes nothing', () => {
    fc.assert(
      fc.property(anyMentee, anyMentors, (who, mentors) => {
        expect(suggestTo(who, mentors.toReversed())).toEqual(suggestTo(who, mentors));
      }),
      seeded,
    );
  });

  test('offering one more wanted topic never lowers the fit', () => {
    fc.assert(
      fc.property(anyMentee, anyMentor, (who, given) => {
        const suited: Mentor = {
          ...given,
          id: 'mentor',
          active: true,
          verified: true,
          mentees: 0,
          capacity: 1,
          stageRank: 10,
          acceptsFromRank: 0,
          languages: who.languages,
        };
        const wanted = { ...who, stageRank: 5, active: true };
        const more = { ...suited, topics: [...new Set([...suited.topics, ...wanted.topics.slice(0, 1)])] };
        expect(fitOf(wanted, more)).toBeGreaterThanOrEqual(fitOf(wanted, suited) ?? 0);
      }),
      seeded,
    );
  });
});
