import type { Client } from 'discord.js';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { updateGuild } from '../../src/db/guilds.ts';
import { upsertMember } from '../../src/db/members.ts';
import { upsertProfile } from '../../src/db/profiles.ts';
import { createClient } from '../../src/discord/client.ts';
import { createOutbox, type Outbox } from '../../src/delivery/outbox.ts';
import { leaveGuild, returnToGuild } from '../../src/guild/guilds.ts';
import { deleteMemberData } from '../../src/lifecycle/personal-data.ts';
import { newId } from '../../src/ids.ts';
import { later } from '../../src/time.ts';
import { acceptUpdates, refuseUpdates } from '../support/broken.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { startTinyDiscord, type TinyDiscord } from '../support/tiny-discord.ts';
import { insertNotice, type NewNotice, type Notice, reviseNotices } from '../../src/db/notices/write.ts';
import { markNoticeRead } from '../../src/db/notices/lookups.ts';

const mentoringChannel = '900000000000000002';
const staffChannel = '900000000000000003';
const mentorRole = '900000000000000004';
const menteeRole = '900000000000000005';
const ada = '800000000000000011';
const omar = '800000000000000012';

let discord: TinyDiscord;
let ctx: TestContext;
let outbox: Outbox;
const clients: Client[] = [];
const outboxes: Outbox[] = [];

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

async function open(): Promise<TestContext> {
  const context = await openTestContext();
  const config = parseConfig({ DISCORD_TOKEN: 'test', LOG_LEVEL: 'silent', DISCORD_API_URL: discord.apiUrl });
  return Object.assign(context, { config });
}

/** The outbox of a process of its own, on the same database. */
function newOutbox(): Outbox {
  const client = createClient(ctx.config);
  clients.push(client);
  const made = createOutbox(ctx, client);
  outboxes.push(made);
  return made;
}

/** A notice of any kind, of the test's guild unless it names another. */
type Owed = NewNotice extends infer Notice ? (Notice extends NewNotice ? Omit<Notice, 'guildId'> & { guildId?: string } : never) : never; // prettier-ignore

async function owe(notice: Owed): Promise<void> {
  await ctx.db.transaction().execute((trx) => insertNotice(trx, ctx, { guildId: testGuildId, ...notice }));
  // Two things never happen at the same moment here, so that their order is certain.
  ctx.advance({ ms: 1 });
}

