/** Closed direct messages, and channels and roles that a moderator has to mend. */
import { beforeEach, describe, expect, it } from 'vitest';
import { updateGuild } from '../../src/db/guilds.ts';
import { upsertMember } from '../../src/db/members.ts';
import { testGuildId } from '../support/context.ts';
import { markNoticeRead } from '../../src/db/notices/lookups.ts';
import {
  ada,
  askAda,
  ctx,
  discord,
  eachWithOutbox,
  mentee,
  menteeRole,
  mentoringChannel,
  notices,
  omar,
  only,
  outbox,
  owe,
  request,
  staffChannel,
  textOf,
} from './owing.ts';

eachWithOutbox();

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
