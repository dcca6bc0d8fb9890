import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { findCountry, listCountries, searchCountries } from '../../src/content/countries.ts';
import {
  codeOfConduct,
  ContentError,
  firstMeeting,
  languages,
  loadContent,
  menuOf,
  parseContent,
  rankOf,
  specialties,
  stages,
  topics,
} from '../../src/content/index.ts';
import { texts as english } from '../../src/texts/en.ts';
import { findZone, isZone, offsetLabel, offsetMinutes, searchZones } from '../../src/content/zones/index.ts';

describe('the lists', () => {
  test('hold what the design names, undecided last', () => {
    expect(stages.map(({ id }) => id)).toEqual([
      'student', 'step-1', 'step-2-ck', 'certification', 'applying', 'interviewing', 'reapplying', 'matched', 'resident', 'fellow', 'attending',
    ]); // prettier-ignore
    expect(specialties.at(-1)?.id).toBe('undecided');
    expect(rankOf('reapplying')).toBe(rankOf('applying'));
    expect(rankOf('attending')).toBeGreaterThan(rankOf('fellow'));
  });

  test('fit into one menu each', () => {
    const named = [
      specialties.map(({ id }) => english.specialties[id]),
      stages.map(({ id }) => english.stages[id]?.name),
      topics.map(({ id }) => english.topics[id]?.name),
      // One entry of that menu leads to the languages that it does not show.
      ['Another language', ...languages.filter(({ often }) => often).map(({ id }) => english.words.language(id))],
    ];
    for (const names of named) {
      expect(names.length).toBeLessThanOrEqual(25);
      expect(new Set(names).size).toBe(names.length);
    }
    expect(new Set(languages.map(({ id }) => english.words.language(id))).size).toBe(languages.length);
    // Nobody who looks for a colleague to talk to in their own language should look in vain.
    for (const id of [
      'ml',
      'my',
      'tr',
      'he',
      'uk',
      'vi',
      'si',
      'sw',
      'zh',
      'yue',
      'kn',
      'or',
      'so',
      'ro',
      'hu',
      'ka',
      'ase',
    ])
      expect(languages.map((each) => each.id)).toContain(id);
    expect(english.words.language('zh')).not.toBe(english.words.language('yue'));
  });

  test('have their texts, each of them and nothing else', () => {
    const slugs = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).toSorted();
    expect(Object.keys(english.specialties).toSorted()).toEqual(slugs(specialties));
    expect(Object.keys(english.stages).toSorted()).toEqual(slugs(stages));
    expect(Object.keys(english.topics).toSorted()).toEqual(slugs(topics));
    // Discord's limit on an option's label and description.
    const shown = [
      ...Object.values(english.specialties),
      ...Object.values(english.specialtyNotes),
      ...[...Object.values(english.stages), ...Object.values(english.topics)].flatMap((each) => Object.values(each)),
    ];
    for (const text of shown) expect(text.length, text).toBeLessThanOrEqual(100);
    for (const id of Object.keys(english.specialtyNotes)) expect(slugs(specialties)).toContain(id);
    for (const { id } of languages) expect(english.words.language(id), id).not.toBe(id);
  });

  test('say what is easily mistaken: another match or application, what a fellow, an attending or a first year chooses', () => {
    const { specialtyNotes: notes, stages: said } = english;
    for (const id of ['emergency-medicine', 'obstetrics-gynecology']) expect(notes[id]).toContain('ResidencyCAS');
    expect([notes.ophthalmology, notes.urology]).toEqual([expect.stringContaining('SF Match'), expect.stringContaining('Urological')]); // prettier-ignore
    expect([said.fellow?.description, said.attending?.description].join(' ')).toMatch(
      /residency before it.*your residency/,
    );
    expect(said.interviewing?.description).toContain('SOAP');
    expect(said.resident?.description).toContain('preliminary');
    const familyOf = (id: string) => specialties.find((each) => each.id === id)?.family;
    expect(specialties.filter(({ family }) => family === familyOf('transitional-year'))).toHaveLength(1);
    expect(familyOf('radiation-oncology')).not.toBe(familyOf('dermatology'));
    expect(specialties.filter(({ id }) => id.includes('radiology')).map(({ id }) => id)).toEqual(['radiology']);
  });

  test('rank stages no lower than the one before, but for reapplying', () => {
    const road = stages.filter(({ id }) => id !== 'reapplying').map(({ rank }) => rank);
    expect(road).toEqual(road.toSorted((a, b) => a - b));
  });

  test('name the texts that everybody agrees to and starts with', () => {
    expect(codeOfConduct.version).toBeGreaterThan(0);
    expect(codeOfConduct.text).toMatch(/money/i);
    expect(codeOfConduct.text).toMatch(/exam/i);
    expect(firstMeeting.text.length).toBeGreaterThan(300);
  });

  test('are in the order that people expect, and cannot be changed', () => {
    const alphabetical = (names: readonly string[]) => names.toSorted((a, b) => a.localeCompare(b));
    const chosen = specialties.slice(0, -2).map(({ id }) => english.specialties[id] ?? id);
    expect(specialties.slice(-2).map(({ id }) => id)).toEqual(['another', 'undecided']);
    expect(chosen).toEqual(alphabetical(chosen));
    const [first, ...others] = languages.map(({ id }) => english.words.language(id));
    expect(first).toBe('English');
    expect(others).toEqual(alphabetical(others));
    expect(Object.isFrozen(topics) && topics.every(Object.isFrozen)).toBe(true);
  });

  test('leave no family to one specialty alone, but for what is none, so that the same family means something', () => {
    for (const { id, family } of specialties.filter(
      ({ id }) => !['transitional-year', 'another', 'undecided'].includes(id),
    )) {
      expect(specialties.filter((other) => other.family === family).length, id).toBeGreaterThan(1);
    }
  });
});

