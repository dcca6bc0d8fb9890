import { execFileSync } from 'node:child_process';
import { MessageFlags, PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor, Answer } from '../../sandbox/api.ts';
import { openDatabase } from '../../src/db/open.ts';
import { ask, day, register, requestAt, speaksOf } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let imani: Actor;
let noor: Actor;
beforeEach(async () => {
  town = await openTown({
    setUp: true,
    env: { OPERATOR_CONTACT: 'Preceptor Club, club@example.org', DISCORD_MEMBER_INTENT: 'on' },
  });
  imani = town.moderator;
  noor = town.guild.join({ name: 'Noor', permissions: PermissionFlagsBits.ManageGuild });
});
afterEach(() => town.close());

async function mentor(name: string): Promise<Actor> {
  const actor = town.guild.join({ name });
  await register(actor, 'mentor', { stage: 'resident' });
  await noor.slash('mentors verify', { member: actor, level: 'resident', method: 'video-call' });
  await town.bot.tick();
  return actor;
}

async function deleteAll(who: Actor): Promise<void> {
  await who.press('Delete everything about me', await who.slash('profile delete'));
  await town.bot.tick();
}

async function fileIn(answer: Answer): Promise<string> {
  return await (await fetch(answer.message?.attachments[0]?.url ?? '')).text();
}

test('the privacy policy is shown before somebody registers and with their profile, with whom to ask', async () => {
  const omar = town.guild.join({ name: 'Omar' });
  const consent = await omar.slash('register mentee', { timezone: 'Asia/Karachi' });
  expect(consent.text).toMatch(/What is kept about you/);
  const policy = await omar.press('Privacy', consent);
  expect(policy.text).toContain('club@example.org');
  expect(policy.message?.attachments.map(({ filename }) => filename)).toEqual(['PRIVACY.md', 'TERMS.md']);
  expect(await fileIn(policy)).toMatch(/^# Privacy/);
  const ada = await mentor('Ada');
  expect((await ada.press('Privacy', await ada.slash('profile show'))).text).toContain('club@example.org');
});

test('what a moderator did stays in the record under their name when they delete their data', async () => {
  const ada = await mentor('Ada');
  await noor.slash('setup weights', {});
  await deleteAll(noor);
  const record = (await imani.slash('audit')).text;
  expect(record).toContain(`<@${noor.id}> verified <@${ada.id}>`);
  // Nothing but the record is left, and that is not theirs to delete.
  expect((await noor.slash('profile delete')).text).toMatch(/nothing left to delete/);
  expect((await imani.slash('audit', { member: noor })).text).toContain('verified');
});

test('once they have left it names a code, the same for all that they did', async () => {
  for (const name of ['Ada', 'Bea']) await mentor(name);
  noor.leave();
  let left = '';
  do left = (await imani.slash('audit')).text;
  while (left.includes(noor.id));
  const codes = [...left.matchAll(/a moderator who has left \((\S{5})\) verified/g)].map(([, code]) => code);
  expect(codes).toHaveLength(2);
  expect(new Set(codes).size).toBe(1);
  // Whoever looks for what that member did still finds it.
  expect((await imani.slash('audit', { member: { id: noor.id, name: 'Noor' } })).text).toContain('verified');
});

test('after a year the act is gone', async () => {
  await mentor('Ada');
  town.sandbox.clock.advance(366 * day);
  await town.bot.tick();
  expect((await imani.slash('audit')).text).not.toContain('verified');
});

test('an export names neither who decided about the member nor the moderator who ruled out a pair of theirs', async () => {
  const ada = await mentor('Ada');
  await noor.slash('mentors suspend', { member: ada });
  await town.bot.tick();
  const file = await fileIn(await ada.slash('profile export'));
  expect(file).toContain('mentor-suspended');
  expect(file).not.toContain(noor.id);
});

test('the name of a moderator who deleted their data is on no card any more', async () => {
  const ada = town.guild.join({ name: 'Ada' });
  await register(ada, 'mentor', { stage: 'resident' });
  await town.bot.tick();
  // Her own answers on the screen are hers alone.
  const cards = () =>
    imani.messages('mentoring-staff').filter(({ flags = 0 }) => (flags & MessageFlags.Ephemeral) === 0);
  const naming = () => cards().filter((message) => JSON.stringify(message).includes(imani.id));
  await imani.slash('mentors verify', { member: ada, level: 'resident', method: 'video-call' });
  await ada.slash('tip suggest');
  await ada.submit({
    Category: ['resilience'],
    Title: 'Sleep',
    Tip: 'Two nights, not one, before the exam.',
    Link: '',
  });
  await town.bot.tick();
  const card = imani.messages('mentoring-staff').find((message) => JSON.stringify(message).includes('Two nights'));
  await imani.press('Approve', card);
  await town.bot.tick();
  expect(naming()).toHaveLength(2);
  await deleteAll(imani);
  expect(naming()).toEqual([]);
  expect((await noor.slash('profile show', { member: ada })).text).not.toContain(imani.id);
});

test('after the bot was removed, a button below a direct message shows what is held and deletes it', async () => {
  const ada = await mentor('Ada');
  const omar = town.guild.join({ name: 'Omar' });
  await register(omar, 'mentee', { stage: 'applying', about: 'SECRET words' });
  await ask(omar, ada);
  await town.bot.tick();
  await ada.press('Accept', await requestAt(town, ada, omar));
  await town.bot.tick();
  const letter = omar.dms().find((message) => speaksOf(message, ada));
  town.guild.kickBot();
  await town.bot.tick();
  const shown = await omar.press('My data', letter);
  expect(await fileIn(shown)).toContain('SECRET words');
  expect((await omar.press('Delete everything about me', shown)).text).toMatch(/is deleted/);
  expect((await omar.press('My data', letter)).text).toMatch(/nothing left/);
});

test('an operator deletes what is held on somebody by one command, in every server', async () => {
  const omar = town.guild.join({ name: 'Omar' });
  await register(omar, 'mentee', { stage: 'applying', about: 'SECRET words' });
  const erase = (...args: string[]) =>
    execFileSync(process.execPath, ['src/operator/erase.ts', ...args], {
      env: { ...process.env, DATABASE_URL: `file:${town.database}`, LOG_LEVEL: 'silent' },
      encoding: 'utf8',
      stdio: 'pipe',
    });
  expect(() => erase()).toThrow(/npm run erase/);
  expect(() => erase('omar')).toThrow();
  expect(erase(omar.id)).toMatch(/Deleted in 1 of 1 servers/);
  const db = await openDatabase(town.database);
  expect(await db.selectFrom('members').selectAll().where('user_id', '=', omar.id).execute()).toEqual([]);
  expect(JSON.stringify(await db.selectFrom('profiles').selectAll().execute())).not.toContain('SECRET');
  await db.destroy();
  expect(erase(omar.id)).toMatch(/Deleted in 0 of 1 servers/);
});
