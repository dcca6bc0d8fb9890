import { beforeEach, expect, test } from 'vitest';
import { nextMatchDay, selectionSeasonAt } from '../../src/guild/match-week.ts';
import { readRoundInput } from '../../src/mentoring/rounds/input.ts';
import { findNextBest } from '../../src/mentoring/rounds/next-best.ts';
import { allowSelectors, findSelecting, markSelecting, unmarkSelecting } from '../../src/mentoring/season.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { joinWaitlist } from '../../src/mentoring/waitlist.ts';
import { requireGuild } from '../../src/guild/guilds.ts';
import { planRound } from '../../src/matching/index.ts';
import { forgetSelecting } from '../../src/db/selecting.ts';
import { findRound } from '../../src/db/rounds.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor } from '../support/members.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});

test.each([
  ['2026-08-31T23:59:00.000Z', undefined],
  ['2026-09-01T04:00:00.000Z', '2027-03-20T04:00:00.000Z'],
  ['2026-12-31T23:59:00.000Z', '2027-03-20T04:00:00.000Z'],
  ['2027-01-01T00:00:00.000Z', '2027-03-20T04:00:00.000Z'],
  ['2027-03-19T23:00:00.000Z', '2027-03-20T04:00:00.000Z'],
  ['2027-03-20T04:00:00.000Z', undefined],
])('at %s the season lasts until %s', (now, until) => {
  expect(selectionSeasonAt(now)?.until).toBe(until);
  expect(nextMatchDay(now) > now).toBe(true);
});

test('a mentor marks it until Match Day or another day, names the place or not, and takes it back', async () => {
  const mentor = await addMentor(ctx);
  const whose = { guildId, userId: mentor };
  const seen = async () => await findSelecting(ctx.db, guildId, mentor, ctx.now());
  expect(await seen()).toBeUndefined();
  await markSelecting(ctx, whose, { day: undefined, place: ' Mercy General ' });
  expect(await seen()).toEqual({ until: '2027-03-20T04:00:00.000Z', place: 'Mercy General' });
  await markSelecting(ctx, whose, { day: '2026-12-24', place: '' });
  expect(await seen()).toEqual({ until: '2026-12-24T23:59:59.000Z', place: null });
  for (const day of ['2026-02-30', 'soon', '2026-11-01', '2029-01-01'])
    await expect(markSelecting(ctx, whose, { day, place: '' })).rejects.toThrow(/no day in the coming year/);
  await expect(markSelecting(ctx, whose, { day: undefined, place: 'x'.repeat(81) })).rejects.toThrow(/limit is 80/);
  await expect(markSelecting(ctx, { guildId, userId: await addMentee(ctx) }, { day: undefined, place: '' })).rejects.toThrow(/not registered/); // prettier-ignore
  ctx.advance({ days: 32 });
  expect(await seen()).toBeUndefined();
  expect(await forgetSelecting(ctx.db, ctx.now())).toBe(1);
  await markSelecting(ctx, whose, { day: undefined, place: '' });
  await unmarkSelecting(ctx, whose);
  expect(await seen()).toBeUndefined();
});

test('a round pairs such mentors only with those who do not mind, and only in the season', async () => {
  const selecting = await addMentor(ctx, { profile: { capacity: 3 } });
  await markSelecting(ctx, { guildId, userId: selecting }, { day: undefined, place: '' });
  const [minds, mindsNot] = [await addMentee(ctx), await addMentee(ctx)];
  await allowSelectors(ctx, { guildId, userId: mindsNot }, true);
  for (const mentee of [minds, mindsNot]) await joinWaitlist(ctx, guildId, mentee);
  const guild = await requireGuild(ctx.db, guildId);
  await ctx.db.insertInto('rounds').values({ id: 'round', guild_id: guildId, state: 'computing', created_at: ctx.now(), created_by: '1', floor: 0 }).execute(); // prettier-ignore
  const round = await findRound(ctx.db, guildId, 'round');
  if (!round) throw new Error('no round');
  const pairs = async (at: string) => planRound(await readRoundInput(ctx.db, guild, round, at)).pairs.map(({ menteeId }) => menteeId); // prettier-ignore
  expect(await pairs(ctx.now())).toEqual([mindsNot]);
  expect((await pairs('2026-08-01T12:00:00.000Z')).toSorted()).toEqual([minds, mindsNot].toSorted());
  // Nor as the next best, after somebody said no.
  for (const [mentee, next] of [
    [minds, undefined],
    [mindsNot, selecting],
  ] as const) {
    // prettier-ignore
    const mentorId = await addMentor(ctx, { profile: { capacity: 1 } });
    const { request } = await requestMentor(ctx, { guildId, menteeId: mentee, mentorId, message: '' });
    const ended = { ...request, round_id: 'round' };
    expect(await ctx.db.transaction().execute((trx) => findNextBest(ctx, trx, guild, ended))).toBe(next);
    await ctx.db.deleteFrom('requests').execute();
    await ctx.db.deleteFrom('profiles').where('user_id', '=', mentorId).execute();
  }
});
