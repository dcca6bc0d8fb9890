/** A mentor's answer rests for a minute: it can be taken back, and whatever happens meanwhile it goes out once or not at all. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isBlockedBetween } from '../../../src/db/blocks.ts';
import { findRequest } from '../../../src/db/requests.ts';
import { deleteMemberData, exportMember } from '../../../src/lifecycle/personal-data.ts';
import { memberLeft } from '../../../src/lifecycle/leavers.ts';
import { blockMember } from '../../../src/mentoring/blocks.ts';
import { pauseMember } from '../../../src/mentoring/profiles/pause.ts';
import { requestMentor } from '../../../src/mentoring/requests/ask.ts';
import { expireRequests } from '../../../src/mentoring/requests/expire.ts';
import { acceptSoon, carryOutAnswers, declineSoon, takeAnswerBack } from '../../../src/mentoring/requests/hold.ts';
import { withdrawRequest } from '../../../src/mentoring/requests/withdraw.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../../support/context.ts';
import { addMentee, addMentor, deliverAll, owedTo } from '../../support/members.ts';

let ctx: TestContext;
let mentor: string;
let mentee: string;
let id: string;
beforeEach(async () => {
  ctx = await openTestContext();
  mentor = await addMentor(ctx);
  mentee = await addMentee(ctx);
  id = await ask(mentee);
  await deliverAll(ctx);
});
afterEach(() => ctx.db.destroy());

const ask = async (menteeId: string) =>
  (await requestMentor(ctx, { guildId, menteeId, mentorId: mentor, message: '' })).request.id;
const accept = async (requestId = id) => await acceptSoon(ctx, mentor, requestId);
const decline = async (choice: 'no-place' | 'never-again' = 'no-place') =>
  await declineSoon(ctx, mentor, id, { choice, note: 'Sorry' });
const state = async () => (await findRequest(ctx.db, id))?.state;
const pairs = async () => (await ctx.db.selectFrom('mentorships').selectAll().execute()).length;
/** The minute passes, and the heartbeat comes. */
async function beat(): Promise<void> {
  ctx.advance({ minutes: 1 });
  await carryOutAnswers(ctx);
}