describe('a broken file', () => {
  const entry = z.strictObject({ id: z.string(), name: z.string() });

  test('is reported with the file, the entry and every fault', () => {
    const yaml = '- { id: a, name: A }\n- { id: b }\n- { id: c, name: 3 }\n';
    expect(() => parseContent('topics.yaml', yaml, menuOf(entry))).toThrow(ContentError);
    expect(() => parseContent('topics.yaml', yaml, menuOf(entry))).toThrow(
      /topics\.yaml: b\.name[\s\S]*topics\.yaml: c\.name/,
    );
  });

  test('with an id twice, or more than a menu holds, is refused', () => {
    const twice = '- { id: a, name: A }\n- { id: a, name: B }\n';
    expect(() => parseContent('x.yaml', twice, menuOf(entry))).toThrow('x.yaml: a.id: stands there twice');
    const many = Array.from({ length: 26 }, (_, i) => `- { id: s${i}, name: S }`).join('\n');
    expect(() => parseContent('x.yaml', many, menuOf(entry))).toThrow(ContentError);
  });

  test('does not hide the faults of the others', () => {
    const broken: Record<string, string> = {
      'topics.yaml': '- { id: Visas }',
      'stages.yaml': '- { id: intern, rank: 0 }',
      'code-of-conduct.yaml': `{ version: 1, text: ${'x'.repeat(1_501)} }`,
    };
    const read = (file: string) => {
      if (file === 'languages.yaml') throw new Error('ENOENT');
      return broken[file] ?? readFileSync(new URL(`../../src/content/${file}`, import.meta.url), 'utf8');
    };
    let message = '';
    try {
      loadContent(read);
    } catch (error) {
      message = error instanceof ContentError ? error.message : String(error);
    }
    expect(message.split('\n').map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
      'stages.yaml: intern.id',
      'stages.yaml: intern.rank',
      'topics.yaml: Visas.id',
      'languages.yaml: cannot be read',
      'code-of-conduct.yaml: text',
    ]);
  });

  test('without an id is named by the number of the entry', () => {
    expect(() => parseContent('x.yaml', '- { id: a, name: A }\n- { name: B }', menuOf(entry))).toThrow(
      'x.yaml: entry 2.id',
    );
    expect(() => parseContent('x.yaml', '[]', menuOf(entry))).toThrow(/^x\.yaml: /);
  });

  test('that is no YAML is refused by name', () => {
    expect(() => parseContent('x.yaml', '- [', menuOf(entry))).toThrow(/x\.yaml/);
  });
});

