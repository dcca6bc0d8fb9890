import { describe, expect, test } from 'vitest';
import { dayThatIsNone, understandMoment } from '../../../src/posts/announcements/when.ts';
import { words } from '../../../src/texts/en/words.ts';

/** A Monday, 07:00 in New York. */
const now = '2026-11-23T12:00:00.000Z';
const zone = 'America/New_York';

describe('what a moderator types is understood in the zone of the guild', () => {
  test.each([
    ['Mon 18:00', '2026-11-23T23:00'],
    ['monday 6pm', '2026-11-23T23:00'],
    ['Mon 06:00', '2026-11-30T11:00'],
    ['Mon 07:00', '2026-11-30T12:00'],
    ['next Thursday at 9:30 am', '2026-11-26T14:30'],
    ['tues 12am', '2026-11-24T05:00'],
    ['18:00', '2026-11-23T23:00'],
    ['6.30', '2026-11-24T11:30'],
    ['today 18:00', '2026-11-23T23:00'],
    ['tomorrow, noon', '2026-11-24T17:00'],
    ['2026-12-01 09:00', '2026-12-01T14:00'],
    ['2026-12-01T09:00', '2026-12-01T14:00'],
    ['1 Dec 09:00', '2026-12-01T14:00'],
    ['December 1st 9am', '2026-12-01T14:00'],
    ['Dec 1, 2026, 9am', '2026-12-01T14:00'],
    ['1 Jan 00:00', '2027-01-01T05:00'],
    ['in 2 hours', '2026-11-23T14:00'],
    ['in 1 h 30 min', '2026-11-23T13:30'],
    ['in 90m', '2026-11-23T13:30'],
    ['in 1 day and 2 hours', '2026-11-24T14:00'],
    ['in 3 weeks', '2026-12-14T12:00'],
    ['2026-12-01T09:00Z', '2026-12-01T09:00'],
    ['2026-12-01T09:00:30+05:00', '2026-12-01T04:00'],
  ])('“%s” is %s', (typed, at) => {
    const understood = understandMoment(typed, zone, now);
    expect(understood).toMatchObject({ is: 'moment' });
    expect('at' in understood && understood.at.slice(0, 16)).toBe(at);
    // What the suggestion sends back means the same.
    const again = 'canonical' in understood && understandMoment(understood.canonical, zone, now);
    expect(again).toEqual(understood);
  });

  test.each(['', 'soon', 'Mon', '18', '25:00', '13pm', '0am', '2026-02-30 09:00', '31 Feb 09:00', 'in a bit', 'in 2'])(
    '“%s” is not understood',
    (typed) => {
      expect(understandMoment(typed, zone, now)).toEqual({ is: 'unknown' });
    },
  );

  test.each([
    ['today 06:00', 'past'],
    ['2026-11-22 09:00', 'past'],
    ['in 0 minutes', 'past'],
    ['2027-11-24 09:00', 'far'],
    ['in 366 days', 'far'],
  ])('“%s” is too early or too late: %s', (typed, is) => {
    expect(understandMoment(typed, zone, now)).toMatchObject({ is });
  });

  /** A Friday, 05:30 in New York, typed on that day. */
  test.each([
    ['Friday 5pm', '2026-11-27T22:00'],
    ['this Friday 5pm', '2026-11-27T22:00'],
    ['next Friday 5pm', '2026-12-04T22:00'],
    ['next Fri at 05:00', '2026-12-04T10:00'],
    ['coming Friday 5pm', '2026-12-04T22:00'],
    ['next Monday 9am', '2026-11-30T14:00'],
    ['next week Friday 5pm', '2026-12-04T22:00'],
    ['Monday next week 9am', '2026-11-30T14:00'],
    ['on Sunday next week at noon', '2026-12-06T17:00'],
  ])('“%s”, typed on a Friday morning, is %s', (typed, at) => {
    const understood = understandMoment(typed, zone, '2026-11-27T10:30:00.000Z');
    expect('at' in understood && understood.at.slice(0, 16)).toBe(at);
  });

  test('“next Monday”, typed in the last hour of a Sunday, is the next day; a time today that has passed is past', () => {
    const sunday = '2026-11-30T04:30:00.000Z';
    expect(understandMoment('next Monday 9am', zone, sunday)).toMatchObject({ at: '2026-11-30T14:00:00.000Z' });
    expect(understandMoment('next Sunday 9am', zone, sunday)).toMatchObject({ at: '2026-12-06T14:00:00.000Z' });
    expect(understandMoment('this Sunday 9am', zone, sunday)).toMatchObject({ is: 'past' });
  });

  test('a year to the minute is the furthest', () => {
    expect(understandMoment('in 365 days', zone, now)).toMatchObject({ is: 'moment' });
    expect(understandMoment('in 365 days 1 minute', zone, now)).toMatchObject({ is: 'far' });
  });
});

