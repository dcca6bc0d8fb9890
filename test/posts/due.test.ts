import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { findCronFault, fromCron, listNextDue, readTime, toCron } from '../../src/posts/due.ts';
import { type Instant, toInstant } from '../../src/time.ts';

const newYork = 'America/New_York';

/** The moment of a wall-clock time in a zone. */
function localInstant(wall: string, zone: string): Instant {
  return toInstant(Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).toInstant());
}

/** The due times after a local moment, as the clocks of the zone show them, with the offset. */
function shown(cron: string, zone: string, after: string, count: number): string[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return listNextDue(cron, zone, localInstant(after, zone), count).map((at) => format.format(new Date(at)));
}

describe('a daily schedule keeps its local time', () => {
  it.each([
    ['New York in autumn', newYork, '2026-10-31T12:00', ['2026-11-01 09:00', '2026-11-02 09:00']],
    ['New York in spring', newYork, '2027-03-13T12:00', ['2027-03-14 09:00', '2027-03-15 09:00']],
    ['London in autumn', 'Europe/London', '2026-10-24T12:00', ['2026-10-25 09:00', '2026-10-26 09:00']],
    ['London in spring', 'Europe/London', '2027-03-27T12:00', ['2027-03-28 09:00', '2027-03-29 09:00']],
    ['Cairo in autumn', 'Africa/Cairo', '2026-10-29T12:00', ['2026-10-30 09:00', '2026-10-31 09:00']],
    ['Cairo in spring', 'Africa/Cairo', '2027-04-29T12:00', ['2027-04-30 09:00', '2027-05-01 09:00']],
    ['Karachi, which has no change', 'Asia/Karachi', '2027-03-13T12:00', ['2027-03-14 09:00', '2027-03-15 09:00']],
  ])('%s', (_where, zone, after, times) => {
    expect(shown('0 9 * * *', zone, after, 2)).toEqual(times);
  });

  it('and so does a weekly one, a week of 167 or 169 hours apart', () => {
    const [before, after] = listNextDue('0 9 * * 1', newYork, localInstant('2026-10-25T12:00', newYork), 2);
    expect([before, after]).toEqual(['2026-10-26T13:00:00.000Z', '2026-11-02T14:00:00.000Z']);
    const spring = listNextDue('0 9 * * 1', newYork, localInstant('2027-03-07T12:00', newYork), 2);
    expect(spring).toEqual(['2027-03-08T14:00:00.000Z', '2027-03-15T13:00:00.000Z']);
  });
});

describe('the night the clocks go forward', () => {
  it('02:30 does not exist in New York: due once, at the next time that does', () => {
    expect(shown('30 2 * * *', newYork, '2027-03-13T00:00', 3)).toEqual([
      '2027-03-13 02:30',
      '2027-03-14 03:00',
      '2027-03-15 02:30',
    ]);
  });
  it('00:30 does not exist in Cairo: due once, at 01:00', () => {
    expect(shown('30 0 * * *', 'Africa/Cairo', '2027-04-29T12:00', 2)).toEqual([
      '2027-04-30 01:00',
      '2027-05-01 00:30',
    ]);
  });
});

describe('the night the clocks go back', () => {
  it('01:30 comes twice in New York: due the first time only', () => {
    expect(listNextDue('30 1 * * *', newYork, localInstant('2026-10-31T12:00', newYork), 2)).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ]);
  });
  it('two times of a set hour that comes twice are due the first time only', () => {
    expect(listNextDue('0,30 1 * * *', newYork, localInstant('2026-10-31T12:00', newYork), 3)).toEqual([
      '2026-11-01T05:00:00.000Z',
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:00:00.000Z',
    ]);
  });
  it('a half-hourly schedule is due through both hours, each half hour once', () => {
    expect(listNextDue('0,30 * * * *', newYork, '2026-11-01T04:45:00.000Z', 5)).toEqual([
      '2026-11-01T05:00:00.000Z',
      '2026-11-01T05:30:00.000Z',
      '2026-11-01T06:00:00.000Z',
      '2026-11-01T06:30:00.000Z',
      '2026-11-01T07:00:00.000Z',
    ]);
  });
  it('23:30 comes twice in Cairo: due the first time only', () => {
    expect(listNextDue('30 23 * * *', 'Africa/Cairo', '2026-10-29T12:00:00.000Z', 2)).toEqual([
      '2026-10-29T20:30:00.000Z',
      '2026-10-30T21:30:00.000Z',
    ]);
  });
});

describe('an expression is refused', () => {
  const now = '2026-11-23T12:00:00.000Z';
  it.each([
    ['* * * * *', 'too-often'],
    ['*/29 * * * *', 'too-often'],
    ['0,10 9 * * 1', 'too-often'],
    ['0,59 0,23 * * *', 'too-often'],
    ['0 0 30 2 *', 'never'],
    ['@daily', 'unreadable'],
    ['0 0 9 * * 1', 'unreadable'],
    ['0 25 * * *', 'unreadable'],
    ['words and no numbers here', 'unreadable'],
    ['', 'unreadable'],
  ] as const)('%s: %s', (cron, fault) => {
    expect(findCronFault(cron, newYork, now)).toBe(fault);
  });
  it.each(['0 9 * * 1', '0,30 * * * *', '15,45 8-20 * * 1-5', '0 0 29 2 *', '0 9 L * *', '0 9 * * MON'])(
    'but not %s',
    (cron) => {
      expect(findCronFault(cron, newYork, now)).toBeUndefined();
    },
  );
  it('also for a zone that does not exist', () => {
    expect(findCronFault('0 9 * * 1', 'Mars/Olympus', now)).toBe('unreadable');
  });
});

