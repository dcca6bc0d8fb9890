import { describe, expect, test } from 'vitest';
import { ContentError } from '../../src/content/index.ts';
import { isCurrent, parseTips, tipCategories, tipLimits, tips } from '../../src/content/library.ts';
import { foreignHands, gradeOf, nearDuplicateFrom, nearDuplicates, officialHosts, releaseDay, statementsOfFact } from './checks.ts'; // prettier-ignore

/** Two years of weeks. */
const leastTips = 104;
const leastPerCategory = 10;
/** Share of the tips known to state a fact in which the search must find one. */
const leastFound = 0.95;
/** Years of US school. Below is baby talk; above is what a tired person with a second language reads twice. */
const grades = { least: 1, most: 10, mean: 7 };
/** Words a minute of somebody who reads English as a second language, and seconds for one tip on a phone. */
const reading = { wordsPerMinute: 200, seconds: 30 };
/** Discord's limits on a card: characters, and the bytes from which it has been seen to fail. */
const card = { characters: 4_000, bytes: 10_000 };

const all = tips();
const texts = all.map(({ id, title, text }) => ({ id, text: `${title}. ${text}` }));

describe('every tip', () => {
  test('has its place: two years of them, and enough in each category for those who read only one', () => {
    expect(all.length).toBeGreaterThanOrEqual(leastTips);
    for (const { id } of tipCategories) {
      expect(all.filter(({ category }) => category === id).length, id).toBeGreaterThanOrEqual(leastPerCategory);
    }
    expect(tipCategories.length).toBeLessThanOrEqual(25);
  });

  test('fits on a card of Discord with everything around it, and on a phone', () => {
    for (const { id, title, text, source, see } of all) {
      const rendered = [title, text, source?.name, source?.url, see?.name, see?.url].join('\n');
      expect(rendered.length, id).toBeLessThan(card.characters / 2);
      expect(Buffer.byteLength(rendered), id).toBeLessThan(card.bytes / 2);
      expect((text.split(/\s+/).length / reading.wordsPerMinute) * 60, id).toBeLessThanOrEqual(reading.seconds);
    }
  });

  test('says something of its own', () => {
    expect(nearDuplicates(texts)).toEqual([]);
    const titles = all.map(({ title }) => title.toLowerCase());
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('names its source where it states a fact', () => {
    const unsourced = all
      .filter(({ source }) => !source)
      .flatMap(({ id, title, text }) =>
        statementsOfFact(`${title}. ${text}`).map((statement) => `${id}: ${statement}`),
      );
    expect(unsourced).toEqual([]);
  });

  test('would be found without its source: the search for facts misses hardly one that is stated', () => {
    const sourced = all.filter(({ source }) => source);
    const found = sourced.filter(({ title, text }) => statementsOfFact(`${title}. ${text}`).length > 0);
    expect(found.length / sourced.length).toBeGreaterThan(leastFound);
  });

  test('was checked by the day of release, and need not be reviewed before it', () => {
    for (const { id, source, checked, review_by } of all) {
      if (!source) continue;
      expect(checked && checked <= releaseDay, id).toBe(true);
      expect(review_by && review_by > releaseDay, id).toBe(true);
    }
  });

  test('leads to official pages only, and holds no address in its text', () => {
    const pages = all.flatMap(({ source, see }) => [source, see]).filter((page) => page !== undefined);
    const elsewhere = pages.filter(({ url }) => !officialHosts.has(new URL(url).host));
    expect(elsewhere).toEqual([]);
    for (const { id, text } of all) expect(text, id).not.toMatch(/https?:|www\.|discord\.gg/);
  });

  test('reads with ease', () => {
    const read = texts.map(({ id, text }) => ({ id, grade: gradeOf(text) }));
    expect(read.filter(({ grade }) => grade < grades.least || grade > grades.most)).toEqual([]);
    expect(read.reduce((sum, { grade }) => sum + grade, 0) / read.length).toBeLessThan(grades.mean);
  });

  test('is written by one hand: American, without signs that Discord would format', () => {
    for (const { id, text } of texts) {
      expect(text, id).not.toMatch(foreignHands);
      expect(text, id).not.toMatch(/[*_~`|<>\\[\]@]/);
      expect(text, id).toMatch(/[.?!]"?$/);
    }
  });
});

describe('the checks bite', () => {
  const one = all[0]!;

  test('on a tip told again in other words, and not on two about the same thing', () => {
    const words = one.text.split(' ');
    const retold = words.map((word, i) => (i % 12 === 5 ? 'indeed' : word)).join(' ');
    expect(nearDuplicates([one, { id: 'retold', text: retold }])).toHaveLength(1);
    const twins = all.filter(({ id }) => ['oet-even-for-native-speakers', 'oet-all-four-together'].includes(id));
    expect(twins).toHaveLength(2);
    expect(nearDuplicates(twins)).toEqual([]);
    expect(nearDuplicateFrom).toBeLessThan(0.5);
  });

  test.each([
    'Registration closes on 29 January.',
    'The fee is 70 USD.',
    'About half of them, 52%, matched.',
    'NRMP requires all programs to fill through it.',
    'Your ECFMG Certificate expires.',
    'You cannot send a letter to ERAS yourself.',
    'Applications are due on October the first.',
  ])('on a fact without a source: %s', (sentence) => {
    expect(statementsOfFact(`Read this first. ${sentence} Then rest.`)).toHaveLength(1);
  });

  test.each([
    'Sit Step 2 CK when you are ready.',
    'Does ECFMG require it this season?',
    'Say "I have three years of J-1 left, may I ask whether NRMP allows it?" and wait.',
    'Ask each program whether it takes an H-1B.',
  ])('not on advice: %s', (sentence) => {
    expect(statementsOfFact(sentence)).toEqual([]);
  });

  test('on texts that are too hard or too plain to read', () => {
    expect(gradeOf('It is hot. Go in. Sit. Eat. We are in. It is ok.')).toBeLessThan(grades.least);
    const bureau =
      'Notwithstanding institutional considerations, candidates necessitating immigration sponsorship are recommended to undertake comprehensive verification of eligibility documentation prior to the submission of applications.';
    expect(gradeOf(bureau)).toBeGreaterThan(grades.most);
  });

  test('on spellings and quotation marks of another hand', () => {
    for (const text of ['a licence', 'organised', 'randomised', 'towards', '“Hello”', 'two  spaces', 'well done 🎉'])
      expect(text).toMatch(foreignHands);
    for (const text of [
      'supervised',
      'promising',
      'raised',
      'surprised',
      'excised',
      'uncircumcised',
      'arising',
      'bruised',
      'promised',
    ])
      expect(text).not.toMatch(foreignHands);
  });
});

describe('the schema of tips', () => {
  const entry = { id: 'a', category: 'resilience', title: 'A title', text: 'A text.' };
  const yaml = (...entries: readonly object[]) => JSON.stringify(entries);
  const source = { name: 'ECFMG', url: 'https://www.ecfmg.org' };

  test('lists every fault of a file at once', () => {
    const broken = yaml(
      { ...entry, title: 'x'.repeat(tipLimits.title + 1) },
      { ...entry, text: 'x'.repeat(tipLimits.text + 1) },
      { ...entry, id: 'b', category: 'weather' },
      { ...entry, id: 'c', source: { ...source, url: 'http://www.ecfmg.org' } },
    );
    let message = '';
    try {
      parseTips(broken);
    } catch (error) {
      if (error instanceof ContentError) ({ message } = error);
    }
    for (const fault of ['a.title', 'a.text', 'b.category', 'c.source.url', 'c.checked', 'c.review_by']) {
      expect(message).toContain(`tips.yaml: ${fault}`);
    }
  });

  test('refuses an id twice, dates without a source, and a review before the check', () => {
    expect(() => parseTips(yaml(entry, entry))).toThrow('a.id: stands there twice');
    expect(() => parseTips(yaml({ ...entry, review_by: '2027-01-01' }))).toThrow(/a\.source.*\n.*a\.checked/);
    const early = { ...entry, source, checked: '2027-01-02', review_by: '2027-01-01' };
    expect(() => parseTips(yaml(early))).toThrow('a.review_by: must be after checked');
    expect(() => parseTips(yaml({ ...early, checked: '2026-02-30' }))).toThrow('a.checked');
    expect(parseTips(yaml({ ...early, checked: '2026-01-01' }))).toHaveLength(1);
    expect(() => parseTips(yaml({ ...entry, opened: '2026-01-01' }))).toThrow('a.opened');
  });

  test('gives the same frozen list each time, to be posted until the day of its review', () => {
    expect(tips()).toBe(all);
    expect(Object.isFrozen(all) && all.every(Object.isFrozen)).toBe(true);
    expect(isCurrent({ review_by: '2027-06-30' }, '2027-06-30')).toBe(true);
    expect(isCurrent({ review_by: '2027-06-30' }, '2027-07-01')).toBe(false);
    expect(isCurrent({}, '2099-01-01')).toBe(true);
  });
});
