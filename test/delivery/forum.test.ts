/** Posts in forums and threads: once, with title and tag, whatever is lost, locked, archived or deleted on the way. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { beforeEach, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/api.ts';
import { findSchedule } from '../../src/db/schedules.ts';
import { claimDue } from '../../src/posts/claim.ts';
import { confirmAnnouncement } from '../../src/posts/announcements/confirm.ts';
import { openChange, startDraft, writeDraft } from '../../src/posts/announcements/drafts.ts';
import type { Reach } from '../../src/posts/announcements/reach.ts';
import { addSchedule, editSchedule, runSchedule } from '../../src/posts/schedules.ts';
import { day, hour, minute } from '../support/play.ts';
import { posterOf } from '../support/poster.ts';
import { ctx, eachBeforeNine, guild, outbox, reader, sandbox, staff } from './posting.ts';

const forumType = 15;

let forum: Channel;
let general: Channel;

eachBeforeNine();
beforeEach(() => {
  forum = guild.createChannel({ name: 'tips', type: forumType, tags: [{ name: 'Exams' }, { name: 'Visas' }] });
  general = guild.channel('general');
});

const tagOf = (name: string) => guild.tagsOf(forum).find((tag) => tag.name === name)?.id ?? '';
const by = (channel: Partial<NonNullable<Reach['channel']>> = {}) =>
  posterOf(
    { guildId: guild.id, userId: reader.id },
    { channel: { isNews: false, forum: { tags: guild.tagsOf(forum), requiresTag: false }, ...channel } },
  );
const posts = () => guild.threads().filter(({ parentId }) => parentId === forum.id);
const states = async () =>
  (await ctx.db.selectFrom('slots').selectAll().orderBy('due_at').execute()).map(({ state, why }) => why ?? state);
/** Time passes, and the heart beats. */
async function pass(ms: number): Promise<void> {
  sandbox.clock.advance(ms);
  await claimDue(ctx);
  await outbox.deliverDue();
}
async function addToForum(tag?: string): Promise<string> {
  const plan = { kind: 'tip', channelId: forum.id, cron: '0 9 * * 1', tagId: tag && tagOf(tag) } as const;
  return (await addSchedule(ctx, by(), plan)).schedule.id;
}
/** A schedule in a public thread of #general. */
async function addToThread(): Promise<{ id: string; thread: Channel }> {
  const thread = guild.openThread(general, 'Tips here');
  const plan = { kind: 'tip', channelId: thread.id, cron: '0 9 * * 1' } as const;
  const poster = posterOf(
    { guildId: guild.id, userId: reader.id },
    { channel: { isNews: false, parentId: general.id, isLocked: false } },
  );
  return { id: (await addSchedule(ctx, poster, plan)).schedule.id, thread };
}

it('begins a post with the tip’s title and the chosen tag, and its slot knows where it stands', async () => {
  await addToForum('Visas');
  await pass(minute);
  const [post] = posts();
  const [first] = reader.messages(post?.id ?? '');
  expect(post?.name).toBe(first?.embeds[0]?.title);
  expect(post?.tags).toEqual(['Visas']);
  const slot = await ctx.db.selectFrom('slots').selectAll().executeTakeFirstOrThrow();
  expect([slot.state, slot.channel_id, slot.message_id]).toEqual(['posted', post?.id, post?.id]);
});

it('is there once when the answer to it was lost, and so is one that was archived meanwhile', async () => {
  await addToForum();
  for (const closes of [false, true]) {
    sandbox.fault({ kind: 'cut', route: /threads$/, afterEffect: true });
    await pass(minute);
    const post = posts().at(-1);
    if (closes && post) guild.closeThread(post);
    await pass(20 * minute);
    await pass(7 * day - 21 * minute);
  }
  expect(posts()).toHaveLength(2);
  expect(await states()).toEqual(['posted', 'posted']);
});

it('is there once when the request was lost before it arrived', async () => {
  await addToForum();
  sandbox.fault({ kind: 'cut', route: /threads$/ });
  await pass(minute);
  expect(posts()).toEqual([]);
  await pass(20 * minute);
  expect(posts()).toHaveLength(1);
});

it('is found in the forum when the answer was lost and its schedule was sent to a channel meanwhile', async () => {
  const id = await addToForum('Exams');
  sandbox.fault({ kind: 'cut', route: /threads$/, afterEffect: true });
  await pass(minute);
  await editSchedule(ctx, posterOf({ guildId: guild.id, userId: reader.id }), id, { channelId: general.id });
  expect(await findSchedule(ctx.db, guild.id, id)).toMatchObject({ channel_id: general.id, tag_id: null });
  await pass(20 * minute);
  expect([posts().length, reader.messages(general).length]).toEqual([1, 0]);
  expect(await states()).toEqual(['posted']);
});

