import type { Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { upsertGuild } from '../../src/db/guilds.ts';
import { createOutbox, type Outbox } from '../../src/delivery/outbox.ts';
import { Pace } from '../../src/delivery/pace.ts';
import { createClient } from '../../src/discord/client.ts';
import { later } from '../../src/time.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { startTinyDiscord, type TinyDiscord } from '../support/tiny-discord.ts';
import { insertNotices, type NewNotice } from '../../src/db/notices/write.ts';
import { claimNotices } from '../../src/db/notices/claims.ts';

const others = '900000000000000099';
const staffChannel = '900000000000000003';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
  await upsertGuild(ctx.db, { id: others, zone: 'Etc/UTC', set_up_at: ctx.now(), mentee_role_id: '4711' });
});
afterEach(() => ctx.db.destroy());

async function oweRoles(guildId: string, members: number, mass: boolean): Promise<void> {
  const notices = Array.from({ length: members }, (_, i): NewNotice => ({ guildId, kind: 'member-roles', userId: String(i + 1), mass })); // prettier-ignore
  await ctx.db.transaction().execute((trx) => insertNotices(trx, ctx, notices));
  ctx.advance({ ms: 1 });
}

describe('the gate', () => {
  /** Lets those through who wait, and says in which order they came. */
  async function order(...waiting: (readonly ['people' | 'bulk', string])[]): Promise<string> {
    const pace = new Pace();
    const came: string[] = [];
    await Promise.all(waiting.map(([queue, who]) => pace.wait(queue, who[0] ?? '').then(() => came.push(who))));
    return came.join(' ');
  }

  it('lets one request of each server through in turn, however many another waits for', async () => {
    const crowd = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'].map((who) => ['bulk', who] as const);
    // The first two find the gate open.
    expect(await order(...crowd, ['bulk', 'b1'], ['bulk', 'b2'])).toBe('a1 a2 a3 b1 a4 b2 a5 a6');
  });

  it('lets what somebody has just caused through before what is owed to many', async () => {
    const crowd = ['a1', 'a2', 'a3', 'a4', 'a5'].map((who) => ['bulk', who] as const);
    expect(await order(...crowd, ['people', 'b1'])).toBe('a1 a2 b1 a3 a4 a5');
  });

  it('still lets one of eight through for many while people never cease', async () => {
    const people = Array.from({ length: 24 }, (_, i) => ['people', `p${i}`] as const);
    const came = (await order(['bulk', 'a1'], ['bulk', 'a2'], ['bulk', 'a3'], ['bulk', 'a4'], ...people)).split(' ');
    const places = came.flatMap((who, place) => (who.startsWith('a') ? [place] : []));
    expect(places.slice(0, 2)).toEqual([0, 1]);
    expect(places[3]).toBeLessThan(places[2]! + 9);
    expect(places[3]).toBeLessThan(came.length - 1);
  });
});

describe('claiming', () => {
  const until = () => later(ctx.now(), { minutes: 1 });

  it('takes from each server its share, and goes on behind the last at the next time', async () => {
    await oweRoles(testGuildId, 30, false);
    await oweRoles(others, 30, false);
    const turn = { after: '', roomOf: () => 30 };
    const first = await claimNotices(ctx.db, ctx.now(), until(), 10, 'people', turn);
    expect(first.map(({ guild_id: id }) => id).toSorted()).toEqual([...Array(5).fill(testGuildId), ...Array(5).fill(others)]); // prettier-ignore
    const next = await claimNotices(ctx.db, ctx.now(), until(), 1, 'people', turn);
    const third = await claimNotices(ctx.db, ctx.now(), until(), 1, 'people', turn);
    expect([...next, ...third].map(({ guild_id: id }) => id).toSorted()).toEqual([testGuildId, others]);
  });

  it('passes over a server that has as much in hand as it may, and over what is not due', async () => {
    await oweRoles(testGuildId, 5, false);
    await oweRoles(others, 2, false);
    const roomOf = (guildId: string) => (guildId === testGuildId ? 0 : 30);
    const claimed = await claimNotices(ctx.db, ctx.now(), until(), 60, 'people', { after: others, roomOf });
    expect(claimed.map(({ guild_id: id }) => id)).toEqual([others, others]);
    expect(await claimNotices(ctx.db, ctx.now(), until(), 60, 'people', { after: others, roomOf })).toEqual([]);
  });

  it('finds the one server that waits among hundreds whose time has not come', async () => {
    const ids = Array.from({ length: 250 }, (_, i) => `8${String(i).padStart(17, '0')}`);
    for (const id of ids) await upsertGuild(ctx.db, { id, zone: 'Etc/UTC', set_up_at: ctx.now() });
    const dueAt = later(ctx.now(), { hours: 1 });
    const notices = ids.map((guildId): NewNotice => ({ guildId, kind: 'member-roles', userId: '1', dueAt }));
    await ctx.db.transaction().execute((trx) => insertNotices(trx, ctx, notices));
    await oweRoles(others, 1, false);
    for (const after of ['', ids[7]!, others, '99']) {
      const at = ctx.now();
      const [notice] = await claimNotices(ctx.db, at, at, 60, 'people', { after, roomOf: () => 30 });
      expect(notice?.guild_id).toBe(others);
    }
  });
});

describe('a server that owes its members much', () => {
  let discord: TinyDiscord;
  let client: Client;
  let outbox: Outbox;
  beforeEach(async () => {
    discord = await startTinyDiscord({ channels: [staffChannel] });
    discord.now = () => ctx.now();
    const config = parseConfig({ DISCORD_TOKEN: 'test', LOG_LEVEL: 'silent', DISCORD_API_URL: discord.apiUrl });
    Object.assign(ctx, { config });
    client = createClient(config);
    outbox = createOutbox(ctx, client);
  });
  afterEach(async () => {
    await outbox.stop();
    await client.destroy();
    await discord.close();
  });
  const places = () => discord.requests.flatMap((request, place) => (request.includes(others) ? [place] : []));

  it('does not keep another’s waiting behind it', async () => {
    await oweRoles(testGuildId, 80, false);
    await oweRoles(others, 1, false);
    await outbox.deliverDue();
    expect(discord.requests.length).toBeGreaterThanOrEqual(81);
    expect(places()[0]).toBeLessThan(25);
  });

  it('does not keep one waiting who acts while it is in full swing, in the other server or its own', async () => {
    await oweRoles(testGuildId, 80, true);
    outbox.wake();
    await expect.poll(() => discord.requests.length, { interval: 5 }).toBeGreaterThan(15);
    const before = discord.requests.length;
    await oweRoles(others, 1, false);
    const notice = { guildId: testGuildId, kind: 'member-roles', userId: '777' } as const;
    await ctx.db.transaction().execute((trx) => insertNotices(trx, ctx, [notice]));
    await outbox.deliverDue();
    expect(places()[0]! - before).toBeLessThan(20);
    expect(discord.requests.findIndex((request) => request.includes('/777')) - before).toBeLessThan(20);
    expect(discord.requests.length).toBeGreaterThanOrEqual(82);
  });
});
