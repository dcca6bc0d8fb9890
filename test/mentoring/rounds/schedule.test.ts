/** Rounds at a time of the week: begun once, shown, and published by a press or by themselves. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findRoundPlan } from '../../../src/db/round-plans.ts';
import { listRounds } from '../../../src/db/rounds.ts';
import { deleteMemberData } from '../../../src/lifecycle/personal-data.ts';
import { saveSetup } from '../../../src/lifecycle/setup.ts';
import { takeBackInterrupted } from '../../../src/mentoring/rounds/interrupted.ts';
import { endRound, openRound } from '../../../src/mentoring/rounds/open.ts';
import { publishRound } from '../../../src/mentoring/rounds/publish.ts';
import {
  keepForPress,
  runPlans,
  scheduleRounds,
  unscheduleRounds,
  type WantedPlan,
} from '../../../src/mentoring/rounds/schedule.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../../support/context.ts';
import { addMentor, owedTo } from '../../support/members.ts';
import { testModeratorId } from '../../support/people.ts';
import { addWaiting, moderator } from './support.ts';

let ctx: TestContext;
let isModerator: boolean | undefined;
/** Whom Discord was asked about. */
let asked: string[];
beforeEach(async () => {
  // A Monday at noon in UTC; the guild lives in Chicago, where it is six in the morning.
  ctx = await openTestContext();
  isModerator = true;
  asked = [];
});
afterEach(() => ctx.db.destroy());

const wednesday: WantedPlan = { weekday: 3, minute: 18 * 60, weeks: 2, publishes: 'press' };
const due = '2026-11-26T00:00:00.000Z';
const untilDue = { hours: 60 };

const beat = async () =>
  await runPlans(ctx, (_guild, userId) => {
    asked.push(userId);
    return Promise.resolve(isModerator);
  });
const rounds = async () => (await listRounds(ctx.db, guildId, 10)).toReversed();
const states = async () => (await rounds()).map(({ state }) => state);
const cards = async () => (await owedTo(ctx, null)).filter((kind) => kind === 'round-planned').length;
const requests = async () => (await ctx.db.selectFrom('requests').selectAll().execute()).length;
const next = async () => (await findRoundPlan(ctx.db, guildId))?.next_at;

