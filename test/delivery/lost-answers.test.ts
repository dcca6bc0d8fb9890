/** Answers that never came, processes that ended, limits: each message is sent once all the same. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { acceptUpdates, refuseUpdates } from '../support/broken.ts';
import {
  ada,
  askAda,
  count,
  ctx,
  discord,
  eachWithOutbox,
  newOutbox,
  only,
  outbox,
  owe,
  posts,
  request,
} from './owing.ts';

eachWithOutbox();

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
