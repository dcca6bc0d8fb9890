import { beforeEach, describe, expect, test } from 'vitest';
import { findGuild } from '../../src/db/guilds.ts';
import { findMentorship, findMentorshipOfMentee } from '../../src/db/mentorships.ts';
import { findRequest, type MentorRequest } from '../../src/db/requests.ts';
import { findWaitlistPlace } from '../../src/db/waitlist.ts';
import { type Release, releaseMember, releaseRest } from '../../src/mentoring/release.ts';
import { acceptRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { joinWaitlist } from '../../src/mentoring/waitlist.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor, addProfile, deliverAll, owedTo } from '../support/members.ts';
import { resumeMember, pauseMember } from '../../src/mentoring/profiles/pause.ts';
import { letGoOfRest } from '../../src/jobs/let-go-of-rest.ts';
import { deleteMemberData, exportMember } from '../../src/lifecycle/personal-data.ts';
import { memberLeft } from '../../src/lifecycle/leavers.ts';
import { releasedAtOnce } from '../../src/mentoring/requests/onward.ts';
import { later } from '../../src/time.ts';
import { addCrowd, strangers } from '../support/crowd.ts';
import type { Client } from 'discord.js';

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
const release = (userId: string, why: Release['why'], role?: Release['role']) =>
  ctx.db.transaction().execute((trx) => releaseMember(ctx, trx, { guildId, userId, why, ...(role ? { role } : {}) }));
const stateOf = async (request: MentorRequest) => (await findRequest(ctx.db, request.id))?.state;

describe('a mentee who is released', () => {
  test('has every request withdrawn, the card at the mentor changed, and leaves the waitlist', async () => {
    const second = await addMentor(ctx);
    const [pending, queued] = [await ask(mentee, mentor), await ask(mentee, second)];
    await deliverAll(ctx);
    await release(mentee, 'paused');
    expect(await findRequest(ctx.db, pending.id)).toMatchObject({ state: 'withdrawn', decided_by: 'bot' });
    expect(await stateOf(queued)).toBe('withdrawn');
    expect(await owedTo(ctx, mentor)).toEqual(['request-received']);
    expect([await owedTo(ctx, second), await owedTo(ctx, mentee)]).toEqual([[], []]);

    await joinWaitlist(ctx, guildId, mentee);
    await release(mentee, 'left');
    expect(await findWaitlistPlace(ctx.db, guildId, mentee)).toBeUndefined();
  });
});

describe('a mentor who is released', () => {
  test('keeps nobody waiting: who was pending goes on to the next choice, who was queued hears of it', async () => {
    const next = await addMentor(ctx);
    const [pending, onward] = [await ask(mentee, mentor), await ask(mentee, next)];
    const other = await addMentee(ctx);
    const elsewhere = await ask(other, await addMentor(ctx));
    const queued = await ask(other, mentor);
    await release(mentor, 'refused');
    expect(await findRequest(ctx.db, pending.id)).toMatchObject({
      state: 'superseded',
      lapse: 'away',
      decided_by: 'bot',
    });
    expect([await stateOf(onward), await stateOf(elsewhere), await stateOf(queued)]).toEqual([
      'pending',
      'pending',
      'superseded',
    ]);
    expect(await owedTo(ctx, mentee)).toEqual(['request-lapsed']);
    expect(await owedTo(ctx, other)).toEqual(['request-lapsed']);
    const details = await ctx.db
      .selectFrom('notices')
      .select(['user_id', 'detail'])
      .where('kind', '=', 'request-lapsed')
      .execute();
    expect(new Map(details.map((row) => [row.user_id, row.detail]))).toEqual(
      new Map([
        [mentee, '{"queued":false}'],
        [other, '{"queued":true}'],
      ]),
    );
  });

  test.each(['paused', 'refused', 'expiries'] as const)('because of "%s" keeps the mentorships', async (why) => {
    await acceptRequest(ctx, mentor, (await ask(mentee, mentor)).id);
    await release(mentor, why, 'mentor');
    expect(await findMentorshipOfMentee(ctx.db, guildId, mentee)).toMatchObject({ state: 'active' });
  });
});

describe('whoever leaves or deletes their data', () => {
  test('left: their mentorships rest, and the partner is told of that', async () => {
    const { mentorshipId } = await acceptRequest(ctx, mentor, (await ask(mentee, mentor)).id);
    await deliverAll(ctx);
    await release(mentor, 'left');
    expect(await findMentorship(ctx.db, mentorshipId)).toMatchObject({ state: 'paused', end_reason: null });
    expect(await owedTo(ctx, mentee)).toEqual(['mentorship-rests']);
    expect(await owedTo(ctx, null)).toEqual([]);
  });

  test('deleted: their mentorships end, the partner is told, the thread says so', async () => {
    const { mentorshipId } = await acceptRequest(ctx, mentor, (await ask(mentee, mentor)).id);
    await deliverAll(ctx);
    await release(mentor, 'deleted');
    expect(await findMentorship(ctx.db, mentorshipId)).toMatchObject({
      state: 'ended',
      end_reason: 'data-deleted',
      ended_by: 'mentor',
      ended_at: ctx.now(),
    });
    expect(await owedTo(ctx, mentee)).toEqual(['mentorship-ended']);
    expect(await owedTo(ctx, mentor)).toEqual([]);
    expect(await owedTo(ctx, null)).toEqual(['mentorship-thread']);
  });

  test('by deleting as a mentee frees the place of their mentor', async () => {
    await acceptRequest(ctx, mentor, (await ask(mentee, mentor)).id);
    await release(mentee, 'deleted');
    expect((await ask(await addMentee(ctx), mentor)).state).toBe('pending');
    expect(await owedTo(ctx, mentor)).toContain('mentorship-ended');
  });

  test('leaves both roles, or only the one that is named', async () => {
    await addProfile(ctx, mentee, 'mentor', { profile: { stage: 'resident', capacity: 2, verification: 'verified' } });
    await acceptRequest(ctx, mentor, (await ask(mentee, mentor)).id);
    const own = await addMentee(ctx, { profile: { stage: 'step-1' } });
    await acceptRequest(ctx, mentee, (await ask(own, mentee)).id);
    await release(mentee, 'deleted', 'mentor');
    expect(await findMentorshipOfMentee(ctx.db, guildId, own)).toBeUndefined();
    expect(await findMentorshipOfMentee(ctx.db, guildId, mentee)).toBeDefined();
    await release(mentee, 'deleted');
    expect(await findMentorshipOfMentee(ctx.db, guildId, mentee)).toBeUndefined();
  });
});

test('releasing twice changes nothing the second time, and the pool hears of it', async () => {
  await ask(mentee, mentor);
  const version = async () => (await findGuild(ctx.db, guildId))?.pool_version ?? 0;
  const before = await version();
  await release(mentor, 'left');
  expect(await version()).toBeGreaterThan(before);
  const owed = await ctx.db.selectFrom('notices').select(['id', 'revision']).execute();
  await release(mentor, 'left');
  await release(mentee, 'left');
  expect(await ctx.db.selectFrom('notices').select(['id', 'revision']).execute()).toEqual(owed);
});

test('two who are mentors of each other’s waiting mentees can be released one after the other', async () => {
  const second = await addMentor(ctx);
  const other = await addMentee(ctx);
  const requests = [
    await ask(mentee, mentor),
    await ask(mentee, second),
    await ask(other, second),
    await ask(other, mentor),
  ];
  await release(mentor, 'left');
  await ctx.db.updateTable('members').set({ left_at: ctx.now() }).where('user_id', '=', mentor).execute();
  await release(second, 'left');
  expect(await Promise.all(requests.map(stateOf))).toEqual(['superseded', 'superseded', 'superseded', 'superseded']);
  expect(await findWaitlistPlace(ctx.db, guildId, mentee)).toMatchObject({ waiting: 2 });
});

describe('a mentor whom more have asked than one transaction lets go', () => {
  const many = 2 * releasedAtOnce + 5;
  let mentees: readonly string[];
  beforeEach(async () => {
    mentees = strangers(many, 500_000_000_000_000_000n);
    await addCrowd(ctx.db, guildId, { mentees, mentors: [] });
    const at = ctx.now();
    const sent = { guild_id: guildId, mentor_id: mentor, state: 'pending' as const, message: '', choice: 1 };
    for (const mentee_id of mentees) {
      const times = { created_at: at, sent_at: at, expires_at: later(at, { days: 7 }) };
      await ctx.db.insertInto('requests').values({ ...sent, id: `to-${mentor}-${mentee_id}`, mentee_id, ...times }).execute(); // prettier-ignore
    }
  });
  const waiting = async () =>
    (await ctx.db.selectFrom('requests').select('id').where('mentor_id', '=', mentor).where('state', '=', 'pending').execute()).length; // prettier-ignore
  const told = async () =>
    (await ctx.db.selectFrom('notices').select('user_id').where('kind', '=', 'request-lapsed').execute()).length;
  const nextBeat = async () => await letGoOfRest.run(ctx, {} as Client<true>);

  test.each([
    ['pauses', () => pauseMember(ctx, { guildId, userId: mentor }, {})],
    ['leaves', () => memberLeft(ctx, guildId, mentor)],
    ['deletes their data', () => deleteMemberData(ctx, { guildId, userId: mentor })],
  ])('keeps none of them waiting who %s, and each is told once', async (_, go) => {
    await go();
    expect([await waiting(), await told()]).toEqual([0, many]);
    await nextBeat();
    expect(await told()).toBe(many);
  });

  test('and is killed between two parts: the next run goes on with the others', async () => {
    await release(mentor, 'left');
    await ctx.db.updateTable('members').set({ left_at: ctx.now() }).where('user_id', '=', mentor).execute();
    expect(await waiting()).toBe(many - releasedAtOnce);
    await nextBeat();
    expect([await waiting(), await told()]).toEqual([0, many]);
  });

  test('keeps those that are left when they are back before their turn', async () => {
    await release(mentor, 'paused');
    await releaseRest(ctx, { guildId, userId: mentor });
    await nextBeat();
    expect(await waiting()).toBe(many - releasedAtOnce);
    await pauseMember(ctx, { guildId, userId: mentor }, {});
    await resumeMember(ctx, { guildId, userId: mentor });
    expect(await waiting()).toBe(0);
  });

  test('and who has no place any more after accepting: the others are let go', async () => {
    await ctx.db.updateTable('profiles').set({ capacity: 1 }).where('user_id', '=', mentor).execute();
    await acceptRequest(ctx, mentor, `to-${mentor}-${mentees[0] ?? ''}`);
    expect([await waiting(), await told()]).toEqual([0, many - 1]);
  });

  test('is not left half deleted: nothing names them afterwards', async () => {
    await deleteMemberData(ctx, { guildId, userId: mentor });
    expect(await exportMember(ctx, { guildId, userId: mentor })).toBeUndefined();
  });
});
