import { afterEach, beforeEach, expect, test } from 'vitest';
import { findGuild, updateGuild } from '../../src/db/guilds.ts';
import { UserError } from '../../src/errors.ts';
import { saveSetup } from '../../src/lifecycle/setup.ts';
import { carryOutOrders } from '../../src/mentoring/orders.ts';
import { later } from '../../src/time.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { oweFittingRoles } from '../../src/db/notices/role-orders.ts';
import { claimNotices } from '../../src/db/notices/claims.ts';
import { recordDelivered } from '../../src/db/notices/outcomes.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(async () => await ctx.db.destroy());

async function insertMentor(userId: string, verification: 'none' | 'verified'): Promise<void> {
  const at = ctx.now();
  await ctx.db
    .insertInto('members')
    .values({ guild_id: testGuildId, user_id: userId, zone: 'Etc/UTC', created_at: at })
    .execute();
  await ctx.db
    .insertInto('profiles')
    .values({
      id: `profile-${userId}`,
      guild_id: testGuildId,
      user_id: userId,
      role: 'mentor',
      state: 'active',
      specialties: '[]',
      stage: 'resident',
      languages: '["en"]',
      topics: '[]',
      about: '',
      capacity: 1,
      verification,
      created_at: at,
      updated_at: at,
    })
    .execute();
}

const owed = async (kind: 'mentor-review' | 'member-roles') =>
  (
    await ctx.db
      .selectFrom('notices')
      .select(['user_id', 'subject_id'])
      .where('kind', '=', kind)
      .orderBy('user_id')
      .execute()
  ).map(({ user_id, subject_id }) => user_id ?? subject_id);

test('a guild that chooses nothing gets UTC, verification and a week for requests', async () => {
  expect(await saveSetup(ctx, '77', {})).toMatchObject({
    zone: 'Etc/UTC',
    mentor_verification: 1,
    request_days: 7,
    mentoring_channel_id: null,
  });
});

test('a second run changes only what it names', async () => {
  const before = await findGuild(ctx.db, testGuildId);
  const after = await saveSetup(ctx, testGuildId, { requestDays: 3, channels: { tips: '5' } });
  expect(after).toEqual({ ...before, request_days: 3, tips_channel_id: '5' });
});

test.each([
  ['a zone that does not exist', { zone: 'Middle/Earth' }],
  ['two days for requests', { requestDays: 2 }],
  ['fifteen days for requests', { requestDays: 15 }],
  ['half a day more', { requestDays: 3.5 }],
  ['the staff channel for tips', { channels: { tips: '900000000000000003' } }],
  ['the mentoring channel for staff', { channels: { staff: '900000000000000002' } }],
])('%s is refused and nothing changes', async (_, changes) => {
  const before = await findGuild(ctx.db, testGuildId);
  await expect(saveSetup(ctx, testGuildId, { requestDays: 9, ...changes })).rejects.toThrow(UserError);
  expect(await findGuild(ctx.db, testGuildId)).toEqual(before);
});

test('3 and 14 days for requests are allowed', async () => {
  expect((await saveSetup(ctx, testGuildId, { requestDays: 3 })).request_days).toBe(3);
  expect((await saveSetup(ctx, testGuildId, { requestDays: 14 })).request_days).toBe(14);
});

test('switching verification on brings mentors nobody has confirmed before a moderator, once', async () => {
  await saveSetup(ctx, testGuildId, { verification: false });
  await insertMentor('1', 'none');
  await insertMentor('2', 'verified');
  const { pool_version: before } = (await findGuild(ctx.db, testGuildId))!;
  await saveSetup(ctx, testGuildId, { verification: true });
  await saveSetup(ctx, testGuildId, { verification: true });
  expect(await owed('mentor-review')).toEqual(['profile-1']);
  expect((await findGuild(ctx.db, testGuildId))?.pool_version).toBe(before + 1);
});

test('another mentor role is owed to everybody who registered', async () => {
  await insertMentor('1', 'verified');
  await saveSetup(ctx, testGuildId, { roles: { mentor: '4711' } });
  await saveSetup(ctx, testGuildId, { roles: { mentor: '4711' } });
  expect(await owed('member-roles')).toEqual(['1']);
});

test('settings that change back and forth owe everybody their roles once, behind what somebody has just caused', async () => {
  for (const userId of ['1', '2', '3']) await insertMentor(userId, 'verified');
  for (const verification of [false, true, false]) await saveSetup(ctx, testGuildId, { verification });
  expect(await owed('member-roles')).toEqual(['1', '2', '3']);
  const behind = await ctx.db.selectFrom('notices').select('mass').execute();
  expect(behind.map(({ mass }) => mass)).toEqual([1, 1, 1]);
});

test('whoever then registers gets their own roles first, and still once', async () => {
  await insertMentor('1', 'verified');
  await saveSetup(ctx, testGuildId, { roles: { mentor: '4711' } });
  await ctx.db.transaction().execute((trx) => oweFittingRoles(trx, ctx, testGuildId, ['1']));
  expect(await ctx.db.selectFrom('notices').select(['user_id', 'mass']).execute()).toEqual([{ user_id: '1', mass: 0 }]);
});

test('roles that are just being given when the settings change once more are looked at once more', async () => {
  await insertMentor('1', 'verified');
  await saveSetup(ctx, testGuildId, { roles: { mentor: '4711' } });
  const until = later(ctx.now(), { minutes: 1 });
  const [inHand] = await claimNotices(ctx.db, ctx.now(), until, 10, 'bulk');
  await saveSetup(ctx, testGuildId, { roles: { mentor: '4712' } });
  expect(await recordDelivered(ctx.db, inHand!, { channelId: null, messageId: null }, ctx.now())).toBe(true);
  expect(await owed('member-roles')).toEqual(['1']);
  expect(await claimNotices(ctx.db, ctx.now(), until, 10, 'bulk')).toHaveLength(1);
});

test('what a setting means for many members goes on after the program ended in the middle, with nobody twice', async () => {
  for (const userId of ['1', '2', '3']) await insertMentor(userId, 'none');
  await updateGuild(ctx.db, testGuildId, { mentor_verification: 1 });
  await ctx.db.updateTable('profiles').set({ verification: 'waiting' }).execute();
  await ctx.db
    .insertInto('orders')
    .values([
      { guild_id: testGuildId, kind: 'roles', after_id: 'profile-1' },
      { guild_id: testGuildId, kind: 'reviews', after_id: 'profile-2' },
    ])
    .execute();
  await Promise.all([carryOutOrders(ctx), carryOutOrders(ctx)]);
  expect(await owed('member-roles')).toEqual(['2', '3']);
  expect(await owed('mentor-review')).toEqual(['profile-3']);
  expect(await ctx.db.selectFrom('orders').selectAll().execute()).toEqual([]);
});

test('mentors who were to be looked at are not once the guild wants that no more', async () => {
  await insertMentor('1', 'none');
  await ctx.db.insertInto('orders').values({ guild_id: testGuildId, kind: 'reviews', after_id: '' }).execute();
  await saveSetup(ctx, testGuildId, { verification: false });
  expect(await owed('mentor-review')).toEqual([]);
});

test('two runs at once end with what both named', async () => {
  await Promise.all([
    saveSetup(ctx, testGuildId, { requestDays: 10 }),
    saveSetup(ctx, testGuildId, { zone: 'Asia/Karachi' }),
  ]);
  expect(await findGuild(ctx.db, testGuildId)).toMatchObject({ request_days: 10, zone: 'Asia/Karachi' });
});
