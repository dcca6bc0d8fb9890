import { describe, expect, test } from 'vitest';
import { findCommonTimes, findNearMisses, type Side } from '../../src/hours/common.ts';
import { windowOn } from '../../src/hours/week.ts';
import { intervalsOf } from '../../src/hours/zone.ts';
import { seededRandom } from '../support/context.ts';
import { clocksOver, findByTheMinute, leastMiss } from './brute-force.ts';
import { changes, makeSide, oddZones } from './pairs.ts';

const hour = 3_600_000;
const day = 24 * hour;
const at = (text: string) => Date.parse(text);
const search = { minutes: 30, taken: [], most: 8 };

describe('common times', () => {
  test('are what looking at every minute finds, over every change of the clocks (a sample of `npm run hours`)', () => {
    const random = seededRandom(7);
    for (const [week, from] of changes.entries()) {
      const clocks = clocksOver(from - day, 13 * 24 * 60);
      const zones = oddZones.slice(week * 3, week * 3 + 3);
      for (let n = 0; n < 20; n += 1) {
        const sides = [makeSide(random, zones), makeSide(random, zones)] as const;
        const now = from + Math.floor(random() * 24 * 60) * 60_000;
        const minutes = 15 + Math.floor(random() * 6) * 15;
        const found = findCommonTimes(...sides, { now, minutes, taken: [], most: 8 });
        expect(found).toEqual(findByTheMinute(clocks, sides, now, minutes, 8));
      }
    }
  });

  test('suit the hours of both first, and the daytime of both after', () => {
    const karachi: Side = { zone: 'Asia/Karachi', windows: [windowOn(1, 20 * 60, 22 * 60)] };
    const newYork: Side = { zone: 'America/New_York', windows: [windowOn(1, 9 * 60, 12 * 60)] };
    const found = findCommonTimes(karachi, newYork, { ...search, now: at('2026-11-23T00:00:00Z') });
    // Tuesday 20:00 in Karachi is 10:00 in New York, and the nearest to the middle of both days.
    expect(found[0]).toEqual({ at: at('2026-11-24T15:00:00Z'), inside: true });
    expect(found.filter(({ inside }) => !inside).length).toBeGreaterThan(3);
    expect(found.length).toBe(8);
  });

  test('leave out what either is taken for', () => {
    const one: Side = { zone: 'Etc/UTC', windows: [windowOn(1, 18 * 60, 19 * 60)] };
    const taken = [{ from: at('2026-11-24T18:00:00Z'), to: at('2026-11-24T18:45:00Z') }];
    const found = findCommonTimes(one, one, { ...search, now: at('2026-11-23T00:00:00Z'), taken });
    expect(found.filter(({ inside }) => inside).map((time) => new Date(time.at).toISOString())).toEqual([
      '2026-12-01T18:00:00.000Z',
    ]);
  });

  test('and where there is none, the nearest misses say by how much for whom', () => {
    const one: Side = { zone: 'Etc/UTC', windows: [windowOn(1, 18 * 60, 19 * 60)] };
    // Daytime of both is taken whole.
    const now = at('2026-11-23T00:00:00Z');
    const taken = Array.from({ length: 12 }, (_, n) => ({
      from: now + n * day + 8 * hour,
      to: now + n * day + 22 * hour,
    }));
    expect(findCommonTimes(one, one, { ...search, now, taken })).toEqual([]);
    const [first, second] = findNearMisses(one, one, { ...search, now, taken, most: 2 });
    expect([first?.off, second?.off]).toEqual([
      [30, 30],
      [30, 30],
    ]);
    const random = seededRandom(3);
    const clocks = clocksOver(now - day, 13 * 24 * 60);
    for (let n = 0; n < 5; n += 1) {
      const sides = [makeSide(random, oddZones.slice(0, 2)), makeSide(random, oddZones.slice(0, 2))] as const;
      const [miss] = findNearMisses(...sides, { ...search, now, most: 1 });
      expect((miss?.off[0] ?? 0) + (miss?.off[1] ?? 0)).toBe(leastMiss(clocks, sides, now, 30));
    }
  });
});

describe('a local week on the time line', () => {
  test('has an hour twice that exists twice, and none that is left out', () => {
    const night = [windowOn(6, 0, 4 * 60)];
    const hoursIn = (from: string) =>
      intervalsOf(night, 'America/New_York', { from: at(from), to: at(from) + day }).map(
        (each) => (each.to - each.from) / hour,
      );
    expect(hoursIn('2026-11-01T00:00:00Z')).toEqual([5]);
    expect(hoursIn('2027-03-14T00:00:00Z')).toEqual([3]);
  });

  test('is one stretch where Sunday night goes on into Monday', () => {
    const windows = [windowOn(0, 0, 3 * 60), windowOn(6, 21 * 60, 24 * 60)];
    const [first] = intervalsOf(windows, 'Asia/Karachi', {
      from: at('2026-11-22T12:00:00Z'),
      to: at('2026-11-23T12:00:00Z'),
    });
    expect(first && (first.to - first.from) / hour).toBe(6);
  });
});