/** A pending request of Omar's at Ada. */
async function request(id = newId(ctx.random), menteeId = omar): Promise<string> {
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

async function askAda(): Promise<string> {
  const id = await request();
  await owe({ kind: 'request-received', userId: ada, subjectId: id });
  return id;
}

async function pair(): Promise<string> {
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

async function notices(kind?: Notice['kind']): Promise<Notice[]> {
  const all = await ctx.db.selectFrom('notices').selectAll().orderBy('created_at').execute();
  return kind === undefined ? all : all.filter((notice) => notice.kind === kind);
}

async function only(kind: Notice['kind']): Promise<Notice> {
  const [notice, ...more] = await notices(kind);
  expect(more).toEqual([]);
  if (!notice) throw new Error(`no ${kind}`);
  return notice;
}

const count = (route: RegExp) => discord.requests.filter((request) => route.test(request)).length;
const posts = () => count(/^POST .*\/messages$/);
const textOf = (message: { content: string; embeds: readonly object[] } | undefined) =>
  message ? `${message.content}\n${JSON.stringify(message.embeds)}` : '';

describe('a message to a person', () => {
  it('is sent once, names its guild, and carries how to find it again', async () => {
    await askAda();
    await outbox.deliverDue();
    const [message, ...more] = discord.dmsOf(ada);
    const notice = await only('request-received');
    expect(more).toEqual([]);
    expect(message?.nonce).toBe(notice.id);
    expect(message?.embeds.at(-1)?.footer?.text).toBe(`Preceptor · ref ${notice.id}`);
    expect(textOf(message)).toContain('IMG Commons');
    expect(textOf(message)).toContain('I read your paper on sepsis.');
    expect(notice).toMatchObject({
      state: 'delivered',
      delivered_revision: 1,
      message_id: message?.id,
      claimed_until: null,
    });
    await outbox.deliverDue();
    expect(posts()).toBe(1);
  });

  it('is edited when what it says has changed', async () => {
    const id = await askAda();
    await outbox.deliverDue();
    await ctx.db
      .updateTable('requests')
      .set({ state: 'withdrawn', decided_at: ctx.now() })
      .where('id', '=', id)
      .execute();
    await ctx.db.transaction().execute((trx) => reviseNotices(trx, id, 'request-received', ctx.now()));
    await outbox.deliverDue();
    const [message, ...more] = discord.dmsOf(ada);
    expect(more).toEqual([]);
    expect(message).toMatchObject({ edits: 1, components: [] });
    expect(textOf(message)).toContain('withdrawn');
    expect(textOf(message)).not.toContain('sepsis');
    expect(await only('request-received')).toMatchObject({ state: 'delivered', revision: 2, delivered_revision: 2 });
  });

  it('is edited after all when it changed while it was on its way', async () => {
    const id = await askAda();
    discord.fault({ route: /POST .*messages/, how: 'hold', afterEffect: true });
    const running = outbox.deliverDue();
    await expect.poll(() => discord.dmsOf(ada).length).toBe(1);
    await ctx.db.updateTable('requests').set({ state: 'withdrawn' }).where('id', '=', id).execute();
    await ctx.db.transaction().execute((trx) => reviseNotices(trx, id, 'request-received', ctx.now()));
    discord.letGo('answer');
    await running;
    expect(discord.dmsOf(ada)).toHaveLength(1);
    expect(textOf(discord.dmsOf(ada)[0])).not.toContain('sepsis');
    expect(await only('request-received')).toMatchObject({ state: 'delivered', delivered_revision: 2 });
  });

  it('is not sent at all when there is nothing left to say', async () => {
    const id = await askAda();
    await ctx.db.updateTable('requests').set({ state: 'withdrawn' }).where('id', '=', id).execute();
    await outbox.deliverDue();
    expect(posts()).toBe(0);
    expect(await only('request-received')).toMatchObject({ state: 'void' });
  });

  it('leaves nothing to do when the message to edit is gone', async () => {
    const id = await askAda();
    await outbox.deliverDue();
    discord.messages.splice(0);
    await ctx.db.transaction().execute((trx) => reviseNotices(trx, id, 'request-received', ctx.now()));
    await outbox.deliverDue();
    expect(discord.dmsOf(ada)).toEqual([]);
    expect(await only('request-received')).toMatchObject({ state: 'delivered', delivered_revision: 2 });
  });

  it('is void in a guild that the bot has left', async () => {
    await askAda();
    await updateGuild(ctx.db, testGuildId, { left_at: ctx.now() });
    await outbox.deliverDue();
    expect(discord.requests).toEqual([]);
    expect(await only('request-received')).toMatchObject({ state: 'void', problem: 'guild-left' });
  });
});

describe('messages about somebody who deletes their data', () => {
  it('are written again without name, id and words', async () => {
    const id = await askAda();
    await owe({ kind: 'request-nudge', userId: ada, subjectId: id });
    await pair();
    await outbox.deliverDue();
    await ctx.db.updateTable('requests').set({ state: 'accepted', decided_at: ctx.now() }).execute();
    expect(JSON.stringify(discord.messages)).toContain(omar);
    await deleteMemberData(ctx, { guildId: testGuildId, userId: omar });
    await outbox.deliverDue();
    expect(discord.dmsOf(ada).length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(discord.messages)).not.toContain(omar);
    expect(JSON.stringify(discord.messages)).not.toContain('sepsis');
    expect(await notices()).not.toContainEqual(expect.objectContaining({ state: 'owed' }));
  });
});

describe('a clock that steps back', () => {
  it('delays what was due by as much, and neither loses nor doubles it', async () => {
    await askAda();
    ctx.advance({ hours: -1 });
    await outbox.deliverDue();
    expect(discord.dmsOf(ada)).toHaveLength(0);
    ctx.advance({ hours: 1 });
    await outbox.deliverDue();
    ctx.advance({ hours: -1 });
    await outbox.deliverDue();
    ctx.advance({ hours: 2 });
    await outbox.deliverDue();
    expect(discord.dmsOf(ada)).toHaveLength(1);
  });
});

describe('in a guild of which Discord knows nothing', () => {
  it('what is owed waits, because the bot may be taken back before it hears that it was removed', async () => {
    await owe({ kind: 'member-roles', userId: omar });
    await upsertMember(ctx.db, { guild_id: testGuildId, user_id: omar, zone: 'Etc/UTC', created_at: ctx.now() });
    discord.roles.set(omar, new Set([menteeRole]));
    discord.fault({ route: /^DELETE .*roles/, how: { status: 404, code: 10_004 } });
    await outbox.deliverDue();
    expect(await only('member-roles')).toMatchObject({ state: 'owed' });
    ctx.advance({ hours: 1 });
    await outbox.deliverDue();
    expect(await only('member-roles')).toMatchObject({ state: 'delivered' });
  });

  it('what is owed is closed once it is noted that the bot has left, and owed again on its return', async () => {
    await owe({ kind: 'member-roles', userId: omar });
    discord.fault({ route: /^DELETE .*roles/, how: 'hold' });
    discord.roles.set(omar, new Set([menteeRole]));
    const delivering = outbox.deliverDue();
    await expect.poll(() => count(/^DELETE .*roles/)).toBe(1);
    await leaveGuild(ctx, testGuildId);
    discord.letGo('cut');
    await delivering;
    expect(await only('member-roles')).toMatchObject({ state: 'void' });
    await returnToGuild(ctx, testGuildId);
    ctx.advance({ minutes: 2 });
    await outbox.deliverDue();
    expect(await only('member-roles')).toMatchObject({ state: 'delivered' });
  });
});

describe('an answer that never came', () => {
  for (const how of ['cut', 500, 502] as const) {
    it(`does not double what was sent (${how} after the effect)`, async () => {
      await askAda();
      discord.fault({ route: /POST .*messages/, how, afterEffect: true });
      await outbox.deliverDue();
      expect(await only('request-received')).toMatchObject({ state: 'owed', attempts: 1 });
      expect((await only('request-received')).unsure_since).not.toBeNull();
      ctx.advance({ minutes: 1 });
      await outbox.deliverDue();
      expect(posts()).toBe(1);
      expect(discord.dmsOf(ada)).toHaveLength(1);
      expect(await only('request-received')).toMatchObject({
        state: 'delivered',
        unsure_since: null,
        message_id: discord.dmsOf(ada)[0]?.id,
      });
      // An edit mentions nobody, and could take its highlight from what has just notified somebody.
      expect(count(/PATCH .*messages/)).toBe(0);
    });

    it(`does not lose what was not sent (${how} before the effect)`, async () => {
      await askAda();
      discord.fault({ route: /POST .*messages/, how });
      await outbox.deliverDue();
      ctx.advance({ minutes: 1 });
      await outbox.deliverDue();
      expect(posts()).toBe(2);
      expect(discord.dmsOf(ada)).toHaveLength(1);
      expect(await only('request-received')).toMatchObject({ state: 'delivered', attempts: 0, problem: null });
    });
  }

  it('is looked for behind hundreds of later messages', async () => {
    await askAda();
    discord.fault({ route: /POST .*messages/, how: 'cut', afterEffect: true });
    await outbox.deliverDue();
    const [sent] = discord.dmsOf(ada);
    for (let i = 0; i < 250; i += 1) {
      discord.messages.push({ ...sent!, id: `79${String(i).padStart(16, '0')}`, embeds: [], timestamp: ctx.now() });
    }
    ctx.advance({ minutes: 1 });
    await outbox.deliverDue();
    expect(posts()).toBe(1);
    expect(count(/GET .*messages/)).toBe(3);
    expect(await only('request-received')).toMatchObject({ state: 'delivered', message_id: sent?.id });
  });

  it('is tried for more than a day, ever more rarely, and then still delivered', async () => {
    await askAda();
    discord.fault({ route: /./, how: 500, times: Infinity });
    let tries = 0;
    for (let minutes = 0; minutes < 26 * 60; minutes += 5) {
      await outbox.deliverDue();
      ctx.advance({ minutes: 5 });
      tries = (await only('request-received')).attempts;
    }
    expect(tries).toBeGreaterThan(24 * 4);
    expect(tries).toBeLessThan(320);
    discord.clearFaults();
    await outbox.deliverDue();
    ctx.advance({ minutes: 15 });
    await outbox.deliverDue();
    expect(discord.dmsOf(ada)).toHaveLength(1);
  });

  it("waits for the end of a crashed process' claim and then looks before it sends", async () => {
    await askAda();
    // The process died between Discord's answer and its own note of it.
    discord.fault({ route: /POST .*messages/, how: 'hold', afterEffect: true });
    const dying = newOutbox();
    dying.wake();
    await expect.poll(() => discord.dmsOf(ada).length).toBe(1);
    await outbox.deliverDue();
    expect(posts()).toBe(1);
    ctx.advance({ minutes: 2 });
    await outbox.deliverDue();
    discord.letGo('cut');
    await dying.stop();
    expect(posts()).toBe(1);
    expect(await only('request-received')).toMatchObject({ state: 'delivered', message_id: discord.dmsOf(ada)[0]?.id });
  });

  it('of a database that failed to note the success does not send a second message', async () => {
    await askAda();
    await refuseUpdates(ctx.db, 'notices', sql`new.message_id is not null`);
    await outbox.deliverDue();
    expect(posts()).toBe(1);
    await acceptUpdates(ctx.db);
    ctx.advance({ minutes: 2 });
    await outbox.deliverDue();
    expect(posts()).toBe(1);
    expect(await only('request-received')).toMatchObject({ state: 'delivered', message_id: discord.dmsOf(ada)[0]?.id });
  });
});

describe('several at once', () => {
  it('two processes on one database send each message once', async () => {
    for (let i = 0; i < 30; i += 1)
      await owe({
        kind: 'request-nudge',
        userId: `8000000000000001${10 + i}`,
        subjectId: await request(undefined, `8000000000000002${10 + i}`),
      });
    const other = newOutbox();
    await Promise.all([outbox.deliverDue(), other.deliverDue()]);
    await Promise.all([outbox.deliverDue(), other.deliverDue()]);
    expect(discord.messages).toHaveLength(30);
    expect(new Set(discord.messages.map((message) => message.nonce)).size).toBe(30);
    expect((await notices()).every((notice) => notice.state === 'delivered')).toBe(true);
  });

  it('one person reads what happened in the order in which it happened, also after a failure', async () => {
    const requests = [
      await request(),
      await request(undefined, '800000000000000013'),
      await request(undefined, '800000000000000014'),
    ];
    for (const id of requests) await owe({ kind: 'request-nudge', userId: ada, subjectId: id });
    discord.fault({ route: /POST .*messages/, how: 500 });
    await outbox.deliverDue();
    expect(discord.dmsOf(ada)).toEqual([]);
    // A fourth comes while the first still waits for its next try.
    await owe({ kind: 'request-nudge', userId: ada, subjectId: await request(undefined, '800000000000000015') });
    await outbox.deliverDue();
    expect(discord.dmsOf(ada)).toEqual([]);
    ctx.advance({ minutes: 1 });
    await outbox.deliverDue();
    const order = (await notices()).map((notice) => notice.id);
    expect(discord.dmsOf(ada).map((message) => message.nonce)).toEqual(order);
  });

  it('what is owed while a run is under way goes out in the same run', async () => {
    await askAda();
    const running = outbox.deliverDue();
    await owe({ kind: 'request-accepted', userId: omar, subjectId: (await only('request-received')).subject_id ?? '' });
    outbox.wake();
    await running;
    await outbox.deliverDue();
    expect(discord.dmsOf(omar)).toHaveLength(1);
  });

  it('stopping finishes what is in hand and gives back the rest unharmed', async () => {
    for (let i = 0; i < 40; i += 1)
      await owe({
        kind: 'request-nudge',
        userId: ada,
        subjectId: await request(undefined, `8000000000000002${10 + i}`),
      });
    outbox.wake();
    await expect.poll(() => discord.dmsOf(ada).length).toBeGreaterThan(2);
    await outbox.stop();
    const sent = discord.dmsOf(ada).length;
    expect(sent).toBeLessThan(40);
    const left = (await notices()).filter((notice) => notice.state === 'owed');
    expect(left).toHaveLength(40 - sent);
    expect(
      left.every((notice) => notice.claimed_until === null && notice.attempts === 0 && notice.unsure_since === null),
    ).toBe(true);
    await newOutbox().deliverDue();
    expect(discord.dmsOf(ada)).toHaveLength(40);
  });
});

describe('a rate limit', () => {
  it('is waited out without counting as an attempt and without a look', async () => {
    await askAda();
    discord.fault({ route: /POST .*messages/, how: 429, retryAfterSeconds: 120 });
    await outbox.deliverDue();
    expect(await only('request-received')).toMatchObject({ state: 'owed', attempts: 0, unsure_since: null });
    ctx.advance({ ms: 110_000 });
    await outbox.deliverDue();
    expect(posts()).toBe(1);
  });

  it('of everything loses and doubles nothing', async () => {
    for (let i = 0; i < 20; i += 1)
      await owe({
        kind: 'request-nudge',
        userId: `8000000000000001${10 + i}`,
        subjectId: await request(undefined, `8000000000000002${10 + i}`),
      });
    discord.fault({ route: /POST .*messages/, how: 429, retryAfterSeconds: 5, times: 15 });
    await outbox.deliverDue();
    expect(discord.messages.length).toBeLessThan(20);
    // discord.js measures a bucket's wait on the machine's own clock, so another process goes on.
    const other = newOutbox();
    for (let minute = 0; minute < 5; minute += 1) {
      ctx.advance({ minutes: 1 });
      await other.deliverDue();
    }
    expect(discord.messages).toHaveLength(20);
    expect(new Set(discord.messages.map((message) => message.nonce)).size).toBe(20);
  });
});

describe('closed direct messages', () => {
  beforeEach(() => void discord.closedDms.add(ada));

  it('put everything into the inbox and mention the person once a day, without saying what it is', async () => {
    await askAda();
    await owe({ kind: 'request-nudge', userId: ada, subjectId: await request(undefined, '800000000000000013') });
    await outbox.deliverDue();
    expect((await notices('request-received'))[0]).toMatchObject({ state: 'undeliverable' });
    const [mention, ...more] = discord.messages;
    expect(more).toEqual([]);
    expect(mention?.channel_id).toBe(mentoringChannel);
    expect(mention?.content).toBe(`<@${ada}>`);
    expect(textOf(mention)).toContain('/inbox');
    expect(textOf(mention)).not.toMatch(/request|mentee|sepsis|user-/i);
  });

  it('mention the person again on the next day for what came after the first mention, and then no more', async () => {
    await askAda();
    await outbox.deliverDue();
    for (let i = 13; i < 16; i += 1)
      await owe({ kind: 'request-nudge', userId: ada, subjectId: await request(undefined, `8000000000000000${i}`) });
    await outbox.deliverDue();
    expect(discord.messages).toHaveLength(1);
    ctx.advance({ days: 1, minutes: 1 });
    await outbox.deliverDue();
    expect(discord.messages).toHaveLength(2);
    ctx.advance({ days: 3 });
    await outbox.deliverDue();
    expect(discord.messages).toHaveLength(2);
  });

  it('mention nobody who has looked in the meantime', async () => {
    await askAda();
    discord.fault({ route: new RegExp(`POST /channels/${mentoringChannel}/messages`), how: 500 });
    await outbox.deliverDue();
    await markNoticeRead(ctx.db, (await only('request-received')).id, ada);
    ctx.advance({ minutes: 1 });
    await outbox.deliverDue();
    expect(discord.messages).toEqual([]);
    expect(await only('inbox-mention')).toMatchObject({ state: 'void' });
  });

  it('of somebody who is not in the guild any more mean that they have left', async () => {
    await upsertMember(ctx.db, { guild_id: testGuildId, user_id: ada, zone: 'Europe/London', created_at: ctx.now() });
    discord.strangers.add(ada);
    await askAda();
    await outbox.deliverDue();
    expect(discord.dmsOf(ada)).toEqual([]);
    // The mentee does not wait for a ghost.
    expect(discord.dmsOf(omar)).toHaveLength(1);
    expect(discord.messages).toHaveLength(1);
    expect(await notices('inbox-mention')).toEqual([]);
    expect(await only('request-received')).toMatchObject({ state: 'void' });
    const member = await ctx.db.selectFrom('members').selectAll().executeTakeFirst();
    expect(member?.left_at).toBe(ctx.now());
  });
});

describe('a guild that needs mending', () => {
  it('is told once that its mentoring channel is gone, and gets what waited once another is set', async () => {
    discord.closedDms.add(ada);
    discord.channels.delete(mentoringChannel);
    await askAda();
    await owe({ kind: 'request-nudge', userId: omar, subjectId: await request(undefined, '800000000000000013') });
    for (let hour = 0; hour < 5; hour += 1) {
      await outbox.deliverDue();
      ctx.advance({ hours: 1 });
    }
    const alerts = discord.messages.filter((message) => message.channel_id === staffChannel);
    expect(alerts).toHaveLength(1);
    expect(textOf(alerts[0])).toContain('/setup start');
    discord.channels.add('900000000000000022');
    await updateGuild(ctx.db, testGuildId, { mentoring_channel_id: '900000000000000022' });
    ctx.advance({ hours: 1 });
    await outbox.deliverDue();
    expect(discord.messages.filter((message) => message.channel_id === '900000000000000022')).toHaveLength(1);
  });

  it('is told again when the same thing breaks again after it had worked', async () => {
    const breakRole = () => discord.fault({ route: /PUT .*roles/, how: { status: 403, code: 50_013 } });
    await mentee(omar);
    breakRole();
    await owe({ kind: 'member-roles', userId: omar });
    await outbox.deliverDue();
    ctx.advance({ hours: 2 });
    await outbox.deliverDue();
    expect(discord.roles.get(omar)).toEqual(new Set([menteeRole]));
    discord.roles.clear();
    breakRole();
    await owe({ kind: 'member-roles', userId: omar });
    await outbox.deliverDue();
    const alerts = discord.messages.filter((message) => message.channel_id === staffChannel);
    expect(alerts).toHaveLength(2);
    expect(textOf(alerts[0])).toContain('above that role');
  });
});

async function mentee(userId: string): Promise<void> {
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

describe('roles', () => {
  it('follow the profiles, and cost nothing where they already do', async () => {
    await mentee(omar);
    discord.roles.set(omar, new Set([mentorRole, '1']));
    await owe({ kind: 'member-roles', userId: omar });
    await outbox.deliverDue();
    expect(discord.roles.get(omar)).toEqual(new Set(['1', menteeRole]));
    await owe({ kind: 'member-roles', userId: omar });
    await outbox.deliverDue();
    expect(count(/(PUT|DELETE) .*roles/)).toBe(2);
    await ctx.db.deleteFrom('profiles').execute();
    await owe({ kind: 'member-roles', userId: omar });
    await outbox.deliverDue();
    expect(discord.roles.get(omar)).toEqual(new Set(['1']));
  });

  it('of somebody who is gone mean that they have left', async () => {
    await mentee(omar);
    discord.strangers.add(omar);
    await owe({ kind: 'member-roles', userId: omar });
    await outbox.deliverDue();
    expect(await only('member-roles')).toMatchObject({ state: 'void' });
    expect(await ctx.db.selectFrom('members').select('left_at').executeTakeFirst()).toEqual({ left_at: ctx.now() });
  });
});

describe('the thread of a pair', () => {
  it('is made once, although the database failed to note which one it is', async () => {
    await pair();
    await refuseUpdates(ctx.db, 'mentorships', sql`new.thread_id is not null`);
    await outbox.deliverDue();
    expect(discord.threads).toHaveLength(1);
    await acceptUpdates(ctx.db);
    ctx.advance({ minutes: 2 });
    await outbox.deliverDue();
    expect(discord.threads).toHaveLength(1);
    expect(await ctx.db.selectFrom('mentorships').select('thread_id').executeTakeFirst()).toEqual({
      thread_id: discord.threads[0]?.id,
    });
  });

  it('is private, has both in it, and opens with one message that names them', async () => {
    await pair();
    await outbox.deliverDue();
    const [thread, ...more] = discord.threads;
    expect(more).toEqual([]);
    expect(thread).toMatchObject({
      parent_id: mentoringChannel,
      type: 12,
      name: 'user-11 & user-12',
    });
    expect(thread?.members).toEqual(new Set([discord.botId, ada, omar]));
    const [opening, ...others] = discord.messages;
    expect(others).toEqual([]);
    expect(opening?.channel_id).toBe(thread?.id);
    expect(opening?.content).toContain(ada);
    expect(await ctx.db.selectFrom('mentorships').select('thread_id').executeTakeFirst()).toEqual({
      thread_id: thread?.id,
    });
  });

  const steps = [/POST .*threads$/, /GET .*members/, /PUT .*thread-members/, /POST .*messages/];
  for (const route of steps) {
    for (const afterEffect of [false, true]) {
      it(`resumes after a cut ${afterEffect ? 'after' : 'before'} ${route.source}`, async () => {
        await pair();
        discord.fault({ route, how: 'cut', afterEffect });
        for (let i = 0; i < 3; i += 1) {
          await outbox.deliverDue();
          ctx.advance({ minutes: 1 });
        }
        expect(discord.threads).toHaveLength(1);
        expect(discord.threads[0]?.members).toEqual(new Set([discord.botId, ada, omar]));
        expect(discord.messages).toHaveLength(1);
        expect(await only('mentorship-thread')).toMatchObject({ state: 'delivered' });
      });
    }
  }

  it('is replaced by an introduction to each when there can be none, and moderators are told', async () => {
    discord.channels.delete(mentoringChannel);
    await pair();
    await outbox.deliverDue();
    expect(discord.dmsOf(ada)).toHaveLength(1);
    expect(discord.dmsOf(omar)).toHaveLength(1);
    expect(textOf(discord.dmsOf(omar)[0])).toContain(ada);
    expect(discord.messages.filter((message) => message.channel_id === staffChannel)).toHaveLength(1);
    // It is tried again: the channel may come back, or another be set.
    expect(await only('mentorship-thread')).toMatchObject({ state: 'owed', problem: 'set-up:channel-deleted' });
  });

  it('is opened after all once that is possible, and both stay introduced', async () => {
    discord.channels.delete(mentoringChannel);
    await pair();
    await outbox.deliverDue();
    discord.channels.add(mentoringChannel);
    for (let i = 0; i < 4; i += 1) {
      ctx.advance({ minutes: 5 });
      await outbox.deliverDue();
    }
    expect(discord.threads).toHaveLength(1);
    expect(discord.threads[0]?.members).toEqual(new Set([discord.botId, ada, omar]));
    expect([discord.dmsOf(ada).length, discord.dmsOf(omar).length]).toEqual([1, 1]);
    expect(discord.messages.filter((message) => message.channel_id === staffChannel)).toHaveLength(1);
    expect(await only('mentorship-thread')).toMatchObject({ state: 'delivered' });
  });

  it('is another when the first was deleted before both were in it', async () => {
    await pair();
    discord.fault({ route: /PUT .*thread-members/, how: 'cut' });
    await outbox.deliverDue();
    discord.channels.delete(discord.threads.splice(0)[0]?.id ?? '');
    for (let i = 0; i < 3; i += 1) {
      ctx.advance({ minutes: 1 });
      await outbox.deliverDue();
    }
    expect(discord.threads).toHaveLength(1);
    expect(discord.threads[0]?.members).toEqual(new Set([discord.botId, ada, omar]));
    expect(discord.messages.filter((message) => message.channel_id === staffChannel)).toEqual([]);
  });
});
