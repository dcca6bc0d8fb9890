import { beforeEach, describe, expect, test } from 'vitest';
import { findMentorshipOfMentee } from '../../../src/db/mentorships.ts';
import { findProfile } from '../../../src/db/profiles.ts';
import { findRequest, type MentorRequest } from '../../../src/db/requests.ts';
import { findWaitlistPlace } from '../../../src/db/waitlist.ts';
import { endMentorship } from '../../../src/mentoring/mentorships.ts';
import { acceptRequest, declineRequest } from '../../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../../src/mentoring/requests/ask.ts';
import { expireRequests } from '../../../src/mentoring/requests/expire.ts';
import { noteLimit } from '../../../src/mentoring/requests/rules.ts';
import { withdrawRequest } from '../../../src/mentoring/requests/withdraw.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../../support/context.ts';
import { addMentee, addMentor, deliverAll, owedTo } from '../../support/members.ts';
import { passDays } from '../../support/time.ts';

let ctx: TestContext;
let mentor: string;
let mentee: string;
beforeEach(async () => {
  ctx = await openTestContext();
  mentor = await addMentor(ctx);
  mentee = await addMentee(ctx);
});

const ask = async (menteeId: string, mentorId: string): Promise<MentorRequest> =>
  (await requestMentor(ctx, { guildId, menteeId, mentorId, message: 'Hello' })).request;
const accept = (by: string, request: MentorRequest) => acceptRequest(ctx, by, request.id);
const decline = (by: string, request: MentorRequest, choice: 'no-place' | 'never-again' = 'no-place', note = '') =>
  declineRequest(ctx, by, request.id, { choice, note });
const withdraw = (by: string, request: MentorRequest) => withdrawRequest(ctx, by, request.id);
const stateOf = async (request: MentorRequest) => (await findRequest(ctx.db, request.id))?.state;
const dropExpiries = (n: number) => ctx.db.updateTable('profiles').set({ expiries: n }).execute();
const expiriesOf = async (userId: string) => (await findProfile(ctx.db, guildId, userId, 'mentor'))?.expiries;

