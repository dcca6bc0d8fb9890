import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { APIMessage } from '../../sandbox/api.ts';
import { worldOf } from '../../sandbox/index.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openTown, type Town } from '../support/town.ts';

const name = 'Notify: Tips';
let town: Town;
beforeEach(async () => {
  town = await openTown({ setUp: true });
  await town.moderator.press('Offer Tips', await town.moderator.slash('notify'));
});
afterEach(() => town.close());

const isOpen = (role = name) =>
  worldOf(town.sandbox).guilds.get(town.guild.id)?.roles.get(town.guild.role(role).id)?.mentionable;
const tips = (): readonly APIMessage[] =>
  town.moderator.messages('tips').filter(({ author }) => author.id === town.sandbox.botUserId);
const openings = () =>
  town.sandbox.requests.filter(({ method, path }) => method === 'PATCH' && /\/guilds\/\d+\/roles\/\d+$/.test(path));
const rang = () => tips().filter(({ mention_roles: roles }) => roles.includes(town.guild.role(name).id)).length;

async function pass(ms: number): Promise<void> {
  town.sandbox.clock.advance(ms);
  await town.bot.tick();
}

/** Goes on hour by hour until something is posted. */
async function untilPost(): Promise<void> {
  const before = tips().length;
  for (let n = 0; n < 30 && tips().length === before; n += 1) await pass(3_600_000);
}

/** Adds a tip for every day at this time. */
async function daily(when: string): Promise<void> {
  await town.moderator.slash('schedule add', { kind: 'tip', when: `daily ${when}`, channel: town.guild.channel('tips'), role: town.guild.role(name) }); // prettier-ignore
}

test('members cannot mention a role of /notify but in the minute of a post, and whoever has it is notified', async () => {
  expect(isOpen()).toBe(false);
  await daily('04:30');
  await untilPost();
  expect(isOpen()).toBe(true);
  expect(rang()).toBe(1);
  // Open for the post, and closed with the next heartbeat.
  expect(openings().map(({ body }) => (body as { mentionable: boolean }).mentionable)).toEqual([true]);
  await pass(60_000);
  expect(isOpen()).toBe(false);
  await untilPost();
  expect(rang()).toBe(2);
  await pass(60_000);
  expect(isOpen()).toBe(false);
});

test('posts to one role in the same minute share one opening', async () => {
  // At the time of the tip that came with the set-up.
  await daily('09:00');
  await untilPost();
  expect(rang()).toBe(2);
  expect(openings()).toHaveLength(1);
  await pass(60_000);
  expect(isOpen()).toBe(false);
  expect(openings()).toHaveLength(2);
});

test('one that a kill left open is closed after the next start', async () => {
  await town.bot.stop();
  const db = await openDatabase(town.database);
  const opened_at = new Date(town.sandbox.clock.now()).toISOString();
  await db.updateTable('notify').set({ opened_at }).execute();
  await db.destroy();
  town.guild.changeRole(town.guild.role(name), { mentionable: true });
  await town.start();
  await pass(60_000);
  expect(isOpen()).toBe(false);
});

test('where the bot may no longer change roles it posts without, and the moderators hear why', async () => {
  await daily('04:30');
  town.guild.denyBot(PermissionFlagsBits.ManageRoles);
  await town.sandbox.until('the permission has arrived', () => true);
  await untilPost();
  expect(tips()).toHaveLength(1);
  expect(rang()).toBe(0);
  const staff = JSON.stringify(town.moderator.messages('mentoring-staff'));
  expect(staff).toContain('notified nobody');
  // Nor is it a fault that a moderator would have to mend while all is well.
  town.guild.allowBot(PermissionFlagsBits.ManageRoles);
  await town.sandbox.until('the permission has arrived', () => true);
  expect((await town.moderator.slash('setup check')).text).not.toContain('may not mention');
});

test('an announcement to such a role is any moderator’s to write, and opens it too', async () => {
  await town.moderator.press('Offer Announcements', await town.moderator.slash('notify'));
  const role = town.guild.role('Notify: Announcements');
  await town.moderator.slash('announce compose', { role });
  const preview = await town.moderator.submit({ title: 'A call', text: 'Join us.' });
  await town.moderator.press('Post now', preview);
  await town.bot.tick();
  const [post] = town.moderator.messages('announcements').filter(({ author }) => author.id === town.sandbox.botUserId);
  expect(post?.mention_roles).toEqual([role.id]);
  await pass(60_000);
  expect(isOpen('Notify: Announcements')).toBe(false);
});
