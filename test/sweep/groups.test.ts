/** The thread of a study group, as people find it after somebody did something to it on Discord. */
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { upsertHours } from '../../src/db/hours.ts';
import { upsertMember } from '../../src/db/members.ts';
import { openDatabase } from '../../src/db/open.ts';
import { evenings } from '../study/support.ts';
import { pass, titlesTo } from '../support/pairs.ts';
import { day, hour, minute, threadsOf } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let owner: Actor;
let omar: Actor;
let zara: Actor;
beforeEach(async () => {
  town = await openTown({ setUp: true });
  [owner, omar, zara] = await join('Ada', 'Omar', 'Zara');
  await owner.slash('study create', { topic: 'step-1' });
  await owner.submit({
    'When is the exam, or what you work toward?': ['2027-03'],
    'Languages to talk in': ['en'],
    'Sessions a week': ['1'],
    'How many people, with you': ['4'],
    'What you use, and how you work (optional)': '',
  });
  for (const each of [omar, zara]) await enter(each);
  await soon('a thread', () => threadOf() && owner.messages(threadOf()!.id).length > 0);
});
afterEach(async () => await town.close());

/** People with a week. */
async function join<Names extends readonly string[]>(...names: Names): Promise<{ [K in keyof Names]: Actor }> {
  const people = names.map((name) => town.guild.join({ name }));
  const db = await openDatabase(town.database);
  const at = new Date(town.sandbox.clock.now()).toISOString();
  for (const { id: userId } of people) {
    const whose = { guildId: town.guild.id, userId };
    await upsertMember(db, { guild_id: town.guild.id, user_id: userId, zone: 'Asia/Karachi', created_at: at });
    await db.transaction().execute((trx) => upsertHours(trx, whose, { windows: evenings, until: null }, at));
  }
  await db.destroy();
  return people as { [K in keyof Names]: Actor };
}

async function enter(person: Actor): Promise<void> {
  await person.press('Join 1', await person.slash('study find', { topic: 'step-1' }));
}

const threadOf = () => threadsOf(town, owner).find(({ memberIds }) => memberIds.includes(omar.id));

/** Lets the bot do what is due, a minute at a time, until something is so. */
async function soon(what: string, is: () => unknown): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (is()) return;
    await pass(town, minute);
    await setTimeout(20);
  }
  throw new Error(`${what} never came`);
}

test('deleted by hand is opened again, at once or after the bot was off, and says so', async () => {
  const old = threadOf()!;
  town.guild.deleteThread(old);
  // Nothing has to be posted for that: the event alone does it.
  await town.sandbox.until('another thread', () => threadOf() && owner.messages(threadOf()!.id).length > 0);
  const another = threadOf()!;
  expect(another.id).not.toBe(old.id);
  expect(another.memberIds).toContain(zara.id);
  expect((await owner.slash('study show')).text).toContain(another.id);

  await town.bot.stop();
  town.guild.deleteThread(another);
  await town.start();
  await soon('a third', () => threadOf() && threadOf()!.id !== another.id);
});

test('somebody who left the server and is back within minutes is in it again once they use the bot', async () => {
  omar.leave();
  await pass(town, 5 * minute);
  const back = town.guild.join({ name: 'Omar' });
  await back.slash('study show');
  await soon('Omar in it', () => threadOf()?.memberIds.includes(back.id));
  expect(threadOf()?.memberIds).toContain(zara.id);
});

test('somebody who was taken out of it by hand is brought back within a day', async () => {
  town.guild.takeFromThread(threadOf()!, zara);
  await pass(town, 25 * hour, hour);
  expect(threadOf()?.memberIds).toContain(zara.id);
});

test('that has fallen asleep takes in whoever joins, and a locked one stays as moderators left it', async () => {
  town.guild.closeThread(threadOf()!);
  const [noor] = await join('Noor');
  await enter(noor);
  await soon('Noor in it', () => threadOf()?.memberIds.includes(noor.id));
  expect(threadOf()?.archived).toBe(false);

  town.guild.takeFromThread(threadOf()!, zara);
  town.guild.closeThread(threadOf()!, true);
  await pass(town, 25 * hour, hour);
  expect(threadOf()).toMatchObject({ archived: true, locked: true });
  expect(threadOf()?.memberIds).not.toContain(zara.id);
  const staff = town.moderator.messages('mentoring-staff').map(({ embeds }) => embeds[0]?.description ?? '');
  expect(staff.filter((text) => text.includes('was locked, and their mentorship or group'))).toHaveLength(1);
});

test('shows the message of a session again once it changes, where somebody deleted it', async () => {
  const at = new Date(town.sandbox.clock.now() + 2 * day + 5 * hour).toISOString();
  await owner.slash('study session', { when: at.slice(0, 16).replace('T', ' ') });
  const session = () =>
    owner.messages(threadOf()!.id).filter(({ embeds }) => embeds[0]?.title?.startsWith('Session: '));
  await pass(town, 25 * hour, hour);
  await soon('its message', () => session().length === 1);
  town.guild.deleteMessage(session()[0]!);
  await zara.slash('study show');
  await pass(town, 23 * hour - 5 * minute, hour);
  await pass(town, 6 * minute, minute);
  await soon('it again', () => session().length === 1);
  expect((await zara.press('here', session()[0])).text).not.toBe('');
  expect(session()).toHaveLength(1);
});

test('is closed with its group, also where a moderator deleted what it began with', async () => {
  const thread = threadOf()!;
  town.guild.deleteMessage(owner.messages(thread.id)[0]!);
  for (const each of [owner, omar, zara]) await each.press('Leave', await each.slash('study leave'));
  await soon('an empty, archived thread', () => {
    const left = town.guild.threads().find(({ id }) => id === thread.id);
    return left?.archived && ![owner, omar, zara].some(({ id }) => left.memberIds.includes(id));
  });
});

test('an owner who left without the bot hearing of it is missed within a day, and another is asked', async () => {
  owner.leave();
  await pass(town, 26 * hour, hour);
  expect([...titlesTo(omar), ...titlesTo(zara)]).toContain('Would you look after the group for USMLE Step 1?');
  await pass(town, day, hour);
  expect((await omar.slash('study show')).text).not.toContain(owner.id);
});