describe('an acceptance', () => {
  test('is nobody’s to know for a minute, and then goes out once, by whichever process', async () => {
    expect((await accept()).request).toMatchObject({ state: 'pending', answer: 'accept' });
    await carryOutAnswers(ctx);
    expect([await state(), await owedTo(ctx, mentee), await pairs()]).toEqual(['pending', [], 0]);
    ctx.advance({ minutes: 1 });
    await Promise.all([carryOutAnswers(ctx), carryOutAnswers(ctx)]);
    await beat();
    expect([await state(), await owedTo(ctx, mentee), await pairs()]).toEqual(['accepted', ['request-accepted'], 1]);
    await expect(takeAnswerBack(ctx, mentor, id)).rejects.toThrow(/already accepted/);
  });

  test('can be taken back, once, by the mentor alone; the request then waits as before', async () => {
    await accept();
    await expect(takeAnswerBack(ctx, mentee, id)).rejects.toThrow(/not sent to you/);
    await Promise.allSettled([takeAnswerBack(ctx, mentor, id), takeAnswerBack(ctx, mentor, id)]);
    await expect(takeAnswerBack(ctx, mentor, id)).rejects.toThrow(/no answer/);
    await beat();
    expect([await state(), await owedTo(ctx, mentee), await pairs()]).toEqual(['pending', [], 0]);
    await decline();
    await beat();
    expect([await state(), await owedTo(ctx, mentee)]).toEqual(['declined', ['request-declined']]);
  });

  test('that is taken back and given anew rests anew', async () => {
    await accept();
    ctx.advance({ ms: 50_000 });
    await takeAnswerBack(ctx, mentor, id);
    await accept();
    ctx.advance({ ms: 30_000 });
    await carryOutAnswers(ctx);
    expect(await state()).toBe('pending');
    await beat();
    expect(await state()).toBe('accepted');
  });

  test('is the only answer while it rests', async () => {
    await accept();
    await expect(accept()).rejects.toThrow(/accepted .* already/);
    await expect(decline()).rejects.toThrow(/accepted .* already/);
  });

  test('promises the last place to one', async () => {
    const other = await ask(await addMentee(ctx));
    await accept();
    await expect(accept(other)).rejects.toThrow(/last free place is promised/);
    await takeAnswerBack(ctx, mentor, id);
    await expect(accept(other)).resolves.toMatchObject({ free: 0 });
  });

  const meanwhile = {
    'the mentee withdraws': async () => void (await withdrawRequest(ctx, mentee, id)),
    'the mentee leaves the server': async () => await memberLeft(ctx, guildId, mentee),
    'the mentee blocks them': async () => void (await blockMember(ctx, { guildId, userId: mentee }, mentor)),
    'the mentee deletes their data': async () => void (await deleteMemberData(ctx, { guildId, userId: mentee })),
  };
  test.each(Object.entries(meanwhile))('does not go out once %s, and the mentor hears that', async (_name, happens) => {
    await accept();
    await happens();
    await beat();
    await beat();
    expect(await pairs()).toBe(0);
    expect((await owedTo(ctx, mentor)).filter((kind) => kind === 'answer-void')).toHaveLength(1);
  });

  test('does not go out of a mentor who has left, and says nothing to them', async () => {
    await accept();
    await memberLeft(ctx, guildId, mentor);
    await beat();
    expect(await pairs()).toBe(0);
    expect(await owedTo(ctx, mentor)).not.toContain('answer-void');
    expect(await owedTo(ctx, mentee)).toContain('request-lapsed');
  });

  test('that cannot be any more when it is to go out lets the mentee go on, and the mentor hears that', async () => {
    await accept();
    await ctx.db.updateTable('profiles').set({ capacity: 0 }).where('user_id', '=', mentor).execute();
    await beat();
    expect([await state(), await pairs()]).toEqual(['superseded', 0]);
    expect(await owedTo(ctx, mentee)).toContain('request-lapsed');
    expect(await owedTo(ctx, mentor)).toContain('answer-void');
  });

  test('goes out before the mentor pauses, and is not lost to the end of the request’s days', async () => {
    await accept();
    await pauseMember(ctx, { guildId, userId: mentor }, {});
    expect([await state(), await pairs()]).toEqual(['accepted', 1]);
  });

  test('keeps the request from expiring while it rests', async () => {
    await ctx.db.updateTable('requests').set({ nudges: 2, expires_at: ctx.now() }).execute();
    await accept();
    await expireRequests(ctx);
    expect(await state()).toBe('pending');
    await beat();
    expect(await state()).toBe('accepted');
  });
});

describe('a decline', () => {
  test('goes out with its words after a minute', async () => {
    await decline();
    expect([await state(), await owedTo(ctx, mentee)]).toEqual(['pending', []]);
    await beat();
    expect(await findRequest(ctx.db, id)).toMatchObject({
      state: 'declined',
      decline_reason: 'no-place',
      decline_note: 'Sorry',
      answer: null,
      answer_note: null,
    });
  });

  test('that asks never to see them again holds also when the mentee withdraws meanwhile, and not once taken back', async () => {
    await decline('never-again');
    await takeAnswerBack(ctx, mentor, id);
    expect(await isBlockedBetween(ctx.db, guildId, mentor, mentee)).toBe(false);
    await decline('never-again');
    await withdrawRequest(ctx, mentee, id);
    expect(await isBlockedBetween(ctx.db, guildId, mentor, mentee)).toBe(true);
    expect(await owedTo(ctx, mentor)).not.toContain('answer-void');
  });
});

test('what rests is in the mentor’s export, and in no way in the mentee’s', async () => {
  await decline('never-again');
  expect(JSON.stringify(await exportMember(ctx, { guildId, userId: mentor }))).toContain('never-again');
  const theirs = JSON.stringify(await exportMember(ctx, { guildId, userId: mentee }));
  expect(theirs).not.toMatch(/never-again|Sorry/);
});
