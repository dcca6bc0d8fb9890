import { describe, expect, it } from 'vitest';
import { updateGuild } from '../../src/db/guilds.ts';
import { upsertMember } from '../../src/db/members.ts';
import { leaveGuild, returnToGuild } from '../../src/guild/guilds.ts';
import { deleteMemberData } from '../../src/lifecycle/personal-data.ts';
import { testGuildId } from '../support/context.ts';
import { reviseNotices } from '../../src/db/notices/write.ts';
import {
  ada,
  askAda,
  count,
  ctx,
  discord,
  eachWithOutbox,
  menteeRole,
  newOutbox,
  notices,
  omar,
  only,
  outbox,
  owe,
  pair,
  posts,
  request,
  textOf,
} from './owing.ts';

eachWithOutbox();

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
