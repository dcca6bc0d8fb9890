import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { insertBlock } from '../../../src/db/blocks.ts';
import { findMentorshipOfMentee } from '../../../src/db/mentorships.ts';
import { listLiveRequestsOf, type MentorRequest } from '../../../src/db/requests.ts';
import { findWaitlistPlace } from '../../../src/db/waitlist.ts';
import { memberLeft } from '../../../src/lifecycle/leavers.ts';
import { endMentorship } from '../../../src/mentoring/mentorships.ts';
import { pauseMember } from '../../../src/mentoring/profiles/pause.ts';
import { acceptRequest, declineRequest } from '../../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../../src/mentoring/requests/ask.ts';
import { requireGuild } from '../../../src/guild/guilds.ts';
import { openPool } from '../../../src/mentoring/pool.ts';
import { touchMentors } from '../../../src/db/pool.ts';
import { withdrawRequest } from '../../../src/mentoring/requests/withdraw.ts';
import { readHistory } from '../../../src/mentoring/rounds/history.ts';
import { endRound } from '../../../src/mentoring/rounds/open.ts';
import { findReach, publishRound, resumePublishing } from '../../../src/mentoring/rounds/publish.ts';
import { peoplePerSecond } from '../../../src/mentoring/rounds/limits.ts';
import { wishPair } from '../../../src/mentoring/rounds/wishes.ts';
import { joinWaitlist } from '../../../src/mentoring/waitlist.ts';
import { openTestContext, type TestContext, testGuildId } from '../../support/context.ts';
import { addCrowd, strangers } from '../../support/crowd.ts';
import { addMentor, deliverAll, owedTo } from '../../support/members.ts';
import { passDays } from '../../support/time.ts';
import { onPostgres } from '../../support/postgres/database.ts';
import { addWaiting, finish, moderator, preview, stateOf } from './support.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});

const guildId = testGuildId;
const surgery = { specialties: ['general-surgery'] };

/** Computes a round and publishes it. */
async function publish() {
  const round = await preview(ctx);
  return { round, outcome: await publishRound(ctx, moderator, round) };
}

async function pendingOf(menteeId: string): Promise<MentorRequest> {
  const [request] = await listLiveRequestsOf(ctx.db, guildId, menteeId);
  if (request?.state !== 'pending') throw new Error('no request is pending');
  return request;
}

/** To how many people a round writes in the fullest second. */
async function mostInOneSecond(): Promise<number> {
  const kinds = ['request-received', 'round-proposed', 'round-left'] as const;
  const due = await ctx.db.selectFrom('notices').select('due_at').where('kind', 'in', kinds).execute();
  return Math.max(...[...Map.groupBy(due, (row) => row.due_at).values()].map((rows) => rows.length));
}

const decline = async (request: MentorRequest, choice: 'no-place' | 'never-again' = 'no-place') =>
  await declineRequest(ctx, request.mentor_id, request.id, { choice, note: '' });