describe('time zones', () => {
  const winter = Date.parse('2026-12-01T12:00:00Z');
  const summer = Date.parse('2026-07-01T12:00:00Z');

  test.each([
    ['pkt', 'Asia/Karachi'],
    ['ist', 'Asia/Kolkata'],
    ['Lahore', 'Asia/Karachi'],
    ['new y', 'America/New_York'],
    ['NEW_YORK', 'America/New_York'],
    ['são paulo', 'America/Sao_Paulo'],
    ['+5:45', 'Asia/Kathmandu'],
    ['UTC+5:30', 'Asia/Kolkata'],
    ['gmt -3', 'America/Sao_Paulo'],
    ['+530', 'Asia/Kolkata'],
    ['EST', 'America/New_York'],
    ['utc', 'Etc/UTC'],
    ['Africa/Lagos', 'Africa/Lagos'],
  ])('are found first by what people type: %s', (typed, zone) => {
    expect(searchZones(typed, winter)[0]?.value).toBe(zone);
  });

  test('are offered before anything is typed, and never more than 25', () => {
    expect(searchZones('', winter).length).toBeGreaterThan(10);
    for (const typed of ['', 'a', 'america', '+1']) {
      const found = searchZones(typed, winter);
      expect(found.length).toBeLessThanOrEqual(25);
      for (const { name, value } of found) {
        expect(name.length).toBeLessThanOrEqual(100);
        expect(isZone(value)).toBe(true);
      }
    }
  });

  test('show the offset of the day, daylight saving time included', () => {
    expect(searchZones('new york', winter)[0]?.name).toBe('New York (UTC−5)');
    expect(searchZones('new york', summer)[0]?.name).toBe('New York (UTC−4)');
    expect(offsetMinutes('Africa/Cairo', summer)).toBe(180);
    expect(offsetMinutes('Africa/Cairo', winter)).toBe(120);
    expect(offsetMinutes('Asia/Karachi', summer)).toBe(300);
    expect(offsetMinutes('Asia/Kathmandu', winter)).toBe(345);
  });

  test.each([
    ['America/New_York', '2026-11-01T06:00:00Z', -240, -300],
    ['Africa/Cairo', '2026-04-23T22:00:00Z', 120, 180],
    ['America/St_Johns', '2026-11-01T04:30:00Z', -150, -210],
    ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', 630, 660],
  ])('change their offset in the very minute: %s', (zone, change, before, after) => {
    const at = Date.parse(change);
    expect(offsetMinutes(zone, at - 60_000)).toBe(before);
    expect(offsetMinutes(zone, at)).toBe(after);
    expect(offsetMinutes(zone, at - 60_000)).toBe(before);
  });

  test.each([
    ['asia/calcutta', 'Asia/Kolkata'],
    ['US/Eastern', 'America/New_York'],
    ['Asia/Istanbul', 'Europe/Istanbul'],
    [' Europe/Kiev ', 'Europe/Kyiv'],
    ['utc', 'Etc/UTC'],
    ['EST', undefined],
    ['+05:00', undefined],
    ['../etc/passwd', undefined],
    ['', undefined],
  ])('are known by their other names, and by nothing else: %s', (name, zone) => {
    expect(findZone(name)).toBe(zone);
  });

  test('that do not exist are not found', () => {
    expect(searchZones('karachee', winter)).toEqual([]);
    expect(findZone('Mars/Olympus')).toBeUndefined();
    expect(isZone('asia/karachi')).toBe(false);
    expect(() => offsetMinutes('Mars/Olympus', winter)).toThrow(RangeError);
  });

  test.each([
    [0, 'UTC'],
    [345, 'UTC+5:45'],
    [-210, 'UTC−3:30'],
  ])('are %i minutes ahead as %s', (minutes, label) => {
    expect(offsetLabel(minutes)).toBe(label);
  });
});

describe('countries', () => {
  test('are found by the beginning of their name, or of a word in it, accents or not', () => {
    expect(searchCountries('paki', 'en-US')).toEqual([{ name: 'Pakistan', value: 'PK' }]);
    expect(searchCountries('cote', 'en-US').map(({ value }) => value)).toContain('CI');
    expect(searchCountries('', 'en-US').length).toBe(25);
    expect(searchCountries('zzz', 'en-US')).toEqual([]);
  });

  test('are known by code and by full name', () => {
    expect(findCountry('eg', 'en-US')?.name).toBe('Egypt');
    expect(findCountry('nigeria', 'en-US')?.code).toBe('NG');
    expect(findCountry('Atlantis', 'en-US')).toBeUndefined();
    expect(new Set(listCountries('en-US').map(({ code }) => code)).size).toBe(listCountries('en-US').length);
  });
});

test('each content file says nothing that JSON cannot, so that it may be kept as JSON', () => {
  const folder = new URL('../../src/content/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const said: unknown = parse(readFileSync(new URL(file, folder), 'utf8'));
    expect(JSON.parse(JSON.stringify(said)), file).toEqual(said);
  }
});
