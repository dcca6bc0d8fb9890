/** Places, roles and cards that people rely on, as they find them once somebody deleted them by hand. */
import { setTimeout } from 'node:timers/promises';
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, APIMessage, Channel } from '../../sandbox/api.ts';
import { invitePermissions } from '../../src/discord/permissions.ts';
import { openPair, type Pair, pass, titlesTo } from '../support/pairs.ts';
import { day, hour, minute } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let pair: Pair;
let lounge: Channel;
beforeAll(async () => {
  const botPermissions = invitePermissions | PermissionFlagsBits.CreateEvents | PermissionFlagsBits.Connect;
  town = await openTown({ setUp: true, env: { ACTS_AT_ONCE: '0' }, guild: { botPermissions } });
  pair = await openPair(town, ['Hamza', 'Sana']);
});
afterAll(() => town.close());

const textOf = (message: APIMessage | undefined) => JSON.stringify(message?.embeds ?? []);
const staffCards = () => town.moderator.messages('mentoring-staff').filter(({ flags = 0 }) => (flags & 64) === 0);

/** Lets the bot do what is due until something is so. */
async function soon(what: string, is: () => unknown): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (is()) return;
    await town.bot.tick();
    await setTimeout(20);
  }
  throw new Error(`${what} never came`);
}

test('a channel in which two have agreed to meet is gone: they meet in their thread, and are told so there', async () => {
  const { mentor, mentee } = pair;
  const times = await mentee.slash('mentorship meet');
  const at = /"value":"(\d+)"/.exec(JSON.stringify(times.message?.components))?.[1] ?? '';
  await mentee.select('Choose up to five times', [at], times);
  await town.bot.tick();
  await mentor.press('Take 1', await mentor.slash('mentorship show'));
  const place = async () => {
    lounge = town.guild.createChannel({ name: 'Lounge', type: ChannelType.GuildVoice });
    expect((await mentee.slash('mentorship place', { channel: lounge })).text).toContain(lounge.id);
    await soon('the place', () => textOf(mentor.messages(pair.thread()!).at(-1)).includes(lounge.id));
  };
  const thread = () =>
    mentor.messages(pair.thread()!).filter(({ embeds }) => embeds[0]?.title === 'You have a meeting');
  await place();
  const before = thread().length;
  town.guild.deleteChannel(lounge);
  await soon('a word', () => thread().length > before);
  await soon('no dead place', () => thread().every((each) => !textOf(each).includes(lounge.id)));
  expect(textOf(thread().at(-1))).toContain('here in your thread');
  // Also where the bot did not hear of it.
  await place();
  await town.bot.stop();
  town.guild.deleteChannel(lounge);
  await town.start();
  await soon('no dead place', () => thread().every((each) => !textOf(each).includes(lounge.id)));
  // Moderators read nothing of it: not even that there is a meeting.
  expect(JSON.stringify(staffCards())).not.toContain(lounge.id);
});

test('office hours whose channel goes minutes before they begin are called off: nobody stands before nothing', async () => {
  const { mentor } = pair;
  const ada = town.guild.join({ name: 'Ada' });
  lounge = town.guild.createChannel({ name: 'Lounge', type: ChannelType.GuildVoice });
  await mentor.slash('officehours offer');
  await mentor.submit({ 'What people can ask you about': 'Visas', 'When it begins': 'in 2 days', Where: [lounge.id] });
  await town.bot.tick();
  const begins = town.sandbox.clock.now() + 2 * day;
  await ada.press('Take a place', await ada.slash('officehours show'));
  await pass(town, 2 * day - 8 * minute, 12 * hour);
  await soon('the reminder', () => titlesTo(ada).includes('Within an hour: Visas'));
  expect(begins - town.sandbox.clock.now()).toBeGreaterThan(0);
  town.guild.deleteChannel(lounge);
  await soon('the word to Ada', () => titlesTo(ada).includes('Called off: Visas'));
  await soon('the word to the mentor', () => titlesTo(mentor).includes('Called off: Visas'));
  expect(titlesTo(mentor)).not.toContain('Where do people find you? Visas');
});

test('the role that handles reports is gone: whoever may manage the server handles them, and hears of those that wait', async () => {
  const role = town.guild.createRole({ name: 'Safety' });
  const handler = town.guild.join({ name: 'Noor' });
  town.guild.giveRole(handler, role);
  await town.moderator.slash('setup safety', { role });
  await pair.mentee.slash('report member', { member: pair.mentor });
  const filed = await pair.mentee.submit({ 'What it is about': ['money'], 'What happened': 'He asked me for money for a letter.' }); // prettier-ignore
  const id = /number is \*\*([0-9a-z]{12})\*\*/.exec(filed.text)?.[1] ?? '';
  expect((await town.moderator.slash('reports show', { case: id })).text).toBe('There is no such case.');
  town.guild.deleteRole(role);
  await soon('the report', () => titlesTo(town.moderator).includes('A report is waiting'));
  expect((await town.moderator.slash('reports show', { case: id })).text).toContain('money for a letter');
  await soon('the alert', () => JSON.stringify(staffCards()).includes('The role that handled reports'));
  expect((await handler.slash('reports list')).text).not.toContain(id);
});

test('the voice channel of study sessions is gone: their events name the study channel, and moderators hear of it', async () => {
  const voice = town.guild.createChannel({ name: 'Study room', type: ChannelType.GuildVoice });
  expect((await town.moderator.slash('setup study', { voice, events: true })).text).toContain(voice.id);
  town.guild.deleteChannel(voice);
  await soon('the alert', () => JSON.stringify(staffCards()).includes('The voice channel of study sessions'));
  expect((await town.moderator.slash('setup study')).text).not.toContain(voice.id);
});

test('the card of a question that waits for moderators is posted again', async () => {
  const asker: Actor = town.guild.join({ name: 'Mei' });
  const rumor = asker.say(town.guild.createChannel({ name: 'lobby' }), 'an OET result is valid for life');
  await asker.contextMenu('Is this true?', rumor);
  await asker.press('Ask the moderators', await asker.submit({ 'What is it about?': ['rule'] }));
  const cards = () => staffCards().filter((each) => textOf(each).includes('valid for life'));
  await soon('the card', () => cards().length > 0);
  town.guild.deleteMessage(cards()[0]!);
  await pass(town, 25 * hour, hour);
  await soon('it again', () => cards().length === 1);
});
