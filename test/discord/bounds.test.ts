import type { BaseInteraction } from 'discord.js';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { Buckets, countAct } from '../../src/discord/bounds.ts';
import { inPlace } from '../../src/discord/places.ts';

test('so much may be taken at once, and then as it comes back; others have their own', () => {
  let now = 5_000;
  const buckets = new Buckets({ atOnce: 3, perSecond: 2 }, () => now);
  expect([1, 2, 3].map(() => buckets.take('a'))).toEqual([0, 0, 0]);
  expect(buckets.take('a')).toBe(500);
  expect(buckets.take('b')).toBe(0);
  now += 499;
  expect(buckets.take('a')).toBe(1);
  now += 1;
  expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 500]);
  // Long after, as much as ever and no more.
  now += 3_600_000;
  expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 500]);
});

test('what was taken is not forgotten while it counts, however much time the others let pass', () => {
  let now = 0;
  const buckets = new Buckets({ atOnce: 2, perSecond: 1 }, () => now);
  for (now = 0; now < 60_000; now += 700) {
    buckets.take('other');
    buckets.take('a');
  }
  const taken = Array.from({ length: 20 }, () => buckets.take('a')).filter((ms) => ms === 0);
  expect(taken.length).toBeLessThanOrEqual(1);
});

test('one person may do twice as much in all servers together as in one, and typing counts apart', () => {
  const config = parseConfig({ DISCORD_TOKEN: 'abc', ACTS_AT_ONCE: '10' });
  const act = (guildId: string, isTyping = false) =>
    countAct(config, { guildId, user: { id: '1' }, isAutocomplete: () => isTyping } as unknown as BaseInteraction);
  const done = (guildId: string, isTyping = false) =>
    Array.from({ length: 100 }, () => act(guildId, isTyping)).filter((waitMs) => waitMs === 0).length;
  expect([done('a'), done('b'), done('c')]).toEqual([10, 10, 0]);
  expect(done('a', true)).toBe(50);
  expect(act('c')).toBeGreaterThan(0);
});

test('a server in which many act at once does not keep those of another waiting', async () => {
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const act = (guildId: string, name: string) =>
    inPlace(guildId, async () => {
      order.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
    });
  const acts = [...Array(10).keys()].map((i) => act('busy', `busy ${i}`));
  acts.push(act('quiet', 'quiet'));
  expect(order.indexOf('quiet')).toBeLessThan(5);
  expect(order.length).toBeLessThan(10);
  // Everybody comes, in their order, also where those before them wait for Discord.
  await expect.poll(() => order.length).toBe(11);
  expect(order.filter((name) => name !== 'quiet')).toEqual([...Array(10).keys()].map((i) => `busy ${i}`));
  for (const end of ends) end();
  await Promise.all(acts);
});

test('an act that fails leaves its place to the next, and fails for whoever waits for it', async () => {
  const failing = [1, 2, 3, 4, 5].map(() => inPlace('failing', () => Promise.reject(new Error('no'))));
  expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
  await expect(inPlace('failing', () => Promise.resolve())).resolves.toBeUndefined();
});
