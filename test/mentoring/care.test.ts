import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listCheckIns } from '../../src/db/check-ins.ts';
import { findMentorship } from '../../src/db/mentorships.ts';
import { addStaffLine, answerCheckIn, setQuiet } from '../../src/mentoring/care/answer.ts';
import { factsOf } from '../../src/mentoring/care/facts.ts';
import { lookAfterPairs } from '../../src/mentoring/care/look-after.ts';
import { healthOf } from '../../src/mentoring/care/steps.ts';
import { logMeeting } from '../../src/mentoring/meetings/outcome.ts';
import { findKeptTurn } from '../../src/mentoring/turn.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addPair } from '../support/members.ts';
import { simulateYear } from './year.ts';

let ctx: TestContext;
let mentor: string;
let mentee: string;
let id: string;
beforeEach(async () => {
  ctx = await openTestContext();
  ({ mentor, mentee, id } = await addPair(ctx));
});
afterEach(() => ctx.db.destroy());

/** Days pass, and the bot looks every six hours. */
async function pass(days: number): Promise<void> {
  for (let n = 0; n < days * 4; n += 1) {
    ctx.advance({ hours: 6 });
    await lookAfterPairs(ctx);
  }
}
const asked = async (userId = mentee) => (await listCheckIns(ctx.db, id)).filter((each) => each.user_id === userId);
const kinds = async (userId = mentee) => (await asked(userId)).map(({ kind }) => kind);
const last = async (userId = mentee) => (await asked(userId)).at(-1)!;
const pair = async () => (await findMentorship(ctx.db, id))!;
const health = async () => healthOf(await factsOf(ctx, ctx.db, await pair()), ctx.now());

describe('a pair from whom nothing is heard', () => {
  test('is asked for hours after three days, after a week, warned after three, and closed kindly on day 28', async () => {
    await pass(3);
    expect(await kinds()).toEqual(['hours']);
    await pass(4);
    expect(await kinds()).toEqual(['hours', 'first-week']);
    expect(await health()).toEqual({ is: 'too-early' });
    await pass(14);
    expect(await kinds()).toEqual(['hours', 'first-week', 'warning']);
    expect(await health()).toMatchObject({ is: 'needs-look', why: 'never-met' });
    await pass(6);
    expect((await pair()).state).toBe('active');
    await pass(2);
    expect(await pair()).toMatchObject({ state: 'ended', end_reason: 'never-met', ended_by: 'bot' });
    // The mentee has waited since before.
    expect(await findKeptTurn(ctx, ctx.db, guildId, mentee)).toBeDefined();
  });

  test('is left alone as long as one of them needs, and asked again then', async () => {
    await pass(7);
    await answerCheckIn(ctx, mentee, (await last()).id, 'until', 4);
    await pass(27);
    expect(await kinds()).toEqual(['hours', 'first-week']);
    await pass(2);
    expect(await kinds()).toEqual(['hours', 'first-week', 'first-week']);
    expect((await pair()).state).toBe('active');
  });

  test('that has met says so with one press', async () => {
    await pass(7);
    await answerCheckIn(ctx, mentor, (await last(mentor)).id, 'met');
    expect(await health()).toEqual({ is: 'too-early' });
    await pass(8);
    expect(await health()).toEqual({ is: 'on-track' });
    expect(await kinds()).toContain('goal');
  });

  test('needs a look once one asks for the moderators, until the same one says that they have met', async () => {
    await pass(7);
    await answerCheckIn(ctx, mentee, (await last()).id, 'staff');
    const since = ctx.now();
    expect(await health()).toEqual({ is: 'needs-look', why: 'asked-staff', since });
    await pass(14);
    expect(await health()).toMatchObject({ why: 'asked-staff', since });
    await answerCheckIn(ctx, mentee, (await last()).id, 'met');
    expect(await health()).toEqual({ is: 'on-track' });
  });

  test('is not asked anything while it is quiet, and not closed for that', async () => {
    await setQuiet(ctx, mentor, id, 6);
    await pass(41);
    expect(await kinds()).toEqual([]);
    expect(await health()).toEqual({ is: 'quiet' });
    await expect(setQuiet(ctx, mentor, id, 7)).rejects.toThrow(/1 to 6 weeks/);
    await pass(10);
    expect((await pair()).state).toBe('active');
  });
});

