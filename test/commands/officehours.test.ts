/** Hamza offers office hours; Ifeoma and others come, ask beforehand, and say that they were there. */
import { setTimeout } from 'node:timers/promises';
import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, APIMessage } from '../../sandbox/api.ts';
import { invitePermissions } from '../../src/discord/permissions.ts';
import { hour, minute } from '../support/play.ts';
import { openPair, pass } from '../support/pairs.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let mentor: Actor;
let mentee: Actor;
let guests: Actor[];
let voice: { id: string; name: string };
beforeAll(async () => {
  const botPermissions = invitePermissions | PermissionFlagsBits.CreateEvents | PermissionFlagsBits.Connect;
  town = await openTown({ setUp: true, guild: { botPermissions } });
  ({ mentor, mentee } = await openPair(town, ['Hamza', 'Ifeoma']));
  guests = ['Ada', 'Omar', 'Mei', 'Luca'].map((name) => town.guild.join({ name }));
  voice = town.guild.createChannel({ name: 'Lounge', type: 2 });
});
afterAll(() => town.close());

const offer = { 'What people can ask you about': 'Interviews *from abroad*', 'When it begins': 'in 2 days', 'How many can come': ['3'] }; // prettier-ignore
const textOf = (message: APIMessage | undefined) => JSON.stringify(message?.embeds ?? []);

/** The message for everybody once it says something; the newest one. */
async function shown(says: string): Promise<APIMessage> {
  for (let tries = 0; tries < 200; tries += 1) {
    const message = mentee.messages(town.guild.channel('mentoring')).findLast((each) => each.embeds[0]?.title?.startsWith('Office hours')); // prettier-ignore
    if (textOf(message).includes(says)) return message!;
    await town.bot.tick();
    await setTimeout(20);
  }
  throw new Error(`never said ${says}`);
}

/** Lets the bot do what is due until something is there. */
async function soon(what: string, is: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (is()) return;
    await town.bot.tick();
    await setTimeout(20);
  }
  throw new Error(`${what} never came`);
}

/** The only event of the server, once it is so. */
async function event(is: (event: ReturnType<Town['guild']['events']>[number]) => boolean) {
  for (let tries = 0; tries < 200; tries += 1) {
    const [only, ...others] = town.guild.events();
    if (only && others.length === 0 && is(only)) return only;
    await town.bot.tick();
    await setTimeout(20);
  }
  throw new Error(`never there: ${JSON.stringify(town.guild.events())}`);
}

/** A direct message with such a title. */
async function letter(to: Actor, title: string): Promise<APIMessage> {
  for (let tries = 0; tries < 200; tries += 1) {
    const message = to.dms().findLast((each) => each.embeds[0]?.title?.includes(title));
    if (message) return message;
    await town.bot.tick();
    await setTimeout(20);
  }
  throw new Error(`never wrote ${title}: ${JSON.stringify(to.dms().map((each) => each.embeds[0]?.title))}`);
}

test('before any are offered, each reads what there is to do', async () => {
  expect((await guests[0]!.slash('officehours show')).text).toMatch(/No office hours are coming/);
  expect((await guests[0]!.slash('officehours offer')).text).toMatch(/whom the moderators accept/);
  expect((await mentor.slash('officehours show')).text).toMatch(/You can offer some/);
  expect((await guests[0]!.slash('officehours list')).text).toMatch(/moderators/);
  expect((await town.moderator.slash('officehours list')).text).toMatch(/No office hours/);
});

test('what is not understood is named, and the form comes back as it was filled in', async () => {
  const closed = town.guild.createChannel({ name: 'Council', type: 2 });
  for (const role of town.guild.roles) town.guild.hideChannel(closed, role);
  await mentor.press('Offer office hours', await mentor.slash('officehours show'));
  const refused = await mentor.submit({ ...offer, 'When it begins': 'Funday', Where: [voice.id] });
  expect(refused.text).toMatch(/do not understand when/);
  const again = JSON.stringify((await mentor.press('Open the form again', refused)).modal);
  for (const kept of ['Funday', 'from abroad', voice.id]) expect(again).toContain(kept);
  expect((await mentor.submit({ 'When it begins': '2026-02-31 10:00' })).text).toMatch(/No calendar has 2026-02-31/);
  await mentor.slash('officehours offer');
  expect((await mentor.submit({ ...offer, Where: [closed.id] })).text).toMatch(/Members do not see/);
});

