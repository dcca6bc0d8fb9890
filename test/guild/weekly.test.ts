import { describe, expect, test } from 'vitest';
import { nextWeekly, weeksLater } from '../../src/guild/weekly.ts';

const monday = { weekday: 1, minute: 9 * 60 };

describe('a time of the week', () => {
  test.each([
    ['2026-11-22T12:00:00.000Z', 'Etc/UTC', '2026-11-23T09:00:00.000Z'],
    ['2026-11-23T08:59:59.000Z', 'Etc/UTC', '2026-11-23T09:00:00.000Z'],
    ['2026-11-23T09:00:00.000Z', 'Etc/UTC', '2026-11-30T09:00:00.000Z'],
    // It is Monday already in Auckland, and still Sunday in Honolulu.
    ['2026-11-22T12:00:00.000Z', 'Pacific/Auckland', '2026-11-22T20:00:00.000Z'],
    ['2026-11-23T09:30:00.000Z', 'Pacific/Honolulu', '2026-11-23T19:00:00.000Z'],
  ])('after %s in %s is %s', (after, zone, next) => {
    expect(nextWeekly(after, zone, monday)).toBe(next);
  });

  test('stays at the same hour on the wall when clocks change', () => {
    const zone = 'America/New_York';
    const sunday = { weekday: 7, minute: 9 * 60 };
    const october = nextWeekly('2026-10-20T00:00:00.000Z', zone, sunday);
    expect(october).toBe('2026-10-25T13:00:00.000Z');
    expect(weeksLater(october, october, zone, sunday, 1)).toBe('2026-11-01T14:00:00.000Z');
    expect(weeksLater(october, october, zone, sunday, 4)).toBe('2026-11-22T14:00:00.000Z');
  });

  test('that a spring night leaves out comes right after it', () => {
    expect(nextWeekly('2027-03-13T12:00:00.000Z', 'America/New_York', { weekday: 7, minute: 150 })).toBe(
      '2027-03-14T07:30:00.000Z',
    );
  });

  test('that was missed for long keeps its rhythm of weeks', () => {
    const first = '2026-11-23T09:00:00.000Z';
    expect(weeksLater(first, '2026-12-25T00:00:00.000Z', 'Etc/UTC', monday, 2)).toBe('2027-01-04T09:00:00.000Z');
  });
});
