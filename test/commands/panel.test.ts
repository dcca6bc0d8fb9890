import { PermissionFlagsBits } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import type { APIMessage } from '../../sandbox/api.ts';
import { invitePermissions } from '../../src/discord/permissions.ts';
import { register } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
afterEach(() => town.close());

async function open(): Promise<void> {
  const botPermissions = invitePermissions | PermissionFlagsBits.PinMessages;
  town = await openTown({ setUp: true, guild: { channels: ['general', 'welcome', 'lounge'], botPermissions } });
}

/** The panels in a channel as somebody new sees them. */
function panels(channel = 'welcome', person = town.moderator): readonly APIMessage[] {
  return person
    .messages(town.guild.channel(channel))
    .filter((message) => JSON.stringify(message.components ?? []).includes('I look for a mentor'));
}

async function put(words: string, channel?: string): Promise<string> {
  await town.moderator.slash('setup panel', channel === undefined ? {} : { channel: town.guild.channel(channel) });
  const { text } = await town.moderator.submit({ 'Your words above it': words });
  await town.bot.tick();
  return text;
}

test('a moderator puts the doors into a channel, pinned, and anybody goes in by them, also after a restart', async () => {
  await open();
  expect(await put('**Welcome to the Commons!** Start here.', 'welcome')).toContain('The panel is posted in');
  const ana = town.guild.join({ name: 'Ana' });
  const [panel] = panels('welcome', ana);
  expect(panel?.content).toContain('Welcome to the Commons!');
  expect(panel?.pinned).toBe(true);
  await town.bot.stop();
  await town.start();
  expect((await ana.press('I look for a mentor', panel)).kind).toBe('modal');
  expect((await ana.press('What is this?', panel)).ephemeral).toBe(true);
  expect((await ana.press('Open my home', panel)).text).toContain('Welcome');
  // Whoever is registered finds what fits them.
  await register(ana, 'mentee', {});
  const again = await ana.press('I look for a mentor', panel);
  expect(again.ephemeral).toBe(true);
  expect(again.text).toContain('You are registered as a mentee here.');
  expect(panels()).toHaveLength(1);
});

test('a second call changes it in place with the words filled in, and another channel moves it', async () => {
  await open();
  await put('Welcome', 'welcome');
  const [before] = panels();
  const form = await town.moderator.slash('setup panel');
  expect(JSON.stringify(form.modal)).toContain('"value":"Welcome"');
  expect((await town.moderator.submit({ 'Your words above it': 'Come in' })).text).toContain('in place');
  await town.bot.tick();
  expect(panels()).toMatchObject([{ id: before?.id, content: 'Come in' }]);
  expect(await put('Come in', 'lounge')).toContain('moves to');
  expect(panels()).toEqual([]);
  expect(panels('lounge')).toMatchObject([{ content: 'Come in', pinned: true }]);
});

test('one that somebody deletes is put back by the sweep, and so says the check', async () => {
  await open();
  await put('Welcome', 'welcome');
  town.guild.deleteMessage(panels()[0]!);
  const check = await town.moderator.slash('setup check');
  expect(check.text).toContain('The panel for newcomers was deleted. I post it again.');
  await town.bot.tick();
  expect(panels()).toMatchObject([{ content: 'Welcome', pinned: true }]);
  town.guild.deleteMessage(panels()[0]!);
  town.sandbox.clock.advance(25 * 3_600_000);
  await town.bot.tick();
  await town.sandbox.until('the panel', () => panels().length === 1);
});

test('it is asked about once before it goes, and can be put back', async () => {
  await open();
  await put('Welcome', 'welcome');
  const asked = await town.moderator.slash('setup panel', { remove: true });
  expect((await town.moderator.press('Keep the panel', asked)).text).toContain('stays');
  const again = await town.moderator.slash('setup panel', { remove: true });
  expect((await town.moderator.press('Remove the panel', again)).text).toContain('removed');
  await town.bot.tick();
  expect(panels()).toEqual([]);
  expect((await town.moderator.slash('setup panel', { remove: true })).text).toContain('There is no panel here');
  expect((await town.moderator.slash('setup panel')).text).toContain('Name the channel');
  await put('', 'welcome');
  expect(panels()).toMatchObject([{ content: '' }]);
});

test('without Pin Messages it stands there all the same, and the check says what it takes', async () => {
  await open();
  town.guild.denyBot(PermissionFlagsBits.PinMessages, town.guild.channel('welcome'));
  await town.sandbox.until('the permission has arrived', () => true);
  expect(await put('Welcome', 'welcome')).toContain('I may not pin it');
  expect(panels()).toMatchObject([{ pinned: false }]);
  expect((await town.moderator.slash('setup check')).text).toContain('Pin Messages');
  town.guild.allowBot(PermissionFlagsBits.PinMessages, town.guild.channel('welcome'));
  await town.sandbox.until('the permission has arrived', () => true);
  await put('Welcome');
  expect(panels()).toMatchObject([{ pinned: true }]);
  expect((await town.moderator.slash('setup check')).text).toContain('Everything is in order');
});

test('a channel that the moderator does not see, or in which the bot may not write, is refused in words', async () => {
  await open();
  const hidden = town.guild.createChannel({ name: 'council' });
  const noor = town.guild.join({ name: 'Noor', permissions: PermissionFlagsBits.ManageGuild });
  town.guild.hideChannel(hidden, noor);
  await town.sandbox.until('the change has arrived', () => true);
  const forged = await noor.forge({ kind: 'modal', customId: `setup-panel-form:${hidden.id}`, fields: { words: 'x' } });
  expect(forged.text).toContain('You cannot see');
  town.guild.denyBot(PermissionFlagsBits.SendMessages, town.guild.channel('welcome'));
  await town.sandbox.until('the permission has arrived', () => true);
  const closed = await town.moderator.slash('setup panel', { channel: town.guild.channel('welcome') });
  expect(closed.text).toContain('I lack **Send Messages**');
});

test('the moderators hear when its channel is gone', async () => {
  await open();
  await put('Welcome', 'welcome');
  town.guild.deleteChannel(town.guild.channel('welcome'));
  await town.sandbox.until('the deletion has arrived', () => true);
  expect((await town.moderator.slash('setup check')).text).toContain(
    'The channel of the panel for newcomers was deleted',
  );
  await town.bot.tick();
  const alert = await town.sandbox.until('an alert', () => town.moderator.messages('mentoring-staff').at(-1));
  expect(JSON.stringify(alert)).toContain('/setup panel channel:');
});
