import { expect, test } from 'vitest';
import { lacksTime, understandRepeat } from '../../../src/posts/announcements/repeat.ts';

const now = '2026-11-23T12:00:00.000Z';
const zone = 'America/New_York';

test.each([
  ['Mon 18:00', '0 18 * * 1'],
  ['every Monday at 6pm', '0 18 * * 1'],
  ['Mondays 18:00', '0 18 * * 1'],
  ['weekly on Tuesday 9:30 am', '30 9 * * 2'],
  ['Thu, Mon and sun 07:15', '15 7 * * 1,4,0'],
  ['daily 09:00', '0 9 * * *'],
  ['every day at 09:00', '0 9 * * *'],
  ['weekdays 8am', '0 8 * * 1,2,3,4,5'],
  ['monthly 1 09:00', '0 9 1 * *'],
  ['every month on the 15th at 18:00', '0 18 15 * *'],
  ['the 2nd of every month at 7pm', '0 19 2 * *'],
  ['0 18 * * 1', '0 18 * * 1'],
  ['every other Monday 09:00', '0 9 * * 1 every 2 weeks from 2026-11-23'],
  ['every 2 weeks Mon 09:00', '0 9 * * 1 every 2 weeks from 2026-11-23'],
  ['9am every second Tuesday', '0 9 * * 2 every 2 weeks from 2026-11-24'],
  ['biweekly on Mon and Thu at noon', '0 12 * * 1,4 every 2 weeks from 2026-11-23'],
  ['fortnightly Fridays 17:00', '0 17 * * 5 every 2 weeks from 2026-11-27'],
  ['Mondays every three weeks 06:00', '0 6 * * 1 every 3 weeks from 2026-11-30'],
  ['every other day 08:00', '0 8 * * * every 2 days from 2026-11-23'],
  ['first Monday of the month 09:00', '0 9 * * 1#1'],
  ['every second Tuesday of the month at 7pm', '0 19 * * 2#2'],
  ['first and third Monday of the month 18:00', '0 18 * * 1#1,1#3'],
  ['monthly on the last Friday 16:00', '0 16 * * 5#L'],
  ['last day of the month 09:00', '0 9 L * *'],
  ['last weekday of each month 5pm', '0 17 LW * *'],
  ['1st and 15th of the month 09:00', '0 9 1,15 * *'],
  ['quarterly on the 1st 09:00', '0 9 1 * * every 3 months from 2026-01-01'],
  ['every other month on the last day 09:00', '0 9 L * * every 2 months from 2026-11-30'],
  ['every year on 1 December 09:00', '0 9 1 12 *'],
  ['weekends 10:00', '0 10 * * 6,0'],
  ['Mon-Thu 08:30', '30 8 * * 1,2,3,4'],
  ['Monday through Wednesday & Friday 9am', '0 9 * * 1,2,3,5'],
  ['0 9 l * *', '0 9 L * *'],
])('“%s” comes back as %s', (typed, cron) => {
  expect(understandRepeat(typed, zone, now)).toEqual({ is: 'cron', cron });
});

test.each([
  ['', 'unknown'],
  ['Mon', 'unknown'],
  ['18:00', 'unknown'],
  ['someday 18:00', 'unknown'],
  ['monthly 31 09:00', 'unknown'],
  ['monthly 0 09:00', 'unknown'],
  ['Mon 25:00', 'unknown'],
  ['every 2 weeks 09:00', 'unknown'],
  ['every 40 weeks Mon 09:00', 'unknown'],
  ['fifth Monday of the month 09:00', 'unknown'],
  ['last 09:00', 'unknown'],
  ['0 9 * * 1 every 0 weeks from 2026-11-23', 'unknown'],
  ['0 9 * * 1 every 2 weeks from 2026-02-30', 'unknown'],
  ['0 9 30 2 * every 2 months from 2026-01-01', 'never'],
  ['*/5 * * * * every 2 weeks from 2026-11-23', 'too-often'],
  ['61 * * * *', 'unknown'],
  ['*/5 * * * *', 'too-often'],
  ['0 9 30 2 *', 'never'],
])('“%s” does not: %s', (typed, is) => {
  expect(understandRepeat(typed, zone, now)).toEqual({ is });
});

test('what is suggested for a rhythm means the same when it is sent back', () => {
  for (const typed of [
    'every other Monday 09:00',
    'quarterly on the last day 09:00',
    'last Friday of the month 09:00',
  ]) {
    const understood = understandRepeat(typed, zone, now);
    expect(understood).toMatchObject({ is: 'cron' });
    expect(understandRepeat('cron' in understood ? understood.cron : '', zone, now)).toEqual(understood);
  }
});

test.each([
  ['first Monday 09:00', '0 9 * * 1#1'],
  ['the last day at 17:00', '0 17 L * *'],
  ['last Friday 9am', '0 9 * * 5#L'],
])('“%s” means that of each month', (typed, cron) => {
  expect(understandRepeat(typed, zone, now)).toEqual({ is: 'cron', cron });
});

test.each(['every other Monday', 'first Monday', 'last day of the month', 'weekdays'])(
  '“%s” lacks only a time',
  (typed) => {
    expect(lacksTime(typed, zone, now)).toBe(true);
  },
);

test.each(['someday', 'every other Monday 09:00', '09:00', ''])('“%s” lacks more than that, or nothing', (typed) => {
  expect(lacksTime(typed, zone, now)).toBe(false);
});
