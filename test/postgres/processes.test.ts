import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import type { BotProcess } from '../../sandbox/bot.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { openDatabase } from '../../src/db/open.ts';
import { shardOf } from '../../src/db/shards.ts';
import { ask, day, register, requestAt } from '../support/play.ts';
import { onPostgres, placeOf, removePlace } from '../support/postgres/database.ts';
import { startProcess } from '../support/processes.ts';
import { testStart } from '../support/time.ts';
import { setUp } from '../support/set-up.ts';

const file = 'processes';
let address: string;
let sandbox: Sandbox;
let bots: BotProcess[];
/** A guild of each of two shards. */
let homes: { guild: GuildHandle; moderator: Actor }[];

describe.runIf(onPostgres)('two processes with a shard each', () => {
  beforeEach(async () => {
    bots = [];
    address = await placeOf(file);
    sandbox = await startSandbox({ startAt: Date.parse(testStart), shards: 2 });
    homes = [];
    for (let shard = 0; shard < 2;) {
      const guild = sandbox.createGuild({ name: `Guild of shard ${shard}` });
      if (shardOf(guild.id, 2) !== shard) continue;
      const moderator = guild.join({ name: 'Imani', permissions: PermissionFlagsBits.ManageGuild });
      homes.push({ guild, moderator });
      shard += 1;
    }
    bots = await Promise.all([startProcess(sandbox, address, '0', 2), startProcess(sandbox, address, '1', 2)]);
    await sandbox.botReady();
    for (const { moderator } of homes) await setUp(moderator, { timezone: 'America/New_York' });
  });
  afterEach(async () => {
    await Promise.all(bots.map((bot) => bot.stop()));
    await sandbox.close();
    await removePlace(file);
  });

  async function pairIn({ guild, moderator }: (typeof homes)[0]): Promise<{ mentor: Actor; mentee: Actor }> {
    const [mentor, mentee] = [guild.join({ name: `Noor ${guild.id}` }), guild.join({ name: `Ada ${guild.id}` })];
    await register(mentor, 'mentor', { stage: 'resident' });
    await moderator.slash('mentors verify', { member: mentor, level: 'resident', method: 'video-call' });
    await register(mentee, 'mentee', {});
    await ask(mentee, mentor);
    return { mentor, mentee };
  }

  test('serve each their own guilds, also what is answered in a direct message, which only the first hears', async () => {
    for (const home of homes) {
      const { mentor, mentee } = await pairIn(home);
      const request = await requestAt({ sandbox }, mentor, mentee);
      const answer = await mentor.press('Accept', request);
      expect(answer.text).toContain('You have accepted');
      await sandbox.until('a thread with both', () =>
        home.guild.threads().find(({ memberIds }) => [mentor, mentee].every(({ id }) => memberIds.includes(id))),
      );
      expect(home.guild.threads()).toHaveLength(1);
    }
    sandbox.assertNoRefusals();
  });

  test('take nobody’s guild for left when they start again, and do by the clock what is due in their own, once', async () => {
    const pairs = [];
    for (const home of homes) pairs.push(await pairIn(home));
    await bots[1]?.kill();
    bots[1] = await startProcess(sandbox, address, '1', 2);
    await sandbox.botReady();
    const db = await openDatabase(address);
    const left = await db.selectFrom('guilds').select('id').where('left_at', 'is not', null).execute();
    expect(left).toEqual([]);
    await db.destroy();
    for (const days of [3, 3, 1]) {
      sandbox.clock.advance(days * day);
      await Promise.all(bots.map((bot) => bot.settled()));
      await Promise.all(bots.map((bot) => bot.tick()));
    }
    for (const { mentor, mentee } of pairs) {
      const told = mentee.dms().filter((message) => /has not answered in time/.test(JSON.stringify(message)));
      expect(told).toHaveLength(1);
      // The request and two nudges.
      expect(mentor.dms().filter((message) => JSON.stringify(message).includes(mentee.id))).toHaveLength(3);
    }
    sandbox.assertNoRefusals();
  });

  test('answer each act once while one is replaced by another of the same shard', async () => {
    const [home] = homes;
    const other = await startProcess(sandbox, address, '0', 2);
    bots.push(other);
    for (let i = 0; i < 10; i += 1) expect((await home?.moderator.slash('setup check'))?.text).toBeTruthy();
    await bots[0]?.stop();
    for (let i = 0; i < 3; i += 1) expect((await home?.moderator.slash('setup check'))?.text).toBeTruthy();
    sandbox.assertNoRefusals();
  });

  test('hear of each other where they count differently', async () => {
    const other = await startProcess(sandbox, address, '2', 3);
    bots.push(other);
    expect(other.log.join('\n')).toMatch(/another SHARD_COUNT/);
  });
});

describe.runIf(onPostgres)('processes that start at once', () => {
  test('log in one after the other, as Discord wants it', async () => {
    address = await placeOf(file);
    sandbox = await startSandbox({ startAt: Date.parse(testStart), shards: 2, maxConcurrency: 1 });
    const starting = [startProcess(sandbox, address, '0', 2), startProcess(sandbox, address, '1', 2)];
    const running = await Promise.all(starting);
    expect(sandbox.shards()).toEqual([0, 1]);
    await Promise.all(running.map((bot) => bot.stop()));
    await sandbox.close();
    await removePlace(file);
    sandbox.assertNoRefusals();
  });
});
