/** Places that open: those who wait hear of them in turn, and nobody is forgotten or told twice. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPlace } from '../../src/db/openings.ts';
import { deleteMemberData, exportMember } from '../../src/lifecycle/personal-data.ts';
import { memberLeft } from '../../src/lifecycle/leavers.ts';
import { blockMember } from '../../src/mentoring/blocks.ts';
import { endMentorship } from '../../src/mentoring/mentorships.ts';
import { offerPlaces, passOffer } from '../../src/mentoring/openings.ts';
import { pauseMember, resumeMember } from '../../src/mentoring/profiles/pause.ts';
import { acceptRequest, declineRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { joinWaitlist, leaveWaitlist } from '../../src/mentoring/waitlist.ts';
import { verifyMentor } from '../../src/mentoring/verification.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor, type MemberSpec } from '../support/members.ts';
import { memberNumber, registerPerson, testModeratorId } from '../support/people.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

/** Somebody who waits, each behind those before. */
async function waiting(spec: MemberSpec = {}): Promise<string> {
  const mentee = await addMentee(ctx, spec);
  await joinWaitlist(ctx, guildId, mentee);
  ctx.advance({ minutes: 1 });
  return mentee;
}

/** What the next heartbeat does, and who has heard of a place so far: `mentee mentor`, in order. */
async function beat(): Promise<string[]> {
  ctx.advance({ minutes: 1 });
  await offerPlaces(ctx);
  const rows = await ctx.db.selectFrom('offers').selectAll().orderBy('created_at').orderBy('mentee_id').execute();
  const told = await ctx.db.selectFrom('notices').select('subject_id').where('kind', '=', 'place-open').execute();
  expect(new Set(told.map(({ subject_id: id }) => id))).toEqual(new Set(rows.map(({ id }) => id)));
  return rows.map((row) => `${row.mentee_id} ${row.mentor_id}`);
}

const open = async (mentor: string) => await openPlace(ctx.db as never, guildId, mentor, ctx.now());
const offerTo = async (mentee: string) =>
  await ctx.db
    .selectFrom('offers')
    .selectAll()
    .where('mentee_id', '=', mentee)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow();
const ask = async (mentee: string, mentor: string) =>
  (await requestMentor(ctx, { guildId, menteeId: mentee, mentorId: mentor, message: '' })).request;

describe('a place that opens', () => {
  test('is told to whoever waits longest and suits, and to the next in line a day later', async () => {
    const [, first, second] = [await waiting({ languages: ['es'] }), await waiting(), await waiting()];
    const mentor = await addMentor(ctx);
    await open(mentor);
    expect(await beat()).toEqual([`${first} ${mentor}`]);
    expect(await beat()).toHaveLength(1);
    ctx.advance({ hours: 23 });
    expect(await beat()).toHaveLength(1);
    ctx.advance({ hours: 1 });
    expect(await beat()).toEqual([`${first} ${mentor}`, `${second} ${mentor}`]);
    ctx.advance({ days: 3 });
    // Everybody whom it suits has heard of it.
    expect(await beat()).toHaveLength(2);
    expect(await beat()).toHaveLength(2);
    expect(await ctx.db.selectFrom('openings').selectAll().execute()).toEqual([]);
  });

  test('of three places tells three, each of one', async () => {
    const people = [await waiting(), await waiting(), await waiting(), await waiting()];
    const mentor = await addMentor(ctx, { profile: { capacity: 3 } });
    await open(mentor);
    expect(await beat()).toEqual(people.slice(0, 3).map((mentee) => `${mentee} ${mentor}`));
  });

  test('goes to the next in line at once when somebody passes, who keeps their turn', async () => {
    const [first, second] = [await waiting(), await waiting()];
    const mentor = await addMentor(ctx);
    await open(mentor);
    await beat();
    await passOffer(ctx, first, (await offerTo(first)).id);
    expect(await beat()).toEqual([`${first} ${mentor}`, `${second} ${mentor}`]);
    expect(await ctx.db.selectFrom('waitlist').select('mentee_id').execute()).toHaveLength(2);
    await expect(passOffer(ctx, second, (await offerTo(first)).id)).rejects.toThrow(/somebody else’s turn/);
  });

  test('is told to nobody else while it is being asked for, and to the next once that came to nothing', async () => {
    const [first, second] = [await waiting(), await waiting()];
    const mentor = await addMentor(ctx);
    await open(mentor);
    await beat();
    const request = await ask(first, mentor);
    ctx.advance({ hours: 2 });
    expect(await beat()).toHaveLength(1);
    await declineRequest(ctx, mentor, request.id, { choice: 'not-my-area', note: '' });
    ctx.advance({ hours: 2 });
    expect(await beat()).toEqual([`${first} ${mentor}`, `${second} ${mentor}`]);
  });

  test('is over once somebody has it', async () => {
    const [first] = [await waiting(), await waiting()];
    const mentor = await addMentor(ctx);
    await open(mentor);
    await beat();
    await acceptRequest(ctx, mentor, (await ask(first, mentor)).id);
    ctx.advance({ hours: 2 });
    expect(await beat()).toHaveLength(1);
    expect(await ctx.db.selectFrom('openings').selectAll().execute()).toEqual([]);
  });

  test('goes on to the next when whoever heard of it leaves the waitlist or the server', async () => {
    const [first, second, third] = [await waiting(), await waiting(), await waiting()];
    const mentor = await addMentor(ctx);
    await open(mentor);
    await beat();
    await leaveWaitlist(ctx, guildId, first);
    expect(await beat()).toHaveLength(2);
    await memberLeft(ctx, guildId, second);
    expect(await beat()).toEqual([first, second, third].map((mentee) => `${mentee} ${mentor}`));
  });

  test('is told to nobody between whom and the mentor something stands, nor to one who hears of another', async () => {
    const [blocked, first] = [await waiting(), await waiting()];
    const [mentor, other] = [await addMentor(ctx), await addMentor(ctx)];
    await blockMember(ctx, { guildId, userId: mentor }, blocked);
    await open(mentor);
    expect(await beat()).toEqual([`${first} ${mentor}`]);
    await leaveWaitlist(ctx, guildId, blocked);
    await open(other);
    // They hear of the other one when this is over.
    expect(await beat()).toHaveLength(1);
    await passOffer(ctx, first, (await offerTo(first)).id);
    expect(await beat()).toEqual([`${first} ${mentor}`, `${first} ${other}`]);
  });

  test('goes to the best of several that suit', async () => {
    const mentee = await waiting({ specialties: ['neurology'] });
    const [other, best] = [await addMentor(ctx), await addMentor(ctx, { specialties: ['neurology'] })];
    await open(other);
    await open(best);
    expect(await beat()).toEqual([`${mentee} ${best}`]);
  });

  test('tells a few people at each heartbeat, and all in the end, in their order', async () => {
    const people: string[] = [];
    for (let i = 0; i < 45; i += 1) people.push(await waiting());
    for (let i = 0; i < 10; i += 1) await open(await addMentor(ctx, { profile: { capacity: 5 } }));
    expect(await beat()).toHaveLength(20);
    expect(await beat()).toHaveLength(40);
    expect((await beat()).map((each) => each.split(' ')[0])).toEqual(people);
  });

  test('is not told twice by two processes', async () => {
    const mentor = await addMentor(ctx, { profile: { capacity: 2 } });
    await waiting();
    await open(mentor);
    await Promise.all([offerPlaces(ctx), offerPlaces(ctx)]);
    expect(await beat()).toHaveLength(1);
  });
});

