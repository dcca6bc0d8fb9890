import { beforeEach, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { leaveGuild, returnToGuild } from '../../../src/guild/guilds.ts';
import { findProfile } from '../../../src/db/profiles.ts';
import { findRequest, type MentorRequest } from '../../../src/db/requests.ts';
import { findWaitlistPlace } from '../../../src/db/waitlist.ts';
import { declineRequest } from '../../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../../src/mentoring/requests/ask.ts';
import { expireRequest, expireRequests, nudgeMentors } from '../../../src/mentoring/requests/expire.ts';
import { later } from '../../../src/time.ts';
import { acceptUpdates, refuseUpdates } from '../../support/broken.ts';
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
  (await requestMentor(ctx, { guildId, menteeId, mentorId, message: '' })).request;
const stateOf = async (request: MentorRequest) => (await findRequest(ctx.db, request.id))?.state;
const profileOf = (userId: string) => findProfile(ctx.db, guildId, userId, 'mentor');
const in24Hours = () => later(ctx.now(), { hours: 24 });
const setDays = (days: number) => ctx.db.updateTable('guilds').set({ request_days: days }).execute();

describe('an unanswered request', () => {
  test('is still open a millisecond before its time, and expires exactly then', async () => {
    const request = await ask(mentee, mentor);
    ctx.advance({ days: 6 });
    await nudgeMentors(ctx);
    await deliverAll(ctx);
    ctx.advance({ days: 1, ms: -1 });
    await expireRequests(ctx);
    expect(await stateOf(request)).toBe('pending');
    ctx.advance({ ms: 1 });
    await expireRequests(ctx);
    expect(await findRequest(ctx.db, request.id)).toMatchObject({
      state: 'expired',
      decided_at: ctx.now(),
      decided_by: 'bot',
    });
    expect(await owedTo(ctx, mentee)).toEqual(['request-expired']);
    expect((await owedTo(ctx, mentor)).toSorted()).toEqual(['request-nudge', 'request-received']);
  });

  test('expires once, however often it is looked at', async () => {
    const request = await ask(mentee, mentor);
    ctx.advance({ days: 6 });
    await nudgeMentors(ctx);
    await deliverAll(ctx);
    ctx.advance({ days: 2 });
    // Which of the two is first is the database's to say.
    const both = await Promise.all([expireRequest(ctx, request.id), expireRequest(ctx, request.id)]);
    expect(both.toSorted()).toEqual([false, true]);
    await expireRequests(ctx);
    expect(await owedTo(ctx, mentee)).toEqual(['request-expired']);
    expect((await profileOf(mentor))?.expiries).toBe(1);
    expect(await expireRequest(ctx, 'forged')).toBe(false);
  });

  test('keeps the days that the guild had set when it was sent', async () => {
    await setDays(3);
    const request = await ask(mentee, mentor);
    await setDays(14);
    await passDays(ctx, 3);
    expect(await stateOf(request)).toBe('expired');
  });

  test('sends the next choice with its full time, and the last puts the mentee on the waitlist', async () => {
    const next = await addMentor(ctx);
    const [first, second] = [await ask(mentee, mentor), await ask(mentee, next)];
    await passDays(ctx, 7);
    expect([await stateOf(first), await stateOf(second)]).toEqual(['expired', 'pending']);
    await passDays(ctx, 7);
    expect(await stateOf(second)).toBe('expired');
    expect(await findWaitlistPlace(ctx.db, guildId, mentee)).toMatchObject({ joinedAt: first.created_at });
  });

  test('waits while the bot is not in the guild: nobody could be told', async () => {
    const request = await ask(mentee, mentor);
    await leaveGuild(ctx, guildId);
    ctx.advance({ days: 30 });
    await expireRequests(ctx);
    await nudgeMentors(ctx);
    expect(await stateOf(request)).toBe('pending');
  });

  test('is found among hundreds that expire at once', async () => {
    const mentees = await Promise.all(Array.from({ length: 120 }, () => addMentee(ctx)));
    await ctx.db.updateTable('profiles').set({ capacity: 5 }).where('role', '=', 'mentor').execute();
    for (const one of mentees) await ask(one, await addMentor(ctx));
    await passDays(ctx, 7);
    const left = await ctx.db.selectFrom('requests').select('id').where('state', '=', 'pending').execute();
    expect(left).toEqual([]);
  });
});

describe('three in a row', () => {
  async function expireOne(): Promise<void> {
    await ask(await addMentee(ctx), mentor);
    await passDays(ctx, 7);
  }

  test('pause the mentor kindly, and whoever else waits for them goes on', async () => {
    await expireOne();
    await expireOne();
    expect((await profileOf(mentor))?.state).toBe('active');
    const first = await ask(mentee, mentor);
    ctx.advance({ days: 1 });
    const [other, elsewhere] = [await addMentee(ctx), await addMentor(ctx)];
    const waiting = await ask(other, mentor);
    const queuedFor = await addMentee(ctx);
    const ahead = await ask(queuedFor, elsewhere);
    const queued = await ask(queuedFor, mentor);
    await passDays(ctx, 6);
    expect(await stateOf(first)).toBe('expired');
    expect(await profileOf(mentor)).toMatchObject({ state: 'paused', paused_by: 'expiries', paused_until: null });
    expect(await findRequest(ctx.db, waiting.id)).toMatchObject({ state: 'superseded', lapse: 'away' });
    expect([await stateOf(ahead), await stateOf(queued)]).toEqual(['pending', 'superseded']);
    expect(await owedTo(ctx, mentor)).toContain('mentor-paused');
    expect(await owedTo(ctx, other)).toEqual(['request-lapsed']);
    expect(await owedTo(ctx, queuedFor)).toEqual(['request-lapsed']);
  });

  test('count from the last answer on', async () => {
    await expireOne();
    await expireOne();
    await declineRequest(ctx, mentor, (await ask(mentee, mentor)).id, { choice: 'unsaid', note: '' });
    await expireOne();
    expect(await profileOf(mentor)).toMatchObject({ state: 'active', expiries: 1 });
  });

  test('that expire at the same moment pause once', async () => {
    for (const one of [mentee, await addMentee(ctx), await addMentee(ctx), await addMentee(ctx)])
      await ask(one, mentor);
    await passDays(ctx, 7);
    const paused = (await owedTo(ctx, mentor)).filter((kind) => kind === 'mentor-paused');
    expect(paused).toHaveLength(1);
    const states = await ctx.db.selectFrom('requests').select('state').execute();
    expect(states.map((row) => row.state).toSorted()).toEqual(['expired', 'expired', 'expired', 'superseded']);
  });
});

describe('a mentor who could not answer', () => {
  test('because the bot was away for days is nudged first, and has a day from then on', async () => {
    const request = await ask(mentee, mentor);
    ctx.advance({ days: 9 });
    await expireRequests(ctx);
    expect(await findRequest(ctx.db, request.id)).toMatchObject({
      state: 'pending',
      expires_at: in24Hours(),
      nudges: 2,
    });
    expect(await owedTo(ctx, mentor)).toEqual(['request-received', 'request-nudge']);
    await deliverAll(ctx);
    ctx.advance({ days: 1 });
    await expireRequests(ctx);
    expect(await stateOf(request)).toBe('expired');
  });

  test('because the bot came back just before the end has a day too, and the card says until when', async () => {
    const request = await ask(mentee, mentor);
    await deliverAll(ctx);
    ctx.advance({ days: 6, hours: 23 });
    await nudgeMentors(ctx);
    expect(await findRequest(ctx.db, request.id)).toMatchObject({ state: 'pending', expires_at: in24Hours() });
    expect((await owedTo(ctx, mentor)).toSorted()).toEqual(['request-nudge', 'request-received']);
    await nudgeMentors(ctx);
    expect((await owedTo(ctx, mentor)).toSorted()).toEqual(['request-nudge', 'request-received']);
  });

  test('because Discord did not take the nudge has a day from when it did', async () => {
    const request = await ask(mentee, mentor);
    ctx.advance({ days: 6 });
    await nudgeMentors(ctx);
    ctx.advance({ days: 1 });
    await expireRequests(ctx);
    expect(await stateOf(request)).toBe('pending');
    ctx.advance({ hours: 20 });
    await ctx.db
      .updateTable('notices')
      .set({ state: 'delivered', delivered_at: ctx.now(), message_id: '1' })
      .where('kind', '=', 'request-nudge')
      .execute();
    ctx.advance({ hours: 4 });
    await expireRequests(ctx);
    expect(await stateOf(request)).toBe('pending');
    ctx.advance({ hours: 20 });
    await expireRequests(ctx);
    expect(await stateOf(request)).toBe('expired');
  });

  test('because the bot was out of the guild is not overtaken by the expiry when it comes back', async () => {
    const request = await ask(mentee, mentor);
    await leaveGuild(ctx, guildId);
    ctx.advance({ days: 30 });
    await returnToGuild(ctx, guildId);
    await expireRequests(ctx);
    expect(await findRequest(ctx.db, request.id)).toMatchObject({ state: 'pending', expires_at: in24Hours() });
    expect((await owedTo(ctx, mentor)).toSorted()).toEqual(['request-nudge', 'request-received']);
  });

  test('does not depend on a clock that stepped back: nothing is nudged or ended twice', async () => {
    const request = await ask(mentee, mentor);
    await passDays(ctx, 7);
    ctx.advance({ days: -2 });
    await nudgeMentors(ctx);
    await expireRequests(ctx);
    ctx.advance({ days: 2 });
    await nudgeMentors(ctx);
    await expireRequests(ctx);
    expect(await stateOf(request)).toBe('expired');
    expect(await owedTo(ctx, mentee)).toEqual(['request-expired']);
  });
});

describe('hundreds at once', () => {
  test('let interactions through in between, and one that fails does not hold up the rest', async () => {
    await ctx.db.updateTable('profiles').set({ capacity: 5 }).where('role', '=', 'mentor').execute();
    const requests = await Promise.all(
      Array.from({ length: 60 }, async () => await ask(await addMentee(ctx), await addMentor(ctx))),
    );
    const broken = requests[3]?.id ?? '';
    await refuseUpdates(ctx.db, 'requests', sql`new.id = ${sql.lit(broken)}`);
    ctx.advance({ days: 6 });
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    await nudgeMentors(ctx);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
    const nudged = await ctx.db.selectFrom('requests').select('id').where('nudges', '=', 2).execute();
    expect(nudged).toHaveLength(59);
    await acceptUpdates(ctx.db);
  });
});

describe('nudges', () => {
  const nudges = async () => (await owedTo(ctx, mentor)).filter((kind) => kind === 'request-nudge').length;

  test('come on day three and a day before the end, each once', async () => {
    await ask(mentee, mentor);
    const counts: number[] = [];
    for (let day = 1; day <= 6; day += 1) {
      ctx.advance({ days: 1 });
      await nudgeMentors(ctx);
      await nudgeMentors(ctx);
      counts.push(await nudges());
    }
    expect(counts).toEqual([0, 0, 1, 1, 1, 2]);
  });

  test('come to the millisecond, and not for what has expired', async () => {
    await ask(mentee, mentor);
    ctx.advance({ days: 3, ms: -1 });
    await nudgeMentors(ctx);
    expect(await nudges()).toBe(0);
    ctx.advance({ ms: 1 });
    await nudgeMentors(ctx);
    expect(await nudges()).toBe(1);
    ctx.advance({ days: 10 });
    await nudgeMentors(ctx);
    expect(await nudges()).toBe(1);
  });

  test.each([
    [3, 1],
    [4, 1],
    [5, 2],
    [14, 2],
  ])('of a request that is open for %i days: %i', async (days, expected) => {
    await setDays(days);
    await ask(mentee, mentor);
    for (let hour = 0; hour < days * 24; hour += 1) {
      ctx.advance({ hours: 1 });
      await nudgeMentors(ctx);
    }
    expect(await nudges()).toBe(expected);
  });

  test('that were missed while the bot was off are made up for by the last one only', async () => {
    await ask(mentee, mentor);
    ctx.advance({ days: 6, hours: 12 });
    await nudgeMentors(ctx);
    expect(await nudges()).toBe(1);
  });

  test('do not come after an answer', async () => {
    const request = await ask(mentee, mentor);
    await declineRequest(ctx, mentor, request.id, { choice: 'away', note: '' });
    ctx.advance({ days: 3 });
    await nudgeMentors(ctx);
    expect(await nudges()).toBe(0);
  });
});
