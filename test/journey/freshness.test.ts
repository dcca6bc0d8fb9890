import { expect, test } from 'vitest';
import { freshnessOf, standingOf } from '../../src/journey/freshness.ts';
import { support } from '../../src/content/journey.ts';

test('a fact is stated to the end of its day, and advice forever', () => {
  const fact = { kind: 'rule', source: 'nrmp', basis: 'official-copy', checked: '2026-11-01', review_by: '2027-01-30' } as const; // prettier-ignore
  expect(freshnessOf(fact, '2027-01-30')).toBe('fresh');
  expect(freshnessOf(fact, '2027-01-31')).toBe('stale');
  expect(freshnessOf({ kind: 'advice' }, '2099-01-01')).toBe('advice');
});

test('a number of a help line stays with its day past 180 days, and is gone after 360', () => {
  const line = { ...support.lines[0]!, checked: '2026-01-01', review_by: '2026-06-30' };
  expect(standingOf(line, '2026-06-30')).toBe('fresh');
  expect(standingOf(line, '2026-07-01')).toBe('dated');
  expect(standingOf(line, '2026-12-27')).toBe('dated');
  expect(standingOf(line, '2026-12-28')).toBe('gone');
});
