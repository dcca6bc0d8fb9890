import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findGuild, updateGuild } from '../../src/db/guilds.ts';
import { findJourney } from '../../src/db/journeys.ts';
import { findMatchLine, listMatchLinesOf } from '../../src/db/match-week.ts';
import type { Notice } from '../../src/db/notices/write.ts';
import { UserError } from '../../src/errors.ts';
import { askAfterDays, askLater, askToHelp } from '../../src/journey/match/behind.ts';
import { matchPhaseAt } from '../../src/journey/match/phase.ts';
import { matchChannelOf, saveMatchWeek } from '../../src/journey/match/settings.ts';
import { lineDone, lineLimit, shareLine, takeLineBack } from '../../src/journey/match/share.ts';
import { oweMatchWords } from '../../src/journey/match/word.ts';
import { beginJourney } from '../../src/journey/own/journey.ts';
import { setRoad } from '../../src/journey/roadmap/walk.ts';
import { epochMs } from '../../src/time.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext({ at: '2027-03-14T00:00:00.000Z' });
  await updateGuild(ctx.db, guildId, { tips_channel_id: '900000000000000007' });
});
afterEach(() => ctx.db.destroy());

const to = (at: string) => ctx.advance({ ms: epochMs(at) - epochMs(ctx.now()) });
const notices = async (kind: Notice['kind']): Promise<Notice[]> =>
  await ctx.db.selectFrom('notices').selectAll().where('kind', '=', kind).orderBy('created_at').execute();
const sana = { guildId, userId: '11' };

test('Match Week is before, whether, where and away, to the minute, over a change of the clocks', () => {
  const phases = [
    ['2027-03-14T03:59:00.000Z', 'away', 2027],
    ['2027-03-14T05:00:00.000Z', 'before', 2027],
    ['2027-03-15T13:59:00.000Z', 'before', 2027],
    ['2027-03-15T14:00:00.000Z', 'whether', 2027],
    ['2027-03-19T15:59:00.000Z', 'whether', 2027],
    ['2027-03-19T16:00:00.000Z', 'where', 2027],
    ['2027-03-26T15:59:00.000Z', 'where', 2027],
    ['2027-03-26T16:00:00.000Z', 'away', 2028],
    ['2027-12-31T23:00:00.000Z', 'away', 2028],
  ] as const;
  for (const [at, phase, year] of phases) {
    const found = matchPhaseAt(at);
    expect([found.phase, found.week.year], at).toEqual([phase, year]);
  }
});

describe('the word on Sunday', () => {
  test('is owed once a year in each guild, from nine Eastern on, also where nothing ran until Monday morning', async () => {
    to('2027-03-14T12:59:00.000Z');
    await oweMatchWords(ctx);
    expect(await notices('match-word')).toEqual([]);
    to('2027-03-15T13:00:00.000Z');
    for (let i = 0; i < 3; i += 1) await oweMatchWords(ctx);
    expect(await notices('match-word')).toMatchObject([{ guild_id: guildId, subject_id: '2027' }]);
    to('2028-03-12T14:00:00.000Z');
    await oweMatchWords(ctx);
    expect((await notices('match-word')).map(({ subject_id: year }) => year)).toEqual(['2027', '2028']);
  });

  test('is not owed where moderators do not want it, where the bot is gone, or once everybody has their message', async () => {
    to('2027-03-14T14:00:00.000Z');
    await saveMatchWeek(ctx, { guildId, userId: '1' }, { post: false });
    await oweMatchWords(ctx);
    await updateGuild(ctx.db, guildId, { match_post: 1, left_at: ctx.now() });
    await oweMatchWords(ctx);
    await updateGuild(ctx.db, guildId, { left_at: null });
    to('2027-03-15T14:00:00.000Z');
    await oweMatchWords(ctx);
    expect(await notices('match-word')).toEqual([]);
  });
});

test('moderators choose quiet, word, lines and channel; what changed is written down, and nothing where nothing did', async () => {
  const by = { guildId, userId: '1' };
  await saveMatchWeek(ctx, by, { quiet: false, share: false, channelId: '900000000000000008' });
  const guild = await findGuild(ctx.db, guildId);
  expect(guild).toMatchObject({ match_week: 0, match_post: 1, match_share: 0 });
  expect(matchChannelOf(guild!)).toBe('900000000000000008');
  await saveMatchWeek(ctx, by, { quiet: false });
  const written = await ctx.db.selectFrom('audit').select(['action', 'detail']).execute();
  expect(written).toEqual([
    { action: 'setup-changed', detail: '{"settings":"match_week match_share match_channel_id"}' },
  ]);
});