test('everybody sees what is offered, takes a place, and waits in turn where none is left', async () => {
  await mentor.slash('officehours offer');
  const offered = await mentor.submit({ ...offer, Where: [voice.id] });
  expect(offered.text).toMatch(/Offered: it stands in/);
  const post = await shown('0 of 3 places taken');
  expect(textOf(post)).toContain(String.raw`Interviews \\*from abroad\\*`);
  // Among the server's events, too: the topic and the mentor, and nothing else.
  expect(await event(() => true)).toMatchObject({ name: 'Office hours: Interviews *from abroad*', channelId: voice.id, isOn: false }); // prettier-ignore
  for (const [i, guest] of guests.entries()) {
    const answer = await guest.press(
      i < 3 ? 'Take a place' : 'Wait for a place',
      await shown(i < 3 ? `${i} of 3` : 'All 3'),
    );
    expect(answer.text).toMatch(i < 3 ? /The place is yours/ : /you wait in turn/);
  }
  const full = await shown('1 person waits');
  for (const guest of guests) expect(textOf(full)).not.toContain(guest.id);
  const own = await guests[0]!.press('My place and question', full);
  await guests[0]!.press('Give my place back', own);
  const moved = await letter(guests[3]!, 'You have a place');
  expect((await guests[3]!.press('Calendar file', moved)).text).toMatch(/Open the file/);
});

test('a question is sent beforehand without a name, changed and taken back; the mentor reads it and not whose it is', async () => {
  const [, omar, mei] = guests as [Actor, Actor, Actor];
  await omar.press('Send a question', await omar.slash('officehours show'));
  expect((await omar.submit({ 'What would you like to ask?': 'How many `programs`?' })).text).toMatch(
    /without your name/,
  );
  await mei.press('Send a question', await mei.slash('officehours show'));
  await mei.submit({ 'What would you like to ask?': 'Which *city*?', 'May the mentor see that it is yours?': ['yes'] });
  await shown('2 questions were sent');
  const card = await mentor.slash('officehours show');
  const questions = await mentor.press('Read the questions', card);
  expect(questions.text).toContain('How many');
  expect(questions.text).toContain(`(<@${mei.id}>)`);
  expect(questions.text).not.toContain(omar.id);
  // What is no question can be reported, and stays without a name.
  await mentor.select('Report one to the moderators', [questions.text.includes('1. How') ? '1. How many `programs`?' : '2. How many `programs`?'], questions); // prettier-ignore
  const filed = await mentor.submit({
    'What it is about': ['other'],
    'What happened': 'This is no question for office hours.',
  });
  expect(filed.text).toMatch(/Your report is with the moderators/);
  expect(JSON.stringify(filed.message)).not.toContain(omar.id);
  const taken = await mei.press('Take my question back', await mei.slash('officehours show'));
  expect(taken.text).toMatch(/Taken back/);
  await shown('1 question was sent');
  const id = /officehours-questions:(\w+)/.exec(JSON.stringify(card.message?.components))![1]!;
  expect((await mei.forge({ kind: 'button', customId: `officehours-questions:${id}` })).text).toMatch(
    /Only the mentor/,
  );
  expect((await mei.forge({ kind: 'button', customId: `officehours-staff-off-now:${id}` })).text).toMatch(/moderators/);
});

test('moving tells everybody on the list; a day and an hour before they are reminded, and at the end they say who came', async () => {
  const [, omar, mei] = guests as [Actor, Actor, Actor];
  const card = await mentor.slash('officehours show', { which: (await mentor.complete('officehours show', 'which', 'inter'))[0]!.value as string }); // prettier-ignore
  await mentor.press('Move', card);
  expect((await mentor.submit({ 'When it begins': 'in 3 days' })).text).toMatch(/Everybody on the list is told/);
  await letter(omar, 'Moved');
  const { id } = await event(({ startsAt }) => Date.parse(startsAt) - town.sandbox.clock.now() > 71 * hour);
  await pass(town, 48 * hour + minute);
  await letter(omar, 'Within a day');
  const mine = await letter(mentor, 'Within a day');
  expect(textOf(mine)).toMatch(/1 question was sent/);
  // From the letter, too: the channel stays, as there is none to choose.
  await mentor.press('Move', mine);
  expect((await mentor.submit({ 'How long': ['90'] })).text).toMatch(/for 90 minutes/);
  await pass(town, 23 * hour);
  const soon = await letter(omar, 'Within an hour');
  expect((await omar.press('I was there', soon)).text).toMatch(/from 10 minutes before/);
  await pass(town, 55 * minute);
  expect((await omar.press('I was there', await shown('places are taken'))).text).toMatch(/counts as one more/);
  await pass(town, 6 * minute);
  await event((each) => each.id === id && each.isOn);
  await pass(town, 95 * minute);
  await shown('1 person came');
  expect(textOf(await shown('It is over'))).not.toContain(omar.id);
  expect((await mei.press('I was there', await letter(mei, 'Were you there'))).text).toMatch(/counts as one more/);
  await shown('2 people came');
});

