import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { countries, findCountry, searchCountries } from '../../src/content/countries.ts';
import {
  codeOfConduct,
  ContentError,
  firstMeeting,
  languages,
  menuOf,
  parseContent,
  rankOf,
  specialties,
  stages,
  topics,
} from '../../src/content/index.ts';
import { findZone, isZone, offsetLabel, offsetMinutes, searchZones } from '../../src/content/zones.ts';

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
    for (const list of [specialties, stages, topics, languages]) {
      expect(list.length).toBeLessThanOrEqual(25);
      expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
    }
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
    expect(() => parseContent('x.yaml', twice, menuOf(entry))).toThrow(/twice/);
    const many = Array.from({ length: 26 }, (_, i) => `- { id: s${i}, name: S }`).join('\n');
    expect(() => parseContent('x.yaml', many, menuOf(entry))).toThrow(ContentError);
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
    expect(searchZones('new york', winter)[0]?.name).toBe('New York, America (UTC−5)');
    expect(searchZones('new york', summer)[0]?.name).toBe('New York, America (UTC−4)');
    expect(offsetMinutes('Africa/Cairo', summer)).toBe(180);
    expect(offsetMinutes('Africa/Cairo', winter)).toBe(120);
    expect(offsetMinutes('Asia/Karachi', summer)).toBe(300);
    expect(offsetMinutes('Asia/Kathmandu', winter)).toBe(345);
  });

  test('change their offset in the very hour', () => {
    const before = Date.parse('2026-11-01T05:59:00Z');
    expect(offsetMinutes('America/New_York', before)).toBe(-240);
    expect(offsetMinutes('America/New_York', before + 60_000)).toBe(-300);
  });

  test('that do not exist are not found', () => {
    expect(searchZones('karachee', winter)).toEqual([]);
    expect(findZone('Mars/Olympus')).toBeUndefined();
    expect(isZone('asia/karachi')).toBe(false);
    expect(findZone('asia/calcutta')).toBe('Asia/Kolkata');
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
    expect(searchCountries('paki')).toEqual([{ name: 'Pakistan', value: 'PK' }]);
    expect(searchCountries('cote').map(({ value }) => value)).toContain('CI');
    expect(searchCountries('').length).toBe(25);
    expect(searchCountries('zzz')).toEqual([]);
  });

  test('are known by code and by full name', () => {
    expect(findCountry('eg')?.name).toBe('Egypt');
    expect(findCountry('nigeria')?.code).toBe('NG');
    expect(findCountry('Atlantis')).toBeUndefined();
    expect(new Set(countries.map(({ code }) => code)).size).toBe(countries.length);
  });
});
