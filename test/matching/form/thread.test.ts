import { expect, test } from 'vitest';
import { makeSeekers } from '../../../bench/seekers.ts';
import { formGroups } from '../../../src/matching/form/index.ts';
import { formInThread } from '../../../src/study/formations/thread/start.ts';

test('a thread forms the same groups, and whoever starts it is told when it fails', async () => {
  const input = { seekers: makeSeekers(80, 3, 'real'), from: Date.UTC(2027, 1, 22), minutes: 60, seed: 7 };
  expect(await formInThread(input)).toEqual(formGroups(input));
  const unsound = { ...input, seekers: input.seekers.map((seeker) => ({ ...seeker, zone: 'Nowhere' })) };
  await expect(formInThread(unsound)).rejects.toThrow('Nowhere');
});
