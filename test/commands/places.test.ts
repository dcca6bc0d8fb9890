/** Forums and threads where a moderator chooses a place to post in. */
import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor, Channel } from '../../sandbox/api.ts';
import { openTown, type Town } from '../support/town.ts';

const forumType = 15;

let town: Town;
let imani: Actor;
let forum: Channel;
let thread: Channel;
beforeAll(async () => {
  town = await openTown({ setUp: true });
  imani = town.moderator;
});
afterAll(() => town.close());
beforeEach(() => {
  forum = town.guild.createChannel({
    name: 'questions',
    type: forumType,
    tags: [{ name: 'Exams' }, { name: 'Visas' }],
  });
  thread = town.guild.openThread(town.guild.channel('general'), 'Tips here');
});

const add = (options: Parameters<Actor['slash']>[1]) =>
  imani.slash('schedule add', { kind: 'tip', when: 'Mon 09:00', ...options });
const newest = async () => String((await imani.complete('schedule edit', 'schedule', ''))[0]?.value ?? '');
async function removeAll(): Promise<void> {
  for (let id = await newest(); /^[0-9a-z]{12}$/.test(id); id = await newest()) {
    await imani.press('Remove it', await imani.slash('schedule remove', { schedule: id }));
  }
}
const check = async () => (await imani.slash('setup check')).text;
const posts = () => town.guild.threads().filter(({ parentId }) => parentId === forum.id);

test('a forum is chosen with a tag by its name, and the card says how it appears there', async () => {
  const answer = await add({ channel: forum, tag: 'visas' });
  expect(answer.text).toMatch(/each as a post of its own, tagged “Visas”/);
  expect(answer.text).toMatch(/I may post there/);
  await imani.press('Post a test', answer);
  await town.sandbox.until('the post in the forum', () => posts().length === 1);
  expect(posts()[0]).toMatchObject({ name: expect.stringMatching(/^Test: /) as string, tags: ['Visas'] });
  await removeAll();
});

test('tags are suggested while typing: those of the forum that is named', async () => {
  const tags = await imani.complete('schedule add', 'tag', '', { kind: 'tip', channel: forum });
  expect(tags.map(({ name }) => name)).toEqual(['Exams', 'Visas', 'No tag']);
  expect((await imani.complete('announce compose', 'tag', 'vis', { channel: forum }))[0]?.name).toBe('Visas');
  expect((await imani.complete('announce compose', 'tag', ''))[0]?.name).toMatch(/Name a forum/);
});

test('a forum that wants a tag on each post says so, and which there are', async () => {
  town.guild.changeTags(forum, [{ name: 'Exams' }], true);
  expect((await add({ channel: forum })).text).toMatch(/wants a tag on each post\. Choose one.*“Exams”/);
  expect((await imani.slash('announce compose', { channel: forum })).text).toMatch(/wants a tag.*“Exams”/);
  expect((await add({ channel: forum, tag: 'Visas' })).text).toMatch(/no tag “Visas” in that forum/);
  expect((await add({ tag: 'Exams' })).text).toMatch(/Only posts in a forum have tags/);
});

test('a thread takes tips; a locked one says so in words, here and in /setup check', async () => {
  expect((await add({ channel: thread })).text).toMatch(/I may post there/);
  expect(await check()).toMatch(/Everything is in order/);
  town.guild.lockThread(thread, true);
  await expect.poll(check).toMatch(/is locked/);
  expect((await add({ channel: thread, when: 'Tue 09:00' })).text).toMatch(/is locked, so I cannot write there/);
  await removeAll();
});

test('an archived thread that nobody has in memory is looked at by /setup check, and a deleted one is missed', async () => {
  await add({ channel: thread });
  town.guild.closeThread(thread);
  town.guild.deleteThread(thread);
  await expect.poll(check).toMatch(/has no channel any more/);
  await removeAll();
});

test('/setup check names what Discord calls the permissions in a forum', async () => {
  await add({ channel: forum });
  town.guild.denyBot(PermissionFlagsBits.SendMessages, forum);
  await expect.poll(check).toMatch(/In the forum .* I lack \*\*Create Posts\*\*/);
  town.guild.allowBot(PermissionFlagsBits.SendMessages, forum);
  town.guild.changeTags(forum, [{ name: 'All' }], true);
  await expect.poll(check).toMatch(/wants a tag on each post, and has none/);
  await removeAll();
});

test('an announcement in a forum is shown with its title and tag, and its link leads to the post', async () => {
  await imani.slash('announce compose', { channel: forum, tag: 'Exams' });
  const preview = await imani.submit({ title: 'Match Day', text: 'We meet at noon.' });
  expect(preview.text).toMatch(/as a post titled “Match Day”, tagged “Exams”/);
  await imani.press('Post now', preview);
  await town.sandbox.until('the post in the forum', () => posts().length === 1);
  const list = async () => (await imani.slash('announce list')).text;
  await expect.poll(list).toContain(`/${posts()[0]?.id ?? ''}/`);
});