describe('publishing', () => {
  test('makes a request of every pair, tells both, and takes the mentees off the waitlist with their turn', async () => {
    const mentor = await addMentor(ctx);
    const mentee = await addWaiting(ctx);
    const joinedAt = ctx.now();
    ctx.advance({ days: 2 });
    const { round, outcome } = await publish();
    expect(outcome).toEqual({ requests: 1, told: 0, skipped: {} });
    expect(await pendingOf(mentee)).toMatchObject({
      mentor_id: mentor,
      round_id: round.id,
      message: '',
      looking_since: joinedAt,
      sent_at: ctx.now(),
    });
    expect(await owedTo(ctx, mentor)).toEqual(['request-received']);
    expect(await owedTo(ctx, mentee)).toEqual(['round-proposed']);
    expect(await findWaitlistPlace(ctx.db, guildId, mentee)).toBeUndefined();
    const { mentorshipId } = await acceptRequest(ctx, mentor, (await pendingOf(mentee)).id);
    expect((await findMentorshipOfMentee(ctx.db, guildId, mentee))?.id).toBe(mentorshipId);
  });

  test('says beforehand to exactly how many people it writes', async () => {
    await addMentor(ctx, { profile: { capacity: 2 } });
    for (let i = 0; i < 2; i += 1) await addWaiting(ctx);
    await addWaiting(ctx, { languages: ['es'] });
    const reach = await findReach(ctx, guildId, await preview(ctx));
    await publishRound(ctx, moderator, reach.round);
    const told = await ctx.db.selectFrom('notices').select('user_id').distinct().execute();
    expect(reach).toMatchObject({ mentors: 1, mentees: 2, left: 1 });
    expect(told).toHaveLength(reach.mentors + reach.mentees + reach.left);
  });

  test('is done once when two moderators publish at the same time; the second reads who did', async () => {
    await addMentor(ctx);
    const mentee = await addWaiting(ctx);
    const round = await preview(ctx);
    const second = { guildId, userId: '800000000000000002' };
    const both = await Promise.allSettled([publishRound(ctx, moderator, round), publishRound(ctx, second, round)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const first = both[0].status === 'fulfilled' ? moderator : second;
    expect(String(both.find((each) => each.status === 'rejected')?.reason)).toMatch(
      new RegExp(`${first.userId}.*publish`),
    );
    expect(await listLiveRequestsOf(ctx.db, guildId, mentee)).toHaveLength(1);
    expect(await owedTo(ctx, mentee)).toEqual(['round-proposed']);
  });

  test('goes on where it was cut off: nobody is asked twice, nobody is left out, and meanwhile nothing takes it back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'preceptor-publish-'));
    onTestFinished(async () => {
      await ctx.db.destroy();
      rmSync(folder, { recursive: true });
    });
    const file = join(folder, 'test.db');
    ctx = await openTestContext({ file });
    for (let i = 0; i < 150; i += 1) {
      await addMentor(ctx);
      await addWaiting(ctx);
    }
    const left = await addWaiting(ctx, { languages: ['es'] });
    const round = await preview(ctx);
    const requests = async () => await ctx.db.selectFrom('requests').selectAll().execute();
    const publishing = publishRound(ctx, moderator, round);
    // The connection ends between two parts, as it does when the process is killed.
    while ((await requests()).length === 0) await nextTurn();
    const cutOff = expect(publishing).rejects.toThrow();
    await ctx.db.destroy();
    await cutOff;

    ctx = await openTestContext({ file, seed: 2 });
    const before = (await requests()).length;
    expect(before).toBeLessThan(150);
    await expect(endRound(ctx, moderator)).rejects.toThrow(/still going out/);
    await expect(endRound(ctx, moderator, { id: round.id })).rejects.toThrow(/still going out/);
    await expect(preview(ctx)).rejects.toThrow(/still going out/);
    expect((await readHistory(ctx, guildId))[0]).toMatchObject({ outcome: undefined });
    // Whoever withdrew before the rest went out is not asked again.
    const first = (await requests())[0];
    if (!first) throw new Error('no request');
    await withdrawRequest(ctx, first.mentee_id, first.id);
    await Promise.all([resumePublishing(ctx), resumePublishing(ctx)]);
    await resumePublishing(ctx);

    const outcome = { requests: 150, told: 1, skipped: {} };
    expect((await readHistory(ctx, guildId))[0]).toMatchObject({ outcome });
    const all = await requests();
    expect(new Set(all.map((row) => row.mentee_id)).size).toBe(150);
    expect([all.length, all.filter((row) => row.state === 'pending').length]).toEqual([150, 149]);
    for (const { mentee_id: mentee, mentor_id: mentor } of all) {
      expect([await owedTo(ctx, mentee), await owedTo(ctx, mentor)]).toEqual([
        ['round-proposed'],
        ['request-received'],
      ]);
    }
    expect(await owedTo(ctx, left)).toEqual(['round-left']);
    const audited = await ctx.db.selectFrom('audit').select('detail').where('action', '=', 'round-published').execute();
    expect(audited).toHaveLength(1);
    expect(await mostInOneSecond()).toBeLessThanOrEqual(peoplePerSecond);
    await expect(preview(ctx)).resolves.toMatchObject({ state: 'preview' });
  });

  test('by two processes at once asks everybody once, and writes to no more people in a second than one does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'preceptor-publish-'));
    onTestFinished(async () => {
      await ctx.db.destroy();
      rmSync(folder, { recursive: true });
    });
    const file = join(folder, 'test.db');
    ctx = await openTestContext({ file, at: new Date().toISOString() });
    const [mentees, mentors] = [400_000_000_000_000_000n, 500_000_000_000_000_000n].map((first) =>
      strangers(400, first),
    );
    await addCrowd(ctx.db, guildId, { mentees: mentees ?? [], mentors: mentors ?? [] });
    const round = await preview(ctx);
    const publishing = publishRound(ctx, moderator, round);
    while ((await ctx.db.selectFrom('requests').select('id').execute()).length === 0) await nextTurn();
    const at = ctx.now();
    const cutOff = expect(publishing).rejects.toThrow();
    await ctx.db.destroy();
    await cutOff;

    const module = new URL('../../support/publisher.ts', import.meta.url).pathname;
    const both = ['2', '3'].map((seed) => fork(module, [file, seed, at]));
    await Promise.all(both.map((one) => once(one, 'message')));
    const ended = both.map((one) => once(one, 'exit'));
    for (const one of both) one.send('go');
    expect((await Promise.all(ended)).map(([code]) => code)).toEqual([0, 0]);

    ctx = await openTestContext({ file, at });
    const all = await ctx.db.selectFrom('requests').select(['mentee_id', 'state']).execute();
    const pairs = await ctx.db.selectFrom('round_pairs').select('mentee_id').execute();
    expect(all.map((row) => row.mentee_id).toSorted()).toEqual(pairs.map((row) => row.mentee_id).toSorted());
    const told = await ctx.db.selectFrom('notices').select(['user_id', 'subject_id']).execute();
    expect(new Set(told.map((row) => `${row.user_id} ${row.subject_id}`)).size).toBe(told.length);
    expect(told.length).toBeGreaterThanOrEqual(2 * all.length);
    expect(await mostInOneSecond()).toBeLessThanOrEqual(peoplePerSecond);
    const audited = await ctx.db.selectFrom('audit').select('id').where('action', '=', 'round-published').execute();
    expect(audited).toHaveLength(1);
  });

  // With several connections publishing may reach the mentee first, and there is nothing to leave out.
  test.skipIf(onPostgres)(
    'leaves out a mentee who finds a mentor while it goes on, and goes behind what people do meanwhile',
    async () => {
      for (let i = 0; i < 40; i += 1) {
        await addMentor(ctx);
        await addWaiting(ctx);
      }
      const round = await preview(ctx);
      const another = await addMentor(ctx);
      await deliverAll(ctx);
      const publishing = publishRound(ctx, moderator, round);
      const open = async () => {
        const rows = await ctx.db.selectFrom('round_pairs').select(['mentee_id', 'request_id']).execute();
        return rows.filter((row) => row.request_id === null);
      };
      while ((await open()).length === 40) await nextTurn();
      const [lucky] = await open();
      if (!lucky) throw new Error('all of it went out at once');
      const menteeId = lucky.mentee_id;
      const { request } = await requestMentor(ctx, { guildId, menteeId, mentorId: another, message: 'Please' });
      await acceptRequest(ctx, another, request.id);
      expect(await publishing).toMatchObject({ requests: 39, skipped: { 'mentee-matched': 1 } });
      const notices = await ctx.db.selectFrom('notices').select(['kind', 'user_id', 'mass']).where('state', '=', 'owed').execute(); // prettier-ignore
      expect(notices.filter((notice) => notice.kind === 'round-proposed' && notice.user_id === menteeId)).toEqual([]);
      expect(notices.find((notice) => notice.kind === 'request-accepted')).toMatchObject({
        user_id: menteeId,
        mass: 0,
      });
      const ofRound = notices.filter((notice) => notice.kind === 'round-proposed');
      expect([ofRound.length, ofRound.filter((notice) => notice.mass === 1).length]).toEqual([39, 39]);
    },
  );

  test('is refused for a preview that was computed anew since, or discarded', async () => {
    await addMentor(ctx);
    await addWaiting(ctx);
    const seen = await preview(ctx);
    const anew = await preview(ctx);
    expect(anew.id).toBe(seen.id);
    await expect(publishRound(ctx, moderator, seen)).rejects.toThrow(/recomputed since/);
    await endRound(ctx, moderator);
    await expect(publishRound(ctx, moderator, anew)).rejects.toThrow(/discarded this round/);
    expect(await ctx.db.selectFrom('requests').selectAll().execute()).toEqual([]);
  });

  test('leaves out what has changed since the preview, and counts it by why', async () => {
    const all = async (n: number, mentor: () => Promise<string>) => {
      const pairs: { mentor: string; mentee: string }[] = [];
      for (let i = 0; i < n; i += 1) {
        // Languages that only the two share, so that each round pairs exactly them.
        const languages = [['es'], ['fr'], ['ar'], ['ur'], ['hi'], ['pt'], ['ru']][i] ?? [];
        const other = await mentor();
        await ctx.db
          .updateTable('profiles')
          .set({ languages: JSON.stringify(languages) })
          .where('user_id', '=', other)
          .execute();
        pairs.push({ mentor: other, mentee: await addWaiting(ctx, { languages }) });
      }
      return pairs;
    };
    const pairs = await all(7, () => addMentor(ctx));
    const [asks, pauses, leaves, mentorPauses, blocks, edits, stays] = pairs;
    const spare = await addMentor(ctx, { languages: ['es'] });
    const round = await preview(ctx);
    ctx.advance({ minutes: 1 });
    if (!asks || !pauses || !leaves || !mentorPauses || !blocks || !edits || !stays) throw new Error('seven pairs');
    const paired = await ctx.db
      .selectFrom('round_pairs')
      .select('mentor_id')
      .where('mentee_id', '=', asks.mentee)
      .executeTakeFirstOrThrow();
    const other = paired.mentor_id === spare ? asks.mentor : spare;
    await requestMentor(ctx, { guildId, menteeId: asks.mentee, mentorId: other, message: '' });
    await pauseMember(ctx, { guildId, userId: pauses.mentee }, { role: 'mentee' });
    await memberLeft(ctx, guildId, leaves.mentor);
    await pauseMember(ctx, { guildId, userId: mentorPauses.mentor }, { role: 'mentor' });
    await insertBlock(ctx.db, { guildId, memberId: blocks.mentor, blockedId: blocks.mentee }, ctx.now());
    await ctx.db
      .updateTable('profiles')
      .set({ languages: '["en"]', updated_at: ctx.now() })
      .where('user_id', '=', edits.mentor)
      .execute();
    const outcome = await publishRound(ctx, moderator, round);
    expect(outcome).toEqual({
      requests: 1,
      told: 0,
      // A block is counted with the pauses.
      skipped: { 'mentee-asked': 1, 'mentee-away': 1, 'mentor-away': 2, ineligible: 1 },
    });
    expect((await pendingOf(stays.mentee)).mentor_id).toBe(stays.mentor);
    expect(await findWaitlistPlace(ctx.db, guildId, blocks.mentee)).toBeDefined();
  });

  test('asks nobody again who has said no to this mentee since the preview', async () => {
    const mentor = await addMentor(ctx);
    const mentee = await addWaiting(ctx);
    const round = await preview(ctx);
    const { request } = await requestMentor(ctx, { guildId, menteeId: mentee, mentorId: mentor, message: '' });
    await decline(request);
    await joinWaitlist(ctx, guildId, mentee);
    const outcome = await publishRound(ctx, moderator, round);
    expect(outcome).toEqual({ requests: 0, told: 0, skipped: { ineligible: 1 } });
  });

  test('changes nothing in other rounds, however the pairs of those have ended since', async () => {
    const mentor = await addMentor(ctx);
    const mentee = await addWaiting(ctx);
    const { round } = await publish();
    const { mentorshipId } = await acceptRequest(ctx, mentor, (await pendingOf(mentee)).id);
    await endMentorship(ctx, mentee, mentorshipId, 'not-a-fit');
    const pairs = async () =>
      await ctx.db.selectFrom('round_pairs').selectAll().where('round_id', '=', round.id).execute();
    const before = await pairs();
    await addMentor(ctx, surgery);
    await addWaiting(ctx);
    await publish();
    expect(await pairs()).toEqual(before);
  });

  test('gives a mentor no more requests than there are places by now', async () => {
    const mentor = await addMentor(ctx, { profile: { capacity: 2 } });
    const mentees = [await addWaiting(ctx), await addWaiting(ctx)];
    const round = await preview(ctx);
    const quick = await addWaiting(ctx);
    await requestMentor(ctx, { guildId, menteeId: quick, mentorId: mentor, message: '' });
    expect(await publishRound(ctx, moderator, round)).toMatchObject({ requests: 1, skipped: { 'mentor-full': 1 } });
    const waiting = await Promise.all(mentees.map((id) => findWaitlistPlace(ctx.db, guildId, id)));
    expect(waiting.filter(Boolean)).toHaveLength(1);
  });

  test('races with a mentee who asks: whoever comes first, the mentee has one request', async () => {
    await addMentor(ctx);
    const wanted = await addMentor(ctx, surgery);
    const mentee = await addWaiting(ctx);
    const round = await preview(ctx);
    await Promise.allSettled([
      publishRound(ctx, moderator, round),
      requestMentor(ctx, { guildId, menteeId: mentee, mentorId: wanted, message: '' }),
    ]);
    const live = await listLiveRequestsOf(ctx.db, guildId, mentee);
    expect(live.filter(({ state }) => state === 'pending')).toHaveLength(1);
    expect(await stateOf(ctx, round)).toBe('published');
  });

  test('tells those for whom nobody suits or may, once in thirty days, and nobody who merely found no place', async () => {
    await addMentor(ctx);
    const alone = await addWaiting(ctx, { languages: ['es'] });
    const [first, second] = [await addWaiting(ctx), await addWaiting(ctx)];
    expect((await publish()).outcome).toMatchObject({ requests: 1, told: 1 });
    expect(await owedTo(ctx, alone)).toEqual(['round-left']);
    expect([...(await owedTo(ctx, first)), ...(await owedTo(ctx, second))]).toEqual(['round-proposed']);
    ctx.advance({ days: 29 });
    await addMentor(ctx);
    expect((await publish()).outcome.told).toBe(0);
    ctx.advance({ days: 2 });
    await addMentor(ctx);
    await addWaiting(ctx);
    expect((await publish()).outcome.told).toBe(1);
  });
});

