/** A server with about as many open threads as Discord allows. */
import type { Client } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { insertNotice } from '../../src/db/notices/write.ts';
import { createOutbox, type Outbox } from '../../src/delivery/outbox.ts';
import { createClient } from '../../src/discord/client.ts';
import { newId } from '../../src/ids.ts';
import { setSessions } from '../../src/study/plan.ts';
import { saveStudy } from '../../src/study/settings.ts';
import { closeAsModerator } from '../../src/study/groups/consent.ts';
import { later } from '../../src/time.ts';
import type { TestContext } from '../support/context.ts';
import { startTinyDiscord, type TinyDiscord, type TinyThread } from '../support/tiny-discord.ts';
import { activeGroup, by, guildId, openStudy, person } from '../study/support.ts';

const study = '900000000000000006';
const mentoring = '900000000000000002';
const staff = '900000000000000003';

let discord: TinyDiscord;
let ctx: TestContext;
let client: Client;
let outbox: Outbox;

beforeEach(async () => {
  discord = await startTinyDiscord({ channels: [study, mentoring, staff] });
  ctx = await openStudy();
  Object.assign(ctx, {
    config: parseConfig({ DISCORD_TOKEN: 'test', LOG_LEVEL: 'silent', DISCORD_API_URL: discord.apiUrl }),
  });
  await ctx.db.updateTable('guilds').set({ mentoring_channel_id: mentoring, staff_channel_id: staff }).execute();
  discord.now = () => ctx.now();
  client = createClient(ctx.config);
  outbox = createOutbox(ctx, client);
});
afterEach(async () => {
  await outbox.stop();
  await client.destroy();
  await ctx.db.destroy();
  await discord.close();
});

/** So many threads of others are open. */
function fill(count: number): TinyThread[] {
  const threads = Array.from({ length: count }, (_, i) => ({
    id: `71${String(i).padStart(16, '0')}`,
    parent_id: study,
    owner_id: '800000000000000099',
    name: `thread ${i}`,
    type: 11,
    members: new Set<string>(),
    thread_metadata: { archived: false, locked: false },
  }));
  discord.threads.push(...threads);
  return threads;
}
const alerts = (says: string) =>
  discord.messages.filter(
    ({ channel_id: id, embeds }) => id === staff && embeds.some((each) => each.description?.includes(says)),
  );
const open = (parent: string) =>
  discord.threads.filter(
    ({ parent_id: id, owner_id: owner, thread_metadata: { archived } }) =>
      id === parent && owner === discord.botId && !archived,
  );
async function threadOf(groupId: string): Promise<string | null> {
  const row = await ctx.db.selectFrom('study_groups').select('thread_id').where('id', '=', groupId).executeTakeFirst();
  return row?.thread_id ?? null;
}

test('with 900 the thread of a closed group that somebody woke up is archived before another is opened, and no more than that', async () => {
  const closed = await activeGroup(ctx);
  await outbox.deliverDue();
  await closeAsModerator(ctx, by('9'), closed);
  await outbox.deliverDue();
  const woken = discord.threads.find(({ owner_id: owner }) => owner === discord.botId)!;
  expect(woken.thread_metadata.archived).toBe(true);
  woken.thread_metadata.archived = false;
  const others = fill(899);
  const second = await activeGroup(ctx, ['4', '5', '6']);
  await outbox.deliverDue();
  expect(woken.thread_metadata.archived).toBe(true);
  expect(await threadOf(second)).not.toBeNull();

  const third = await activeGroup(ctx, ['7', '8', '10']);
  await outbox.deliverDue();
  expect([await threadOf(third), alerts('900 open threads').length]).toEqual([null, 1]);
  others[0]!.thread_metadata.archived = true;
  ctx.advance({ hours: 7 });
  await outbox.deliverDue();
  expect(await threadOf(third)).not.toBeNull();
});

test('with 950 a new pair is introduced by direct message, moderators hear why, and their thread opens once there is room', async () => {
  for (const id of ['1', '2']) await person(ctx, id);
  const others = fill(950);
  const id = newId(ctx.random);
  const times = { started_at: ctx.now(), due_at: later(ctx.now(), { days: 84 }) };
  await ctx.db
    .insertInto('mentorships')
    .values({ id, guild_id: guildId, mentor_id: '1', mentee_id: '2', ...times, state: 'active' })
    .execute();
  await ctx.db
    .transaction()
    .execute((trx) => insertNotice(trx, ctx, { guildId, kind: 'mentorship-thread', subjectId: id }));
  await outbox.deliverDue();
  await outbox.deliverDue();
  expect([open(mentoring).length, alerts('950 open threads').length]).toEqual([0, 1]);
  const letters = () => discord.messages.filter(({ channel_id: channel }) => channel.length < 3).length;
  expect(letters()).toBe(2);
  for (const thread of others.slice(0, 5)) thread.thread_metadata.archived = true;
  ctx.advance({ hours: 7 });
  await outbox.deliverDue();
  expect(open(mentoring)).toHaveLength(1);
  expect(alerts('950 open threads')).toHaveLength(1);
});

test('with 900 a group that is listed has no post in the forum yet, and gets it once there is room', async () => {
  const forum = '900000000000000055';
  discord.channels.add(forum);
  const id = await activeGroup(ctx);
  await outbox.deliverDue();
  const others = fill(899);
  await saveStudy(ctx, by('9'), { forumId: forum });
  await setSessions(ctx, by('1'), id, { openly: true });
  await outbox.deliverDue();
  expect([open(forum).length, alerts('900 open threads').length]).toEqual([0, 1]);
  others[0]!.thread_metadata.archived = true;
  ctx.advance({ hours: 7 });
  await outbox.deliverDue();
  expect(open(forum)).toHaveLength(1);
});
