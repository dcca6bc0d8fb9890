import { beforeEach, describe, expect, it } from 'vitest';
import { upsertMember } from '../../src/db/members.ts';
import { upsertProfile } from '../../src/db/profiles.ts';
import { findGuild } from '../../src/db/guilds.ts';
import type { ProfileRole, RequestState } from '../../src/db/schema.ts';
import { threadName } from '../../src/delivery/thread.ts';
import { noticeKinds } from '../../src/delivery/notices/kinds.ts';
import type { Card } from '../../src/discord/replies.ts';
import { newId } from '../../src/ids.ts';
import { texts } from '../../src/texts/en.ts';
import { later } from '../../src/time.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { post } from '../../src/discord/embeds.ts';
import { texts as english } from '../../src/texts/en.ts';
import { type NoticeKind, plannedKinds } from '../../src/db/notice-kinds.ts';
import { insertNotice, type Notice } from '../../src/db/notices/write.ts';

const ada = '800000000000000011';
const omar = '800000000000000012';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
  return async () => await ctx.db.destroy();
});

/** Renders a notice as the person would get it, in a guild and among people with hostile names. */
async function render(kind: NoticeKind, notice: Partial<Notice> = {}): Promise<Card | undefined> {
  const guild = await findGuild(ctx.db, testGuildId);
  if (!guild) throw new Error('no guild');
  const delivery = noticeKinds[kind];
  if (!('render' in delivery)) throw new Error(`${kind} is no message of its own`);
  return await delivery.render({
    ctx,
    guild,
    notice: { ...(await blank()), kind, ...notice },
    t: ctx.languages.textsIn(null),
    guildName: () => Promise.resolve('[IMG](https://evil.example) @everyone'),
    memberName: (id) => Promise.resolve(id === ada ? '**Ada** @everyone' : '# Omar'),
  });
}

async function blank(): Promise<Notice> {
  await ctx.db.transaction().execute((trx) => insertNotice(trx, ctx, { guildId: testGuildId, kind: 'mentor-review' }));
  return await ctx.db.selectFrom('notices').selectAll().executeTakeFirstOrThrow();
}

const text = (card: Card | undefined) => JSON.stringify(card ?? null);

async function profile(userId: string, role: ProfileRole, about: string): Promise<string> {
  await upsertMember(ctx.db, { guild_id: testGuildId, user_id: userId, zone: 'Asia/Karachi', created_at: ctx.now() });
  const answers = {
    specialties: ['neurology'],
    stage: role === 'mentor' ? 'resident' : 'applying',
    languages: ['en', 'ar'],
    topics: ['interviews', 'visas'],
    about,
    capacity: role === 'mentor' ? 2 : 0,
    acceptsFrom: null,
    priority: null,
  };
  const id = newId(ctx.random);
  const verification = role === 'mentor' ? 'waiting' : 'none';
  await upsertProfile(ctx.db, { guildId: testGuildId, userId, role }, answers, { id, verification }, ctx.now());
  return id;
}

async function request(state: RequestState = 'pending', more: object = {}): Promise<string> {
  const id = newId(ctx.random);
  await ctx.db
    .insertInto('requests')
    .values({
      id,
      guild_id: testGuildId,
      mentee_id: omar,
      mentor_id: ada,
      state,
      message: '[click](https://evil.example) @everyone',
      created_at: ctx.now(),
      sent_at: ctx.now(),
      expires_at: later(ctx.now(), { days: 7 }),
      ...more,
    })
    .execute();
  return id;
}

it('everything that is posted in a channel that a moderator chose waits while the time is not sure', () => {
  const chosen = (Object.keys(noticeKinds) as NoticeKind[]).filter((kind) => noticeKinds[kind].to === 'chosen-channel');
  expect(chosen.toSorted()).toEqual(plannedKinds.toSorted());
});

