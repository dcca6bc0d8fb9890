import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkPlansJob } from '../../src/jobs/check-plans.ts';
import { claimDue } from '../../src/posts/claim.ts';
import { checkPlans } from '../../src/posts/plans.ts';
import { addSchedule, editSchedule, listAhead } from '../../src/posts/schedules.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { posterOf } from '../support/poster.ts';
import { insertNotice } from '../../src/db/notices/write.ts';

let ctx: TestContext;
const by = posterOf({ guildId: testGuildId, userId: '800000000000000001' });
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

const add = async (cron = '0 9 * * 1') =>
  (await addSchedule(ctx, by, { kind: 'tip', channelId: '900000000000000009', cron })).schedule.id;
const setNext = async (id: string, next: string | null) =>
  void (await ctx.db.updateTable('schedules').set({ next_due_at: next }).where('id', '=', id).execute());
const nextOf = async (id: string) =>
  (await ctx.db.selectFrom('schedules').select('next_due_at').where('id', '=', id).executeTakeFirstOrThrow())
    .next_due_at;

test.each([
  ['years ahead', '2028-01-03T15:00:00.000Z'],
  ['a week ahead', '2026-11-30T15:00:00.000Z'],
  ['at a time that is not in the plan', '2026-11-23T14:00:00.000Z'],
  ['missing', null],
])('a stored next time that is %s is set right, and one that is right stays', async (_what, wrong) => {
  const [broken, right] = [await add(), await add('0 9 * * 2')];
  const planned = await nextOf(broken);
  const other = await nextOf(right);
  await setNext(broken, wrong);
  expect(await checkPlans(ctx, undefined, 500)).toBeUndefined();
  expect([await nextOf(broken), await nextOf(right)]).toEqual([planned, other]);
});

test('what is due already is left to its claim, and nothing is set right while the time is not sure', async () => {
  const id = await add();
  await setNext(id, '2026-11-23T11:59:00.000Z');
  await checkPlans(ctx, undefined, 500);
  expect(await nextOf(id)).toBe('2026-11-23T11:59:00.000Z');
  await setNext(id, '2028-01-03T15:00:00.000Z');
  await checkPlans({ ...ctx, time: { isSure: () => false } }, undefined, 500);
  expect(await nextOf(id)).toBe('2028-01-03T15:00:00.000Z');
});

test('all are checked, so many at a time', async () => {
  const ids = [];
  for (let n = 0; n < 5; n += 1) ids.push(await add());
  for (const id of ids) await setNext(id, '2028-01-03T15:00:00.000Z');
  let last: string | undefined;
  do last = await checkPlans(ctx, last, 2);
  while (last !== undefined);
  for (const id of ids) expect(await nextOf(id)).toBe('2026-11-23T15:00:00.000Z');
});

test('/schedule list shows what will be posted: a wrong time is set right before it is shown', async () => {
  const id = await add();
  await setNext(id, '2028-01-03T15:00:00.000Z');
  const [shown] = await listAhead(ctx, by);
  expect(shown?.next).toEqual(['2026-11-23T15:00:00.000Z', '2026-11-30T15:00:00.000Z', '2026-12-07T15:00:00.000Z']);
  expect(await nextOf(id)).toBe(shown?.next[0]);
  ctx.advance({ hours: 3 });
  expect(await claimDue(ctx)).toBe(1);
  const [slot] = await ctx.db.selectFrom('slots').selectAll().execute();
  expect(slot?.due_at).toBe(shown?.next[0]);
});

test('of a rhythm every shown time is claimed, also after an edit', async () => {
  const id = await add('0 9 * * 1 every 2 weeks from 2026-11-23');
  await editSchedule(ctx, by, id, { cron: '0 10 L * * every 2 months from 2026-11-30' });
  const [shown] = await listAhead(ctx, by);
  for (let n = 0; n < 160 * 4; n += 1) {
    ctx.advance({ hours: 6 });
    await claimDue(ctx);
  }
  const slots = await ctx.db.selectFrom('slots').select(['due_at', 'why']).orderBy('due_at').execute();
  expect(slots.map(({ due_at }) => due_at)).toEqual(shown?.next);
});

test('what a clock far ahead had told to wait, or taken in hand, is tried now; what is planned stays', async () => {
  await ctx.db.transaction().execute(async (trx) => {
    for (const subjectId of ['waits', 'held', 'planned']) {
      await insertNotice(trx, ctx, { guildId: testGuildId, kind: 'request-declined', userId: by.userId, subjectId });
    }
  });
  const far = '2028-01-03T15:00:00.000Z';
  const set = async (subject: string, changes: object) =>
    void (await ctx.db.updateTable('notices').set(changes).where('subject_id', '=', subject).execute());
  await set('waits', { due_at: far, problem: 'away:503', attempts: 2 });
  await set('held', { claimed_until: far, attempts: 1 });
  await set('planned', { due_at: far });
  await checkPlansJob.run(ctx, {} as never);
  const rows = await ctx.db
    .selectFrom('notices')
    .select(['subject_id', 'due_at', 'claimed_until'])
    .orderBy('id')
    .execute();
  const now = ctx.now();
  expect(rows.find((row) => row.subject_id === 'waits')?.due_at).toBe(now);
  expect(rows.find((row) => row.subject_id === 'held')?.claimed_until).toBe(now);
  expect(rows.find((row) => row.subject_id === 'planned')?.due_at).toBe(far);
});
