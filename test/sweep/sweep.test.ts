import { afterEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { openPair, pass } from '../support/pairs.ts';
import { day, hour, minute, register } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';
import { setUp } from '../support/set-up.ts';

let town: Town;
afterEach(async () => await town.close());

/** When something was last looked at is all that looking may change. */
const looks = new Set(['seen_at', 'looked_at', 'sweep_at', 'sweep_since']);

/** Everything in the database, but for when it was looked at. */
/** What processes keep to share the work among themselves. */
const ofProcesses = new Set(['handled', 'pace', 'identifies', 'processes']);

async function everything(): Promise<unknown> {
  const db = await openDatabase(town.database);
  try {
    const tables: Record<string, unknown> = {};
    for (const { name } of await db.introspection.getTables()) {
      if (ofProcesses.has(name)) continue;
      const rows = await db
        .selectFrom(name as 'members')
        .selectAll()
        .execute();
      tables[name] = rows.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([column]) => !looks.has(column))),
      );
    }
    return tables;
  } finally {
    await db.destroy();
  }
}

const requestsSince = (from: number) => town.sandbox.requests.slice(from);

test('in a town in order everything is looked at, and nothing is written or sent', async () => {
  town = await openTown({ setUp: true });
  const { thread } = await openPair(town);
  const waiting = town.guild.join({ name: 'Efua' });
  await register(waiting, 'mentor', { stage: 'resident' });
  await town.bot.tick();
  await town.bot.stop();
  town.sandbox.clock.advance(minute);
  await town.start();
  await pass(town, minute);
  // What is posted by itself is not the sweep's.
  const db = await openDatabase(town.database);
  await db.updateTable('schedules').set({ state: 'removed', next_due_at: null }).execute();
  await db.updateTable('waiting_reports').set({ due_at: '2030-01-01T00:00:00.000Z' }).execute();
  await db.destroy();
  const before = await everything();
  const from = town.sandbox.requests.length;
  await pass(town, 2 * day, hour);
  await town.moderator.slash('setup check');
  await town.bot.tick();
  const requests = requestsSince(from).filter(({ path }) => !/^\/(interactions\/|webhooks\/|gateway$)/.test(path));
  const looked = requests.map(({ method, path }) => `${method} ${path.replaceAll(/\d{17,}/g, '#')}`);
  expect(new Set(looked)).toEqual(
    new Set([
      'GET /guilds/#/members/#',
      'GET /channels/#',
      'GET /channels/#/thread-members/#',
      'GET /channels/#/messages/#',
    ]),
  );
  expect(requests.some(({ path }) => path === `/channels/${thread()?.id}`)).toBe(true);
  expect(await everything()).toEqual(before);
});

describe('a card that waits for the moderators', () => {
  test('is posted again when somebody deleted it', async () => {
    town = await openTown({ setUp: true });
    const staff = town.guild.channel('mentoring-staff');
    const mentor = town.guild.join({ name: 'Ada' });
    await register(mentor, 'mentor', { stage: 'resident' });
    await town.bot.tick();
    const [card] = town.moderator.messages(staff);
    if (!card) throw new Error('no card');
    town.guild.deleteMessage(card);
    await pass(town, day + hour, hour);
    expect(town.moderator.messages(staff)).toHaveLength(1);
    await town.moderator.press('Verify', town.moderator.messages(staff)[0]);
    await pass(town, 3 * day, 6 * hour);
    expect(town.moderator.messages(staff)).toHaveLength(1);
  });

  test('is posted in the new staff channel when the old one was deleted', async () => {
    town = await openTown({ setUp: true });
    await register(town.guild.join({ name: 'Ada' }), 'mentor', { stage: 'resident' });
    await town.bot.tick();
    town.guild.deleteChannel(town.guild.channel('mentoring-staff'));
    await setUp(town.moderator);
    await pass(town, 10 * minute, minute);
    const titles = town.moderator
      .messages(town.guild.channel('mentoring-staff'))
      .map((message) => message.embeds[0]?.title);
    expect(titles.filter((title) => title === 'Ada wants to be a mentor')).toHaveLength(1);
  });

  test('is left alone once it is decided', async () => {
    town = await openTown({ setUp: true });
    const staff = town.guild.channel('mentoring-staff');
    const mentor = town.guild.join({ name: 'Ada' });
    await register(mentor, 'mentor', { stage: 'resident' });
    await town.bot.tick();
    await town.moderator.slash('mentors verify', { member: mentor, level: 'resident', method: 'video-call' });
    await town.bot.tick();
    for (const card of town.moderator.messages(staff)) town.guild.deleteMessage(card);
    await pass(town, 3 * day, 6 * hour);
    expect(town.moderator.messages(staff)).toEqual([]);
  });
});

test('while Discord is away nothing is taken for gone, and afterwards the sweep goes on', async () => {
  town = await openTown({ setUp: true });
  const { thread } = await openPair(town);
  const id = thread()?.id;
  const fault = town.sandbox.fault({
    kind: 'error',
    status: 503,
    route: /^GET \/(channels|guilds)\//,
    times: Infinity,
  });
  await pass(town, 2 * day, 12 * hour);
  fault.clear();
  expect(thread()?.id).toBe(id);
  const from = town.sandbox.requests.length;
  await pass(town, minute);
  expect(requestsSince(from).some(({ path }) => path === `/channels/${id}`)).toBe(true);
  expect(town.guild.threads()).toHaveLength(1);
});
