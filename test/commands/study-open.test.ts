/** What everybody in a server may see of study groups. */
import { setTimeout } from 'node:timers/promises';
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { beforeEach, expect, test } from 'vitest';
import type { Actor, APIMessage } from '../../sandbox/api.ts';
import { upsertHours } from '../../src/db/hours.ts';
import { upsertMember } from '../../src/db/members.ts';
import { openDatabase } from '../../src/db/open.ts';
import { invitePermissions } from '../../src/discord/permissions.ts';
import { openTown, type Town } from '../support/town.ts';
import { evenings } from '../study/support.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

let town: Town;
let ada: Actor;
beforeEach(async () => {
  const botPermissions = invitePermissions | PermissionFlagsBits.CreateEvents | PermissionFlagsBits.Connect;
  town = await openTown({ setUp: true, guild: { botPermissions } });
  ada = await openGroup();
  return async () => await town.close();
});

/** Gives people a week, straight in the database. */
async function giveEvenings(people: readonly Actor[]): Promise<void> {
  const db = await openDatabase(town.database);
  const at = new Date(town.sandbox.clock.now()).toISOString();
  for (const { id } of people) {
    const whose = { guildId: town.guild.id, userId: id };
    await upsertMember(db, { guild_id: town.guild.id, user_id: id, zone: 'Asia/Karachi', created_at: at });
    await db.transaction().execute((trx) => upsertHours(trx, whose, { windows: evenings, until: null }, at));
  }
  await db.destroy();
}

/** Three people in an active group for Step 1; returns its owner. */
async function openGroup(): Promise<Actor> {
  const people = ['Ada', 'Omar', 'Zara'].map((name) => town.guild.join({ name }));
  await giveEvenings(people);
  const [owner, ...others] = people as [Actor, Actor, Actor];
  await owner.slash('study create', { topic: 'step-1' });
  await owner.submit({
    'When is the exam, or what you work toward?': ['2027-03'],
    'Languages to talk in': ['en'],
    'Sessions a week': ['1'],
    'How many people, with you': ['4'],
    'What you use, and how you work (optional)': '',
  });
  for (const each of others) await each.press('Join 1', await each.slash('study find', { topic: 'step-1' }));
  return owner;
}

async function pass(ms: number): Promise<void> {
  town.sandbox.clock.advance(ms);
  await town.bot.tick();
}

/** Lets the bot do what is due until something is there: however busy the machine is. */
async function soon<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await look();
    if (found) return found;
    await town.bot.tick();
    await setTimeout(30);
  }
  throw new Error(`${what} never came`);
}

/** A session so far ahead, as its members know it. */
async function planSession(ms: number): Promise<string> {
  const at = new Date(town.sandbox.clock.now() + ms);
  at.setUTCSeconds(0, 0);
  const karachi = new Date(at.getTime() + 5 * 60 * minute).toISOString();
  const answer = await ada.slash('study session', { when: karachi.slice(0, 16).replace('T', ' ') });
  expect(answer.text).toContain('is planned');
  return at.toISOString();
}

/** The newest message of a session in the group's thread. */
function sessionMessage(says: string): APIMessage | undefined {
  const [thread] = town.guild.threads().filter(({ memberIds }) => memberIds.includes(ada.id));
  const about = thread && ada.messages(thread.id).findLast(({ embeds }) => embeds[0]?.title?.startsWith('Session'));
  return about?.embeds[0]?.description?.includes(says) ? about : undefined;
}

const alerts = (says: string) => {
  const staff = town.guild.channels.find(({ name }) => name === 'mentoring-staff')!;
  return town.moderator.messages(staff).filter(({ embeds }) => embeds[0]?.description?.includes(says));
};

test('a session stands among the server’s events once its owner and moderators want that, without a name, and follows it', async () => {
  const at = await planSession(3 * day);
  const far = await planSession(9 * day);
  await pass(minute);
  expect(town.guild.events()).toEqual([]);
  // Both have to want it.
  expect((await town.moderator.slash('setup study', { events: true })).text).toContain('the groups’ threads');
  await pass(minute);
  expect(town.guild.events()).toEqual([]);
  expect((await ada.slash('study settings', { openly: true })).text).toContain('never who is in it');
  const event = await soon('the event', () => town.guild.events()[0]);
  expect(event).toMatchObject({
    name: 'Study group: USMLE Step 1, March 2027',
    startsAt: at,
    location: '#study-groups',
  });
  expect(event.description).not.toContain('Ada');
  await pass(minute);
  expect(town.guild.events()).toHaveLength(1);
  // No more than a week ahead.
  await pass(2 * day + 60 * minute);
  await soon('the other', () => town.guild.events().some(({ startsAt }) => startsAt === far));

  // Another place, and the session begins in it.
  const voice = town.guild.createChannel({ name: 'Study room', type: ChannelType.GuildVoice });
  expect((await town.moderator.slash('setup study', { voice })).text).toContain(`<#${voice.id}>`);
  await soon('the move', () => town.guild.events().every(({ channelId }) => channelId === voice.id));
  await pass(Date.parse(at) - town.sandbox.clock.now());
  await soon('the beginning', () => town.guild.events().find(({ id, isOn }) => id === event.id && isOn));
  await pass(60 * minute);
  await soon('the end', () => town.guild.events().every(({ id }) => id !== event.id));

  // No longer listed, and listed again.
  await ada.slash('study settings', { openly: false });
  await soon('nothing', () => town.guild.events().length === 0);
  await ada.slash('study settings', { openly: true });
  await soon('it again', () => town.guild.events().length === 1);
  // The same for the whole server.
  await town.moderator.slash('setup study', { events: false });
  await soon('nothing', () => town.guild.events().length === 0);
  await town.moderator.slash('setup study', { events: true });
  await soon('it again', () => town.guild.events().length === 1);
});

