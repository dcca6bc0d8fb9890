import { beforeEach, describe, expect, test } from 'vitest';
import { findMentorship } from '../../src/db/mentorships.ts';
import { listRests } from '../../src/db/rests.ts';
import { deleteMemberData } from '../../src/lifecycle/personal-data.ts';
import { memberBack, memberLeft } from '../../src/lifecycle/leavers.ts';
import { endMentorship } from '../../src/mentoring/mentorships.ts';
import { awayDays, endRestsOver, pauseMentorship, resumeMentorship } from '../../src/mentoring/rests.ts';
import { later } from '../../src/time.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor, addPair, deliverAll, owedTo } from '../support/members.ts';

let ctx: TestContext;
let mentor: string;
let mentee: string;
let id: string;
beforeEach(async () => {
  ctx = await openTestContext();
  ({ mentor, mentee, id } = await addPair(ctx));
  await deliverAll(ctx);
  return async () => await ctx.db.destroy();
});

const stateNow = async () => (await findMentorship(ctx.db, id))?.state;

describe('a mentorship that one of the two lets rest', () => {
  test('goes on by itself on the day, and both hear of it', async () => {
    const { until } = await pauseMentorship(ctx, mentee, id, 14);
    expect(until).toBe(later(ctx.now(), { days: 14 }));
    expect([await stateNow(), await owedTo(ctx, mentor), await owedTo(ctx, mentee)]).toEqual(['paused', ['mentorship-rests'], []]); // prettier-ignore
    await deliverAll(ctx);
    ctx.advance({ days: 13, hours: 23 });
    await endRestsOver(ctx);
    expect(await stateNow()).toBe('paused');
    ctx.advance({ hours: 1 });
    await endRestsOver(ctx);
    await endRestsOver(ctx);
    expect(await stateNow()).toBe('active');
    expect(await owedTo(ctx, mentor)).toEqual(['mentorship-resumed']);
    expect(await owedTo(ctx, mentee)).toEqual(['mentorship-resumed']);
  });

  test('can be resumed by whoever asked for it and nobody else, moved to another day, and ended by either', async () => {
    await pauseMentorship(ctx, mentee, id, 14);
    await deliverAll(ctx);
    await expect(resumeMentorship(ctx, mentor, id)).rejects.toThrow(/rests until/);
    const { until } = await pauseMentorship(ctx, mentee, id, 21);
    expect((await listRests(ctx.db, id)).map((rest) => rest.until)).toEqual([until]);
    expect(await owedTo(ctx, mentor)).toEqual(['mentorship-rests']);
    await deliverAll(ctx);
    await resumeMentorship(ctx, mentee, id);
    expect([await stateNow(), await owedTo(ctx, mentor), await owedTo(ctx, mentee)]).toEqual(['active', ['mentorship-resumed'], []]); // prettier-ignore
    await deliverAll(ctx);
    await expect(resumeMentorship(ctx, mentor, id)).rejects.toThrow(/nothing to resume/);
    await pauseMentorship(ctx, mentor, id, 1);
    await endMentorship(ctx, mentee, id, 'no-time');
    expect(await stateNow()).toBe('ended');
    ctx.advance({ days: 2 });
    await endRestsOver(ctx);
    expect(await stateNow()).toBe('ended');
  });

  test('and that the other lets rest as well goes on when both are over', async () => {
    await pauseMentorship(ctx, mentee, id, 14);
    expect((await pauseMentorship(ctx, mentor, id, 7)).restsAnyway).toBe(true);
    ctx.advance({ days: 7 });
    await endRestsOver(ctx);
    expect(await stateNow()).toBe('paused');
    await pauseMentorship(ctx, mentor, id, 20);
    const { restsUntil } = await resumeMentorship(ctx, mentor, id);
    expect(restsUntil).toBe(later(ctx.now(), { days: 7 }));
    ctx.advance({ days: 7 });
    await endRestsOver(ctx);
    expect(await stateNow()).toBe('active');
  });

  test.each([0, 57, 1.5, Number.NaN])('cannot rest for %s days', async (days) => {
    await expect(pauseMentorship(ctx, mentee, id, days)).rejects.toThrow(/1 to 56 days/);
    expect(await stateNow()).toBe('active');
  });

  test('is nothing that a stranger can do', async () => {
    await expect(pauseMentorship(ctx, await addMentor(ctx), id, 3)).rejects.toThrow(/not one of your/);
    await expect(resumeMentorship(ctx, await addMentee(ctx), id)).rejects.toThrow(/not one of your/);
  });
});

describe('somebody who leaves the server', () => {
  test.each(['mentor', 'mentee'] as const)(
    'as %s and is back within seven days finds the mentorship as it was',
    async (role) => {
      const [gone, other] = role === 'mentor' ? [mentor, mentee] : [mentee, mentor];
      await memberLeft(ctx, guildId, gone);
      expect([await stateNow(), await owedTo(ctx, other), await owedTo(ctx, gone)]).toEqual(['paused', ['mentorship-rests'], []]); // prettier-ignore
      await deliverAll(ctx);
      await expect(resumeMentorship(ctx, other, id)).rejects.toThrow(/rests for now/);
      ctx.advance({ days: awayDays, ms: -1 });
      await endRestsOver(ctx);
      await memberBack(ctx, guildId, gone);
      await memberBack(ctx, guildId, gone);
      expect([await stateNow(), await owedTo(ctx, other)]).toEqual(['active', ['mentorship-resumed']]);
      ctx.advance({ days: 30 });
      await endRestsOver(ctx);
      expect(await stateNow()).toBe('active');
    },
  );

  test('for longer has left the mentorship: the other hears that it is over, once', async () => {
    await memberLeft(ctx, guildId, mentor);
    await deliverAll(ctx);
    ctx.advance({ days: awayDays });
    await endRestsOver(ctx);
    expect(await findMentorship(ctx.db, id)).toMatchObject({
      state: 'ended',
      end_reason: 'member-left',
      ended_by: 'mentor',
    });
    expect([await owedTo(ctx, mentee), await owedTo(ctx, mentor)]).toEqual([['mentorship-ended'], []]);
    await memberBack(ctx, guildId, mentor);
    expect(await stateNow()).toBe('ended');
  });

  test('comes back to a rest that one of them had asked for', async () => {
    await pauseMentorship(ctx, mentee, id, 30);
    await memberLeft(ctx, guildId, mentee);
    ctx.advance({ days: 2 });
    await memberBack(ctx, guildId, mentee);
    expect(await stateNow()).toBe('paused');
    await resumeMentorship(ctx, mentee, id);
    expect(await stateNow()).toBe('active');
  });

  test('while the other is gone too: it goes on when both are there', async () => {
    await memberLeft(ctx, guildId, mentee);
    ctx.advance({ days: 1 });
    await memberLeft(ctx, guildId, mentor);
    await memberBack(ctx, guildId, mentee);
    expect(await stateNow()).toBe('paused');
    await memberBack(ctx, guildId, mentor);
    expect(await stateNow()).toBe('active');
  });

  test('and deletes their data meanwhile ends it, and the other hears of it', async () => {
    await memberLeft(ctx, guildId, mentor);
    await deliverAll(ctx);
    await deleteMemberData(ctx, { guildId, userId: mentor });
    expect(await findMentorship(ctx.db, id)).toMatchObject({ state: 'ended', end_reason: 'data-deleted' });
    // What they had read before is written again without the name.
    expect(await owedTo(ctx, mentee)).toContain('mentorship-ended');
  });
});
