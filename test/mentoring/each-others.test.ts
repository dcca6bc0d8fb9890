import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listLiveRequestsOf } from '../../src/db/requests.ts';
import { findMentors } from '../../src/mentoring/find.ts';
import { acceptRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { publishRound } from '../../src/mentoring/rounds/publish.ts';
import { wishPair } from '../../src/mentoring/rounds/wishes.ts';
import { joinWaitlist } from '../../src/mentoring/waitlist.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor, addProfile } from '../support/members.ts';
import { finish, moderator, pairsOf, preview } from './rounds/support.ts';

/** Two who are mentee and mentor both, each a stage ahead of what the other is as a mentee. */
let ctx: TestContext;
let ada: string;
let omar: string;
const asMentor = { profile: { stage: 'resident', capacity: 1, verification: 'verified' } } as const;
beforeEach(async () => {
  ctx = await openTestContext();
  [ada, omar] = [await addMentee(ctx), await addMentee(ctx)];
  for (const one of [ada, omar]) await addProfile(ctx, one, 'mentor', asMentor);
});
afterEach(() => ctx.db.destroy());

const ask = (menteeId: string, mentorId: string) => requestMentor(ctx, { guildId, menteeId, mentorId, message: '' });
const pair = async () => await acceptRequest(ctx, omar, (await ask(ada, omar)).request.id);
const neverBoth = /two people here are never each other’s mentor/;

describe('two people are never each other’s mentor', () => {
  test('by asking: neither while one mentors the other, nor while one is asked', async () => {
    const { request } = await ask(ada, omar);
    await expect(ask(omar, ada)).rejects.toThrow(neverBoth);
    await acceptRequest(ctx, omar, request.id);
    await expect(ask(omar, ada)).rejects.toThrow(neverBoth);
  });

  test('by suggestion, and the reason is said', async () => {
    await pair();
    const found = await findMentors(ctx, guildId, omar);
    expect(found).toMatchObject({ is: 'nobody', excluded: [['own-mentee', 1]] });
  });

  test('by accepting: of two who had asked each other, whoever answers first decides, and the other goes on', async () => {
    const { request } = await ask(ada, omar);
    const reverse = { id: 'reverse', mentee_id: omar, mentor_id: ada, state: 'pending', message: '' } as const;
    await ctx.db
      .insertInto('requests')
      .values({ ...reverse, guild_id: guildId, created_at: ctx.now(), sent_at: ctx.now() })
      .execute();
    await acceptRequest(ctx, omar, request.id);
    expect(await listLiveRequestsOf(ctx.db, guildId, omar)).toEqual([]);
    await expect(acceptRequest(ctx, ada, 'reverse')).rejects.toThrow(/closed/);
  });

  test('by a choice in the queue: it lapses when its turn comes', async () => {
    const other = await addMentor(ctx);
    await ask(omar, other);
    await ask(omar, ada);
    await pair();
    const live = await listLiveRequestsOf(ctx.db, guildId, omar);
    expect(live.map(({ mentor_id: id }) => id)).toEqual([other]);
  });

  test('by a round, its pins, and publishing', async () => {
    await pair();
    await joinWaitlist(ctx, guildId, omar);
    const round = await preview(ctx);
    expect(await pairsOf(ctx, round)).toEqual([]);
    const pinned = wishPair(ctx, moderator, { menteeId: omar, mentorId: ada }, 'pinned');
    await expect(pinned).rejects.toThrow(/own mentor/);
  });

  test('by a round that was computed before the two were paired', async () => {
    await joinWaitlist(ctx, guildId, omar);
    const round = await preview(ctx);
    expect(await pairsOf(ctx, round)).toEqual([`${omar} ${ada}`]);
    await pair();
    expect(await publishRound(ctx, moderator, round)).toMatchObject({ requests: 0, skipped: { ineligible: 1 } });
  });

  test('by two pairs of one round: the better one is sent, or the pinned one', async () => {
    for (const one of [ada, omar]) await joinWaitlist(ctx, guildId, one);
    await preview(ctx);
    const pinned = await wishPair(ctx, moderator, { menteeId: ada, mentorId: omar }, 'pinned');
    const round = await finish(ctx, pinned);
    expect(await pairsOf(ctx, round)).toEqual([`${ada} ${omar}`, `${omar} ${ada}`].toSorted());
    expect(await publishRound(ctx, moderator, round)).toMatchObject({ requests: 1, skipped: { ineligible: 1 } });
    const pending = await ctx.db
      .selectFrom('requests')
      .select(['mentee_id', 'mentor_id'])
      .where('state', '=', 'pending')
      .execute();
    expect(pending).toEqual([{ mentee_id: ada, mentor_id: omar }]);
  });
});
