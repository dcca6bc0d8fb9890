/** From 1 September to Match Day: every way by which a request or a pair with a mentor who helps to choose residents comes about. */
import { beforeEach, expect, test } from 'vitest';
import { findRequest, listLiveRequestsOf } from '../../src/db/requests.ts';
import type { Round } from '../../src/db/rounds.ts';
import { acceptRequest, declineRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor, requireGivenBack } from '../../src/mentoring/requests/ask.ts';
import { acceptSoon, carryOutAnswers } from '../../src/mentoring/requests/hold.ts';
import { openRequests } from '../../src/mentoring/requests/open.ts';
import { withdrawRequest } from '../../src/mentoring/requests/withdraw.ts';
import { computeRound } from '../../src/mentoring/rounds/compute.ts';
import { openRound } from '../../src/mentoring/rounds/open.ts';
import { publishRound } from '../../src/mentoring/rounds/publish.ts';
import { wishPair } from '../../src/mentoring/rounds/wishes.ts';
import { allowSelectors, markSelecting, unmarkSelecting } from '../../src/mentoring/season.ts';
import { joinWaitlist } from '../../src/mentoring/waitlist.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor } from '../support/members.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});

const moderator = { guildId, userId: '1' };
const mark = async (userId: string, day?: string) =>
  await markSelecting(ctx, { guildId, userId }, { day, place: 'Mercy General' });
const ask = async (menteeId: string, mentorId: string, isAware = false) =>
  (await requestMentor(ctx, { guildId, menteeId, mentorId, message: 'Could you help me?', isAware })).request;
const read = async (id: string) => (await findRequest(ctx.db, id))!;
const letters = async (userId: string) =>
  (await ctx.db.selectFrom('notices').select('subject_id').where('user_id', '=', userId).where('kind', '=', 'request-lapsed').execute()).map((row) => row.subject_id); // prettier-ignore
const decline = async (mentorId: string, id: string) =>
  await declineRequest(ctx, mentorId, id, { choice: 'unsaid', note: '' });
const pairs = async () => await ctx.db.selectFrom('mentorships').select(['mentor_id', 'mentee_id']).execute();

async function expectGivenBack(mentee: string, id: string): Promise<void> {
  expect(await read(id)).toMatchObject({ state: 'superseded', season_at: ctx.now() });
  expect(await letters(mentee)).toEqual([id]);
  expect(await requireGivenBack(ctx, mentee, id)).toMatchObject({ message: 'Could you help me?' });
}

test('a choice behind another goes back to its mentee when it would go out, and the next goes out in its place', async () => {
  const [first, second, third] = [await addMentor(ctx), await addMentor(ctx), await addMentor(ctx)];
  const mentee = await addMentee(ctx);
  const asked = await ask(mentee, first);
  const [queued, last] = [await ask(mentee, second), await ask(mentee, third)];
  ctx.advance({ hours: 1 });
  await mark(second);
  await decline(first, asked.id);
  await expectGivenBack(mentee, queued.id);
  expect((await read(last.id)).state).toBe('pending');
  // By one press it is the next choice; now they have read it, so it goes out when its turn comes.
  const again = await ask(mentee, second, true);
  expect(again).toMatchObject({ state: 'queued', message: 'Could you help me?' });
  await decline(third, last.id);
  expect((await read(again.id)).state).toBe('pending');
  await acceptRequest(ctx, second, again.id);
  expect(await pairs()).toHaveLength(1);
});

test('what waited for a mentor’s week goes back before it is sent; so does one behind a request that is withdrawn', async () => {
  const mentor = await addMentor(ctx, { profile: { capacity: 5, requests_a_week: 1 } });
  const [before, mentee, other] = [await addMentee(ctx), await addMentee(ctx), await addMentee(ctx)];
  await ask(before, mentor);
  const waits = await ask(mentee, mentor);
  expect(waits.opens_at).not.toBeNull();
  const elsewhere = await ask(other, await addMentor(ctx));
  const behind = await ask(other, mentor);
  ctx.advance({ hours: 1 });
  await mark(mentor);
  await withdrawRequest(ctx, other, elsewhere.id);
  await expectGivenBack(other, behind.id);
  ctx.advance({ days: 7 });
  await openRequests(ctx);
  await expectGivenBack(mentee, waits.id);
  // Nobody is left hanging: they are on the waitlist with their turn.
  expect(await ctx.db.selectFrom('waitlist').select('mentee_id').execute()).toEqual([{ mentee_id: mentee }]);
});

