import { previewCard } from '../../../src/commands/round/card.ts';
import { previewCsv } from '../../../src/commands/round/csv.ts';
import { blockMember } from '../../../src/mentoring/blocks.ts';
import { pauseMember } from '../../../src/mentoring/profiles/pause.ts';
import { findReach, publishRound } from '../../../src/mentoring/rounds/publish.ts';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedCommunity } from '../../../bench/seed.ts';
import { insertBlock } from '../../../src/db/blocks.ts';
import { listWaitingMentees } from '../../../src/db/round-input.ts';
import { listWishes } from '../../../src/db/round-pairs.ts';
import { deleteMemberData } from '../../../src/lifecycle/personal-data.ts';
import { memberLeft } from '../../../src/lifecycle/leavers.ts';
import { computeRound } from '../../../src/mentoring/rounds/compute.ts';
import { takeBackInterrupted } from '../../../src/mentoring/rounds/interrupted.ts';
import { readRoundInput } from '../../../src/mentoring/rounds/input.ts';
import { endRound, openRound } from '../../../src/mentoring/rounds/open.ts';
import { requireGuild } from '../../../src/guild/guilds.ts';
import { planRound } from '../../../src/matching/index.ts';
import { readPreview } from '../../../src/mentoring/rounds/view.ts';
import { freePair, wishPair } from '../../../src/mentoring/rounds/wishes.ts';
import { requestMentor } from '../../../src/mentoring/requests/ask.ts';
import { upsertGuild } from '../../../src/db/guilds.ts';
import { openTestContext, type TestContext, testGuildId } from '../../support/context.ts';
import { addMentor, owedTo } from '../../support/members.ts';
import { testModeratorId } from '../../support/people.ts';
import { onPostgres } from '../../support/postgres/database.ts';
import { addWaiting, finish, moderator, pairsOf, preview, stateOf } from './support.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});

const surgery = { specialties: ['general-surgery'] };