describe('a request of a round', () => {
  test('that is declined goes to the next best at once, until nobody is left; then the mentee has their old turn', async () => {
    const best = await addMentor(ctx);
    const second = await addMentor(ctx, { topics: ['research'] });
    const mentee = await addWaiting(ctx);
    const joinedAt = ctx.now();
    ctx.advance({ days: 1 });
    const { round } = await publish();
    const first = await pendingOf(mentee);
    expect(first.mentor_id).toBe(best);
    expect((await decline(first)).onward).toMatchObject({ is: 'sent' });
    const next = await pendingOf(mentee);
    expect(next).toMatchObject({ mentor_id: second, round_id: round.id, looking_since: joinedAt });
    expect(await owedTo(ctx, second)).toEqual(['request-received']);
    expect((await decline(next)).onward).toMatchObject({ is: 'waiting', place: { joinedAt } });
    expect(await readHistory(ctx, guildId)).toMatchObject([
      { round: { state: 'published' }, outcome: { requests: 1 }, requests: { declined: 2, pending: 0, accepted: 0 } },
    ]);
  });

  test('goes to the next best of those who are there now, whatever has changed since somebody searched', async () => {
    const chosen = await addMentor(ctx);
    const [pausing, full, blocking] = [await addMentor(ctx), await addMentor(ctx), await addMentor(ctx)];
    const fallback = await addMentor(ctx, { topics: ['research'] });
    const mentee = await addWaiting(ctx);
    await publish();
    const first = await pendingOf(mentee);
    const others = [chosen, pausing, full, blocking].filter((id) => id !== first.mentor_id);
    await openPool(ctx, await requireGuild(ctx.db, guildId));
    // One pauses, one is being asked by somebody else, one does not want this mentee; a better one registers.
    await pauseMember(ctx, { guildId, userId: others[0] ?? '' }, {});
    await requestMentor(ctx, { guildId, menteeId: await addWaiting(ctx), mentorId: others[1] ?? '', message: '' });
    await insertBlock(ctx.db, { guildId, memberId: others[2] ?? '', blockedId: mentee }, ctx.now());
    const better = await addMentor(ctx, { profile: { capacity: 2 } });
    await ctx.db.transaction().execute((trx) => touchMentors(trx, guildId, [better]));
    await decline(first);
    expect((await pendingOf(mentee)).mentor_id).toBe(better);
    await decline(await pendingOf(mentee));
    expect((await pendingOf(mentee)).mentor_id).toBe(fallback);
    await decline(await pendingOf(mentee));
    expect(await findWaitlistPlace(ctx.db, guildId, mentee)).toBeDefined();
  });

  test('that expires, or whose mentor pauses, goes on as well, and one that the mentee withdraws does not', async () => {
    const mentors = [await addMentor(ctx), await addMentor(ctx), await addMentor(ctx)];
    const mentee = await addWaiting(ctx);
    await publish();
    const asked: string[] = [(await pendingOf(mentee)).mentor_id];
    await deliverAll(ctx);
    await passDays(ctx, 7);
    asked.push((await pendingOf(mentee)).mentor_id);
    await pauseMember(ctx, { guildId, userId: asked[1] ?? '' }, { role: 'mentor' });
    asked.push((await pendingOf(mentee)).mentor_id);
    expect(asked.toSorted()).toEqual(mentors.toSorted());
    await withdrawRequest(ctx, mentee, (await pendingOf(mentee)).id);
    expect(await listLiveRequestsOf(ctx.db, guildId, mentee)).toEqual([]);
  });

  test('goes on to nobody below the floor, and to nobody whom the moderators forbade', async () => {
    await addMentor(ctx);
    const forbidden = await addMentor(ctx);
    await addMentor(ctx, { ...surgery, topics: ['research'], zone: 'Asia/Karachi' });
    const mentee = await addWaiting(ctx);
    await preview(ctx, moderator, 60);
    const round = await finish(
      ctx,
      await wishPair(ctx, moderator, { menteeId: mentee, mentorId: forbidden }, 'forbidden'),
    );
    await publishRound(ctx, moderator, round);
    expect((await decline(await pendingOf(mentee))).onward).toMatchObject({ is: 'waiting' });
  });

  test('makes room like any other: a mentor with one place who accepts one lets nobody else hang', async () => {
    const mentor = await addMentor(ctx, { profile: { capacity: 2 } });
    const [first, second] = [await addWaiting(ctx), await addWaiting(ctx)];
    await publish();
    await ctx.db.updateTable('profiles').set({ capacity: 1 }).where('user_id', '=', mentor).execute();
    const requests = [await pendingOf(first), await pendingOf(second)];
    const accepts = await Promise.allSettled(requests.map(({ id }) => acceptRequest(ctx, mentor, id)));
    expect(accepts.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const without = accepts[0]?.status === 'fulfilled' ? second : first;
    expect(await findWaitlistPlace(ctx.db, guildId, without)).toBeDefined();
  });
});