describe('accepting', () => {
  test('pairs the two for twelve weeks, tells the mentee, and owes them a thread', async () => {
    const request = await ask(mentee, mentor);
    const { free } = await accept(mentor, request);
    expect(free).toBe(0);
    expect(await findRequest(ctx.db, request.id)).toMatchObject({
      state: 'accepted',
      decided_at: ctx.now(),
      decided_by: 'mentor',
    });
    expect(await findMentorshipOfMentee(ctx.db, guildId, mentee)).toMatchObject({
      mentor_id: mentor,
      state: 'active',
      started_at: ctx.now(),
      due_at: '2027-02-15T12:00:00.000Z',
      request_id: request.id,
    });
    expect(await owedTo(ctx, mentee)).toEqual(['request-accepted']);
    expect(await owedTo(ctx, null)).toEqual(['mentorship-thread']);
  });

  test('has the delivered card and nudge changed, so that no button is left on them', async () => {
    const request = await ask(mentee, mentor);
    await deliverAll(ctx);
    await accept(mentor, request);
    expect(await owedTo(ctx, mentor)).toEqual(['request-received']);
  });

  test("closes the mentee's other choices without a word to anybody", async () => {
    const [second, third] = [await addMentor(ctx), await addMentor(ctx)];
    const [first, ...others] = [await ask(mentee, mentor), await ask(mentee, second), await ask(mentee, third)];
    await accept(mentor, first);
    for (const other of others) {
      expect(await findRequest(ctx.db, other.id)).toMatchObject({ state: 'superseded', lapse: 'matched' });
    }
    expect(await owedTo(ctx, second)).toEqual([]);
    expect(await owedTo(ctx, mentee)).toEqual(['request-accepted']);
  });

  test('of the last place lets the others go at once: each is told, and their next choice goes out', async () => {
    const [other, lonely, next] = [await addMentee(ctx), await addMentee(ctx), await addMentor(ctx)];
    const request = await ask(mentee, mentor);
    const [fromOther, fromLonely] = [await ask(other, mentor), await ask(lonely, mentor)];
    const queued = await ask(other, next);
    await accept(mentor, request);
    expect(await findRequest(ctx.db, fromOther.id)).toMatchObject({ state: 'superseded', lapse: 'full' });
    expect(await stateOf(fromLonely)).toBe('superseded');
    expect(await stateOf(queued)).toBe('pending');
    expect(await owedTo(ctx, other)).toEqual(['request-lapsed']);
    expect(await owedTo(ctx, next)).toEqual(['request-received']);
    expect(await findWaitlistPlace(ctx.db, guildId, lonely)).toMatchObject({ position: 1 });
    await expect(accept(mentor, fromOther)).rejects.toThrow(/last free place was taken/);
  });

  test('with places left lets nobody go', async () => {
    const roomy = await addMentor(ctx, { profile: { capacity: 2 } });
    const [request, other] = [await ask(mentee, roomy), await ask(await addMentee(ctx), roomy)];
    expect((await accept(roomy, request)).free).toBe(1);
    expect(await stateOf(other)).toBe('pending');
  });

  test('a second time says since when, and makes no second mentorship', async () => {
    const request = await ask(mentee, mentor);
    await accept(mentor, request);
    await expect(accept(mentor, request)).rejects.toThrow(/already accepted/);
    await expect(decline(mentor, request)).rejects.toThrow(/already accepted/);
    await expect(withdraw(mentee, request)).rejects.toThrow(/too late/);
    expect(await ctx.db.selectFrom('mentorships').select('id').execute()).toHaveLength(1);
  });

  test('is only for the mentor who was asked, and tells others nothing', async () => {
    const request = await ask(mentee, mentor);
    for (const stranger of [mentee, await addMentor(ctx), 'nobody']) {
      await expect(accept(stranger, request)).rejects.toThrow(/not sent to you/);
      await expect(decline(stranger, request)).rejects.toThrow(/not sent to you/);
    }
    await expect(acceptRequest(ctx, mentor, 'forged')).rejects.toThrow(/not sent to you/);
    expect(await stateOf(request)).toBe('pending');
  });

  test('of a choice that is still queued is not possible, even for its mentor', async () => {
    await ask(mentee, mentor);
    const second = await addMentor(ctx);
    await expect(accept(second, await ask(mentee, second))).rejects.toThrow(/not sent to you/);
  });

  test('after the capacity was lowered says that there is no place, and lets the mentee go on', async () => {
    const roomy = await addMentor(ctx, { profile: { capacity: 2 } });
    await accept(roomy, await ask(await addMentee(ctx), roomy));
    const request = await ask(mentee, roomy);
    await ctx.db.updateTable('profiles').set({ capacity: 1 }).where('user_id', '=', roomy).execute();
    await expect(accept(roomy, request)).rejects.toThrow(/no free place/);
    expect(await findRequest(ctx.db, request.id)).toMatchObject({ state: 'superseded', lapse: 'full' });
    expect(await owedTo(ctx, mentee)).toEqual(['request-lapsed']);
  });

  test('by a mentor who was suspended meanwhile is refused, and the mentee goes on', async () => {
    const request = await ask(mentee, mentor);
    await ctx.db.updateTable('profiles').set({ verification: 'suspended' }).where('user_id', '=', mentor).execute();
    await expect(accept(mentor, request)).rejects.toThrow(/no moderator has verified you/);
    expect(await stateOf(request)).toBe('superseded');
  });

  test('resets the count of requests that expired in a row', async () => {
    await dropExpiries(2);
    await accept(mentor, await ask(mentee, mentor));
    expect(await expiriesOf(mentor)).toBe(0);
  });
});