describe('a preview', () => {
  test('pairs everybody who waits with the free places, and sends nothing', async () => {
    const mentor = await addMentor(ctx, { profile: { capacity: 2 } });
    const [first, second] = [await addWaiting(ctx), await addWaiting(ctx)];
    const round = await preview(ctx);
    expect(round.state).toBe('preview');
    expect(await pairsOf(ctx, round)).toEqual([`${first} ${mentor}`, `${second} ${mentor}`]);
    expect(await owedTo(ctx, mentor)).toEqual([]);
    expect(await owedTo(ctx, first)).toEqual([]);
  });

  test('leaves out a place for which its mentor is being asked just now', async () => {
    const mentor = await addMentor(ctx);
    const asking = await addWaiting(ctx);
    const waiting = await addWaiting(ctx);
    await requestMentor(ctx, { guildId: testGuildId, menteeId: asking, mentorId: mentor, message: '' });
    const { pairs, left } = await readPreview(ctx, await preview(ctx));
    expect(pairs).toEqual([]);
    expect(left.map(({ mentee_id, why }) => [mentee_id, why])).toEqual([[waiting, 'no-place']]);
  });

  test('pairs nobody who blocked the other, and says of those below the floor that nobody suits', async () => {
    const mentor = await addMentor(ctx, { ...surgery, topics: ['research'] });
    const blocking = await addWaiting(ctx);
    const far = await addWaiting(ctx);
    await insertBlock(ctx.db, { guildId: testGuildId, memberId: blocking, blockedId: mentor }, ctx.now());
    const { left } = await readPreview(ctx, await preview(ctx, moderator, 90));
    expect(Object.fromEntries(left.map(({ mentee_id, why }) => [mentee_id, why]))).toEqual({
      [blocking]: 'no-eligible',
      [far]: 'below-floor',
    });
  });

  test('comes out the same whatever the order of the rows', async () => {
    const outcome = async (reversed: boolean) => {
      const ctx = await openTestContext();
      const mentors: string[] = [];
      for (let i = 0; i < 4; i += 1) mentors.push(await addMentor(ctx, i % 2 === 0 ? surgery : {}));
      const mentees: string[] = [];
      for (let i = 0; i < 8; i += 1) mentees.push(await addWaiting(ctx, i % 3 === 0 ? surgery : {}));
      if (reversed) {
        for (const table of ['profiles', 'waitlist'] as const) {
          const rows = await ctx.db.selectFrom(table).selectAll().execute();
          await ctx.db.deleteFrom(table).execute();
          await ctx.db.insertInto(table).values(rows.toReversed()).execute();
        }
      }
      const names = new Map([...mentors, ...mentees].map((id, i) => [id, i]));
      const { pairs } = await readPreview(ctx, await preview(ctx));
      return pairs.map((pair) => [names.get(pair.mentee_id), names.get(pair.mentor_id), pair.fit, pair.reasons]);
    };
    expect(await outcome(true)).toEqual(await outcome(false));
  });

  test('is one at a time for each guild, also for two moderators at once, and nothing to another guild', async () => {
    const other = '900000000000000077';
    await upsertGuild(ctx.db, { id: other, zone: 'Etc/UTC', set_up_at: ctx.now() });
    await addMentor(ctx, { guildId: other });
    const elsewhere = await addWaiting(ctx, { guildId: other });
    await addMentor(ctx);
    await addWaiting(ctx);
    const both = await Promise.allSettled([openRound(ctx, moderator), openRound(ctx, moderator)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const [here, there] = await Promise.all([
      finish(ctx, both.find((each) => each.status === 'fulfilled')!.value),
      preview(ctx, { guildId: other, userId: testModeratorId }),
    ]);
    expect(await pairsOf(ctx, here)).toHaveLength(1);
    expect((await pairsOf(ctx, there))[0]).toContain(elsewhere);
  });

  test('loses whoever leaves the guild or deletes their data, and the mentee of a mentor who left waits on', async () => {
    await addMentor(ctx, { profile: { capacity: 3 } });
    const mentor = await addMentor(ctx, surgery);
    const [gone, deleted, stays] = [await addWaiting(ctx), await addWaiting(ctx), await addWaiting(ctx, surgery)];
    const round = await preview(ctx);
    expect(await pairsOf(ctx, round)).toContain(`${stays} ${mentor}`);
    await memberLeft(ctx, testGuildId, gone);
    await memberLeft(ctx, testGuildId, mentor);
    await deleteMemberData(ctx, { guildId: testGuildId, userId: deleted });
    const { pairs, left } = await readPreview(ctx, round);
    expect(pairs).toEqual([]);
    expect(left.map(({ mentee_id, why }) => [mentee_id, why])).toEqual([[stays, 'mentor-gone']]);
  });
});

describe('a pair of a preview that is not possible any more', () => {
  const since = {
    'the mentor blocked them': (mentor: string, mentee: string) =>
      blockMember(ctx, { guildId: testGuildId, userId: mentor }, mentee),
    'they blocked the mentor': (mentor: string, mentee: string) =>
      blockMember(ctx, { guildId: testGuildId, userId: mentee }, mentor),
    'the mentor paused': (mentor: string) => pauseMember(ctx, { guildId: testGuildId, userId: mentor }, {}),
  };

  test.each(Object.entries(since))('is neither shown nor published, nor says why: %s', async (_name, happen) => {
    const mentor = await addMentor(ctx);
    const mentee = await addWaiting(ctx);
    const pin = { menteeId: mentee, mentorId: mentor };
    await preview(ctx);
    const round = await finish(ctx, await wishPair(ctx, moderator, pin, 'pinned'));
    await happen(mentor, mentee);
    const view = await readPreview(ctx, round);
    expect(view.pairs).toEqual([]);
    expect(view.left.map(({ mentee_id, why }) => [mentee_id, why])).toEqual([[mentee, 'mentor-gone']]);
    const { embeds } = await previewCard(ctx.t, view, () => undefined);
    expect(JSON.stringify(embeds)).toMatch(/not available any more.*pinned, but not possible any more/);
    expect(JSON.stringify(embeds)).not.toMatch(/block|pause/i);
    expect((await previewCsv(ctx.t, view, () => undefined)).toString()).not.toContain(mentor);
    await expect(findReach(ctx, testGuildId)).rejects.toThrow(/proposes no pair/);
    expect(await publishRound(ctx, moderator, round)).toEqual({ requests: 0, told: 0, skipped: { 'mentor-away': 1 } });
  });
});

describe('pins and prohibitions', () => {
  test('are kept by the preview that is computed after them, until they are taken back', async () => {
    const suits = await addMentor(ctx);
    const other = await addMentor(ctx, surgery);
    const mentee = await addWaiting(ctx);
    expect(await pairsOf(ctx, await preview(ctx))).toEqual([`${mentee} ${suits}`]);
    const pinned = { menteeId: mentee, mentorId: other };
    expect(await pairsOf(ctx, await finish(ctx, await wishPair(ctx, moderator, pinned, 'pinned')))).toEqual([
      `${mentee} ${other}`,
    ]);
    await finish(ctx, await freePair(ctx, moderator, pinned));
    const forbidden = { menteeId: mentee, mentorId: suits };
    expect(await pairsOf(ctx, await finish(ctx, await wishPair(ctx, moderator, forbidden, 'forbidden')))).toEqual([
      `${mentee} ${other}`,
    ]);
    expect(await pairsOf(ctx, await finish(ctx, await freePair(ctx, moderator, forbidden)))).toEqual([
      `${mentee} ${suits}`,
    ]);
    await expect(freePair(ctx, moderator, forbidden)).rejects.toThrow(/nothing to take back/);
  });

  test('are refused without a preview, for somebody who does not wait, and where the rules do not allow the pair', async () => {
    const mentor = await addMentor(ctx, { languages: ['es'] });
    const mentee = await addWaiting(ctx);
    const pair = { menteeId: mentee, mentorId: mentor };
    await expect(wishPair(ctx, moderator, pair, 'pinned')).rejects.toThrow(/No round is open/);
    await preview(ctx);
    await expect(wishPair(ctx, moderator, pair, 'pinned')).rejects.toThrow(/no language in common/);
    await expect(wishPair(ctx, moderator, { menteeId: mentor, mentorId: mentor }, 'pinned')).rejects.toThrow(
      /not on the waitlist/,
    );
    await insertBlock(ctx.db, { guildId: testGuildId, memberId: mentor, blockedId: mentee }, ctx.now());
    await expect(wishPair(ctx, moderator, pair, 'pinned')).rejects.toThrow(/not available to each other/);
  });

  test('go on into the next round when theirs was cancelled or interrupted', async () => {
    const mentor = await addMentor(ctx);
    const mentee = await addWaiting(ctx);
    await preview(ctx);
    const pair = { menteeId: mentee, mentorId: mentor };
    const again = await wishPair(ctx, moderator, pair, 'forbidden');
    await endRound(ctx, moderator);
    expect(await stateOf(ctx, again)).toBe('cancelled');
    ctx.advance({ minutes: 1 });
    const next = await preview(ctx);
    expect(await pairsOf(ctx, next)).toEqual([]);
    expect(await listWishes(ctx.db, next.id)).toHaveLength(1);
  });

  test('do not bring back the name of somebody who left in between', async () => {
    const pair = { mentorId: await addMentor(ctx), menteeId: await addWaiting(ctx) };
    await preview(ctx);
    await wishPair(ctx, moderator, pair, 'forbidden');
    await endRound(ctx, moderator);
    await memberLeft(ctx, testGuildId, pair.menteeId);
    ctx.advance({ minutes: 1 });
    expect(await listWishes(ctx.db, (await preview(ctx)).id)).toEqual([]);
  });
});

describe('a computation', () => {
  test('that was cancelled, perhaps by another process, stores nothing', async () => {
    await addMentor(ctx);
    await addWaiting(ctx);
    const round = await openRound(ctx, moderator);
    const computing = computeRound(ctx, round, () => undefined);
    // As another process would: without telling the thread.
    await ctx.db.updateTable('rounds').set({ state: 'cancelled', closed_at: ctx.now() }).execute();
    expect(await computing).toBeUndefined();
    expect(await ctx.db.selectFrom('round_pairs').selectAll().execute()).toEqual([]);
    expect(await stateOf(ctx, round)).toBe('cancelled');
  });

  test('whose process died is taken back with a word to whoever began it, and not before it is silent for a while', async () => {
    const round = await openRound(ctx, moderator);
    await takeBackInterrupted(ctx);
    expect(await stateOf(ctx, round)).toBe('computing');
    await expect(openRound(ctx, moderator)).rejects.toThrow(/still being computed/);
    ctx.advance({ minutes: 2 });
    await takeBackInterrupted(ctx);
    await takeBackInterrupted(ctx);
    expect(await stateOf(ctx, round)).toBe('failed');
    expect(await owedTo(ctx, moderator.userId)).toEqual(['round-interrupted']);
    expect((await preview(ctx)).state).toBe('preview');
  });

  test('that is silent makes room at once for whoever wants to begin another', async () => {
    const round = await openRound(ctx, moderator);
    ctx.advance({ minutes: 2 });
    expect((await preview(ctx)).id).not.toBe(round.id);
    expect(await stateOf(ctx, round)).toBe('failed');
  });
});

// It is about threads, and takes its time on either database.
describe.skipIf(onPostgres)('a computation for a very large guild', () => {
  let threads: Worker[];
  const began = (thread: Worker) => threads.push(thread);
  beforeEach(async () => {
    threads = [];
    process.on('worker', began);
    const ids = Array.from({ length: 10_060 }, (_, i) => String(700_000_000_000_000_000n + BigInt(i)));
    await seedCommunity(ctx.db, testGuildId, ids, { mentors: 60, mentees: 10_000 });
    for (let from = 60; from < ids.length; from += 200) {
      const those = ids.slice(from, from + 200);
      const rows = those.map((mentee_id) => ({ guild_id: testGuildId, mentee_id, joined_at: ctx.now() }));
      await ctx.db.insertInto('waitlist').values(rows).execute();
    }
  });
  afterEach(() => process.off('worker', began));

  test('has a second thread that helps, and comes out as without', async () => {
    const round = await openRound(ctx, moderator);
    const guild = await requireGuild(ctx.db, testGuildId);
    const alone = planRound(await readRoundInput(ctx.db, guild, round, ctx.now()));
    expect(await pairsOf(ctx, await finish(ctx, round))).toEqual(
      alone.pairs.map(({ menteeId, mentorId }) => `${menteeId} ${mentorId}`).toSorted(),
    );
    // On a single core a second thread would save nothing.
    expect(threads).toHaveLength(availableParallelism() > 1 ? 2 : 1);
    // What has ended has no number any more.
    expect(threads.map(({ threadId }) => threadId)).toEqual(threads.map(() => -1));
  });

  test('leaves no thread behind when it is cancelled', async () => {
    const round = await openRound(ctx, moderator);
    const computing = computeRound(ctx, round, () => undefined);
    while (threads.length < Math.min(2, availableParallelism())) await sleep(1);
    await endRound(ctx, moderator);
    expect(await computing).toBeUndefined();
    expect(threads.map(({ threadId }) => threadId)).toEqual(threads.map(() => -1));
    expect(await stateOf(ctx, round)).toBe('cancelled');
  });
});

test('a waitlist is read in parts without losing anybody', async () => {
  const all = new Set<string>();
  for (let i = 0; i < 5; i += 1) all.add(await addWaiting(ctx));
  const read: string[] = [];
  for (let after = ''; ; after = read.at(-1) ?? '') {
    const part = await listWaitingMentees(ctx.db, testGuildId, after, 2);
    read.push(...part.map(({ user_id }) => user_id));
    if (part.length < 2) break;
  }
  expect(new Set(read)).toEqual(all);
  expect(read).toHaveLength(5);
});
