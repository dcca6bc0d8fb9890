import { expect, test } from 'vitest';
import { race } from './races.ts';

/** A few presses of some; all of them, a hundred at once, many times: `npm run races:groups`. */
const some = [
  'the last place',
  'merging against joining',
  'closing against a session that begins',
  'forming against everything',
];

test.each(some)('%s: whoever comes first, every rule holds and whoever loses reads why', async (only) => {
  const { won, wrong } = await race({ rounds: 1, at: 10, seed: 11, only });
  expect(wrong).toEqual([]);
  expect(won).toBeGreaterThan(0);
});