describe('a place opens', () => {
  test.each([
    ['when a mentor registers and is verified', 0],
    ['when a mentor takes more people', 1],
    ['when a mentor is back from a pause', 2],
    ['when a mentorship ends', 3],
  ])('%s', async (_name, which) => {
    const mentor = memberNumber(9);
    const by = { guildId, userId: testModeratorId };
    const verify = async () =>
      await verifyMentor(ctx, by, { userId: mentor.userId }, { level: 'resident', method: 'video-call' });
    const register = async (capacity: number) => await registerPerson(ctx, mentor, 'mentor', { capacity });
    if (which === 0) {
      const mentee = await waiting();
      await register(1);
      expect(await beat()).toEqual([]);
      await verify();
      expect(await beat()).toEqual([`${mentee} ${mentor.userId}`]);
      return;
    }
    await register(1);
    await verify();
    const { mentorshipId } = await acceptRequest(
      ctx,
      mentor.userId,
      (await ask(await addMentee(ctx), mentor.userId)).id,
    );
    if (which === 2) await pauseMember(ctx, mentor, {});
    await beat();
    const mentee = await waiting();
    expect(await beat()).toEqual([]);
    if (which === 1) {
      await register(2);
      await verify().catch(() => undefined);
    } else if (which === 2) {
      await endMentorship(ctx, mentor.userId, mentorshipId, 'other');
      expect(await beat()).toEqual([]);
      await resumeMember(ctx, mentor);
    } else await endMentorship(ctx, mentor.userId, mentorshipId, 'other');
    expect(await beat()).toEqual([`${mentee} ${mentor.userId}`]);
  });
});

test('what somebody heard of is in their export alone, and goes with the data of either', async () => {
  const [first, second] = [await waiting(), await waiting()];
  const mentor = await addMentor(ctx, { profile: { capacity: 2 } });
  await open(mentor);
  await beat();
  expect(await exportMember(ctx, { guildId, userId: first })).toMatchObject({
    placesYouHeardOf: [{ mentor, state: 'open' }],
  });
  expect(JSON.stringify(await exportMember(ctx, { guildId, userId: mentor }))).not.toContain(first);
  await deleteMemberData(ctx, { guildId, userId: first });
  expect(JSON.stringify(await ctx.db.selectFrom('offers').selectAll().execute())).not.toContain(first);
  await deleteMemberData(ctx, { guildId, userId: mentor });
  expect(await ctx.db.selectFrom('offers').selectAll().execute()).toEqual([]);
  await expect(passOffer(ctx, second, 'nothing')).rejects.toThrow();
});