describe('a schedule', () => {
  test('begins a round at its time, once, shows it to the moderators, and sends nothing by itself', async () => {
    await addMentor(ctx);
    await addWaiting(ctx);
    expect((await scheduleRounds(ctx, moderator, wednesday)).next_at).toBe(due);
    ctx.advance({ hours: 59 });
    await beat();
    expect(await states()).toEqual([]);
    ctx.advance({ hours: 1 });
    await Promise.all([beat(), beat()]);
    await beat();
    expect(await states()).toEqual(['preview']);
    expect(await cards()).toBe(1);
    expect(await next()).toBe('2026-12-10T00:00:00.000Z');
    ctx.advance({ days: 5 });
    await beat();
    expect([await states(), await requests(), await cards()]).toEqual([['preview'], 0, 1]);
    ctx.advance({ days: 9 });
    await beat();
    // The preview that nobody acted upon is computed anew.
    expect(await states()).toEqual(['preview']);
    expect((await rounds())[0]?.run).toBe(2);
    expect(await cards()).toBe(2);
  });

  test('publishes by itself a day later where the guild wants that, in the name of whoever set it', async () => {
    await addMentor(ctx);
    await addWaiting(ctx);
    await scheduleRounds(ctx, moderator, { ...wednesday, publishes: 'itself' });
    ctx.advance(untilDue);
    await beat();
    await beat();
    ctx.advance({ hours: 23 });
    await beat();
    expect(await requests()).toBe(0);
    ctx.advance({ hours: 1, minutes: 1 });
    await Promise.all([beat(), beat()]);
    expect([await states(), await requests()]).toEqual([['published'], 1]);
    expect(new Set(asked)).toEqual(new Set([testModeratorId]));
    expect((await rounds())[0]?.closed_by).toBe(testModeratorId);
  });

  test('of somebody who is no longer a moderator waits for a press, and the moderators hear so', async () => {
    await addMentor(ctx);
    await addWaiting(ctx);
    await scheduleRounds(ctx, moderator, { ...wednesday, publishes: 'itself' });
    ctx.advance(untilDue);
    await beat();
    ctx.advance({ hours: 25 });
    isModerator = undefined;
    await beat();
    // Discord did not say, so nothing is decided.
    expect((await rounds())[0]).toMatchObject({ state: 'preview', publish_at: expect.any(String) as string });
    isModerator = false;
    await beat();
    await beat();
    expect((await rounds())[0]).toMatchObject({ state: 'preview', publish_at: null });
    expect([await requests(), await cards()]).toEqual([0, 2]);
  });

  const ways = {
    'keeps it for a press': async (id: string) => await keepForPress(ctx, moderator, id),
    'ends the schedule': async () => await unscheduleRounds(ctx, moderator),
    'discards it': async (id: string) => void (await endRound(ctx, moderator, { id })),
    'says that it waits for a press from now on': async () =>
      void (await scheduleRounds(ctx, moderator, { ...wednesday, publishes: 'press' })),
    'deletes their data, having set it': async () =>
      void (await deleteMemberData(ctx, { guildId, userId: testModeratorId })),
  };
  test.each(Object.entries(ways))('publishes nothing by itself once a moderator %s', async (_name, act) => {
    await addMentor(ctx);
    await addWaiting(ctx);
    await scheduleRounds(ctx, moderator, { ...wednesday, publishes: 'itself' });
    ctx.advance(untilDue);
    await beat();
    await act((await rounds())[0]!.id);
    ctx.advance({ days: 2 });
    await beat();
    expect(await requests()).toBe(0);
    expect(await states()).not.toContain('published');
  });

  test('that is once has no second round', async () => {
    await scheduleRounds(ctx, moderator, { ...wednesday, weeks: 0 });
    ctx.advance(untilDue);
    await beat();
    expect([await states(), await next()]).toEqual([['preview'], null]);
    ctx.advance({ days: 30 });
    await beat();
    expect(await states()).toHaveLength(1);
  });

  test('waits for a round that is being computed, and leaves itself out where that takes too long', async () => {
    const round = await openRound(ctx, moderator);
    await scheduleRounds(ctx, moderator, wednesday);
    const alive = async () =>
      await ctx.db.updateTable('rounds').set({ beat_at: ctx.now() }).where('id', '=', round.id).execute();
    ctx.advance(untilDue);
    await alive();
    await beat();
    expect([await states(), await next()]).toEqual([['computing'], due]);
    ctx.advance({ hours: 7 });
    await alive();
    await beat();
    expect([await states(), await next()]).toEqual([['computing'], '2026-12-10T00:00:00.000Z']);
  });

  test('begins again by itself when the program ended while it computed, and nobody has to do anything', async () => {
    await addMentor(ctx);
    await addWaiting(ctx);
    await scheduleRounds(ctx, moderator, wednesday);
    ctx.advance(untilDue);
    await beat();
    // As if the process had been killed: nobody gives a sign of life.
    await ctx.db.updateTable('rounds').set({ state: 'computing', planned: 'begun', beat_at: ctx.now() }).execute();
    await ctx.db.deleteFrom('notices').execute();
    ctx.advance({ minutes: 2 });
    await takeBackInterrupted(ctx);
    await beat();
    expect(await states()).toEqual(['failed', 'preview']);
    expect([await cards(), await owedTo(ctx, testModeratorId)]).toEqual([1, []]);
  });

  test('moves with the guild’s zone, and gives no week two rounds', async () => {
    await scheduleRounds(ctx, moderator, wednesday);
    await saveSetup(ctx, guildId, { zone: 'Asia/Karachi' });
    expect(await next()).toBe('2026-11-25T13:00:00.000Z');
    ctx.advance({ hours: 50 });
    await beat();
    expect(await next()).toBe('2026-12-09T13:00:00.000Z');
    await saveSetup(ctx, guildId, { zone: 'Pacific/Honolulu' });
    expect(await next()).toBe('2026-12-10T04:00:00.000Z');
    // Other settings leave it alone.
    await saveSetup(ctx, guildId, { requestDays: 9 });
    expect(await next()).toBe('2026-12-10T04:00:00.000Z');
  });

  test('with nobody to propose shows that, and is not published by itself', async () => {
    await addWaiting(ctx);
    await scheduleRounds(ctx, moderator, { ...wednesday, publishes: 'itself' });
    ctx.advance(untilDue);
    await beat();
    expect((await rounds())[0]).toMatchObject({ state: 'preview', publish_at: null });
    expect(await cards()).toBe(1);
  });

  test('is ended once; a preview that somebody published by a press stays published', async () => {
    await addMentor(ctx);
    await addWaiting(ctx);
    await scheduleRounds(ctx, moderator, { ...wednesday, publishes: 'itself' });
    ctx.advance(untilDue);
    await beat();
    await publishRound(ctx, moderator, (await rounds())[0]!);
    await unscheduleRounds(ctx, moderator);
    await expect(unscheduleRounds(ctx, moderator)).rejects.toThrow(/No round is scheduled/);
    await expect(keepForPress(ctx, moderator, (await rounds())[0]!.id)).rejects.toThrow(/not published by itself/);
    ctx.advance({ days: 30 });
    await beat();
    expect([await states(), await requests()]).toEqual([['published'], 1]);
  });
});
