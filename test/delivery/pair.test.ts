/** The roles of members, and the thread of a pair. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { acceptUpdates, refuseUpdates } from '../support/broken.ts';
import {
  ada,
  count,
  ctx,
  discord,
  eachWithOutbox,
  mentee,
  menteeRole,
  mentorRole,
  mentoringChannel,
  omar,
  only,
  outbox,
  owe,
  pair,
  staffChannel,
  textOf,
} from './owing.ts';

eachWithOutbox();

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

  it('is noted as theirs although they ended before anybody learned which it is: no other pair is led into it', async () => {
    await pair();
    await refuseUpdates(ctx.db, 'mentorships', sql`new.thread_id is not null`);
    await outbox.deliverDue();
    await acceptUpdates(ctx.db);
    await ctx.db.updateTable('mentorships').set({ state: 'ended', ended_at: ctx.now() }).execute();
    ctx.advance({ minutes: 2 });
    await outbox.deliverDue();
    expect(await ctx.db.selectFrom('mentorships').select('thread_id').executeTakeFirst()).toEqual({
      thread_id: discord.threads[0]?.id,
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