describe('days and a time', () => {
  it('become an expression and come back from it', () => {
    const dayTime = { days: [1, 4, 0], hour: 18, minute: 5 } as const;
    expect(toCron(dayTime)).toBe('5 18 * * 1,4,0');
    expect(fromCron(toCron(dayTime))).toEqual(dayTime);
    expect(toCron({ days: [1, 2, 3, 4, 5, 6, 0], hour: 9, minute: 0 })).toBe('0 9 * * *');
    expect(fromCron('0 9 * * 1-5')?.days).toEqual([1, 2, 3, 4, 5]);
    expect(fromCron('0 9 1 * *')).toBeUndefined();
    expect(fromCron('0 25 * * *')).toBeUndefined();
  });
  it.each([
    ['9', 9, 0],
    ['09:00', 9, 0],
    ['18.30', 18, 30],
    ['9am', 9, 0],
    ['12 AM', 0, 0],
    ['6:30 p.m.', 18, 30],
  ])('the time %s is understood', (typed, hour, minute) => {
    expect(readTime(typed)).toEqual({ hour, minute });
  });
  it.each(['25:00', '9:75', '13pm', 'noon', ''])('the time “%s” is none', (typed) => {
    expect(readTime(typed)).toBeUndefined();
  });
});

describe('a rhythm is counted by the calendar of its zone', () => {
  const everyOther = '0 9 * * 1 every 2 weeks from 2026-10-19';
  it('every other Monday keeps its hour and its weeks over the change of clocks', () => {
    expect(shown(everyOther, newYork, '2026-10-18T12:00', 4)).toEqual([
      '2026-10-19 09:00',
      '2026-11-02 09:00',
      '2026-11-16 09:00',
      '2026-11-30 09:00',
    ]);
  });
  it('and goes on over the new year, also from a day long after', () => {
    expect(shown(everyOther, newYork, '2026-12-27T12:00', 2)).toEqual(['2026-12-28 09:00', '2027-01-11 09:00']);
    expect(shown(everyOther, newYork, '2031-06-01T12:00', 2)).toEqual(['2031-06-09 09:00', '2031-06-23 09:00']);
  });
  it('the week is that of the zone: late on a Sunday in New York it is Monday in Karachi', () => {
    const sundays = '0 22 * * 0 every 2 weeks from 2026-11-22';
    expect(listNextDue(sundays, newYork, '2026-11-20T00:00:00.000Z', 2)).toEqual([
      '2026-11-23T03:00:00.000Z',
      '2026-12-07T03:00:00.000Z',
    ]);
    expect(shown('0 3 * * 1 every 2 weeks from 2026-11-23', 'Asia/Karachi', '2026-11-20T12:00', 2)).toEqual([
      '2026-11-23 03:00',
      '2026-12-07 03:00',
    ]);
  });
  it('two days of one week come in the same weeks, and before the first day nothing shifts', () => {
    expect(shown('0 18 * * 1,4 every 2 weeks from 2026-11-26', newYork, '2026-11-01T12:00', 5)).toEqual([
      '2026-11-09 18:00',
      '2026-11-12 18:00',
      '2026-11-23 18:00',
      '2026-11-26 18:00',
      '2026-12-07 18:00',
    ]);
  });
  it('every third day and every second month', () => {
    expect(shown('0 8 * * * every 3 days from 2026-10-30', newYork, '2026-10-29T12:00', 3)).toEqual([
      '2026-10-30 08:00',
      '2026-11-02 08:00',
      '2026-11-05 08:00',
    ]);
    expect(shown('0 9 L * * every 2 months from 2026-12-31', newYork, '2026-12-01T12:00', 3)).toEqual([
      '2026-12-31 09:00',
      '2027-02-28 09:00',
      '2027-04-30 09:00',
    ]);
  });
  it('the first Monday, the last Friday, the last day and the last weekday of the month', () => {
    const after = '2026-11-25T12:00';
    expect(shown('0 9 * * 1#1', newYork, after, 2)).toEqual(['2026-12-07 09:00', '2027-01-04 09:00']);
    expect(shown('0 9 * * 5#L', newYork, after, 2)).toEqual(['2026-11-27 09:00', '2026-12-25 09:00']);
    expect(shown('0 9 L * *', newYork, '2027-02-01T12:00', 2)).toEqual(['2027-02-28 09:00', '2027-03-31 09:00']);
    expect(shown('0 9 LW * *', newYork, '2027-01-01T12:00', 2)).toEqual(['2027-01-29 09:00', '2027-02-26 09:00']);
  });
});
