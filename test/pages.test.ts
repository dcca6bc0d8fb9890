import { expect, test } from 'vitest';
import { pageOf } from '../src/pages.ts';

test.each([
  [0, 0, { page: 0, pages: 1, offset: 0 }],
  [0, 7, { page: 0, pages: 1, offset: 0 }],
  [5, 0, { page: 0, pages: 1, offset: 0 }],
  [6, 1, { page: 1, pages: 2, offset: 5 }],
  [6, 2, { page: 1, pages: 2, offset: 5 }],
  [6, -1, { page: 0, pages: 2, offset: 0 }],
  [6, 0.5, { page: 0, pages: 2, offset: 0 }],
  [6, Number.NaN, { page: 0, pages: 2, offset: 0 }],
  [6, Infinity, { page: 0, pages: 2, offset: 0 }],
])('of %i entries in fives the page asked for as %d', (total, wanted, page) => {
  expect(pageOf(total, wanted, 5)).toEqual(page);
});
