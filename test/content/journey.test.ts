import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { stages } from '../../src/content/index.ts';
import {
  findFaults,
  freshDays,
  isOfficial,
  journey,
  type JourneyContent,
  journeyLimits,
  leastOfTheme,
  loadJourney,
  themes,
} from '../../src/content/journey.ts';
import { foreignHands, gradeOf, nearDuplicates, releaseDay } from './checks.ts';

const files = ['sources', 'guide', 'roadmap', 'dates', 'support', 'synonyms'] as const;
type File = (typeof files)[number];
const yamlOf = (file: File) => readFileSync(new URL(`../../src/content/journey/${file}.yaml`, import.meta.url), 'utf8');

type Entry = Record<string, unknown>;

/** Loads the real content with one fault sown into one file. */
function withFault(file: File, sow: (entries: Entry[]) => void): () => unknown {
  return () =>
    loadJourney((name) => {
      if (name !== file) return yamlOf(name);
      const entries = parse(yamlOf(name)) as never;
      sow(entries);
      return stringify(entries);
    });
}
const of = (entries: Entry[], id: string) => entries.find((entry) => entry['id'] === id)!;

const linesOf = (support: unknown) => (support as { lines: { page: { url: string } }[] }).lines;

describe('the build refuses', () => {
  const faults: Record<string, [File, (entries: Entry[]) => void, RegExp]> = {
    'a rule without a source': [
      'guide',
      (all) => delete of(all, 'step-order')['source'],
      /step-order: a rule lacks source/,
    ],
    'a rule without the day it was checked': [
      'guide',
      (all) => delete of(all, 'step-order')['checked'],
      /lacks checked/,
    ],
    'a rule without a day to look again': [
      'roadmap',
      (all) => delete of(all, 'oet')['review_by'],
      /oet: a rule lacks review_by/,
    ],
    'a rule that does not say how it was read': [
      'guide',
      (all) => delete of(all, 'step-order')['basis'],
      /lacks basis/,
    ],
    'a figure in what calls itself advice': [
      'guide',
      (all) => (of(all, 'burnout')['answer'] = 'Sleep 9 hours.'),
      /burnout: states a figure/,
    ],
    'a sum in what calls itself advice': [
      'guide',
      (all) => (of(all, 'burnout')['answer'] = 'It costs ninety dollars a week.'),
      /burnout: states a figure/,
    ],
    'a date in a step without a source': [
      'roadmap',
      (all) => (of(all, 'housing')['text'] = 'Sign before March 3.'),
      /housing: states a figure/,
    ],
    'advice with half a source': [
      'guide',
      (all) => (of(all, 'burnout')['source'] = '988'),
      /burnout: advice states no fact/,
    ],
    'a source that is not in the list': [
      'guide',
      (all) => (of(all, 'step-order')['source'] = 'reddit'),
      /no source reddit/,
    ],
    'a pointer that is not in the list': [
      'roadmap',
      (all) => (of(all, 'housing')['see'] = 'reddit'),
      /housing: no source reddit/,
    ],
    'a date whose source is not in the list': [
      'dates',
      (all) => (of(all, 'rank-list-2027')['source'] = 'x'),
      /rank-list-2027: no source x/,
    ],
    'a help line on a page that is not in the list': [
      'support',
      (all) => (linesOf(all)[0]!.page.url = 'https://help.example'),
      /help.example is not in sources/,
    ],
    'an address without https': [
      'sources',
      (all) => (all[0]!['url'] = 'http://www.ecfmg.org'),
      /sources.yaml: ecfmg.url/,
    ],
    'a visa rule that is to stand for longer than a month': [
      'guide',
      (all) => (of(all, 'j1-or-h1b')['review_by'] = '2027-02-01'),
      /a visa must be looked at within 30 days/,
    ],
    'a review before the check': [
      'guide',
      (all) => (of(all, 'step-order')['review_by'] = '2026-01-01'),
      /review_by must be after checked/,
    ],
    'a day that is none': ['guide', (all) => (of(all, 'step-order')['checked'] = '2026-02-31'), /checked/],
    'a circle of needs': [
      'roadmap',
      (all) => (of(all, 'one-name')['needs'] = ['oet']),
      /oet needs one-name needs oet|one-name needs oet needs one-name/,
    ],
    'a need that is no step': [
      'roadmap',
      (all) => (of(all, 'oet')['needs'] = ['luck']),
      /oet: needs luck, which is no item/,
    ],
    'a date that is none on a step': [
      'roadmap',
      (all) => (of(all, 'oet')['dates'] = ['doomsday']),
      /hangs on doomsday/,
    ],
    'a step without a theme': ['roadmap', (all) => delete of(all, 'oet')['theme'], /oet.theme/],
    'a stage with too many steps': ['roadmap', (all) => all.forEach((item) => (item.stage = 'applying')), /applying has \d+ items/], // prettier-ignore
    'a theme without three steps': ['roadmap', (all) => all.forEach((item) => item.theme === 'resilience' && (item.theme = 'staying-informed')), /theme resilience: fewer than 3 items/], // prettier-ignore
    'a theme without five answers': ['guide', (all) => all.forEach((entry) => entry.theme === 'resilience' && (entry.theme = 'staying-informed')), /theme resilience: fewer than 5 entries/], // prettier-ignore
    'a theme without a page': ['sources', (all) => all.forEach((source) => (source.themes = ['resilience'])), /theme staying-informed: fewer than 1 pages/], // prettier-ignore
    'an id that stands there twice': ['guide', (all) => all.push(all[0]!), /stands there twice/],
    'a date without its cycle in its name': [
      'dates',
      (all) => (all[0]!['id'] = 'eras-opens'),
      /must end with its cycle/,
    ],
    'an hour without a day': ['dates', (all) => delete of(all, 'rank-list-2027')['day'], /needs a day/],
    'an hour without a zone': [
      'dates',
      (all) => delete of(all, 'rank-list-2027')['zone'],
      /goes together with the hour/,
    ],
    'a zone that is none': ['dates', (all) => (of(all, 'rank-list-2027')['zone'] = 'Mars/Olympus'), /no zone Mars/],
  };
  test.each(Object.entries(faults))('%s', (_, [file, sow, message]) => {
    expect(withFault(file, sow)).toThrow(message);
  });

  test('nothing of the real content', () => {
    expect(findFaults(journey())).toEqual([]);
  });
});