test('a moderator calls off what is coming; whoever had a place is told, with their question', async () => {
  const [ada] = guests as [Actor];
  await mentor.slash('officehours offer');
  await mentor.submit({ ...offer, 'What people can ask you about': 'Visas', Where: [voice.id] });
  await ada.press('Take a place', await shown('Visas'));
  await ada.press('Send a question', await ada.slash('officehours show'));
  await ada.submit({ 'What would you like to ask?': 'Which form first?' });
  expect((await ada.slash('home')).text).toMatch(/Visas: you have a place/);
  const listed = await town.moderator.slash('officehours list');
  expect(listed.text).toMatch(/Visas .*1 of 3 places taken · nobody waits · 1 question/);
  const value = JSON.stringify(listed.message?.components).match(/"value":"(\w+)"/)![1]!;
  const chosen = await town.moderator.select('Choose one', [value], listed);
  const sure = await town.moderator.press('Call off', chosen);
  expect(sure.text).toMatch(/1 person is told/);
  expect((await town.moderator.press('Yes, call it off', sure)).text).toMatch(/so is the mentor/);
  expect(textOf(await letter(ada, 'Called off'))).toMatch(/Which form first/);
  await letter(mentor, 'Called off');
  await shown('It was called off');
  await soon('no event', () => town.guild.events().length === 0);
  expect((await town.moderator.slash('audit')).text).toMatch(/called off office hours of/);
  expect((await ada.slash('officehours show')).text).toMatch(/No office hours are coming/);
});

test('a voice channel that is deleted is told to its mentor, who chooses another', async () => {
  const lounge = town.guild.createChannel({ name: 'Library', type: 2 });
  await mentor.slash('officehours offer');
  await mentor.submit({ ...offer, 'What people can ask you about': 'Letters', Where: [lounge.id] });
  await shown('Letters');
  town.guild.deleteChannel(lounge);
  const asked = await letter(mentor, 'Where do people find you');
  await shown('still to be chosen');
  const id = /officehours-call-off[^"]*:(\w+)"/.exec(JSON.stringify(asked.components))![1]!;
  // A direct message has no channels to choose from.
  const away = await mentor.forge({ kind: 'button', customId: `officehours-move@${BigInt(town.guild.id).toString(36)}:${id}`, on: asked }); // prettier-ignore
  expect(away.text).toMatch(/only be chosen in the server itself/);
  await mentor.press('Move', await mentor.slash('officehours show', { which: id }));
  expect((await mentor.submit({ Where: [voice.id] })).text).toMatch(/Moved/);
  await shown(voice.id);
});

test('moderators choose whether there are events; without the permission it goes on without, and says so', async () => {
  await event(({ name }) => name.includes('Letters'));
  expect((await town.moderator.slash('setup officehours', { events: false })).text).toMatch(/not among this server/);
  await soon('no event', () => town.guild.events().length === 0);
  town.guild.denyBot(PermissionFlagsBits.CreateEvents);
  expect((await town.moderator.slash('setup officehours', { events: true })).text).toMatch(/Create Events/);
  await shown('not among the server');
  expect((await town.moderator.slash('setup check')).text).toContain('Create Events');
  town.guild.allowBot(PermissionFlagsBits.CreateEvents);
  await town.moderator.slash('setup check');
  await event(({ name }) => name.includes('Letters'));
  await soon('no word', () => !textOf(mentee.messages(town.guild.channel('mentoring')).at(-1)).includes('not among'));
  expect((await town.moderator.slash('setup officehours', { offered: false })).text).toMatch(/Nobody can offer/);
  await mentor.slash('officehours offer');
  expect((await mentor.submit({ ...offer, 'When it begins': 'in 9 days', Where: [voice.id] })).text).toMatch(
    /switched office hours off/,
  );
});

test('no request to the server’s events carries anything of who comes, what they ask, or a mentorship', () => {
  const sent = town.sandbox.requests.filter(({ path }) => path.includes('/scheduled-events'));
  const bodies = JSON.stringify(sent.map(({ body }) => body ?? ''));
  expect(bodies).toContain('Interviews');
  expect(bodies).toContain('Hamza');
  for (const { id, name } of [mentee, ...guests]) {
    expect(bodies).not.toContain(id);
    expect(bodies).not.toContain(name);
  }
  for (const words of ['programs', 'Which', 'mentorship']) expect(bodies).not.toContain(words);
});
