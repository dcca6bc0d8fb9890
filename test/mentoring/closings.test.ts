import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listWords } from '../../src/db/closings.ts';
import { listGoals } from '../../src/db/goals.ts';
import { keepWordOf, sayAtTheEnd, sendWordsDue } from '../../src/mentoring/closings.ts';
import { endGoal, setGoal } from '../../src/mentoring/goals.ts';
import { endMentorship } from '../../src/mentoring/mentorships.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addPair } from '../support/members.ts';

let ctx: TestContext;
let mentor: string;
let mentee: string;
let id: string;
beforeEach(async () => {
  ctx = await openTestContext();
  ({ mentor, mentee, id } = await addPair(ctx));
});
afterEach(() => ctx.db.destroy());

describe('goals', () => {
  const set = (who: string, text: string, day = '') => setGoal(ctx, who, id, { text, day });
  const open = async () =>
    (await listGoals(ctx.db, id)).filter(({ state }) => state === 'open').map(({ text }) => text);

  test('are set by either, closed by either, and worded anew with the old words kept', async () => {
    const { goal } = await set(mentee, '  A statement that two people have read ', '2027-01-31');
    expect(goal).toMatchObject({ text: 'A statement that two people have read', due_on: '2027-01-31' });
    await setGoal(ctx, mentor, id, { text: 'A statement', day: '', replaces: goal.id });
    expect(await open()).toEqual(['A statement']);
    const all = await ctx.db
      .selectFrom('goals')
      .select(['text', 'state'])
      .orderBy('created_at')
      .orderBy('state')
      .execute();
    expect(all).toContainEqual({ text: 'A statement that two people have read', state: 'changed' });
    const [current] = await listGoals(ctx.db, id);
    await endGoal(ctx, mentee, id, current?.id ?? '', 'reached');
    await expect(endGoal(ctx, mentor, id, current?.id ?? '', 'dropped')).rejects.toThrow(/not among those/);
  });

  test.each([
    ['without a text', '   ', '', /needs a sentence/],
    ['of 201 characters', 'x'.repeat(201), '', /201 characters/],
    ['for a day that has passed', 'A goal', '2026-11-01', /has passed/],
    ['for a day in two years', 'A goal', '2028-12-01', /within a year/],
    ['for a day that is none', 'A goal', '2027-02-31', /did not understand the day/],
  ])('%s are named, and nothing changes', async (_what, text, day, named) => {
    await expect(set(mentee, text, day)).rejects.toThrow(named);
    await expect(set('1', 'A goal')).rejects.toThrow(/not one of your/);
    expect(await open()).toEqual([]);
  });

  test('the fourth is refused with the three', async () => {
    for (const text of ['One', 'Two', 'Three']) {
      await set(mentor, text);
      ctx.advance({ minutes: 1 });
    }
    await expect(set(mentee, 'Four')).rejects.toThrow(/“One”, “Two”, and “Three”/);
    expect(await open()).toEqual(['One', 'Two', 'Three']);
  });
});

describe('a word at the end', () => {
  const say = (who: string, word: string) =>
    sayAtTheEnd(ctx, who, id, { different: '', goals: 'some', went: 'good', word });
  const words = async () =>
    await ctx.db
      .selectFrom('notices')
      .select('user_id')
      .where('kind', '=', 'closing-word')
      .orderBy('user_id')
      .execute();

  test('goes to both once both have said something, and is kept by whoever likes', async () => {
    await expect(say(mentee, 'Too early')).rejects.toThrow(/changed since/);
    await endMentorship(ctx, mentee, id, 'other');
    await say(mentee, 'Thank you for every Sunday.');
    expect(await words()).toEqual([]);
    await expect(say(mentee, 'Again')).rejects.toThrow(/already/);
    await say(mentor, 'You will be a fine resident.');
    expect(await words()).toHaveLength(2);
    await keepWordOf(ctx, mentor, id, true);
    const kept = () => listWords(ctx.db, { guildId, userId: mentor }, { isKept: true, limit: 5 });
    expect((await kept()).map(({ word }) => word)).toEqual(['Thank you for every Sunday.']);
    await keepWordOf(ctx, mentor, id, false);
    expect(await kept()).toEqual([]);
    await expect(keepWordOf(ctx, '1', id, true)).rejects.toThrow(/not one of your/);
  });

  test('goes after 14 days although the other has said nothing, and not sooner', async () => {
    await endMentorship(ctx, mentor, id, 'no-time');
    await say(mentee, 'Thank you.');
    ctx.advance({ days: 13 });
    await sendWordsDue(ctx);
    expect(await words()).toEqual([]);
    ctx.advance({ days: 2 });
    await sendWordsDue(ctx);
    await sendWordsDue(ctx);
    expect(await words()).toEqual([{ user_id: mentor }]);
    await expect(say(mentor, 'Late')).rejects.toThrow(/14 days/);
  });
});