describe('around daylight saving time', () => {
  test.each([
    // The night that clocks go forward has no 02:30; it is posted when the clocks show 03:30.
    ['Sun 02:30', 'America/New_York', '2027-03-12T12:00:00Z', '2027-03-14T07:30:00.000Z', '2027-03-14T02:30'],
    ['Fri 00:30', 'Africa/Cairo', '2027-04-28T12:00:00Z', '2027-04-29T22:30:00.000Z', '2027-04-30T00:30'],
    ['Sun 01:15', 'Europe/London', '2027-03-26T12:00:00Z', '2027-03-28T01:15:00.000Z', '2027-03-28T01:15'],
  ])('“%s” in %s falls into the hour that is left out: moved on by it', (typed, there, from, at, skipped) => {
    expect(understandMoment(typed, there, from)).toEqual({ is: 'moment', at, canonical: skipped, skipped });
  });

  test('a time that the clocks show twice is the first of the two', () => {
    const understood = understandMoment('Sun 01:30', 'America/New_York', '2026-10-30T12:00:00Z');
    expect(understood).toMatchObject({ is: 'moment', at: '2026-11-01T05:30:00.000Z' });
    expect(understood).not.toHaveProperty('skipped');
  });

  test('“Mon 18:00” is six in the evening on both sides of a change, and a day is not always 24 hours', () => {
    expect(understandMoment('Mon 18:00', zone, '2026-10-26T23:00:00Z')).toMatchObject({
      at: '2026-11-02T23:00:00.000Z',
    });
    expect(understandMoment('Mon 18:00', zone, '2026-10-26T12:00:00Z')).toMatchObject({
      at: '2026-10-26T22:00:00.000Z',
    });
    expect(understandMoment('in 1 day', zone, '2026-10-31T12:00:00Z')).toMatchObject({
      at: '2026-11-01T13:00:00.000Z',
    });
    expect(understandMoment('in 24 hours', zone, '2026-10-31T12:00:00Z')).toMatchObject({
      at: '2026-11-01T12:00:00.000Z',
    });
  });
});

test('a moment is told as a clock there shows it', () => {
  expect(words.moment(zone, '2026-11-30T23:00:00Z')).toBe('Monday, November 30, 2026 at 18:00');
  expect(words.moment('Asia/Karachi', '2026-11-30T23:00:00Z')).toBe('Tuesday, December 1, 2026 at 04:00');
});

test.each([
  ['2026-02-31', '2026-02-31'],
  ['2027-02-29 10:00', '2027-02-29'],
  ['31 Feb 09:00', '31 feb'],
  ['on April 31st at 9am', 'april 31st'],
  ['30 February 2027', '30 february 2027'],
  ['2026-12-01 09:00', undefined],
  ['29 Feb', undefined],
  ['next Friday', undefined],
  ['in 31 days', undefined],
])('of “%s” the day that no calendar has is %s', (typed, none) => {
  expect(dayThatIsNone(typed)).toBe(none);
});
