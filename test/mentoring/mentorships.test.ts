import { beforeEach, describe, expect, test } from 'vitest';
import { findMentorship } from '../../src/db/mentorships.ts';
import { goOn, sayDone } from '../../src/mentoring/completion.ts';
import { endMentorship } from '../../src/mentoring/mentorships.ts';
import { acceptRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor, deliverAll, owedTo } from '../support/members.ts';

let ctx: TestContext;
let mentor: string;
let mentee: string;
let mentorshipId: string;
beforeEach(async () => {
  ctx = await openTestContext();
  mentor = await addMentor(ctx);
  mentee = await addMentee(ctx);
  const { request } = await requestMentor(ctx, { guildId, menteeId: mentee, mentorId: mentor, message: '' });
  ({ mentorshipId } = await acceptRequest(ctx, mentor, request.id));
  await deliverAll(ctx);
});

const ask = (menteeId: string, mentorId: string) => requestMentor(ctx, { guildId, menteeId, mentorId, message: '' });

describe('ending a mentorship', () => {
  test('as done takes both: the other is asked, and confirms it', async () => {
    ctx.advance({ days: 30 });
    expect((await sayDone(ctx, mentee, mentorshipId)).is).toBe('asked');
    // A second press is no second word.
    expect((await sayDone(ctx, mentee, mentorshipId)).is).toBe('asked');
    expect(await findMentorship(ctx.db, mentorshipId)).toMatchObject({ state: 'active', done_by: 'mentee' });
    expect(await owedTo(ctx, mentor)).toEqual(['mentorship-done']);
    expect((await sayDone(ctx, mentor, mentorshipId)).is).toBe('completed');
    expect(await findMentorship(ctx.db, mentorshipId)).toMatchObject({
      state: 'completed',
      end_reason: 'completed',
      ended_by: 'bot',
      ended_at: ctx.now(),
    });
    expect(await owedTo(ctx, mentor)).toContain('mentorship-ended');
    expect(await owedTo(ctx, mentee)).toEqual(['mentorship-ended']);
    expect(await owedTo(ctx, null)).toEqual(['mentorship-thread']);
  });

  test('as done is declined kindly, and nothing has changed', async () => {
    await sayDone(ctx, mentor, mentorshipId);
    await goOn(ctx, mentee, mentorshipId);
    expect(await findMentorship(ctx.db, mentorshipId)).toMatchObject({ state: 'active', done_by: null });
    expect(await owedTo(ctx, mentor)).toEqual(['mentorship-done']);
    await expect(goOn(ctx, mentee, mentorshipId)).rejects.toThrow(/changed since/);
  });

  test('as not a fit never pairs the two again, whichever way round', async () => {
    await endMentorship(ctx, mentor, mentorshipId, 'not-a-fit');
    await expect(ask(mentee, mentor)).rejects.toThrow(/not the right fit/);
    expect(await owedTo(ctx, mentee)).toEqual(['mentorship-ended']);
  });

  test.each(['no-time', 'other'] as const)('because of "%s" leaves both free, also for each other', async (reason) => {
    await endMentorship(ctx, mentor, mentorshipId, reason);
    expect((await ask(mentee, mentor)).request.state).toBe('pending');
  });

  test('twice, or by both at once, ends it once', async () => {
    const results = await Promise.allSettled([
      endMentorship(ctx, mentor, mentorshipId, 'other'),
      endMentorship(ctx, mentee, mentorshipId, 'not-a-fit'),
    ]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(endMentorship(ctx, mentee, mentorshipId, 'other')).rejects.toThrow(/already ended/);
    // With several connections either may come first.
    const [first, other] = results[0].status === 'fulfilled' ? [mentor, mentee] : [mentee, mentor];
    expect(await owedTo(ctx, first)).toEqual([]);
    expect(await owedTo(ctx, other)).toEqual(['mentorship-ended']);
  });

  test('is only for the two', async () => {
    const stranger = await addMentor(ctx);
    await expect(endMentorship(ctx, stranger, mentorshipId, 'other')).rejects.toThrow(/not one of your/);
    await expect(endMentorship(ctx, mentor, 'forged', 'other')).rejects.toThrow(/not one of your/);
    expect(await findMentorship(ctx.db, mentorshipId)).toMatchObject({ state: 'active' });
  });
});