describe('a request, as its mentor reads it', () => {
  it('says who asks, why, with what words, until when, and can be answered', async () => {
    await profile(omar, 'mentee', 'I _love_ reflexes.');
    await profile(ada, 'mentor', '');
    const card = await render('request-received', { subject_id: await request() });
    expect(card?.embeds?.[0]?.title).toContain('Omar asks you to be their mentor');
    expect(card?.embeds?.[0]?.description).toContain(`<@${omar}>`);
    expect(card?.embeds?.[0]?.description).toContain(String.raw`I \_love\_ reflexes.`);
    expect(card?.embeds?.[0]?.description).toContain('Also heading for neurology');
    expect(card?.embeds?.[0]?.description).toMatch(/answer by <t:\d+:F> \(<t:\d+:R>\)/);
    expect(text(card)).toContain('mentor-accept:');
    expect(text(card)).toContain('mentor-decline:');
  });

  it('lets nothing that was typed act: no mention, no masked link, no heading', async () => {
    await profile(omar, 'mentee', '@here <@&1> <#2>');
    const card = await render('request-received', { subject_id: await request() });
    const shown = `${card?.embeds?.[0]?.title}\n${card?.embeds?.[0]?.description}`;
    expect(shown).not.toMatch(/@everyone|@here|(?<!\\)\[click|(?<!\\)<@&1/);
    expect(shown.split('\n')[0]).not.toMatch(/^# /);
    expect(card?.allowedMentions).toBeUndefined();
  });

  it('stays within what Discord takes, with the longest texts that people can type', async () => {
    await profile(omar, 'mentee', '@everyone'.repeat(66));
    const id = await request('pending', { message: '*'.repeat(500) });
    const card = await render('request-received', { subject_id: id });
    expect(card?.embeds?.[0]?.description?.length).toBeLessThan(4_096);
  });

  it.each([
    ['accepted', null, /You accepted/],
    ['declined', null, /You declined/],
    ['expired', null, /expired/],
    ['withdrawn', null, /withdrawn/],
    ['superseded', 'matched', /found a mentor/],
    ['superseded', 'full', /last free place/],
    ['superseded', 'away', /not on the list/],
  ] as const)('once it is %s (%s) says so and has no buttons and no private text', async (state, lapse, says) => {
    await profile(omar, 'mentee', 'secret about');
    const id = await request(state, { lapse });
    for (const kind of ['request-received', 'request-nudge'] as const) {
      const card = await render(kind, { subject_id: id, message_id: '1', channel_id: '2' });
      expect(text(card)).toMatch(says);
      expect(card?.components).toEqual([]);
      expect(text(card)).not.toMatch(/click|secret/);
      // Whoever never saw it hears nothing.
      expect(await render(kind, { subject_id: id })).toBeUndefined();
    }
  });
});

describe('the end of a request, as the mentee reads it', () => {
  it('gives the reason and the word of the mentor, and says that the next choice was asked', async () => {
    const id = await request('declined', { decline_reason: 'no-place', decline_note: 'Ask *Bea*.' });
    await request('pending', { mentor_id: '800000000000000013' });
    const card = await render('request-declined', { subject_id: id });
    expect(text(card)).toContain('no room for another mentee');
    expect(card?.embeds?.[0]?.description).toContain(String.raw`Ask \*Bea\*.`);
    expect(text(card)).toContain('has been asked in their place');
  });

  it('does not make a mystery of no reason, and says where they stand on the waitlist', async () => {
    const id = await request('declined', { decline_reason: 'unsaid' });
    await ctx.db
      .insertInto('waitlist')
      .values({ guild_id: testGuildId, mentee_id: omar, joined_at: ctx.now() })
      .execute();
    const card = await render('request-declined', { subject_id: id });
    expect(text(card)).toContain('They gave no reason');
    expect(text(card)).toContain('number 1 of 1');
  });

  it('has the way to another mentor where nothing else is under way', async () => {
    const card = await render('request-expired', { subject_id: await request('expired') });
    expect(text(card)).toContain('Find a mentor');
  });

  it('of a queued choice does not pretend that somebody was asked in its place', async () => {
    const id = await request('superseded', { lapse: 'full' });
    await request('pending', { mentor_id: '800000000000000013' });
    const card = await render('request-lapsed', { subject_id: id, detail: '{"queued":true}' });
    expect(text(card)).toContain('goes on as before');
    expect(text(card)).not.toContain('in their place');
  });
});

describe('the card of a new mentor', () => {
  it('asks moderators to decide, and then says who did', async () => {
    const id = await profile(ada, 'mentor', 'Stroke unit.');
    const open = await render('mentor-review', { subject_id: id });
    expect(text(open)).toContain(`mentors-verify:${id}`);
    expect(text(open)).toContain('Stroke unit.');
    await ctx.db
      .updateTable('profiles')
      .set({
        verification: 'verified',
        verified_level: 'resident',
        verified_method: 'video-call',
        verified_at: ctx.now(),
        verified_by: '77',
      })
      .execute();
    const decided = await render('mentor-review', { subject_id: id, message_id: '1', channel_id: '2' });
    expect(text(decided)).toContain('Verified by <@77>');
    expect(decided?.components).toEqual([]);
    expect(await render('mentor-review', { subject_id: id })).toBeUndefined();
  });

  it('is not shown for somebody who has left', async () => {
    const id = await profile(ada, 'mentor', '');
    await ctx.db.updateTable('members').set({ left_at: ctx.now() }).execute();
    expect(await render('mentor-review', { subject_id: id })).toBeUndefined();
  });
});

describe('the end of a pause', () => {
  it('says that they are on the list again, and what that means for them', async () => {
    const subject = await profile(ada, 'mentor', '');
    const card = text(await render('pause-over', { user_id: ada, subject_id: subject }));
    expect(card).toContain('Your pause is over');
    expect(card).toContain('As a mentor you can be suggested');
    expect(card).not.toContain('As a mentee');
  });

  it('is not told to somebody who has paused again meanwhile', async () => {
    const subject = await profile(ada, 'mentor', '');
    await ctx.db.updateTable('profiles').set({ state: 'paused' }).execute();
    expect(await render('pause-over', { user_id: ada, subject_id: subject })).toBeUndefined();
  });
});

describe('a title about somebody who deleted their data', () => {
  it('begins with a capital, as every title', () => {
    const card = post(english, texts.notices.request.receivedTitle(texts.notices.formerMember), 'Nothing is left.');
    expect(card.embeds?.[0]?.title).toBe('A former member asks you to be their mentor');
  });
});

describe('every notice', () => {
  it('whose subject is gone has nothing left to say', async () => {
    const others: readonly NoticeKind[] = ['inbox-mention', 'staff-alert'];
    for (const kind of Object.keys(noticeKinds) as NoticeKind[]) {
      if (others.includes(kind) || !('render' in noticeKinds[kind])) continue;
      expect(await render(kind, { subject_id: 'gone00000000' }), kind).toBeUndefined();
      expect(await render(kind, { subject_id: null }), kind).toBeUndefined();
    }
  });

  it('about trouble names the fix', async () => {
    const problems = [
      'channel-deleted',
      'channel-closed',
      'channel-not-set',
      'threads-impossible',
      'channel-hidden',
      'role-deleted',
      'role-out-of-reach',
    ];
    for (const problem of problems) {
      const detail = JSON.stringify({ problem, id: '900000000000000002' });
      const card = await render('staff-alert', { detail, dedupe_key: 'alert' });
      expect(text(card), problem).toContain('/setup check');
      expect(card?.embeds?.[0]?.description, problem).toMatch(/Choose|Give my role|Let the/);
    }
  });
});

describe('the name of a thread', () => {
  it('is made of the two names, and of nothing else', () => {
    expect(threadName(['Ada', 'Omar'])).toBe('Ada & Omar');
  });

  it('fits, whatever the names, and never breaks a character', () => {
    const long = '👩🏽‍⚕️'.repeat(40);
    const name = threadName([long, 'x'.repeat(200)]);
    expect(name.length).toBeLessThanOrEqual(100);
    expect(name.isWellFormed()).toBe(true);
  });

  it('holds no line breaks or characters that turn the text around', () => {
    expect(threadName(['A\u202eda\n', '\u200b'])).toBe('A da');
    expect(threadName(['\n', '\u200b'])).toBe('Mentorship');
    expect(threadName(['A\u200dda', 'O\u200cmar'])).toBe('A da & O mar');
  });
  it('keeps what joins letters of a script that needs it, and the parts of an emoji', () => {
    const names = ['علی\u200cرضا', 'क्\u200dष 👩🏽\u200d⚕️'];
    expect(threadName(names)).toBe(names.join(' & '));
  });
});
