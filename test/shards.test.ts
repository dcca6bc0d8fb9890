import { afterEach, expect, test } from 'vitest';
import { PermissionFlagsBits } from 'discord.js';
import { explainFailure } from '../src/failure.ts';
import { shardOf } from '../sandbox/world/snowflakes.ts';
import { worldOf } from '../sandbox/index.ts';
import { freePort } from './support/port.ts';
import { openTown, type Town } from './support/town.ts';
import { setUp } from './support/set-up.ts';

let town: Town;
afterEach(async () => await town.close());

/** Guilds until every shard has one, each with somebody who may set it up. */
function guildPerShard(shards: number) {
  const towns = new Map<number, ReturnType<typeof join>>();
  const join = (name: string) => {
    const guild = town.sandbox.createGuild({ name });
    return {
      guild,
      moderator: guild.join({ name: `Moderator of ${name}`, permissions: PermissionFlagsBits.ManageGuild }),
    };
  };
  for (let i = 0; towns.size < shards; i += 1) {
    const made = join(`Guild ${i}`);
    towns.set(shardOf(made.guild.id, shards), made);
  }
  return [...towns.values()];
}

test('people of every shard are answered by the one process that has them all', async () => {
  town = await openTown({ env: { SHARD_COUNT: '4' } });
  const towns = guildPerShard(4);
  await town.sandbox.botReady();
  for (const { moderator } of towns) {
    expect((await setUp(moderator, { timezone: 'Asia/Karachi' })).text).toContain('Preceptor is set up');
  }
  // At another start, too, none of them counts as left.
  await town.bot.stop();
  await town.start();
  for (const { moderator } of towns) expect((await moderator.slash('setup show')).text).toContain('Karachi (UTC+5)');
});

test('the process is well only while each of its connections is', async () => {
  const port = await freePort();
  town = await openTown({ env: { SHARD_COUNT: '2', HEALTH_PORT: String(port) } });
  const health = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).status;
  expect(await health()).toBe(200);
  // So soon after the last, another session has to wait for its turn.
  town.sandbox.dropGateway('invalid', 1);
  await expect.poll(health, { timeout: 4_000 }).toBe(503);
  await expect.poll(health, { timeout: 15_000 }).toBe(200);
});

test('a bot in many servers takes as many connections as Discord recommends, and one in few takes one', async () => {
  town = await openTown({ shards: 3 });
  expect(town.sandbox.shards()).toEqual([0]);
  await town.bot.stop();
  for (let i = 0; i <= 2_000; i += 1) town.sandbox.createGuild({ name: `Guild ${i}`, channels: [] });
  await town.start();
  expect(town.sandbox.shards()).toEqual([0, 1, 2]);
});

test('more servers than Discord lets one connection have are said in words', async () => {
  town = await openTown();
  await town.bot.stop();
  for (let i = 0; i < 2_500; i += 1) town.sandbox.createGuild({ name: `Guild ${i}`, channels: [] });
  const error = await town.start({ SHARD_COUNT: '1' }).catch((reason: unknown) => reason);
  expect(explainFailure(error)).toMatchObject({ exitCode: 78, message: expect.stringContaining('Raise SHARD_COUNT') });
  for (const guild of [...worldOf(town.sandbox).guilds.values()].slice(1)) guild.hasBot = false;
  await town.start();
});
