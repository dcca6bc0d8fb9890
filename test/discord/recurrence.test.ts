import { expect, test } from 'vitest';
import { describeCron, repeatChoices } from '../../src/discord/recurrence.ts';
import { texts } from '../../src/texts/en.ts';

test.each([
  ['0 9 * * 1', 'Mondays at 09:00'],
  ['0 10 * * 6,0', 'Saturdays and Sundays at 10:00'],
  ['0 9 * * 1 every 2 weeks from 2026-11-30', 'Every 2 weeks on Monday at 09:00'],
  ['30 8 * * 1,4 every 3 weeks from 2026-11-30', 'Every 3 weeks on Monday and Thursday at 08:30'],
  ['0 8 * * * every 2 days from 2026-11-30', 'Every 2 days at 08:00'],
  ['0 9 1 * *', 'On day 1 of each month at 09:00'],
  ['0 9 1,15 * *', 'On day 1 and day 15 of each month at 09:00'],
  ['0 9 L * *', 'On the last day of each month at 09:00'],
  ['0 17 LW * *', 'On the last weekday of each month at 17:00'],
  ['0 9 * * 1#1', 'On the first Monday of each month at 09:00'],
  ['0 18 * * 1#1,5#L', 'On the first Monday and the last Friday of each month at 18:00'],
  ['0 9 1 * * every 3 months from 2026-01-01', 'Every 3 months on day 1 of the month at 09:00'],
  ['0 9 1 12 *', 'By the cron expression 0 9 1 12 *'],
  ['0 9 1 * 1', 'By the cron expression 0 9 1 * 1'],
])('%s reads “%s”', (plan, words) => {
  expect(describeCron(texts, plan)).toBe(words);
});

test('whoever types a rhythm sees its next times, and choosing it sends what was shown', () => {
  const now = '2026-11-23T12:00:00.000Z';
  const [choice] = repeatChoices(texts, 'every other Monday 09:00', 'America/New_York', now);
  expect(choice?.name).toMatch(/^every other Monday 09:00: Next: Mon, Nov 23, 09:00 · Mon, Dec 7, 09:00/);
  expect(choice?.value).toBe('0 9 * * 1 every 2 weeks from 2026-11-23');
});

test('every example that is offered is understood, and fits what Discord shows', () => {
  const choices = repeatChoices(texts, '', 'America/New_York', '2026-11-23T12:00:00.000Z');
  expect(choices).toHaveLength(6);
  for (const { name, value } of choices) expect([name.length <= 100, value.length <= 100]).toEqual([true, true]);
});
