/** A mentee's turn: whatever they do short of finding a mentor, they go on from the day they began to look. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findWaitlistPlace } from '../../src/db/waitlist.ts';
import { deleteMemberData, exportMember } from '../../src/lifecycle/personal-data.ts';
import { memberBack, memberLeft } from '../../src/lifecycle/leavers.ts';
import { purgeOld } from '../../src/lifecycle/purge.ts';
import { pauseMember, resumeDue, resumeMember } from '../../src/mentoring/profiles/pause.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { withdrawRequest } from '../../src/mentoring/requests/withdraw.ts';
import { liftMentee, suspendMentee } from '../../src/mentoring/suspend-mentee.ts';
import { joinWaitlist, leaveWaitlist } from '../../src/mentoring/waitlist.ts';
import type { Instant } from '../../src/time.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor } from '../support/members.ts';
import { testModeratorId } from '../support/people.ts';

let ctx: TestContext;
let mentor: string;
let mentee: string;
/** When they began to look. */
let began: Instant;
beforeEach(async () => {
  ctx = await openTestContext();
  mentor = await addMentor(ctx);
  mentee = await addMentee(ctx);
  began = ctx.now();
});
afterEach(() => ctx.db.destroy());

const whose = () => ({ guildId, userId: mentee });
const join = () => joinWaitlist(ctx, guildId, mentee);
const waitsSince = async () => (await findWaitlistPlace(ctx.db, guildId, mentee))?.joinedAt;
const ask = async () =>
  (await requestMentor(ctx, { guildId, menteeId: mentee, mentorId: mentor, message: '' })).request;
const by = { guildId, userId: testModeratorId };

/** What a mentee may do on the waitlist, and how they are back on it. */
const ways = {
  'leaves the waitlist and joins again': async () => {
    await leaveWaitlist(ctx, guildId, mentee);
    ctx.advance({ days: 89 });
    await join();
  },
  'asks, withdraws and joins again': async () => {
    const request = await ask();
    await withdrawRequest(ctx, mentee, request.id);
    ctx.advance({ days: 89 });
    await join();
  },
  'pauses, however long, and resumes': async () => {
    await pauseMember(ctx, whose(), {});
    expect(await waitsSince()).toBeUndefined();
    ctx.advance({ days: 200 });
    await purgeOld(ctx, 100);
    expect(await resumeMember(ctx, whose())).toMatchObject({ waitsSince: began });
  },
  'pauses with a request under way until a date': async () => {
    await ask();
    await pauseMember(ctx, whose(), { days: 7 });
    ctx.advance({ days: 8 });
    await resumeDue(ctx);
  },
  'leaves the server and is back within a week': async () => {
    await memberLeft(ctx, guildId, mentee);
    expect(await waitsSince()).toBeUndefined();
    ctx.advance({ days: 6 });
    await memberBack(ctx, guildId, mentee);
  },
  'leaves the server with a request under way and is back within a week': async () => {
    await ask();
    await memberLeft(ctx, guildId, mentee);
    ctx.advance({ days: 6 });
    await memberBack(ctx, guildId, mentee);
  },
  'pauses, leaves the server, is back, and resumes': async () => {
    await pauseMember(ctx, whose(), {});
    await memberLeft(ctx, guildId, mentee);
    ctx.advance({ days: 2 });
    await memberBack(ctx, guildId, mentee);
    expect(await waitsSince()).toBeUndefined();
    await resumeMember(ctx, whose());
  },
  'leaves the server for two weeks and joins again': async () => {
    await memberLeft(ctx, guildId, mentee);
    ctx.advance({ days: 14 });
    await memberBack(ctx, guildId, mentee);
    expect(await waitsSince()).toBeUndefined();
    await join();
  },
  'is suspended, let again, and joins': async () => {
    await suspendMentee(ctx, by, mentee);
    ctx.advance({ days: 20 });
    await liftMentee(ctx, by, mentee);
    await join();
  },
};

describe('a mentee who waits keeps their turn', () => {
  test.each(Object.entries(ways))('and %s', async (_name, act) => {
    await join();
    ctx.advance({ days: 3 });
    await act();
    expect(await waitsSince()).toBe(began);
    // It is used up: it is the waitlist that has it now.
    expect(await ctx.db.selectFrom('kept_turns').selectAll().execute()).toEqual([]);
  });

  test('in the request that they make next, too', async () => {
    await join();
    ctx.advance({ days: 3 });
    await leaveWaitlist(ctx, guildId, mentee);
    expect((await ask()).looking_since).toBe(began);
  });

  test('which is said when they join again, and not to anybody else', async () => {
    expect(await join()).toMatchObject({ already: false, keeps: false });
    expect(await join()).toMatchObject({ already: true, keeps: false });
    expect(await leaveWaitlist(ctx, guildId, mentee)).toBe(began);
    expect(await leaveWaitlist(ctx, guildId, mentee)).toBeUndefined();
    ctx.advance({ hours: 1 });
    expect(await join()).toMatchObject({ already: false, keeps: true });
  });
});

describe('a turn that is kept', () => {
  test('is for nobody who never looked for a mentor', async () => {
    await pauseMember(ctx, whose(), {});
    expect(await resumeMember(ctx, whose())).toMatchObject({ waitsSince: undefined });
    await memberLeft(ctx, guildId, mentee);
    await memberBack(ctx, guildId, mentee);
    expect(await waitsSince()).toBeUndefined();
  });

  test('ends after ninety days without looking, and is then purged', async () => {
    await join();
    await leaveWaitlist(ctx, guildId, mentee);
    ctx.advance({ days: 90, minutes: 1 });
    await purgeOld(ctx, 100);
    expect(await ctx.db.selectFrom('kept_turns').selectAll().execute()).toEqual([]);
    expect(await join()).toMatchObject({ keeps: false, place: { joinedAt: ctx.now() } });
  });

  test('is in the export, and goes with the data', async () => {
    await join();
    await leaveWaitlist(ctx, guildId, mentee);
    expect(await exportMember(ctx, whose())).toMatchObject({ turnOnTheWaitlistKeptForYou: { since: began } });
    await deleteMemberData(ctx, whose());
    expect(await ctx.db.selectFrom('kept_turns').selectAll().execute()).toEqual([]);
  });
});
