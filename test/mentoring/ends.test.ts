import { beforeEach, describe, expect, test } from 'vitest';
import { findMentorship } from '../../src/db/mentorships.ts';
import { findWaitlistPlace } from '../../src/db/waitlist.ts';
import { findMentors } from '../../src/mentoring/find.ts';
import { endMentorship, endPairAsModerator } from '../../src/mentoring/mentorships.ts';
import { acceptRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { turnKeptDays } from '../../src/mentoring/turn.ts';
import { declineMentor, suspendMentor, verifyMentor } from '../../src/mentoring/verification.ts';
import { joinWaitlist } from '../../src/mentoring/waitlist.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor, deliverAll, owedTo } from '../support/members.ts';
import { testModeratorId } from '../support/people.ts';

const by = { guildId, userId: testModeratorId };
let ctx: TestContext;
let mentor: string;
let mentee: string;
let id: string;
let waitingSince: string;
beforeEach(async () => {
  ctx = await openTestContext();
  mentor = await addMentor(ctx);
  mentee = await addMentee(ctx);
  await joinWaitlist(ctx, guildId, mentee);
  waitingSince = ctx.now();
  ctx.advance({ days: 5 });
  const { request } = await requestMentor(ctx, { guildId, menteeId: mentee, mentorId: mentor, message: '' });
  ({ mentorshipId: id } = await acceptRequest(ctx, mentor, request.id));
  await deliverAll(ctx);
  ctx.advance({ days: 10 });
  return async () => await ctx.db.destroy();
});

const pair = () => findMentorship(ctx.db, id);
const told = async () => [await owedTo(ctx, mentor), await owedTo(ctx, mentee)];

describe('a mentor who is suspended', () => {
  test('leaves nobody alone with them: the pair ends, both hear of it, and the thread is closed', async () => {
    await suspendMentor(ctx, by, { userId: mentor });
    expect(await pair()).toMatchObject({ state: 'ended', end_reason: 'staff', ended_by: 'bot' });
    expect((await told()).map((kinds) => kinds.includes('mentorship-ended'))).toEqual([true, true]);
    expect(await owedTo(ctx, null)).toContain('mentorship-thread');
  });

  test('or rests with their mentees until they are verified again', async () => {
    await suspendMentor(ctx, by, { userId: mentor }, 'rest');
    expect(await pair()).toMatchObject({ state: 'paused', end_reason: null });
    expect((await told()).map((kinds) => kinds.includes('mentorship-rests'))).toEqual([true, true]);
    await deliverAll(ctx);
    await verifyMentor(ctx, by, { userId: mentor }, { level: 'resident', method: 'video-call' }, 'refusals');
    expect(await pair()).toMatchObject({ state: 'active' });
    expect((await told()).map((kinds) => kinds.includes('mentorship-resumed'))).toEqual([true, true]);
  });
});

test('a mentor whom moderators decline after somebody was paired with them rests with their mentees, and both hear of it', async () => {
  await ctx.db.updateTable('profiles').set({ verification: 'waiting' }).where('user_id', '=', mentor).execute();
  await declineMentor(ctx, by, { userId: mentor }, '');
  expect(await pair()).toMatchObject({ state: 'paused' });
  expect((await told()).map((kinds) => kinds.includes('mentorship-rests'))).toEqual([true, true]);
});

describe('a moderator', () => {
  test('ends a pair, which is written down with both and told to both', async () => {
    await endPairAsModerator(ctx, by, id);
    expect(await pair()).toMatchObject({ state: 'ended', end_reason: 'staff', ended_by: 'moderator' });
    expect(await told()).toEqual([['mentorship-ended'], ['mentorship-ended']]);
    const entry = await ctx.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'mentorship-ended')
      .executeTakeFirst();
    expect(JSON.parse(entry?.detail ?? '{}')).toEqual({ mentee, mentor });
    await expect(endPairAsModerator(ctx, by, id)).rejects.toThrow(/already ended/);
  });

  test('ends no pair of another server', async () => {
    await expect(endPairAsModerator(ctx, { ...by, guildId: 'elsewhere' }, id)).rejects.toThrow();
    expect(await pair()).toMatchObject({ state: 'active' });
  });
});

describe('an early end by the mentor', () => {
  const suggested = async () => {
    const found = await findMentors(ctx, guildId, mentee);
    return found.is === 'suggestions' ? found.mentors.map(({ profile }) => profile.user_id) : [];
  };

  test.each(['no-time', 'other', 'not-a-fit'] as const)('(%s) keeps the turn that the mentee had', async (reason) => {
    await endMentorship(ctx, mentor, id, reason);
    ctx.advance({ days: 20 });
    await joinWaitlist(ctx, guildId, mentee);
    expect(await findWaitlistPlace(ctx.db, guildId, mentee)).toMatchObject({ joinedAt: waitingSince });
  });

  test('does not suggest that mentor again, but the mentee may ask them', async () => {
    const other = await addMentor(ctx);
    await endMentorship(ctx, mentor, id, 'no-time');
    expect(await suggested()).toEqual([other]);
    expect(
      (await requestMentor(ctx, { guildId, menteeId: mentee, mentorId: mentor, message: '' })).request,
    ).toMatchObject({
      state: 'pending',
      looking_since: waitingSince,
    });
  });

  test('keeps no turn for somebody who ended it themselves, or comes back much later', async () => {
    await endMentorship(ctx, mentee, id, 'no-time');
    await joinWaitlist(ctx, guildId, mentee);
    expect(await findWaitlistPlace(ctx.db, guildId, mentee)).toMatchObject({ joinedAt: ctx.now() });
  });

  test(`keeps it for ${turnKeptDays} days`, async () => {
    await endMentorship(ctx, mentor, id, 'no-time');
    ctx.advance({ days: turnKeptDays + 1 });
    await joinWaitlist(ctx, guildId, mentee);
    expect(await findWaitlistPlace(ctx.db, guildId, mentee)).toMatchObject({ joinedAt: ctx.now() });
  });
});
