import { afterEach, beforeEach, expect, test } from 'vitest';
import { findGuild } from '../../src/db/guilds.ts';
import { UserError } from '../../src/errors.ts';
import { leaveGuild, reconcileGuilds, reportDeleted, requireGuild, returnToGuild } from '../../src/guild/guilds.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { insertNotice } from '../../src/db/notices/write.ts';

/** As `openTestContext` sets them. */
const mentoringChannel = '900000000000000002';
const staffChannel = '900000000000000003';
const mentorRole = '900000000000000004';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(async () => await ctx.db.destroy());

async function owe(): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await insertNotice(trx, ctx, { guildId: testGuildId, kind: 'request-received', userId: '1' });
  });
}
const notices = async () => await ctx.db.selectFrom('notices').select(['kind', 'state', 'detail']).execute();
const alerts = async () => (await notices()).filter(({ kind }) => kind === 'staff-alert').map(({ detail }) => detail);

test('a guild that is not set up, or was left, is told how to begin', async () => {
  await expect(requireGuild(ctx.db, '1')).rejects.toThrow(UserError);
  await expect(requireGuild(ctx.db, testGuildId)).resolves.toMatchObject({ id: testGuildId });
  await leaveGuild(ctx, testGuildId);
  await expect(requireGuild(ctx.db, testGuildId)).rejects.toThrow('/setup start');
});

test('nothing is owed in a guild that was left, and all of it again after the return', async () => {
  await owe();
  await leaveGuild(ctx, testGuildId);
  expect(await notices()).toMatchObject([{ state: 'void' }]);
  await returnToGuild(ctx, testGuildId);
  expect(await notices()).toMatchObject([{ state: 'owed' }]);
  expect((await findGuild(ctx.db, testGuildId))?.left_at).toBeNull();
});

test('a notice that was void before stays so after the return', async () => {
  await owe();
  await ctx.db.updateTable('notices').set({ state: 'void', problem: 'nothing-to-say' }).execute();
  await leaveGuild(ctx, testGuildId);
  await returnToGuild(ctx, testGuildId);
  expect(await notices()).toMatchObject([{ state: 'void' }]);
});

test('leaving twice keeps the moment of the first time', async () => {
  await leaveGuild(ctx, testGuildId);
  const first = await findGuild(ctx.db, testGuildId);
  ctx.advance({ days: 1 });
  await leaveGuild(ctx, testGuildId);
  expect(await findGuild(ctx.db, testGuildId)).toEqual(first);
});

test('a deleted channel or role that is in use is told to the moderators once', async () => {
  expect(await reportDeleted(ctx, testGuildId, [mentoringChannel])).toBe(true);
  await reportDeleted(ctx, testGuildId, [mentoringChannel, mentorRole]);
  expect(await alerts()).toEqual([
    JSON.stringify({ problem: 'channel-deleted', id: mentoringChannel }),
    JSON.stringify({ problem: 'role-deleted', id: mentorRole }),
  ]);
});

test('a deleted channel that nobody uses is told to nobody', async () => {
  expect(await reportDeleted(ctx, testGuildId, ['42'])).toBe(false);
  expect(await reportDeleted(ctx, '1', [mentoringChannel])).toBe(false);
  expect(await alerts()).toEqual([]);
});

test('that the staff channel is gone is an alert as well: moderators hear it with their next command', async () => {
  expect(await reportDeleted(ctx, testGuildId, [staffChannel])).toBe(true);
  expect(await alerts()).toEqual([JSON.stringify({ problem: 'channel-deleted', id: staffChannel })]);
});

test('at start: a guild the bot is no longer in is left, one it is back in goes on', async () => {
  await owe();
  await reconcileGuilds(ctx, []);
  expect(await notices()).toMatchObject([{ state: 'void' }]);
  await reconcileGuilds(ctx, [{ id: testGuildId, has: () => true }]);
  expect(await notices()).toMatchObject([{ state: 'owed' }]);
});

test('at start: what was deleted meanwhile is told, but not during an outage', async () => {
  await reconcileGuilds(ctx, [{ id: testGuildId, has: undefined }]);
  expect(await alerts()).toEqual([]);
  await reconcileGuilds(ctx, [{ id: testGuildId, has: (id) => id !== mentorRole }]);
  expect(await alerts()).toEqual([JSON.stringify({ problem: 'role-deleted', id: mentorRole })]);
});