describe('the journey', () => {
  const { guide, roadmap, dates, sources }: JourneyContent = journey();
  const statements = [
    ...guide.map(({ id, question, answer, ...fact }) => ({ id, text: `${question} ${answer}`, ...fact })),
    ...roadmap.map(({ id, title, text, ...fact }) => ({ id, text: `${title}. ${text}`, ...fact })),
  ];

  test('has a hundred answers, steps for every stage up to residency, and for each theme enough to act on', () => {
    expect(guide.length).toBeGreaterThanOrEqual(100);
    const last = stages.findIndex(({ id }) => id === 'resident');
    for (const { id } of stages.slice(0, last + 1)) {
      const count = roadmap.filter(({ stage }) => stage === id).length;
      expect(count, id).toBeGreaterThan(3);
      expect(count, id).toBeLessThanOrEqual(journeyLimits.itemsOfStage);
    }
    for (const { id } of themes) {
      expect(roadmap.filter(({ theme }) => theme === id).length, id).toBeGreaterThanOrEqual(leastOfTheme.items);
      expect(guide.filter(({ theme }) => theme === id).length, id).toBeGreaterThanOrEqual(leastOfTheme.entries);
      expect(sources.filter((source) => source.themes.includes(id)).length, id).toBeGreaterThan(0);
    }
  });

  test('ends every stage that somebody can be through with', () => {
    const ending = new Set(roadmap.filter(({ ends }) => ends).map(({ stage }) => stage));
    expect([...ending].toSorted()).toEqual(
      ['applying', 'certification', 'interviewing', 'matched', 'step-1', 'step-2-ck'].toSorted(),
    );
  });

  test('was looked at by the day of release, and need not be looked at again before it', () => {
    for (const { id, kind, checked, review_by } of statements) {
      if (kind === 'advice') continue;
      expect(checked! <= releaseDay, id).toBe(true);
      expect(review_by! > releaseDay, id).toBe(true);
    }
    for (const { id, checked } of dates) expect(checked <= releaseDay, id).toBe(true);
    expect(freshDays.visa).toBe(30);
  });

  test('says of each fact whether a copy of the page was read or others report it, and of no date that it is announced', () => {
    expect(statements.some(({ basis }) => basis === 'second-hand')).toBe(true);
    for (const { id, kind, basis } of statements) expect(basis !== undefined, id).toBe(kind !== 'advice');
    for (const date of dates) expect(Object.keys(date)).not.toContain('state');
  });

  test('is plain American English of one hand, and says nothing twice', () => {
    expect(statements.filter(({ text }) => foreignHands.test(text)).map(({ id }) => id)).toEqual([]);
    for (const { id, text } of statements) expect(gradeOf(text), id).toBeLessThan(13);
    expect(nearDuplicates(guide.map(({ id, question, answer }) => ({ id, text: `${question} ${answer}` })))).toEqual(
      [],
    );
  });

  test('names no score but what an exam asks of everybody, and promises nobody anything', () => {
    const forbidden = /\b2[0-9]{2}\b(?!,)|match rate|chances? of|percentile|you will match|guaranteed/i;
    expect(
      statements.filter(({ text }) => forbidden.test(text.replaceAll(/\b20\d\d\b/g, ''))).map(({ id }) => id),
    ).toEqual([]);
  });
});

test('a link is official on a host of the list and below it, with https, and nowhere else', () => {
  for (const good of [
    'https://www.nrmp.org/match-calendars/',
    'https://nrmp.org',
    'https://students-residents.aamc.org/x',
  ])
    expect(isOfficial(good), good).toBe(true);
  for (const bad of [
    'http://www.nrmp.org',
    'https://nrmp.org.evil.example',
    'https://evilnrmp.org',
    'https://nrmp.org@evil.example',
    'https://bit.ly/nrmp',
    'https://nrmp.org:8443/',
    'nrmp.org',
    '',
  ])
    expect(isOfficial(bad), bad).toBe(false);
});
