import { expect, test } from 'vitest';
import { isMatchQuiet, matchWeekAt, matchWeekOf } from '../../src/guild/match-week.ts';

test('Match Week is the week of the third Friday of March, by Eastern time', () => {
  expect(matchWeekOf(2027)).toEqual({
    year: 2027,
    from: '2027-03-14T05:00:00.000Z',
    word: '2027-03-14T13:00:00.000Z',
    whether: '2027-03-15T14:00:00.000Z',
    where: '2027-03-19T16:00:00.000Z',
    until: '2027-03-20T04:00:00.000Z',
    season: '2026-09-01T04:00:00.000Z',
  });
  // As it was: Match Day on March 17, 2023, March 15, 2024, March 21, 2025 and March 20, 2026.
  const days = [2023, 2024, 2025, 2026].map((year) => matchWeekOf(year).where.slice(0, 10));
  expect(days).toEqual(['2023-03-17', '2024-03-15', '2025-03-21', '2026-03-20']);
});

test('it is quiet from Sunday until Friday is over, where the guild has not turned it off', () => {
  for (const [at, quiet] of [
    ['2027-03-14T04:59:59.999Z', false],
    ['2027-03-14T05:00:00.000Z', true],
    ['2027-03-20T03:59:59.999Z', true],
    ['2027-03-20T04:00:00.000Z', false],
    ['2027-12-31T23:59:59.999Z', false],
  ] as const) {
    expect(isMatchQuiet({ match_week: 1 }, at), at).toBe(quiet);
    expect(isMatchQuiet({ match_week: 0 }, at), at).toBe(false);
    expect(matchWeekAt(at) !== undefined, at).toBe(quiet);
  }
});
