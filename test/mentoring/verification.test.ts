import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findProfileById } from '../../src/db/profiles.ts';
import { upsertGuild } from '../../src/db/guilds.ts';
import { UserError } from '../../src/errors.ts';
import { declineMentor, readQueue, suspendMentor, verifyMentor } from '../../src/mentoring/verification.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { memberNumber, registerPerson, registerVerified } from '../support/people.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

const ada = memberNumber(1);
const imani = memberNumber(50);
const joao = memberNumber(51);
const record = { level: 'resident', method: 'video-call' };

const noticesTo = async (userId: string) =>
  (await ctx.db.selectFrom('notices').selectAll().where('user_id', '=', userId).orderBy('created_at').execute()).map(
    ({ kind }) => kind,
  );

describe('verifying', () => {
  test('records level, method, date and by whom, and owes the mentor a word and the role', async () => {
    const { profile } = await registerPerson(ctx, ada, 'mentor');
    ctx.advance({ hours: 5 });
    await verifyMentor(ctx, imani, { profileId: profile.id }, record);
    expect(await findProfileById(ctx.db, profile.id)).toMatchObject({
      verification: 'verified',
      verified_level: 'resident',
      verified_method: 'video-call',
      verified_at: ctx.now(),
      verified_by: imani.userId,
    });
    expect(await noticesTo(ada.userId)).toEqual(['member-roles', 'mentor-verified']);
  });

  test('by two moderators at once: one decides, the other reads who did', async () => {
    const { profile } = await registerPerson(ctx, ada, 'mentor');
    const results = await Promise.allSettled([
      verifyMentor(ctx, imani, { profileId: profile.id }, record),
      declineMentor(ctx, joao, { profileId: profile.id }, 'no'),
    ]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(1);
    const after = await findProfileById(ctx.db, profile.id);
    expect(String(refused[0]?.reason)).toContain(after?.verified_by);
    expect(refused[0]?.reason).toBeInstanceOf(UserError);
  });

  test('the card in the staff channel is owed again as an edit', async () => {
    const { profile } = await registerPerson(ctx, ada, 'mentor');
    const card = () =>
      ctx.db.selectFrom('notices').selectAll().where('kind', '=', 'mentor-review').executeTakeFirstOrThrow();
    await ctx.db.updateTable('notices').set({ state: 'delivered' }).execute();
    await verifyMentor(ctx, imani, { profileId: profile.id }, record);
    expect(await card()).toMatchObject({ state: 'owed', revision: 2 });
  });

  test('does not undo a suspension unless it is meant, nor repeat itself', async () => {
    const profile = await registerVerified(ctx, ada);
    const on = { profileId: profile.id };
    await expect(verifyMentor(ctx, imani, on, record, 'refusals')).rejects.toThrow(/already verified/);
    await suspendMentor(ctx, joao, on);
    await expect(verifyMentor(ctx, imani, on, record)).rejects.toThrow(/already suspended/);
    const { before } = await verifyMentor(ctx, imani, on, record, 'refusals');
    expect(before).toMatchObject({ verification: 'suspended', verified_by: joao.userId });
    await verifyMentor(ctx, joao, on, { level: 'attending', method: 'public-directory' }, 'everything');
    expect(await findProfileById(ctx.db, profile.id)).toMatchObject({
      verified_level: 'attending',
      verified_by: joao.userId,
    });
  });

  test('somebody who changed since is open to any moderator, and then settled', async () => {
    const { id } = await registerVerified(ctx, ada);
    await registerPerson(ctx, ada, 'mentor', { stage: 'attending' });
    expect((await readQueue(ctx, testGuildId, 0)).count).toBe(1);
    await verifyMentor(ctx, joao, { profileId: id }, { level: 'attending', method: 'known-in-person' });
    expect(await findProfileById(ctx.db, id)).toMatchObject({ changed_at: null, verified_level: 'attending' });
    expect((await readQueue(ctx, testGuildId, 0)).count).toBe(0);
  });

  test.each([
    ['an unknown level', { level: 'king', method: 'video-call' }],
    ['an unknown method', { level: 'resident', method: 'passport copy' }],
  ])('with %s is refused', async (_, wrong) => {
    const { profile } = await registerPerson(ctx, ada, 'mentor');
    await expect(verifyMentor(ctx, imani, { profileId: profile.id }, wrong)).rejects.toThrow(UserError);
    expect((await findProfileById(ctx.db, profile.id))?.verification).toBe('waiting');
  });

  test('somebody of another guild, a mentee, or nobody is refused', async () => {
    const { profile } = await registerPerson(ctx, ada, 'mentor');
    await upsertGuild(ctx.db, { id: '901', zone: 'Etc/UTC', set_up_at: ctx.now() });
    const elsewhere = { guildId: '901', userId: imani.userId };
    await expect(verifyMentor(ctx, elsewhere, { profileId: profile.id }, record)).rejects.toThrow(/no longer/);
    await expect(suspendMentor(ctx, elsewhere, { userId: ada.userId })).rejects.toThrow(/not registered as a mentor/);
    const mentee = await registerPerson(ctx, memberNumber(2), 'mentee');
    await expect(verifyMentor(ctx, imani, { profileId: mentee.profile.id }, record)).rejects.toThrow(/no longer/);
    await expect(verifyMentor(ctx, imani, { profileId: 'nonsense' }, record)).rejects.toThrow(/no longer/);
  });
});

describe('declining', () => {
  test('tells the mentor with the moderator’s words, and no name', async () => {
    const { profile } = await registerPerson(ctx, ada, 'mentor');
    await declineMentor(ctx, imani, { profileId: profile.id }, '  Please write to us.  ');
    const told = await ctx.db.selectFrom('notices').selectAll().where('kind', '=', 'mentor-declined').execute();
    expect(told).toMatchObject([{ user_id: ada.userId, detail: '{"note":"Please write to us."}' }]);
  });

  test('with too long a word, or somebody verified already, is refused', async () => {
    const { profile } = await registerPerson(ctx, ada, 'mentor');
    const on = { profileId: profile.id };
    await expect(declineMentor(ctx, imani, on, 'x'.repeat(301))).rejects.toThrow(/300/);
    await verifyMentor(ctx, imani, on, record);
    await expect(declineMentor(ctx, joao, on, '')).rejects.toThrow(/already verified/);
  });
});

describe('declining somebody who was asked while nobody had to be verified', () => {
  test('lets go of whoever waits for them: the mentee is told, and the next choice goes out', async () => {
    await upsertGuild(ctx.db, { id: testGuildId, zone: 'Etc/UTC', set_up_at: ctx.now(), mentor_verification: 0 });
    const { profile } = await registerPerson(ctx, ada, 'mentor');
    const [next, mentee] = [memberNumber(3), memberNumber(2)];
    await registerPerson(ctx, next, 'mentor');
    await registerPerson(ctx, mentee, 'mentee');
    for (const mentor of [ada, next]) {
      await requestMentor(ctx, { guildId: testGuildId, menteeId: mentee.userId, mentorId: mentor.userId, message: '' });
    }
    await declineMentor(ctx, imani, { profileId: profile.id }, '');
    const requests = await ctx.db.selectFrom('requests').select(['mentor_id', 'state']).orderBy('choice').execute();
    expect(requests).toEqual([
      { mentor_id: ada.userId, state: 'superseded' },
      { mentor_id: next.userId, state: 'pending' },
    ]);
    expect(await noticesTo(mentee.userId)).toContain('request-lapsed');
  });
});

describe('suspending', () => {
  test('releases what waits for the mentor; twice at once is done once', async () => {
    const profile = await registerVerified(ctx, ada);
    const mentee = memberNumber(2);
    await registerPerson(ctx, mentee, 'mentee');
    await ctx.db
      .insertInto('requests')
      .values({
        id: 'r1',
        guild_id: testGuildId,
        mentor_id: ada.userId,
        mentee_id: mentee.userId,
        state: 'pending',
        message: 'Please',
        created_at: ctx.now(),
        sent_at: ctx.now(),
        expires_at: ctx.now(),
      })
      .execute();
    const results = await Promise.allSettled([
      suspendMentor(ctx, imani, { userId: ada.userId }),
      suspendMentor(ctx, joao, { profileId: profile.id }),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await ctx.db.selectFrom('requests').select('state').execute()).not.toContainEqual({ state: 'pending' });
    expect((await noticesTo(ada.userId)).filter((kind) => kind === 'mentor-suspended')).toHaveLength(1);
    expect(await noticesTo(mentee.userId)).toContain('request-lapsed');
  });
});

describe('the queue', () => {
  test('holds who waits, oldest first, in pages, and never a page that is not there', async () => {
    for (let n = 1; n <= 7; n += 1) {
      await registerPerson(ctx, memberNumber(n), 'mentor');
      ctx.advance({ minutes: 1 });
    }
    const pages = await Promise.all([0, 1, 2, 9, -1, Number.NaN].map((page) => readQueue(ctx, testGuildId, page)));
    expect(pages.map(({ page, first, mentors }) => [page, first, mentors.length])).toEqual([
      [0, 1, 3],
      [1, 4, 3],
      [2, 7, 1],
      [2, 7, 1],
      [0, 1, 3],
      [0, 1, 3],
    ]);
    const listed = pages.slice(0, 3).flatMap(({ mentors }) => mentors.map(({ user_id }) => user_id));
    expect(listed).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => memberNumber(n).userId));
  });

  test('leaves out who left, and takes in who registered before verification was asked for', async () => {
    await upsertGuild(ctx.db, { id: testGuildId, zone: 'Etc/UTC', set_up_at: ctx.now(), mentor_verification: 0 });
    await registerPerson(ctx, ada, 'mentor');
    expect((await readQueue(ctx, testGuildId, 0)).count).toBe(0);
    await upsertGuild(ctx.db, { id: testGuildId, zone: 'Etc/UTC', set_up_at: ctx.now(), mentor_verification: 1 });
    expect((await readQueue(ctx, testGuildId, 0)).count).toBe(1);
    await ctx.db.updateTable('members').set({ left_at: ctx.now() }).execute();
    expect((await readQueue(ctx, testGuildId, 0)).count).toBe(0);
  });
});
