/** What tests of delivery owe to whom, and what then stands on a small Discord. */
import type { Client } from 'discord.js';
import { afterEach, beforeEach, expect } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { upsertMember } from '../../src/db/members.ts';
import { upsertProfile } from '../../src/db/profiles.ts';
import { createClient } from '../../src/discord/client.ts';
import { createOutbox, type Outbox } from '../../src/delivery/outbox.ts';
import { newId } from '../../src/ids.ts';
import { later } from '../../src/time.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { startTinyDiscord, type TinyDiscord } from '../support/tiny-discord.ts';
import { insertNotice, type NewNotice, type Notice } from '../../src/db/notices/write.ts';

export const mentoringChannel = '900000000000000002';
export const staffChannel = '900000000000000003';
export const mentorRole = '900000000000000004';
export const menteeRole = '900000000000000005';
export const ada = '800000000000000011';
export const omar = '800000000000000012';

export let discord: TinyDiscord;
export let ctx: TestContext;
export let outbox: Outbox;
const clients: Client[] = [];
const outboxes: Outbox[] = [];

/** A small Discord, a database and an outbox for each test of the file that calls this. */
export function eachWithOutbox(): void {
  beforeEach(async () => {
    discord = await startTinyDiscord({ channels: [mentoringChannel, staffChannel] });
    ctx = await open();
    discord.now = () => ctx.now();
    outbox = newOutbox();
  });
  afterEach(async () => {
    await Promise.all(outboxes.splice(0).map((one) => one.stop()));
    await Promise.all(clients.splice(0).map((client) => client.destroy()));
    await ctx.db.destroy();
    await discord.close();
  });
}

async function open(): Promise<TestContext> {
  const context = await openTestContext();
  const config = parseConfig({ DISCORD_TOKEN: 'test', LOG_LEVEL: 'silent', DISCORD_API_URL: discord.apiUrl });
  return Object.assign(context, { config });
}

/** The outbox of a process of its own, on the same database. */
export function newOutbox(): Outbox {
  const client = createClient(ctx.config);
  clients.push(client);
  const made = createOutbox(ctx, client);
  outboxes.push(made);
  return made;
}

/** A notice of any kind, of the test's guild unless it names another. */
type Owed = NewNotice extends infer Notice ? (Notice extends NewNotice ? Omit<Notice, 'guildId'> & { guildId?: string } : never) : never; // prettier-ignore

export async function owe(notice: Owed): Promise<void> {
  await ctx.db.transaction().execute((trx) => insertNotice(trx, ctx, { guildId: testGuildId, ...notice }));
  // Two things never happen at the same moment here, so that their order is certain.
  ctx.advance({ ms: 1 });
}

/** A pending request of Omar's at Ada. */
export async function request(id = newId(ctx.random), menteeId = omar): Promise<string> {
  await ctx.db
    .insertInto('requests')
    .values({
      id,
      guild_id: testGuildId,
      mentee_id: menteeId,
      mentor_id: ada,
      state: 'pending',
      message: 'I read your paper on sepsis.',
      created_at: ctx.now(),
      sent_at: ctx.now(),
      expires_at: later(ctx.now(), { days: 7 }),
    })
    .execute();
  return id;
}

export async function askAda(): Promise<string> {
  const id = await request();
  await owe({ kind: 'request-received', userId: ada, subjectId: id });
  return id;
}

export async function pair(): Promise<string> {
  const id = newId(ctx.random);
  await ctx.db
    .insertInto('mentorships')
    .values({
      id,
      guild_id: testGuildId,
      mentor_id: ada,
      mentee_id: omar,
      state: 'active',
      started_at: ctx.now(),
      due_at: later(ctx.now(), { days: 84 }),
    })
    .execute();
  await owe({ kind: 'mentorship-thread', subjectId: id });
  return id;
}

export async function notices(kind?: Notice['kind']): Promise<Notice[]> {
  const all = await ctx.db.selectFrom('notices').selectAll().orderBy('created_at').execute();
  return kind === undefined ? all : all.filter((notice) => notice.kind === kind);
}

export async function only(kind: Notice['kind']): Promise<Notice> {
  const [notice, ...more] = await notices(kind);
  expect(more).toEqual([]);
  if (!notice) throw new Error(`no ${kind}`);
  return notice;
}

export const count = (route: RegExp) => discord.requests.filter((request) => route.test(request)).length;
export const posts = () => count(/^POST .*\/messages$/);
export const textOf = (message: { content: string; embeds: readonly object[] } | undefined) =>
  message ? `${message.content}\n${JSON.stringify(message.embeds)}` : '';

export async function mentee(userId: string): Promise<void> {
  await upsertMember(ctx.db, { guild_id: testGuildId, user_id: userId, zone: 'Asia/Karachi', created_at: ctx.now() });
  await upsertProfile(
    ctx.db,
    { guildId: testGuildId, userId, role: 'mentee' },
    {
      specialties: ['neurology'],
      stage: 'applying',
      languages: ['en', 'ar'],
      topics: ['interviews'],
      about: 'Likes *stars*',
      capacity: 0,
      acceptsFrom: null,
      priority: null,
    },
    { id: newId(ctx.random), verification: 'none' },
    ctx.now(),
  );
}