describe('a line', () => {
  test('is shared from Friday noon on, once a year, and its words are forgotten once it is posted', async () => {
    to('2027-03-19T15:59:00.000Z');
    await expect(shareLine(ctx, sana, 'Thank you, all of you')).rejects.toThrow(UserError);
    to('2027-03-19T16:00:00.000Z');
    for (const bad of ['', '  ', 'x'.repeat(lineLimit + 1)]) await expect(shareLine(ctx, sana, bad)).rejects.toThrow(UserError); // prettier-ignore
    expect(await shareLine(ctx, sana, ' Thank you,\nall of you ')).toBe('900000000000000007');
    const [owed] = await notices('match-line');
    expect(await findMatchLine(ctx.db, owed!.subject_id!)).toMatchObject({ line: 'Thank you, all of you', year: 2027 });
    await expect(shareLine(ctx, sana, 'And again')).rejects.toThrow(UserError);
    await ctx.db.transaction().execute((trx) => lineDone(trx, owed!.subject_id));
    expect((await listMatchLinesOf(ctx.db, guildId, sana.userId)).map(({ line }) => line)).toEqual([null]);
    await expect(shareLine(ctx, sana, 'And again')).rejects.toThrow(UserError);
  });

  test('of two presses at once is one', async () => {
    to('2027-03-19T17:00:00.000Z');
    const both = await Promise.allSettled([shareLine(ctx, sana, 'One'), shareLine(ctx, sana, 'Two')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await notices('match-line')).toHaveLength(1);
  });

  test('is taken back whenever its author likes; where nothing may be shared, nothing is', async () => {
    to('2027-03-19T17:00:00.000Z');
    expect(await takeLineBack(ctx, sana)).toBe(false);
    await shareLine(ctx, sana, 'One');
    expect(await takeLineBack(ctx, sana)).toBe(true);
    expect((await listMatchLinesOf(ctx.db, guildId, sana.userId)).map(({ line }) => line)).toEqual([null]);
    await saveMatchWeek(ctx, { guildId, userId: '1' }, { share: false });
    await expect(shareLine(ctx, { ...sana, userId: '12' }, 'Mine')).rejects.toThrow(UserError);
  });
});

describe('whoever matched', () => {
  const begin = () => beginJourney(ctx, sana, 'Asia/Karachi', 'interviewing');
  const asked = async (): Promise<number> => {
    for (let i = 0; i < 2; i += 1) await askToHelp(ctx);
    return (await notices('help-behind')).length;
  };

  test('is asked once, two weeks later, by day where they live, and once more after not now', async () => {
    await begin();
    to('2027-03-19T17:00:00.000Z');
    await setRoad(ctx, sana.userId, { stage: 'matched' });
    await setRoad(ctx, sana.userId, { stage: 'matched' });
    ctx.advance({ days: askAfterDays.matched, hours: -1 });
    expect(await asked()).toBe(0);
    ctx.advance({ hours: 2 });
    expect(await asked()).toBe(1);
    // 23:00 in Karachi: in the morning.
    expect((await notices('help-behind'))[0]!.due_at).toBe('2027-04-03T02:00:00.000Z');
    ctx.advance({ days: 200 });
    expect(await asked()).toBe(1);
    expect(await askLater(ctx, sana.userId)).toBe(true);
    ctx.advance({ days: askAfterDays.notNow });
    expect(await asked()).toBe(2);
    expect(await askLater(ctx, sana.userId)).toBe(false);
    ctx.advance({ days: 400 });
    expect(await asked()).toBe(2);
  });

  test('is not asked when they are at another point by then', async () => {
    await begin();
    await setRoad(ctx, sana.userId, { stage: 'matched' });
    await setRoad(ctx, sana.userId, { stage: 'reapplying' });
    expect((await findJourney(ctx.db, sana.userId))?.behind_at).toBeNull();
    ctx.advance({ days: 20 });
    expect(await asked()).toBe(0);
  });
});
