import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { findSchedule } from '../../src/db/schedules.ts';
import type { Trx } from '../../src/db/open.ts';
import { UserError } from '../../src/errors.ts';
import { markGuildLeft, upsertGuild } from '../../src/db/guilds.ts';
import { claimDue } from '../../src/posts/claim.ts';
import {
  addSchedule,
  editSchedule,
  listAhead,
  pauseSchedule,
  removeSchedule,
  resumeSchedule,
  runSchedule,
} from '../../src/posts/schedules.ts';
import { slotDropped, slotFailed, slotPosted } from '../../src/posts/slots.ts';
import { schedulesAtMost } from '../../src/posts/limits.ts';
import { saveSetup } from '../../src/lifecycle/setup.ts';
import { posterOf } from '../support/poster.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';

const by = posterOf({ guildId: testGuildId, userId: '700000000000000001' });
const channelId = '900000000000000009';

let ctx: TestContext;
beforeEach(async () => {
  // A Monday, 06:00 in Chicago.
  ctx = await openTestContext({ at: '2026-11-23T12:00:00Z' });
});
afterEach(async () => await ctx.db.destroy());

const daily = () => addSchedule(ctx, by, { kind: 'tip', channelId, cron: '0 9 * * *' });
const halfHourly = () => addSchedule(ctx, by, { kind: 'tip', channelId, cron: '0,30 * * * *' });
const slots = async () =>
  (await ctx.db.selectFrom('slots').selectAll().orderBy('due_at').execute()).map(({ due_at: at, state, why }) =>
    [at, state, ...(why === null ? [] : [why])].join(' '),
  );
const owed = async () =>
  (await ctx.db.selectFrom('notices').select('subject_id').where('kind', '=', 'post').execute()).length;

const alerts = async () =>
  (await ctx.db.selectFrom('notices').select('id').where('kind', '=', 'staff-alert').execute()).length;

describe('a slot that is due', () => {
  it('is claimed once, however often the heart beats', async () => {
    await daily();
    ctx.advance({ hours: 3 });
    expect([await claimDue(ctx), await claimDue(ctx)]).toEqual([1, 0]);
    expect(await slots()).toEqual(['2026-11-23T15:00:00.000Z claimed']);
    expect(await owed()).toBe(1);
  });

  it('comes neither again nor not at all when the clock steps back', async () => {
    await halfHourly();
    ctx.advance({ minutes: 31 });
    await claimDue(ctx);
    ctx.advance({ minutes: -20 });
    expect(await claimDue(ctx)).toBe(0);
    // Whatever is computed anew in the time that is lived twice finds its slot taken.
    const [ahead] = await listAhead(ctx, by);
    await editSchedule(ctx, by, ahead?.schedule.id ?? '', { cron: '30 * * * *' });
    ctx.advance({ minutes: 20 });
    expect(await claimDue(ctx)).toBe(0);
    ctx.advance({ hours: 1 });
    expect(await claimDue(ctx)).toBe(1);
    expect(await slots()).toEqual(['2026-11-23T12:30:00.000Z claimed', '2026-11-23T13:30:00.000Z claimed']);
  });

  it('is not claimed in a guild without the bot, and nothing is made up for on its return', async () => {
    await daily();
    await markGuildLeft(ctx.db, testGuildId, ctx.now());
    ctx.advance({ days: 2, hours: 4 });
    expect(await claimDue(ctx)).toBe(0);
    expect(await slots()).toEqual([]);
  });
});