describe('declining', () => {
  test('notes reason and note, tells the mentee, and sends the next choice', async () => {
    const next = await addMentor(ctx);
    const [request, queued] = [await ask(mentee, mentor), await ask(mentee, next)];
    ctx.advance({ days: 1 });
    const { onward } = await decline(mentor, request, 'no-place', '  Ask Omar.  ');
    expect(onward).toMatchObject({ is: 'sent', request: { id: queued.id } });
    expect(await findRequest(ctx.db, request.id)).toMatchObject({
      state: 'declined',
      decided_by: 'mentor',
      decline_reason: 'no-place',
      decline_note: 'Ask Omar.',
    });
    expect(await findRequest(ctx.db, queued.id)).toMatchObject({
      state: 'pending',
      sent_at: ctx.now(),
      expires_at: '2026-12-01T12:00:00.000Z',
    });
    expect(await owedTo(ctx, mentee)).toEqual(['request-declined']);
    expect(await owedTo(ctx, next)).toEqual(['request-received']);
  });

  test('of the last choice puts the mentee on the waitlist, counted from the day they asked', async () => {
    const asked = ctx.now();
    const request = await ask(mentee, mentor);
    ctx.advance({ days: 5 });
    const { onward } = await decline(mentor, request);
    expect(onward).toEqual({ is: 'waiting', place: { position: 1, waiting: 1, joinedAt: asked } });
  });

  test('skips choices that are not possible any more, and tells the mentee of each', async () => {
    const [paused, left, good] = [await addMentor(ctx), await addMentor(ctx), await addMentor(ctx)];
    const request = await ask(mentee, mentor);
    const skipped = [await ask(mentee, paused), await ask(mentee, left)];
    await ctx.db.updateTable('profiles').set({ state: 'paused' }).where('user_id', '=', paused).execute();
    await ctx.db.updateTable('members').set({ left_at: ctx.now() }).where('user_id', '=', left).execute();
    await decline(mentor, request);
    for (const one of skipped)
      expect(await findRequest(ctx.db, one.id)).toMatchObject({ state: 'superseded', lapse: 'away' });
    expect((await owedTo(ctx, mentee)).toSorted()).toEqual(['request-declined', 'request-lapsed', 'request-lapsed']);
    expect(await findWaitlistPlace(ctx.db, guildId, mentee)).toMatchObject({ position: 1 });
    expect((await ask(mentee, good)).state).toBe('pending');
  });

  test('for good blocks silently: the reason reads like none, and the two are not eligible any more', async () => {
    const request = await ask(mentee, mentor);
    await decline(mentor, request, 'never-again');
    expect(await findRequest(ctx.db, request.id)).toMatchObject({ decline_reason: 'unsaid', decline_note: null });
    ctx.advance({ days: 100 });
    await expect(ask(mentee, mentor)).rejects.toThrow(/not taking requests/);
  });

  test('a second time says since when, and a note that is too long changes nothing', async () => {
    const request = await ask(mentee, mentor);
    await expect(decline(mentor, request, 'no-place', 'x'.repeat(noteLimit + 1))).rejects.toThrow(/301 characters/);
    expect(await stateOf(request)).toBe('pending');
    await decline(mentor, request, 'no-place', 'x'.repeat(noteLimit));
    await expect(decline(mentor, request)).rejects.toThrow(/already declined/);
    await expect(accept(mentor, request)).rejects.toThrow(/already declined/);
    await expect(withdraw(mentee, request)).rejects.toThrow(/could not take you/);
  });

  test('resets the count of requests that expired in a row', async () => {
    await dropExpiries(2);
    await decline(mentor, await ask(mentee, mentor));
    expect(await expiriesOf(mentor)).toBe(0);
  });
});

describe('withdrawing', () => {
  test('a pending request sends the next choice and changes the card; the mentor gets no further message', async () => {
    const next = await addMentor(ctx);
    const [request, queued] = [await ask(mentee, mentor), await ask(mentee, next)];
    await deliverAll(ctx);
    const { onward } = await withdraw(mentee, request);
    expect(onward).toMatchObject({ is: 'sent', request: { id: queued.id } });
    expect(await findRequest(ctx.db, request.id)).toMatchObject({ state: 'withdrawn', decided_by: 'mentee' });
    expect(await owedTo(ctx, mentor)).toEqual(['request-received']);
    expect(await owedTo(ctx, mentee)).toEqual([]);
  });

  test('the last one puts nobody on the waitlist who did not ask for it', async () => {
    expect((await withdraw(mentee, await ask(mentee, mentor))).onward).toEqual({ is: 'nothing' });
    expect(await findWaitlistPlace(ctx.db, guildId, mentee)).toBeUndefined();
  });

  test('a queued one leaves the pending one alone, and makes room', async () => {
    const [second, third, fourth] = [await addMentor(ctx), await addMentor(ctx), await addMentor(ctx)];
    const [first, middle, last] = [await ask(mentee, mentor), await ask(mentee, second), await ask(mentee, third)];
    await withdraw(mentee, middle);
    expect(await stateOf(first)).toBe('pending');
    const added = await ask(mentee, fourth);
    await decline(mentor, first);
    expect([await stateOf(last), await stateOf(added)]).toEqual(['pending', 'queued']);
  });

  test('is only for the mentee, once, and answers every other state', async () => {
    const request = await ask(mentee, mentor);
    await expect(withdraw(mentor, request)).rejects.toThrow(/no such request/);
    await expect(withdrawRequest(ctx, mentee, 'forged')).rejects.toThrow(/no such request/);
    await withdraw(mentee, request);
    await expect(withdraw(mentee, request)).rejects.toThrow(/already withdrew/);
    await expect(accept(mentor, request)).rejects.toThrow(/withdrew this request/);
    await expect(decline(mentor, request)).rejects.toThrow(/withdrew this request/);
  });
});

