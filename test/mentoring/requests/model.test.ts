import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { requireGuild } from '../../../src/guild/guilds.ts';
import { UserError } from '../../../src/errors.ts';
import { memberLeft } from '../../../src/lifecycle/leavers.ts';
import { endMentorship, endReasons } from '../../../src/mentoring/mentorships.ts';
import { openPool } from '../../../src/mentoring/pool.ts';
import { pauseMember, resumeMember } from '../../../src/mentoring/profiles/pause.ts';
import { acceptRequest, declineRequest } from '../../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../../src/mentoring/requests/ask.ts';
import { nudgeMentors } from '../../../src/mentoring/requests/expire.ts';
import { declineChoices } from '../../../src/mentoring/requests/rules.ts';
import { withdrawRequest } from '../../../src/mentoring/requests/withdraw.ts';
import { joinWaitlist, leaveWaitlist } from '../../../src/mentoring/waitlist.ts';
import { inOrder } from '../../../src/db/requests.ts';
import { openRequests } from '../../../src/mentoring/requests/open.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../../support/context.ts';
import { addMentee, addMentor, addProfile } from '../../support/members.ts';
import { passDays } from '../../support/time.ts';

/**
 * Whatever people do in whatever order, alone or two at a time: after each step everything that was promised holds.
 * People may be refused, but only in words.
 */
test('no order of asking, answering, pausing, leaving and waiting breaks a promise', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step(), { minLength: 5, maxLength: 45 }), async (steps) => {
      const world = await openWorld();
      for (const acts of steps) {
        const results = await Promise.allSettled(acts.map((act) => perform(world, act)));
        for (const result of results) {
          if (result.status === 'rejected' && !(result.reason instanceof UserError)) throw result.reason;
        }
        await checkPromises(world);
      }
    }),
    { seed: 20_261_123, numRuns: 60 },
  );
});

type Kind =
  | 'ask'
  | 'accept'
  | 'decline'
  | 'withdraw'
  | 'expire'
  | 'wait'
  | 'pause'
  | 'resume'
  | 'leave'
  | 'end'
  | 'join'
  | 'unjoin';
/** What is done, and two numbers that choose by whom and to whom or what. */
interface Act {
  readonly kind: Kind;
  readonly a: number;
  readonly b: number;
}

function step(): fc.Arbitrary<Act[]> {
  const kind = fc.oneof(
    { weight: 10, arbitrary: fc.constant<Kind>('ask') },
    { weight: 5, arbitrary: fc.constant<Kind>('accept') },
    { weight: 3, arbitrary: fc.constant<Kind>('decline') },
    { weight: 2, arbitrary: fc.constant<Kind>('withdraw') },
    { weight: 2, arbitrary: fc.constant<Kind>('expire') },
    { weight: 2, arbitrary: fc.constant<Kind>('wait') },
    { weight: 1, arbitrary: fc.constant<Kind>('pause') },
    { weight: 2, arbitrary: fc.constant<Kind>('resume') },
    { weight: 1, arbitrary: fc.constant<Kind>('leave') },
    { weight: 2, arbitrary: fc.constant<Kind>('end') },
    { weight: 2, arbitrary: fc.constant<Kind>('join') },
    { weight: 1, arbitrary: fc.constant<Kind>('unjoin') },
  );
  const act = fc.record({ kind, a: fc.nat(30), b: fc.nat(30) });
  return fc.array(act, { minLength: 1, maxLength: 2 });
}

interface World {
  readonly ctx: TestContext;
  readonly mentors: readonly string[];
  readonly mentees: readonly string[];
  readonly everybody: readonly string[];
}

/** Four mentors with one or two places, two of them with short weeks, and five mentees, one of whom is a mentor as well. */
async function openWorld(): Promise<World> {
  const ctx = await openTestContext();
  const mentors: string[] = [];
  for (const [capacity, requests_a_week] of [
    [1, null],
    [1, 1],
    [2, null],
    [2, 2],
  ] as const)
    mentors.push(await addMentor(ctx, { profile: { capacity, requests_a_week } }));
  const mentees: string[] = [];
  for (const stage of ['student', 'step-1', 'applying', 'applying', 'applying'])
    mentees.push(await addMentee(ctx, { profile: { stage } }));
  const both = mentees[4] ?? '';
  await addProfile(ctx, both, 'mentor', { profile: { stage: 'applying', capacity: 1, verification: 'verified' } });
  return { ctx, mentors: [...mentors, both], mentees, everybody: [...mentors, ...mentees] };
}

function pick<T>(from: readonly T[], n: number): T | undefined {
  return from[n % Math.max(from.length, 1)];
}

async function perform({ ctx, mentors, mentees, everybody }: World, { kind, a, b }: Act): Promise<unknown> {
  const whose = { guildId, userId: pick(everybody, a) ?? '' };
  switch (kind) {
    case 'ask':
      return await requestMentor(ctx, {
        guildId,
        menteeId: pick(mentees, a) ?? '',
        mentorId: pick(mentors, b) ?? '',
        message: '',
      });
    case 'accept':
    case 'decline':
    case 'withdraw': {
      const rows = await ctx.db.selectFrom('requests').selectAll().orderBy('created_at').orderBy('id').execute();
      // Mostly what is open; now and then a button that has become stale.
      const open = rows.filter((row) => row.state === 'pending' || row.state === 'queued');
      const row = pick(b % 5 === 0 || open.length === 0 ? rows : open, a);
      if (!row) return undefined;
      if (kind === 'accept') return await acceptRequest(ctx, row.mentor_id, row.id);
      if (kind === 'withdraw') return await withdrawRequest(ctx, row.mentee_id, row.id);
      return await declineRequest(ctx, row.mentor_id, row.id, {
        choice: pick(declineChoices, b) ?? 'unsaid',
        note: '',
      });
    }
    case 'expire':
      return await passDays(ctx, 7);
    case 'wait':
      ctx.advance({ days: 1 + (a % 4) });
      await openRequests(ctx);
      return await nudgeMentors(ctx);
    case 'pause':
      return await pauseMember(ctx, whose, {});
    case 'resume':
      return await resumeMember(ctx, whose);
    case 'leave':
      return await memberLeft(ctx, guildId, whose.userId);
    case 'end': {
      const rows = await ctx.db.selectFrom('mentorships').selectAll().orderBy('id').execute();
      const row = pick(rows, a);
      return row && (await endMentorship(ctx, b % 2 === 0 ? row.mentor_id : row.mentee_id, row.id, pick(endReasons, b) ?? 'other')); // prettier-ignore
    }
    case 'join':
      return await joinWaitlist(ctx, guildId, pick(mentees, a) ?? '');
    case 'unjoin':
      return await leaveWaitlist(ctx, guildId, pick(mentees, a) ?? '');
  }
}

