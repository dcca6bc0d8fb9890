import { afterEach, beforeEach, expect, test } from 'vitest';
import { upsertGuild } from '../../src/db/guilds.ts';
import { findRequest } from '../../src/db/requests.ts';
import { leaveGuild, returnToGuild } from '../../src/guild/guilds.ts';
import { purgeOld } from '../../src/lifecycle/purge.ts';
import { declineRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor } from '../support/members.ts';
import { insertNotice } from '../../src/db/notices/write.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

test('a closed request and its message are kept for twelve months; an open one for as long as it is open', async () => {
  const [mentor, mentee] = [await addMentor(ctx), await addMentee(ctx)];
  const closed = (await requestMentor(ctx, { guildId, menteeId: mentee, mentorId: mentor, message: 'Hello' })).request;
  const other = { guildId, menteeId: await addMentee(ctx), mentorId: mentor, message: '' };
  const open = (await requestMentor(ctx, other)).request;
  await declineRequest(ctx, mentor, closed.id, { choice: 'unsaid', note: '' });
  ctx.advance({ days: 365, ms: -1 });
  await purgeOld(ctx, 10);
  expect(await findRequest(ctx.db, closed.id)).toBeDefined();
  ctx.advance({ ms: 1 });
  expect(await purgeOld(ctx, 10)).toBe(1);
  expect(await findRequest(ctx.db, closed.id)).toBeUndefined();
  expect(await findRequest(ctx.db, open.id)).toBeDefined();
});

test('what was delivered or read is forgotten after twelve months, a bounded number at a time; what is owed stays', async () => {
  for (const state of ['delivered', 'read', 'void', 'undeliverable', 'owed'] as const) {
    await insertNotice(ctx.db as never, ctx, { guildId, kind: 'mentor-verified', userId: '1', dedupeKey: state });
    await ctx.db.updateTable('notices').set({ state }).where('dedupe_key', '=', state).execute();
  }
  ctx.advance({ days: 365 });
  expect([await purgeOld(ctx, 3), await purgeOld(ctx, 3), await purgeOld(ctx, 3)]).toEqual([3, 1, 0]);
  expect(await ctx.db.selectFrom('notices').select('state').execute()).toEqual([{ state: 'owed' }]);
});

test('a guild that removed the bot is forgotten after 90 days with everything in it; one that took it back is not', async () => {
  await upsertGuild(ctx.db, { id: 'gone', zone: 'Etc/UTC', set_up_at: ctx.now() });
  const mentor = await addMentor(ctx, { guildId: 'gone' });
  const mentee = await addMentee(ctx, { guildId: 'gone' });
  await requestMentor(ctx, { guildId: 'gone', menteeId: mentee, mentorId: mentor, message: 'Hello' });
  await addMentor(ctx);
  for (const id of ['gone', guildId]) await leaveGuild(ctx, id);
  ctx.advance({ days: 89 });
  await returnToGuild(ctx, guildId);
  await purgeOld(ctx, 10);
  expect(await ctx.db.selectFrom('guilds').select('id').execute()).toHaveLength(2);
  ctx.advance({ days: 1 });
  await purgeOld(ctx, 10);
  expect(await ctx.db.selectFrom('guilds').select('id').execute()).toEqual([{ id: guildId }]);
  expect(await ctx.db.selectFrom('members').select('guild_id').execute()).toEqual([{ guild_id: guildId }]);
  expect(await ctx.db.selectFrom('requests').select('id').execute()).toEqual([]);
  expect(await ctx.db.selectFrom('notices').select('id').execute()).toEqual([]);
});
