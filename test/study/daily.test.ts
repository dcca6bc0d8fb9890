import { Temporal } from 'temporal-polyfill';
import { beforeEach, expect, test } from 'vitest';
import { findGuild, type Guild, updateGuild } from '../../src/db/guilds.ts';
import {
  dailyLength,
  emptyAtMost,
  listOpenings,
  openDaily,
  openingAfter,
  saveDaily,
  zoneBands,
} from '../../src/study/daily.ts';
import { endFocus, focusPhase, joinFocus, runFocus, startFocus } from '../../src/study/focus.ts';
import { epochMs, type Instant, later } from '../../src/time.ts';
import type { TestContext } from '../support/context.ts';
import { by, guildId, openStudy } from './support.ts';

const moderator = by('77');

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openStudy();
  return async () => await ctx.db.destroy();
});

const settings = async (): Promise<Guild> => (await findGuild(ctx.db, guildId))!;
const rooms = async () =>
  await ctx.db.selectFrom('focus_rooms').selectAll().where('is_daily', '=', 1).orderBy('started_at').execute();
const alerts = async () =>
  await ctx.db.selectFrom('notices').select('detail').where('kind', '=', 'staff-alert').orderBy('created_at').execute();

/** What Discord does in a real server: takes the messages that are owed. */
async function takeMessages(): Promise<void> {
  const at = { state: 'delivered', delivered_at: ctx.now(), message_id: '1', channel_id: '2' } as const;
  await ctx.db.updateTable('notices').set(at).where('kind', '=', 'focus').where('state', '=', 'owed').execute();
}

async function beat({ takes = true } = {}): Promise<void> {
  await runFocus(ctx);
  await openDaily(ctx);
  if (takes) await takeMessages();
}

async function passTo(at: Instant): Promise<void> {
  ctx.advance({ ms: epochMs(at) - epochMs(ctx.now()) });
  await beat();
}

/** Lets the next room open, and end at its time. */
async function passRoom({ takes = true } = {}): Promise<void> {
  const { focus_at: at } = await settings();
  ctx.advance({ ms: epochMs(at!) - epochMs(ctx.now()) });
  await beat({ takes });
  for (let phase = 0; phase < 2 * dailyLength.rounds - 1; phase += 1) {
    ctx.advance({ minutes: focusPhase(dailyLength, phase)!.minutes });
    await beat({ takes });
  }
}

test('opens once on each day of two years, at its hour by the clock of whose turn it is, over every change of clocks', () => {
  let at: Instant = '2026-11-23T12:00:00.000Z';
  let before: Temporal.PlainDate | undefined;
  const hours = new Set<string>();
  for (let days = 0; days < 730; days += 1) {
    const opening = openingAfter(at, 19);
    const there = Temporal.Instant.from(opening.at).toZonedDateTimeISO(opening.band.zone);
    expect([there.hour, there.minute, there.toPlainDate().toString()]).toEqual([19, 0, opening.day]);
    if (before) expect(before.until(there.toPlainDate()).days).toBe(1);
    const gap = (epochMs(opening.at) - epochMs(at)) / 3_600_000;
    if (days > 0) expect(gap).toBeGreaterThanOrEqual(15);
    expect(gap).toBeLessThanOrEqual(36);
    hours.add(`${opening.band.id} ${opening.at.slice(11, 16)}`);
    before = there.toPlainDate();
    at = opening.at;
  }
  // Two by the clock of Chicago and of Cairo, one by that of Kolkata, which does not change.
  expect(hours.size).toBe(5);
});

test('nothing opens before a moderator wants it; then one a day over a change of clocks, however often the bot looks', async () => {
  for (let hours = 0; hours < 72; hours += 6) await passTo(later(ctx.now(), { hours: 6 }));
  expect(await rooms()).toEqual([]);
  ctx.advance({ days: 101 });
  await saveDaily(ctx, moderator, { isOn: true });
  const planned = listOpenings(await settings(), 15).map(({ at }) => at);
  // Chicago changes its clocks on 14 March; Match Week, which follows, is left alone by this server.
  await updateGuild(ctx.db, guildId, { match_week: 0 });
  const until = later(planned.at(-1)!, { minutes: 1 });
  while (ctx.now() < until) {
    ctx.advance({ minutes: 15 });
    await Promise.all([beat(), beat()]);
    for (const room of await rooms()) if (room.ended_at === null) await joinFocus(ctx, by('1'), room.id);
  }
  expect((await rooms()).map((room) => room.started_at)).toEqual(planned);
  expect(new Set(planned.map((at) => at.slice(11, 16))).size).toBeGreaterThan(zoneBands.length);
  expect((await rooms()).filter((room) => room.ended_at === null)).toHaveLength(1);
  await expect(endFocus(ctx, by('1'), (await rooms()).at(-1)!.id)).rejects.toThrow(/ends by itself/);
});