test('a request from August is not accepted in September before its mentee has read it; after their press it is', async () => {
  const mentor = await addMentor(ctx);
  while (ctx.now() < '2027-08-01') ctx.advance({ days: 1 });
  await mark(mentor, '2027-12-24');
  const mentee = await addMentee(ctx);
  // Out of the season nothing is said.
  while (ctx.now() < '2027-08-25') ctx.advance({ days: 1 });
  const request = await ask(mentee, mentor);
  ctx.advance({ days: 10 });
  await expect(acceptRequest(ctx, mentor, request.id)).rejects.toThrow(/could not read before that you help to choose/);
  expect(await pairs()).toEqual([]);
  await expectGivenBack(mentee, request.id);
  await expect(acceptRequest(ctx, mentor, request.id)).rejects.toThrow(/could not read before/);
  await expect(requireGivenBack(ctx, mentor, request.id)).rejects.toThrow(/no longer yours/);
  // The message that the mentor has comes back to life: their week has nothing to do with it.
  expect(await ask(mentee, mentor, true)).toMatchObject({ id: request.id, state: 'pending', season_at: null });
  await expect(requireGivenBack(ctx, mentee, request.id)).rejects.toThrow(/no longer yours/);
  await acceptRequest(ctx, mentor, request.id);
  expect(await pairs()).toHaveLength(1);
});

test('an answer that rests is not carried out once its mentor helps to choose residents', async () => {
  ctx = { ...ctx, config: { ...ctx.config, takeBackSeconds: 60 } };
  const mentor = await addMentor(ctx);
  const mentee = await addMentee(ctx);
  const request = await ask(mentee, mentor);
  await acceptSoon(ctx, mentor, request.id);
  ctx.advance({ minutes: 1 });
  await mark(mentor);
  ctx.advance({ minutes: 2 });
  await carryOutAnswers(ctx);
  expect(await pairs()).toEqual([]);
  expect(await letters(mentee)).toEqual([request.id]);
});

test('whoever names another place is new; whoever takes part for longer, or no longer, is not', async () => {
  const mentor = await addMentor(ctx, { profile: { capacity: 3 } });
  await mark(mentor, '2026-12-24');
  const [one, two, three] = [await addMentee(ctx), await addMentee(ctx), await addMentee(ctx)];
  await expect(ask(one, mentor)).rejects.toThrow(/has just said that they help to choose residents/);
  const requests = [
    await ask(one, mentor, true),
    await ask(two, mentor, true),
    await ask(three, mentor, true),
  ] as const;
  ctx.advance({ hours: 1 });
  await mark(mentor, '2027-01-24');
  await acceptRequest(ctx, mentor, requests[0].id);
  await markSelecting(ctx, { guildId, userId: mentor }, { day: undefined, place: 'Elsewhere' });
  await expect(acceptRequest(ctx, mentor, requests[1].id)).rejects.toThrow(/could not read before/);
  await unmarkSelecting(ctx, { guildId, userId: mentor });
  await acceptRequest(ctx, mentor, requests[2].id);
  expect((await pairs()).map((pair) => pair.mentee_id).toSorted()).toEqual([one, three].toSorted());
});

async function preview(): Promise<Round> {
  const shown = await computeRound(ctx, await openRound(ctx, moderator), () => undefined);
  if (!shown) throw new Error('no preview');
  return shown;
}

test('a round that was shown before is published without such a pair, and none is pinned, unless the mentee does not mind', async () => {
  const mentor = await addMentor(ctx, { profile: { capacity: 3 } });
  const [minds, mindsNot] = [await addMentee(ctx), await addMentee(ctx)];
  await allowSelectors(ctx, { guildId, userId: mindsNot }, true);
  for (const mentee of [minds, mindsNot]) await joinWaitlist(ctx, guildId, mentee);
  await preview();
  // A pin from before the mentor said so is dropped.
  const wished = await wishPair(ctx, moderator, { menteeId: minds, mentorId: mentor }, 'pinned');
  const shown = await computeRound(ctx, wished, () => undefined);
  ctx.advance({ hours: 1 });
  await mark(mentor);
  await expect(wishPair(ctx, moderator, { menteeId: minds, mentorId: mentor }, 'pinned')).rejects.toThrow(/has not said that they don’t mind/); // prettier-ignore
  await publishRound(ctx, moderator, shown!);
  expect((await listLiveRequestsOf(ctx.db, guildId, minds)).length).toBe(0);
  const [proposed] = await listLiveRequestsOf(ctx.db, guildId, mindsNot);
  expect(proposed?.state).toBe('pending');
  // They mind by now.
  await allowSelectors(ctx, { guildId, userId: mindsNot }, false);
  await expect(acceptRequest(ctx, mentor, proposed!.id)).rejects.toThrow(/could not read before/);
  expect(await read(proposed!.id)).toMatchObject({ state: 'superseded', season_at: ctx.now() });
  expect(await pairs()).toEqual([]);
});