describe('after the process was down', () => {
  it('for five minutes, what was due is posted', async () => {
    await daily();
    ctx.advance({ hours: 3, minutes: 5 });
    await claimDue(ctx);
    expect(await slots()).toEqual(['2026-11-23T15:00:00.000Z claimed']);
  });

  it('for five hours, the newest of several is posted, and the others are noted', async () => {
    await addSchedule(ctx, by, { kind: 'tip', channelId, cron: '0 */2 * * *' });
    ctx.advance({ hours: 5, minutes: 10 });
    expect(await claimDue(ctx)).toBe(1);
    expect(await slots()).toEqual(['2026-11-23T14:00:00.000Z skipped collapsed', '2026-11-23T16:00:00.000Z claimed']);
  });

  it('for five days, what is too late is skipped, and the next comes as planned', async () => {
    await daily();
    ctx.advance({ days: 5, hours: 11 });
    expect(await claimDue(ctx)).toBe(0);
    expect(await slots()).toEqual([23, 24, 25, 26, 27, 28].map((day) => `2026-11-${day}T15:00:00.000Z skipped late`));
    ctx.advance({ hours: 16 });
    expect(await claimDue(ctx)).toBe(1);
    expect((await slots()).at(-1)).toBe('2026-11-29T15:00:00.000Z claimed');
  });

  it('for two months, a half-hourly schedule posts once and its log stays short', async () => {
    await halfHourly();
    ctx.advance({ days: 60, minutes: 1 });
    expect(await claimDue(ctx)).toBe(1);
    const all = await slots();
    expect(all.length).toBeLessThan(520);
    expect(all.filter((slot) => slot.endsWith('claimed'))).toEqual(['2027-01-22T12:00:00.000Z claimed']);
  });

  it('a slot counts as late from the sixth hour on', async () => {
    await daily();
    ctx.advance({ hours: 9, ms: -1 });
    expect(await claimDue(ctx)).toBe(1);
    await addSchedule(ctx, by, { kind: 'tip', channelId, cron: '0 16 * * *' });
    ctx.advance({ hours: 7, ms: 1 });
    expect(await claimDue(ctx)).toBe(0);
  });
});

