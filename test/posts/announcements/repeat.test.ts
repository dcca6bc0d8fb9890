import { expect, test } from 'vitest';
import { understandRepeat } from '../../../src/posts/announcements/repeat.ts';

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
  ['61 * * * *', 'unknown'],
  ['*/5 * * * *', 'too-often'],
  ['0 9 30 2 *', 'never'],
])('“%s” does not: %s', (typed, is) => {
  expect(understandRepeat(typed, zone, now)).toEqual({ is });
});