describe('a pair that has met', () => {
  test('and falls silent is asked, and closed only when neither answers', async () => {
    await logMeeting(ctx, mentee, id, {});
    await pass(34);
    expect(await kinds()).not.toContain('silence');
    await pass(3);
    expect(await kinds()).toContain('silence');
    const question = (await asked()).find(({ kind }) => kind === 'silence')!;
    await answerCheckIn(ctx, mentee, question.id, 'going');
    await pass(8);
    expect((await pair()).state).toBe('active');
    await pass(36);
    expect(await pair()).toMatchObject({ state: 'ended', end_reason: 'faded' });
  });

  test('goes on for longer when both say so, by the fewer weeks; else it is complete on its day', async () => {
    const meet = async (days: number) => {
      await pass(days);
      await logMeeting(ctx, mentee, id, {});
    };
    for (let n = 0; n < 7; n += 1) await meet(10);
    await pass(1);
    const due = (await pair()).due_at;
    const question = async (userId: string) => (await asked(userId)).find(({ kind }) => kind === 'due')!;
    expect((await answerCheckIn(ctx, mentee, (await question(mentee)).id, 'weeks-8')).isExtended).toBe(false);
    expect((await pair()).due_at).toBe(due);
    expect((await answerCheckIn(ctx, mentor, (await question(mentor)).id, 'weeks-4')).isExtended).toBe(true);
    expect(Date.parse((await pair()).due_at) - Date.parse(due)).toBe(28 * 86_400_000);
    for (let n = 0; n < 3; n += 1) await meet(10);
    // Its day lies in Match Week, in which nothing ends either.
    await pass(20);
    expect(await pair()).toMatchObject({ state: 'completed', ended_by: 'bot' });
  });

  test('that does not fit ends without blame, and a line goes to the moderators only', async () => {
    await logMeeting(ctx, mentee, id, {});
    await pass(32);
    const question = (await asked()).find(({ kind }) => kind === 'fit')!;
    await answerCheckIn(ctx, mentee, question.id, 'deciding');
    await addStaffLine(ctx, mentee, question.id, 'We speak past each other.');
    const card = await ctx.db.selectFrom('notices').selectAll().where('kind', '=', 'check-in-staff').execute();
    expect(card).toHaveLength(1);
    await answerCheckIn(ctx, mentee, question.id, 'not-fit');
    expect(await pair()).toMatchObject({ state: 'ended', end_reason: 'not-a-fit', ended_by: 'mentee' });
  });
});

test('answers are for whoever was asked, to what was asked, and while it goes on', async () => {
  await pass(7);
  const question = await last();
  await expect(answerCheckIn(ctx, mentor, question.id, 'met')).rejects.toThrow(/not yours/);
  await expect(answerCheckIn(ctx, mentee, question.id, 'good')).rejects.toThrow(/changed since/);
  await expect(answerCheckIn(ctx, mentee, question.id, 'until', 5)).rejects.toThrow(/changed since/);
  await expect(answerCheckIn(ctx, mentee, 'made-up', 'met')).rejects.toThrow(/not yours/);
  await expect(addStaffLine(ctx, mentee, question.id, 'x')).rejects.toThrow(/changed since/);
  await answerCheckIn(ctx, mentee, question.id, 'not-fit');
  await expect(answerCheckIn(ctx, mentee, question.id, 'met')).rejects.toThrow(/already ended/);
});

test('a season of forgetful people: nobody is asked a third time in a week, and every end is told to both (a sample of `npm run year`)', async () => {
  const figures = await simulateYear({ pairs: 8, days: 110, seed: 5, begin: 20 });
  expect(figures.broken).toEqual([]);
  expect(figures.pairs).toBe(8);
  expect(figures.questions).toBeGreaterThan(40);
});