test('in a server with 100 events, or without the permission, a session goes on without, and says so; moderators hear once a week', async () => {
  const others = Array.from({ length: 100 }, (_, i) => town.guild.planEvent(`Event ${i}`));
  await town.moderator.slash('setup study', { events: true });
  await ada.slash('study settings', { openly: true });
  await planSession(20 * 60 * minute);
  await soon('the alert', () => alerts('100 events').length === 1);
  await soon('the word', () => sessionMessage('not among the server’s events'));
  for (let hours = 0; hours < 18; hours += 6) await pass(6 * 60 * minute);
  expect(alerts('100 events')).toHaveLength(1);
  town.guild.deleteEvent(others[0]!);
  await town.moderator.slash('setup check');
  await soon('the event', () => town.guild.events().some(({ name }) => name.startsWith('Study group')));
  await soon('no word', () => {
    const message = sessionMessage('');
    return message && !sessionMessage('not among the server’s events');
  });

  town.guild.deleteEvent(others[1]!);
  town.guild.denyBot(PermissionFlagsBits.CreateEvents);
  expect((await town.moderator.slash('setup check')).text).toContain('Create Events');
  await planSession(3 * day);
  await soon('the other alert', () => alerts('Create Events').length === 1);
  town.guild.allowBot(PermissionFlagsBits.CreateEvents);
  await town.moderator.slash('setup check');
  await soon('the event', () => town.guild.events().filter(({ name }) => name.startsWith('Study group')).length === 2);
});

test('a listed group stands in the forum once, with tags and without a name, and its post follows it', async () => {
  // With the four that it lacks there would be 22: those of quarters that are over make room.
  const past = ['Jan–Mar 2026', 'Jul–Sep 2026'].map((name) => ({ name }));
  const tags = [...past, ...Array.from({ length: 16 }, (_, i) => ({ name: `Theirs ${i}` }))];
  const forum = town.guild.createChannel({ name: 'groups', type: ChannelType.GuildForum, tags });
  const posts = () => town.guild.threads().filter(({ parentId }) => parentId === forum.id);
  const textOf = ({ id }: { readonly id: string }) => ada.messages(id)[0]?.embeds[0]?.description ?? '';
  expect((await town.moderator.slash('setup study', { forum })).text).toContain(`<#${forum.id}>`);
  await pass(minute);
  expect(posts()).toEqual([]);
  // The answer to the first try is lost.
  town.sandbox.fault({ route: new RegExp(`^POST .*channels/${forum.id}/threads`), kind: 'cut', afterEffect: true });
  await ada.slash('study settings', { openly: true });
  await pass(2 * minute);
  const post = await soon('the post', () => posts()[0]);
  await pass(2 * minute);
  expect(posts()).toHaveLength(1);
  expect(post).toMatchObject({
    name: 'USMLE Step 1, March 2027',
    tags: ['USMLE Step 1', 'Places free', 'Jan–Mar 2027', 'English'],
    archived: false,
  });
  const now = town.guild.tagsOf(forum).map(({ name }) => name);
  expect([now.length, now.includes('Theirs 0'), now.includes('Jul–Sep 2026')]).toEqual([20, true, false]);
  const [first] = ada.messages(post.id);
  expect(JSON.stringify(first)).not.toMatch(/Ada|Omar|Zara/);
  expect(textOf(post)).toContain('1 place is free');

  // Whoever reads it looks for themselves, and the last place is taken.
  const luis = town.guild.join({ name: 'Luis' });
  await giveEvenings([luis]);
  const found = await luis.press('Look whether my week fits', first);
  await luis.press('Join 1', found);
  await soon('full', () => posts()[0]?.archived && textOf(post).includes('Every place is taken'));
  expect(posts()[0]?.tags).not.toContain('Places free');
  await luis.slash('study leave').then((asked) => luis.press('Leave the group', asked));
  await soon('open again', () => posts()[0]?.archived === false && textOf(post).includes('1 place is free'));

  // A moderator takes it away: the group is no longer listed, until its owner says so again.
  town.guild.deleteThread(post);
  await ada.slash('study settings', { shape: '25-5' });
  await soon('not listed', async () => (await ada.slash('study settings')).text.includes('Only those who look'));
  expect(posts()).toEqual([]);
  const letter = await soon('a letter', () =>
    ada.dms().find(({ embeds }) => embeds[0]?.title?.includes('no longer listed')),
  );
  expect(letter.embeds[0]?.description).toContain('goes on as before');
  await ada.slash('study settings', { openly: true });
  await soon('another post', () => posts().length === 1);
  // Another forum, and none.
  const other = town.guild.createChannel({ name: 'open-groups', type: ChannelType.GuildForum });
  await town.moderator.slash('setup study', { forum: other });
  const inOther = await soon('the post there', () =>
    town.guild.threads().find(({ parentId }) => parentId === other.id),
  );
  expect([posts()[0]?.archived, textOf(posts()[0]!)]).toEqual([true, expect.stringContaining('no longer listed here')]);
  await town.moderator.slash('setup study', { no_forum: true });
  const isArchived = () => town.guild.threads().find(({ id }) => id === inOther.id)?.archived;
  await soon('its end', () => textOf(inOther).includes('no longer listed here') && isArchived());
});
