import { describe, expect, test } from 'vitest';
import { isCountry } from '../../src/content/countries.ts';
import { yearlyClock } from '../../src/content/zones/ids.ts';
import { isZone, searchZones, understandZone } from '../../src/content/zones/index.ts';
import { spellings } from './zone-spellings.ts';

const winter = Date.parse('2026-12-01T12:00:00Z');
const all = Object.values(spellings).flat();

test('more than 300 spellings from more than 60 countries are written down, each once, with zones that exist', () => {
  expect(new Set(all.map(([typed]) => typed)).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(300);
  expect(Object.keys(spellings).filter(isCountry).length).toBeGreaterThan(60);
  for (const [, zones] of all) for (const zone of [zones].flat()) expect([zone, isZone(zone)]).toEqual([zone, true]);
});

describe.each(Object.entries(spellings))('what people in %s write', (_, rows) => {
  test.each(rows)('%s', (typed, zones) => {
    const understood = understandZone(typed, winter);
    if (typeof zones === 'string') {
      expect(understood).toEqual({ is: 'zone', zone: zones });
      return;
    }
    expect(understood.is).toBe(zones.length === 0 ? 'unknown' : 'several');
    if (zones.length === 0) return;
    // Zones of one country whose clocks show the same all year are one choice: which changes with the runtime's own data.
    const clocks = (some: readonly { readonly value: string }[]) => some.map(({ value }) => yearlyClock(value, winter));
    const wanted = zones.map((zone) => yearlyClock(zone, winter));
    const shown = understood.is === 'several' ? understood.choices : [];
    expect(clocks(shown)).toEqual(expect.arrayContaining(wanted));
    expect(new Set(clocks(shown)).size).toBe(shown.length);
    expect(clocks(searchZones(typed, winter))).toEqual(expect.arrayContaining(wanted));
  });
});

test('the name of each choice, copied and typed, is understood as that choice', () => {
  for (const typed of ['hyderabad', 'cle', 'usa', 'new y', 'india', '+5:30']) {
    for (const { name, value } of searchZones(typed, winter, 5)) {
      expect([name, understandZone(name, winter)]).toEqual([name, { is: 'zone', zone: value }]);
    }
  }
});

test('a slip of the pen is shown what it may be, and nothing is chosen for it', () => {
  expect(understandZone('karachee', winter)).toMatchObject({ is: 'unknown', like: [{ value: 'Asia/Karachi' }] });
  expect(understandZone('Hyderabd', winter)).toMatchObject({
    is: 'unknown',
    like: [{ value: 'Asia/Kolkata' }, { value: 'Asia/Karachi' }],
  });
  expect(understandZone('qwertyuiop', winter)).toEqual({ is: 'unknown', like: [] });
});