test('says nothing late after a sleep, and has no second room on a day whose hour is changed', async () => {
  await saveDaily(ctx, moderator, { isOn: true });
  const [first, second] = listOpenings(await settings(), 2);
  await passTo(later(first!.at, { minutes: 16 }));
  expect(await rooms()).toEqual([]);
  expect((await settings()).focus_at).toBe(second!.at);
  await passTo(later(second!.at, { minutes: 14 }));
  expect(await rooms()).toHaveLength(1);
  const third = (await settings()).focus_day;
  expect((await saveDaily(ctx, moderator, { hour: 21 })).focus_day).toBe(third);
  await saveDaily(ctx, moderator, { isOn: false });
  expect((await saveDaily(ctx, moderator, { isOn: true })).focus_day).toBe(third);
  await expect(saveDaily(ctx, moderator, { hour: 22 })).rejects.toThrow(/from 6 to 21/);
});

test('stops after six that nobody joined, and tells moderators why, once; begins again when they say so', async () => {
  await saveDaily(ctx, moderator, { isOn: true });
  for (let n = 1; n < emptyAtMost; n += 1) await passRoom();
  expect((await settings()).focus_empty).toBe(emptyAtMost - 1);
  // One that Discord did not take invited nobody, and ends with its first part.
  await passRoom({ takes: false });
  expect((await settings()).focus_empty).toBe(emptyAtMost - 1);
  expect((await rooms()).at(-1)?.phase).toBe(0);
  // The bot was away when this one ended: whoever pressed was not heard.
  const { focus_at: at } = await settings();
  await passTo(at!);
  await passTo(later(at!, { hours: 3 }));
  expect((await settings()).focus_empty).toBe(emptyAtMost - 1);
  expect(await alerts()).toEqual([]);
  await passRoom();
  expect((await settings()).focus_at).toBeNull();
  expect((await alerts()).map(({ detail }) => detail)).toEqual([expect.stringContaining('focus-empty')]);
  const sofar = (await rooms()).length;
  await passTo(later(ctx.now(), { days: 3 }));
  expect(await rooms()).toHaveLength(sofar);
  await saveDaily(ctx, moderator, { isOn: true });
  const { focus_at: again, focus_empty: empty } = await settings();
  expect(empty).toBe(0);
  await passTo(again!);
  await joinFocus(ctx, by('1'), (await rooms()).at(-1)!.id);
  expect(await rooms()).toHaveLength(sofar + 1);
});

test('is left out while three are open, in Match Week, and without a study channel, which moderators hear', async () => {
  await saveDaily(ctx, moderator, { isOn: true });
  const { focus_at: at } = await settings();
  ctx.advance({ ms: epochMs(at!) - epochMs(ctx.now()) });
  for (const each of ['1', '2', '3']) await startFocus(ctx, by(each), { minutes: 25, rounds: 1, what: '' });
  await beat();
  expect(await rooms()).toEqual([]);
  await updateGuild(ctx.db, guildId, { study_channel_id: null });
  await passTo((await settings()).focus_at!);
  expect(await rooms()).toEqual([]);
  expect(JSON.stringify(await alerts())).toContain('channel-not-set');
  await saveDaily(ctx, moderator, { isOn: false });
  await expect(saveDaily(ctx, moderator, { isOn: true })).rejects.toThrow(/there is none yet/);
  await updateGuild(ctx.db, guildId, { study_channel_id: '900000000000000006' });
  await saveDaily(ctx, moderator, { isOn: true });
  await passTo('2027-03-15T00:00:00.000Z');
  for (let n = 0; n < 4; n += 1) await passTo((await settings()).focus_at!);
  expect(await rooms()).toEqual([]);
  await passTo('2027-03-20T12:00:00.000Z');
  await passTo((await settings()).focus_at!);
  expect(await rooms()).toHaveLength(1);
});