it('rests where the forum has begun to want a tag, says so once, and goes on with one', async () => {
  const id = await addToForum();
  guild.changeTags(forum, [{ name: 'All' }], true);
  await pass(minute);
  expect(await states()).toEqual(['tag-missing']);
  expect(reader.messages(staff)[0]?.embeds[0]?.description).toMatch(/wants a tag.*`tag`/);
  await editSchedule(ctx, by({ forum: { tags: guild.tagsOf(forum), requiresTag: true } }), id, { tagId: tagOf('All') });
  await pass(6 * minute);
  expect(posts()[0]?.tags).toEqual(['All']);
  expect(reader.messages(staff)).toHaveLength(1);
  sandbox.expectRefusal(({ code }) => code === 40_067);
});

it('goes without a tag that the forum has no longer, where it wants none', async () => {
  await addToForum('Exams');
  guild.changeTags(forum, [{ name: 'All' }], false);
  await pass(minute);
  expect(posts()[0]?.tags).toEqual([]);
});

it('says of a test in a forum that it is one, in its title', async () => {
  await runSchedule(ctx, by(), await addToForum());
  await outbox.deliverDue();
  expect(posts()[0]?.name).toMatch(/^Test: /);
});

it('wakes an archived thread by posting in it', async () => {
  const { thread } = await addToThread();
  guild.closeThread(thread);
  await pass(minute);
  expect(reader.messages(thread)).toHaveLength(1);
  expect(guild.threads().find(({ id }) => id === thread.id)?.archived).toBe(false);
});

it('is there once in a thread when the answer was lost', async () => {
  const { thread } = await addToThread();
  sandbox.fault({ kind: 'cut', route: /messages$/, afterEffect: true });
  await pass(minute);
  await pass(20 * minute);
  expect(reader.messages(thread)).toHaveLength(1);
  expect(await states()).toEqual(['posted']);
});

it.each([
  ['locked', 'thread-locked', (thread: Channel) => guild.lockThread(thread, true), /is locked/],
  ['locked and archived', 'thread-locked', (thread: Channel) => guild.closeThread(thread, true), /is locked/],
  ['deleted', 'channel-deleted', (thread: Channel) => guild.deleteThread(thread), /is gone/],
] as const)('rests where its thread is %s, and moderators hear why', async (_what, why, happen, words) => {
  const { id, thread } = await addToThread();
  guild.denyBot(PermissionFlagsBits.ManageThreads);
  happen(thread);
  await pass(minute);
  expect(await states()).toEqual([why]);
  expect((await findSchedule(ctx.db, guild.id, id))?.state).toBe('paused');
  expect(reader.messages(staff)[0]?.embeds[0]?.description).toMatch(words);
  if (why === 'thread-locked') {
    guild.lockThread(thread, false);
    await pass(6 * minute);
    expect(reader.messages(thread)).toHaveLength(1);
    expect((await findSchedule(ctx.db, guild.id, id))?.state).toBe('active');
  }
  for (let i = 0; i < 3; i += 1) await pass(hour);
  expect(reader.messages(staff)).toHaveLength(1);
  sandbox.expectRefusal(({ code }) => [10_003, 50_083, 160_005].includes(code));
});

it('needs Create Posts in a forum, and Send Messages in Threads in a thread', async () => {
  await addToForum();
  await addToThread();
  guild.denyBot(PermissionFlagsBits.SendMessages, forum);
  guild.denyBot(PermissionFlagsBits.SendMessagesInThreads, general);
  await pass(minute);
  expect(await states()).toEqual(['channel-closed', 'channel-closed']);
  sandbox.expectRefusal(({ code }) => code === 50_013);
});

it('makes an announcement a post, and changes words and title of it also once it was archived', async () => {
  const poster = by();
  const when = { time: null, repeat: null };
  const plan = { channelId: forum.id, tagId: tagOf('Exams'), roleId: null, everyone: false, crosspost: false, ...when };
  const draft = await startDraft(ctx, poster, plan);
  const words = { title: 'Match Day', text: 'We meet at noon.', link: '', image: '' };
  const { id, revision } = await writeDraft(ctx, poster, draft.id, words);
  const seen = await confirmAnnouncement(ctx, poster, { id, revision, everyone: false });
  await outbox.deliverDue();
  const [post] = posts();
  expect([post?.name, post?.tags]).toEqual(['Match Day', ['Exams']]);

  guild.closeThread(post ?? { id: '' });
  const change = await openChange(ctx, poster, seen.id);
  const changed = await writeDraft(ctx, poster, change.id, { ...words, title: 'Match Day, 1 p.m.' });
  await confirmAnnouncement(ctx, poster, { id: changed.id, revision: changed.revision, everyone: false });
  await outbox.deliverDue();
  expect(posts().map(({ name }) => name)).toEqual(['Match Day, 1 p.m.']);
  expect(reader.messages(post?.id ?? '').map(({ embeds }) => embeds[0]?.title)).toEqual(['Match Day, 1 p.m.']);
  sandbox.expectRefusal(({ code }) => code === 50_083);
});
