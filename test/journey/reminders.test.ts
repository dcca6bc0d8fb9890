import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { outsideQuietHours } from '../../src/hours/quiet.ts';
import { dueReminders, remindersOf, sensibleDays } from '../../src/journey/dates/reminders.ts';
import { lookAgainBy, momentsOf, readDay, readHour } from '../../src/journey/dates/stated.ts';
import { later } from '../../src/time.ts';

const long = '2020-01-01T00:00:00.000Z';
const whole = (day: string, days: number[]) => ({ id: 'd', stated: { day, time: null, zone: null }, at: null, since: long, days }); // prettier-ignore
const timed = (at: string, days: number[]) => ({ id: 'd', stated: { day: at.slice(0, 10), time: '21:00', zone: 'America/New_York' }, at, since: long, days }); // prettier-ignore

describe('a reminder', () => {
  test('comes at nine in the morning where somebody lives, on both sides of a change of the clocks', () => {
    // Clocks go forward on March 14 in New York and on March 28 in Berlin.
    const at = '2027-03-30T16:00:00.000Z';
    for (const zone of ['America/New_York', 'Europe/Berlin', 'Asia/Karachi', 'Pacific/Auckland', 'Asia/Kathmandu']) {
      for (const reminder of remindersOf(timed(at, [30, 14, 7, 1]), zone)) {
        const here = Temporal.Instant.from(reminder.at).toZonedDateTimeISO(zone);
        expect([here.hour, here.minute], `${zone} ${reminder.days}`).toEqual([9, 0]);
        const then = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate();
        expect(here.toPlainDate().until(then).days).toBe(reminder.days);
      }
    }
  });

  test('comes the evening before where nine in the morning would be less than twelve hours before', () => {
    const zone = 'Asia/Karachi';
    // 07:00 in Karachi: the day before at nine is early enough.
    expect(remindersOf(timed('2027-03-04T02:00:00.000Z', [1]), zone)[0]!.at).toBe('2027-03-03T04:00:00.000Z');
    // On the day itself it never is before nine in the evening.
    const [late] = remindersOf(timed('2027-03-04T14:00:00.000Z', [0]), zone);
    expect(late).toMatchObject({ at: '2027-03-03T13:00:00.000Z', localDay: '2027-03-03' });
    const [early] = remindersOf(timed('2027-03-04T16:30:00.000Z', [0]), zone);
    expect(early!.at).toBe('2027-03-04T04:00:00.000Z');
  });

  test('is not made up for where it lies before the date was known or chosen', () => {
    const since = '2027-02-20T00:00:00.000Z';
    const left = remindersOf({ ...whole('2027-03-01', [30, 14, 7, 1]), since }, 'Etc/UTC');
    expect(left.map(({ days }) => days)).toEqual([7, 1]);
  });

  test('of one day is one with all others of that day; of several that are late only the nearest is said', () => {
    const dates = [whole('2027-03-10', [7, 3, 1]), { ...timed('2027-03-04T14:00:00.000Z', [0]), id: 'e' }];
    const due = dueReminders(dates, 'Asia/Karachi', new Set(), '2027-03-03T04:00:00.000Z');
    expect(due.say.map(({ id, days }) => `${id} ${days}`).toSorted()).toEqual(['d 7', 'e 0']);
    const late = dueReminders(dates, 'Asia/Karachi', new Set(), '2027-03-09T20:00:00.000Z');
    expect(late.say.map(({ id, days }) => `${id} ${days}`)).toEqual(['d 1']);
    expect(late.done).toHaveLength(3);
    expect(dueReminders(dates, 'Asia/Karachi', new Set(late.done), '2027-03-09T20:00:00.000Z').say).toEqual([]);
  });

  test('says nothing once the date is over, the day of a whole day over everywhere', () => {
    const date = whole('2027-03-10', [1]);
    const say = (now: string) => dueReminders([date], 'Etc/UTC', new Set(), now).say.length;
    expect([say('2027-03-09T08:59:59.999Z'), say('2027-03-09T09:00:00.000Z')]).toEqual([0, 1]);
    expect([say('2027-03-11T11:59:59.999Z'), say('2027-03-11T12:00:00.000Z')]).toEqual([1, 0]);
  });
});

test('days before that make no sense any more are left out, and where none is left the nearest is taken', () => {
  const date = { id: 'own', stated: { day: '2027-03-10', time: null, zone: null }, at: null, since: '2027-03-05T12:00:00.000Z' }; // prettier-ignore
  expect(sensibleDays(date, 'Etc/UTC', [30, 3, 1])).toEqual([3, 1]);
  expect(sensibleDays(date, 'Etc/UTC', [30])).toEqual([3]);
  expect(sensibleDays({ ...date, since: '2027-03-09T12:00:00.000Z' }, 'Etc/UTC', [30])).toEqual([]);
  expect(sensibleDays(date, 'Etc/UTC', [])).toEqual([]);
});

test('at night a message waits until seven, by the clock of whoever reads it', () => {
  expect(outsideQuietHours('2027-03-03T12:00:00.000Z', 'Etc/UTC')).toBe('2027-03-03T12:00:00.000Z');
  expect(outsideQuietHours('2027-03-03T22:00:00.000Z', 'Etc/UTC')).toBe('2027-03-04T07:00:00.000Z');
  expect(outsideQuietHours('2027-03-03T06:59:00.000Z', 'Etc/UTC')).toBe('2027-03-03T07:00:00.000Z');
  expect(outsideQuietHours('2027-03-03T18:00:00.000Z', 'Asia/Karachi')).toBe('2027-03-04T02:00:00.000Z');
});

describe('what is typed', () => {
  test('is a day however people write it, and only one that there is', () => {
    for (const typed of ['2027-03-03', 'March 3, 2027', 'mar 3 2027', '3 March 2027', '3rd Mar 2027']) {
      expect(readDay(typed), typed).toBe('2027-03-03');
    }
    for (const typed of ['31 February 2027', '2027-02-31', '3/3/2027', 'tomorrow', '', 'Foo 3 2027']) {
      expect(readDay(typed), typed).toBeUndefined();
    }
  });
  test('is an hour however people write it', () => {
    const hours = { '21:00': '21:00', '9 pm': '21:00', '9:30am': '09:30', noon: '12:00', '12 am': '00:00', '12pm': '12:00', '11:59 p.m.': '23:59' }; // prettier-ignore
    for (const [typed, hour] of Object.entries(hours)) expect(readHour(typed), typed).toBe(hour);
    for (const typed of ['9', '25:00', '13 pm', '21:60', 'late', '']) expect(readHour(typed), typed).toBeUndefined();
  });
});

test('an hour that the clocks skip is none, and one that they bring twice is two', () => {
  expect(momentsOf('2027-03-14', '02:30', 'America/New_York')).toEqual([]);
  expect(momentsOf('2027-11-07', '01:30', 'America/New_York')).toEqual([
    '2027-11-07T05:30:00.000Z',
    '2027-11-07T06:30:00.000Z',
  ]);
});

test('a date counts for a month after it was looked at, and has to be looked at again a week before it', () => {
  expect(lookAgainBy('2026-11-25', '2027-03-03')).toBe('2026-12-25');
  expect(lookAgainBy('2027-02-10', '2027-03-03')).toBe('2027-02-25');
  expect(lookAgainBy('2027-02-26', '2027-03-03')).toBe('2027-03-28');
  expect(later('2027-01-01T00:00:00.000Z', { days: 1 })).toBe('2027-01-02T00:00:00.000Z');
});
