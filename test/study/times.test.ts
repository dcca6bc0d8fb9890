import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { dayMs } from '../../src/hours/zone.ts';
import { minuteOfWeekAt, nextShift, nextTimes, suggestTimes, suits } from '../../src/study/times.ts';

/** Half hours of saving, none, other dates than most, a month of it, the southern half, a gap at midnight. */
const zones = ['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'America/Phoenix', 'America/Havana', 'America/Santiago', 'America/St_Johns', 'America/Bogota', 'America/Sao_Paulo', 'Europe/London', 'Europe/Berlin', 'Europe/Dublin', 'Europe/Istanbul', 'Atlantic/Azores', 'Africa/Cairo', 'Africa/Casablanca', 'Africa/Lagos', 'Africa/Khartoum', 'Asia/Beirut', 'Asia/Jerusalem', 'Asia/Amman', 'Asia/Tehran', 'Asia/Karachi', 'Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Manila', 'Asia/Gaza', 'Australia/Lord_Howe', 'Australia/Sydney', 'Pacific/Chatham']; // prettier-ignore
const from = Date.UTC(2026, 10, 26);
const days = 760;

describe('the next session', () => {
  test.each(zones)('of a group in %s comes every week at its local hour, over every change of the clocks', (zone) => {
    for (const time of [2 * 60 + 30, 3 * 1440 + 19 * 60, 6 * 1440, 6 * 1440 + 2 * 60 + 30]) {
      const at = nextTimes({ zone, times: [time] }, from, Math.floor(days / 7));
      for (const [i, each] of at.entries()) {
        const local = Temporal.Instant.fromEpochMilliseconds(each).toZonedDateTimeISO(zone);
        const before = Temporal.Instant.fromEpochMilliseconds(at[i - 1] ?? each).toZonedDateTimeISO(zone);
        if (i > 0) expect(before.toPlainDate().until(local.toPlainDate()).days, `${zone} ${i}`).toBe(7);
        const planned = local
          .toPlainDate()
          .toPlainDateTime({ hour: Math.floor((time % 1440) / 60), minute: time % 60 });
        const exists = planned.toZonedDateTime(zone).toPlainDateTime().equals(planned);
        if (exists) expect(local.toPlainDateTime().equals(planned)).toBe(true);
        // The hour that is left out is held as much later, never skipped.
        else expect(planned.until(local.toPlainDateTime()).total('minutes')).toBeLessThanOrEqual(60);
      }
    }
  });

  test('of several a week is the nearest of them, and one that began is over', () => {
    const weekly = { zone: 'Asia/Karachi', times: [3 * 1440 + 20 * 60, 1 * 1440 + 20 * 60] };
    const [first, second, third] = nextTimes(weekly, from, 3);
    expect([first, second, third]).toEqual([Date.UTC(2026, 10, 26, 15), Date.UTC(2026, 11, 1, 15), Date.UTC(2026, 11, 3, 15)]); // prettier-ignore
    expect(nextTimes(weekly, first!, 1)).toEqual([second]);
  });
});

describe('a word before the hour changes', () => {
  test.each(zones.slice(0, 12))('is due exactly when the local time of somebody in %s changes', (zone) => {
    const weekly = { zone: 'Europe/London', times: [2 * 1440 + 18 * 60], minutes: 60 };
    for (let day = 0; day < 400; day += 5) {
      const now = from + day * dayMs;
      const at = nextTimes(weekly, now - 7 * dayMs, 4);
      const changed = at.findIndex(
        (each, i) => i > 0 && each > now && minuteOfWeekAt(zone, each) !== minuteOfWeekAt(zone, at[i - 1]!),
      );
      const expected = changed < 0 || at[changed]! > now + 14 * dayMs ? undefined : at[changed];
      expect(nextShift(weekly, zone, now, 14)?.at).toBe(expected);
    }
  });
});

describe('suggested times', () => {
  const evenings = (zone: string, userId: string, hours = [18, 22]) => ({
    userId,
    zone,
    windows: [0, 1, 2, 3, 4].map((day) => ({ from: day * 1440 + hours[0]! * 60, to: day * 1440 + hours[1]! * 60 })),
  });

  test('lie within everybody’s hours in each of the coming weeks, at most five, on different days', () => {
    const people = [evenings('Asia/Karachi', 'a'), evenings('Asia/Dubai', 'b'), evenings('Asia/Kolkata', 'c')];
    const options = { anchor: 'Asia/Karachi', minutes: 60, from };
    const found = suggestTimes(people, options);
    expect(found).toHaveLength(5);
    expect(new Set(found.map(({ time }) => Math.floor(time / 1440))).size).toBe(5);
    for (const { time, outside } of found) {
      expect(outside).toEqual([]);
      for (const person of people) {
        expect(suits(person, { zone: 'Asia/Karachi', times: [time], minutes: 60 }, from)).toBe(true);
      }
    }
  });

  test('are the two nearest, with who is outside and by how much, where nothing suits all', () => {
    const people = [evenings('Asia/Karachi', 'a', [18, 20]), evenings('America/New_York', 'b', [10, 12])];
    const found = suggestTimes(people, { anchor: 'Asia/Karachi', minutes: 60, from });
    expect(found).toHaveLength(2);
    expect(found.map(({ outside }) => outside)).toEqual([
      [{ userId: 'b', minutes: 60 }],
      [{ userId: 'a', minutes: 60 }],
    ]);
  });

  test('leave out a time that a change of the clocks would take from somebody within eight weeks', () => {
    const people = [evenings('Asia/Karachi', 'a', [18, 19]), evenings('America/New_York', 'b', [9, 10])];
    const before = Date.UTC(2027, 1, 22);
    const [best] = suggestTimes(people, { anchor: 'Asia/Karachi', minutes: 60, from: before });
    expect(best?.outside.length).toBe(1);
    expect(best?.outside[0]?.minutes).toBe(60);
  });
});