describe('a moderator', () => {
  it('adds a schedule and sees its next three times', async () => {
    const { schedule, next } = await addSchedule(ctx, by, { kind: 'tip', channelId, cron: '0 9 * * 1' });
    expect(schedule.zone).toBe('America/Chicago');
    expect(next).toEqual(['2026-11-23T15:00:00.000Z', '2026-11-30T15:00:00.000Z', '2026-12-07T15:00:00.000Z']);
  });

  it('pauses and resumes one: what was missed is not made up for', async () => {
    const { schedule } = await daily();
    await pauseSchedule(ctx, by, schedule.id);
    await expect(pauseSchedule(ctx, by, schedule.id)).rejects.toBeInstanceOf(UserError);
    ctx.advance({ days: 1, hours: 4 });
    expect(await claimDue(ctx)).toBe(0);
    const { next } = await resumeSchedule(ctx, by, schedule.id);
    expect(next[0]).toBe('2026-11-25T15:00:00.000Z');
    await expect(resumeSchedule(ctx, by, schedule.id)).rejects.toBeInstanceOf(UserError);
  });

  it('removes one for good', async () => {
    const { schedule } = await daily();
    await removeSchedule(ctx, by, schedule.id);
    await expect(removeSchedule(ctx, by, schedule.id)).rejects.toBeInstanceOf(UserError);
    await expect(runSchedule(ctx, by, schedule.id)).rejects.toBeInstanceOf(UserError);
    ctx.advance({ days: 1 });
    expect(await claimDue(ctx)).toBe(0);
  });

  it('cannot touch the schedule of another server', async () => {
    const { schedule } = await daily();
    const stranger = { ...by, guildId: '900000000000000099' };
    for (const act of [pauseSchedule, resumeSchedule, removeSchedule, runSchedule]) {
      await expect(act(ctx, stranger, schedule.id)).rejects.toBeInstanceOf(UserError);
    }
    expect((await findSchedule(ctx.db, testGuildId, schedule.id))?.state).toBe('active');
  });

  it('has a limited number of schedules, also when two are added at once', async () => {
    for (let i = 1; i < schedulesAtMost; i += 1) await daily();
    const results = await Promise.allSettled([daily(), daily()]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it.each([
    { kind: 'tip', cron: '* * * * *' },
    { kind: 'tip', cron: '0 9 * * 1', zone: 'Mars/Olympus' },
    { kind: 'tip', cron: '0 9 * * 1', categories: ['step-1'] },
    { kind: 'announcement', cron: '0 9 * * 1' },
  ] as const)('is refused %o', async (wanted) => {
    await expect(addSchedule(ctx, by, { channelId, ...wanted })).rejects.toBeInstanceOf(UserError);
    expect(await listAhead(ctx, by)).toEqual([]);
  });

  it('tries one out without using up its slot', async () => {
    const { schedule } = await daily();
    ctx.advance({ hours: 3 });
    await runSchedule(ctx, by, schedule.id);
    expect(await claimDue(ctx)).toBe(1);
    expect(await owed()).toBe(2);
  });
});

describe('the defaults of a server', () => {
  const channels = { tips: '900000000000000011', study: '900000000000000012' };

  it('come with its first set-up, in its zone', async () => {
    await saveSetup(ctx, testGuildId, { zone: 'Africa/Cairo', channels });
    const all = await listAhead(ctx, by);
    expect(all.map(({ schedule: { kind, cron, zone } }) => [kind, cron, zone])).toEqual(
      expect.arrayContaining([
        ['tip', '0 9 * * 1', 'Africa/Cairo'],
        ['prompt', '0 18 * * 2,4', 'Africa/Cairo'],
      ]),
    );
    expect(all).toHaveLength(2);
  });

  it('do not come back once they were removed', async () => {
    await saveSetup(ctx, testGuildId, { channels });
    for (const { schedule } of await listAhead(ctx, by)) await removeSchedule(ctx, by, schedule.id);
    await saveSetup(ctx, testGuildId, { channels });
    expect(await listAhead(ctx, by)).toEqual([]);
  });

  it('move with its zone and with its channel; a schedule with a zone of its own stays', async () => {
    await saveSetup(ctx, testGuildId, { channels });
    const own = await addSchedule(ctx, by, { kind: 'tip', channelId, cron: '0 9 * * *', zone: 'Asia/Karachi' });
    await saveSetup(ctx, testGuildId, { zone: 'Europe/London', channels: { tips: '900000000000000013' } });
    const all = await listAhead(ctx, by);
    const tip = all.find(({ schedule }) => schedule.origin === 'default-tip');
    expect([tip?.schedule.zone, tip?.schedule.channel_id]).toEqual(['Europe/London', '900000000000000013']);
    // 09:00 in London has passed, 09:00 in Chicago had not.
    expect(tip?.next[0]).toBe('2026-11-30T09:00:00.000Z');
    expect(all.find(({ schedule }) => schedule.id === own.schedule.id)?.schedule.zone).toBe('Asia/Karachi');
  });

  it('post again in another channel when theirs is gone, and moderators hear of it when that goes, too', async () => {
    await saveSetup(ctx, testGuildId, { channels: { tips: channels.tips } });
    const fail = async () => {
      ctx.advance({ days: 7, hours: 4 });
      expect(await claimDue(ctx)).toBe(1);
      const [slot] = await ctx.db.selectFrom('slots').selectAll().where('state', '=', 'claimed').execute();
      await ctx.db
        .transaction()
        .execute((trx) => slotFailed(trx, ctx, slot?.id ?? '', 'channel-deleted', slot?.channel_id ?? ''));
    };
    await fail();
    expect(await alerts()).toBe(1);
    await saveSetup(ctx, testGuildId, { channels: { tips: '900000000000000013' } });
    await fail();
    expect(await alerts()).toBe(2);
  });
});

test('what fails in a channel that is gone does not put to rest a schedule that was sent to another meanwhile', async () => {
  const { schedule } = await daily();
  ctx.advance({ hours: 4 });
  await claimDue(ctx);
  const [slot] = await ctx.db.selectFrom('slots').selectAll().execute();
  await editSchedule(ctx, by, schedule.id, { channelId: '900000000000000010' });
  await ctx.db.transaction().execute((trx) => slotFailed(trx, ctx, slot?.id ?? '', 'channel-deleted', channelId));
  expect(await slots()).toEqual(['2026-11-23T15:00:00.000Z failed channel-deleted']);
  expect((await findSchedule(ctx.db, testGuildId, schedule.id))?.state).toBe('active');
  expect(await alerts()).toBe(0);
});

describe('moderators hear of what keeps a schedule from being posted', () => {
  it('once, and once more when it comes back after a post', async () => {
    await daily();
    ctx.advance({ hours: -20 });
    const next = async (settle: (trx: Trx, slotId: string) => Promise<void>) => {
      ctx.advance({ days: 1 });
      await claimDue(ctx);
      const [slot] = await ctx.db.selectFrom('slots').select('id').where('state', '=', 'claimed').execute();
      await ctx.db.transaction().execute((trx) => settle(trx, slot?.id ?? ''));
      return await alerts();
    };
    const drop = async (trx: Trx, id: string) => await slotDropped(trx, ctx, id, 'nothing');
    expect([await next(drop), await next(drop)]).toEqual([1, 1]);
    await next(async (trx, id) => await slotPosted(trx, ctx, id, { channelId, messageId: '1' }));
    expect(await next(drop)).toBe(2);
  });
});

describe('after weeks without the bot', () => {
  it('hundreds of missed slots of many schedules are claimed in parts, and each posts its newest', async () => {
    for (const guildId of ['910000000000000001', '910000000000000002', '910000000000000003']) {
      await upsertGuild(ctx.db, { id: guildId, zone: 'Etc/UTC', set_up_at: ctx.now() });
      const hourly = { kind: 'tip', channelId, cron: '0 * * * *' } as const;
      for (let i = 0; i < 5; i += 1) await addSchedule(ctx, { ...by, guildId }, hourly);
    }
    ctx.advance({ days: 20 });
    expect(await claimDue(ctx)).toBe(15);
    expect(await claimDue(ctx)).toBe(0);
    expect(await owed()).toBe(15);
    // 20 days of hours, less those before the last that could still be posted.
    expect((await slots()).length).toBe(15 * 480);
  });

  it('a schedule whose zone nobody knows any more keeps no other from being posted', async () => {
    const lost = await daily();
    await daily();
    await ctx.db.updateTable('schedules').set({ zone: 'Mars/Olympus' }).where('id', '=', lost.schedule.id).execute();
    ctx.advance({ hours: 4 });
    expect(await claimDue(ctx)).toBe(1);
    expect(await claimDue(ctx)).toBe(0);
  });
});

describe('in Match Week', () => {
  it('tips and prompts rest from Sunday to Friday, and go on after it; a guild may turn that off', async () => {
    await daily();
    const days = async (from: string, count: number) => {
      ctx.advance({ ms: Date.parse(from) - Date.parse(ctx.now()) });
      await ctx.db.updateTable('schedules').set({ next_due_at: ctx.now() }).execute();
      const seen: (string | null)[] = [];
      for (let i = 0; i < count; i += 1) {
        await claimDue(ctx);
        const last = await ctx.db
          .selectFrom('slots')
          .selectAll()
          .orderBy('due_at', 'desc')
          .limit(1)
          .executeTakeFirstOrThrow();
        seen.push(last.why);
        ctx.advance({ days: 1 });
      }
      return seen;
    };
    // Saturday, the week, Saturday.
    const rests = Array.from({ length: 6 }, () => 'match-week');
    expect(await days('2027-03-13T15:00:00.000Z', 8)).toEqual([null, ...rests, null]);
    await ctx.db.updateTable('guilds').set({ match_week: 0 }).execute();
    expect(await days('2028-03-13T15:00:00.000Z', 2)).toEqual([null, null]);
  });
});