async function checkPromises({ ctx, mentors, mentees }: World): Promise<void> {
  const requests = await ctx.db.selectFrom('requests').selectAll().execute();
  const mentorships = await ctx.db.selectFrom('mentorships').selectAll().execute();
  const profiles = await ctx.db.selectFrom('profiles').selectAll().execute();
  const members = await ctx.db.selectFrom('members').selectAll().execute();
  const notices = await ctx.db.selectFrom('notices').selectAll().execute();
  const waiting = new Set((await ctx.db.selectFrom('waitlist').selectAll().execute()).map((row) => row.mentee_id));
  const live = requests.filter((row) => row.state === 'pending' || row.state === 'queued');
  const running = mentorships.filter((row) => row.state === 'active' || row.state === 'paused');
  const gone = new Set(members.filter((row) => row.left_at !== null).map((row) => row.user_id));
  const isOpen = (userId: string, role: string) =>
    !gone.has(userId) && profiles.some((row) => row.user_id === userId && row.role === role && row.state === 'active');

  for (const mentee of mentees) {
    const own = inOrder(live.filter((row) => row.mentee_id === mentee));
    // One is pending, or waits for its mentor's week; what is behind it is queued.
    const waits = own.some((row) => row.opens_at !== null);
    expect(own.map((row) => row.state)).toEqual(
      [waits ? 'queued' : 'pending', 'queued', 'queued'].slice(0, own.length),
    );
    const pairs = running.filter((row) => row.mentee_id === mentee);
    expect(pairs.length).toBeLessThanOrEqual(1);
    if (pairs.length > 0) expect(own).toEqual([]);
    if (own.length > 0) expect(isOpen(mentee, 'mentee')).toBe(true);
    if (waiting.has(mentee)) expect([own, pairs, isOpen(mentee, 'mentee')]).toEqual([[], [], true]);
  }

  const pool = await openPool(ctx, await requireGuild(ctx.db, guildId));
  for (const mentor of mentors) {
    const capacity = profiles.find((row) => row.user_id === mentor && row.role === 'mentor')?.capacity ?? 0;
    const taken = running.filter((row) => row.mentor_id === mentor).length;
    expect(taken).toBeLessThanOrEqual(capacity);
    const asked = live.filter((row) => row.mentor_id === mentor);
    if (taken === capacity) expect(asked.filter((row) => row.state === 'pending')).toEqual([]);
    if (!isOpen(mentor, 'mentor')) expect(asked).toEqual([]);
    const packed = pool.packed.mentors.find((one) => one.id === mentor);
    expect(packed?.active ?? false).toBe(isOpen(mentor, 'mentor'));
    if (packed) expect(packed.mentees).toBe(taken);
  }
  for (const row of running) {
    expect(row.state).toBe(gone.has(row.mentor_id) || gone.has(row.mentee_id) ? 'paused' : 'active');
  }

  const owed = (kind: string, subjectId: string, userId?: string | null) =>
    notices.filter(
      (row) => row.kind === kind && row.subject_id === subjectId && (userId === undefined || row.user_id === userId),
    ).length;
  for (const row of requests) {
    const isLive = row.state === 'pending' || row.state === 'queued';
    expect([row.decided_at === null, row.decided_by === null]).toEqual([isLive, isLive]);
    expect(row.lapse === null).toBe(row.state !== 'superseded');
    expect(owed('request-received', row.id, row.mentor_id)).toBe(row.sent_at === null ? 0 : 1);
    expect(owed('request-accepted', row.id, row.mentee_id)).toBe(row.state === 'accepted' ? 1 : 0);
    expect(owed('request-declined', row.id, row.mentee_id)).toBe(row.state === 'declined' ? 1 : 0);
    expect(owed('request-expired', row.id, row.mentee_id)).toBe(row.state === 'expired' ? 1 : 0);
    const lapsed = row.state === 'superseded' && row.lapse !== 'matched';
    expect(owed('request-lapsed', row.id, row.mentee_id)).toBe(lapsed ? 1 : 0);
    expect(owed('request-nudge', row.id)).toBeLessThanOrEqual(2);
  }
  for (const row of mentorships) {
    expect(owed('mentorship-thread', row.id, null)).toBe(1);
    const other = row.ended_by === 'mentor' ? row.mentee_id : row.mentor_id;
    // Whoever is not there hears nothing.
    const told = row.ended_at !== null && !gone.has(other);
    expect(owed('mentorship-ended', row.id)).toBeLessThanOrEqual(row.ended_at === null ? 0 : 1);
    if (told) expect(owed('mentorship-ended', row.id, other)).toBe(1);
    expect(requests.find((request) => request.id === row.request_id)?.state).toBe('accepted');
  }
}
