import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inParts } from '../src/parts.ts';

test('a long list is handed out whole and in order, and others run in between', async () => {
  const all = Array.from({ length: 7 }, (_, i) => i);
  const seen: number[][] = [];
  let others = 0;
  void (async () => {
    for (;;) {
      await nextTurn();
      others += 1;
      if (others > 100) return;
    }
  })();
  for await (const part of inParts(all, 3)) seen.push([...part, others]);
  expect(seen.map((part) => part.slice(0, -1))).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
  expect(others).toBeGreaterThanOrEqual(2);
});

test('an empty list has no parts', async () => {
  for await (const part of inParts([], 3)) throw new Error(String(part.length));
  expect.assertions(0);
});