describe('races: of two at once exactly one happens, and the other reads why', () => {
  async function race(...acts: Promise<unknown>[]): Promise<{ won: number; lost: string[] }> {
    const results = await Promise.allSettled(acts);
    return {
      won: results.filter((result) => result.status === 'fulfilled').length,
      lost: results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : [])),
    };
  }

  // Which of two is first is the database's to say.
  test('two mentees accepted for one place', async () => {
    const other = await addMentee(ctx);
    const requests = [await ask(mentee, mentor), await ask(other, mentor)];
    const { won, lost } = await race(...requests.map((request) => accept(mentor, request)));
    expect(won).toBe(1);
    expect(lost).toEqual([expect.stringMatching(/last free place was taken/)]);
    expect(await ctx.db.selectFrom('mentorships').select('id').execute()).toHaveLength(1);
    const isOthers = (await findMentorshipOfMentee(ctx.db, guildId, other)) !== undefined;
    expect(await owedTo(ctx, isOthers ? mentee : other)).toEqual(['request-lapsed']);
  });

  test('a mentor who presses Accept twice', async () => {
    const request = await ask(mentee, mentor);
    expect(await race(accept(mentor, request), accept(mentor, request))).toEqual({
      won: 1,
      lost: [expect.stringMatching(/already accepted/)],
    });
    expect(await owedTo(ctx, mentee)).toEqual(['request-accepted']);
  });

  test('accepting and withdrawing', async () => {
    const request = await ask(mentee, mentor);
    expect((await race(accept(mentor, request), withdraw(mentee, request))).won).toBe(1);
    const next = await ask(await addMentee(ctx), await addMentor(ctx));
    const { lost } = await race(withdraw(next.mentee_id, next), accept(next.mentor_id, next));
    const isTogether = (await findMentorshipOfMentee(ctx.db, guildId, next.mentee_id)) !== undefined;
    expect(lost).toEqual([expect.stringMatching(isTogether ? /accepted/ : /withdrew this request/)]);
  });

  test('accepting and expiring', async () => {
    const request = await ask(mentee, mentor);
    ctx.advance({ days: 7 });
    const [answer] = await Promise.allSettled([accept(mentor, request), expireRequests(ctx)]);
    const isFirst = answer.status === 'fulfilled';
    expect(await stateOf(request)).toBe(isFirst ? 'accepted' : 'expired');
    expect(await owedTo(ctx, mentee)).toEqual([isFirst ? 'request-accepted' : 'request-expired']);

    const late = await ask(await addMentee(ctx), await addMentor(ctx));
    await passDays(ctx, 7);
    await expect(accept(late.mentor_id, late)).rejects.toThrow(/expired/);
  });

  test('accepting and declining', async () => {
    const request = await ask(mentee, mentor);
    const { won, lost } = await race(accept(mentor, request), decline(mentor, request));
    expect(won).toBe(1);
    const state = await stateOf(request);
    expect(lost).toEqual([expect.stringMatching(state === 'accepted' ? /already accepted/ : /already declined/)]);
    const place = await findWaitlistPlace(ctx.db, guildId, mentee);
    expect([state, place === undefined]).toBeOneOf([['accepted', true], ['declined', false]]); // prettier-ignore
  });
});

test('once a mentorship has ended both are free again', async () => {
  const { mentorshipId } = await accept(mentor, await ask(mentee, mentor));
  await endMentorship(ctx, mentee, mentorshipId, 'other');
  expect((await ask(mentee, mentor)).state).toBe('pending');
});
