import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashPrefix } from '../../src/ids.ts';
import { deleteMemberData, exportMember } from '../../src/lifecycle/personal-data.ts';
import { purgeOld } from '../../src/lifecycle/purge.ts';
import { findMentors } from '../../src/mentoring/find.ts';
import { endMentorship, endPairAsModerator } from '../../src/mentoring/mentorships.ts';
import { blockMember, findBlocks, unblockMember } from '../../src/mentoring/blocks.ts';
import { acceptRequest, declineRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { suspendMentor, verifyMentor } from '../../src/mentoring/verification.ts';
import { withdrawRequest } from '../../src/mentoring/requests/withdraw.ts';
import { readTip } from '../../src/posts/content/write.ts';
import { suggestContent } from '../../src/posts/content/suggestions.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { memberNumber, registerPerson, registerVerified, testModeratorId } from '../support/people.ts';

let ctx: TestContext;
const mentor = memberNumber(1);
const mentee = memberNumber(2);
beforeEach(async () => {
  ctx = await openTestContext();
  await registerVerified(ctx, mentor, { capacity: 5 });
  await registerPerson(ctx, mentee, 'mentee');
});
afterEach(() => ctx.db.destroy());

const ask = (message = 'Hello') =>
  requestMentor(ctx, { guildId, menteeId: mentee.userId, mentorId: mentor.userId, message });

/** Deletes everything of somebody, and registers them as they were. */
async function beginAnew(whose: typeof mentor): Promise<void> {
  await deleteMemberData(ctx, whose);
  if (whose === mentor) await registerVerified(ctx, mentor, { capacity: 5 });
  else await registerPerson(ctx, mentee, 'mentee');
}

async function isSuggested(): Promise<boolean> {
  const found = await findMentors(ctx, guildId, mentee.userId);
  return found.is === 'suggestions' && found.mentors.some(({ profile }) => profile.user_id === mentor.userId);
}

async function pairAndPart(): Promise<void> {
  const { mentorshipId } = await acceptRequest(ctx, mentor.userId, (await ask()).request.id);
  await endMentorship(ctx, mentor.userId, mentorshipId, 'not-a-fit');
}

/** What a moderator, a mentor or time decided about the two, and what the mentee reads when asking all the same. */
const limits = {
  'never to be paired again': { decide: pairAndPart, refusal: /not the right fit/, days: 730 },
  'declined lately': {
    decide: async () => {
      await declineRequest(ctx, mentor.userId, (await ask()).request.id, { choice: 'no-place', note: '' });
    },
    refusal: /already declined/,
    days: 30,
  },
  'never to be suggested again': {
    decide: async () => {
      await declineRequest(ctx, mentor.userId, (await ask()).request.id, { choice: 'never-again', note: '' });
    },
    refusal: /is not taking requests at the moment/,
    days: 730,
  },
  blocked: {
    decide: async () => {
      await blockMember(ctx, mentor, mentee.userId);
    },
    refusal: /is not taking requests at the moment/,
    days: 730,
  },
} as const;

describe.each(Object.entries(limits))('somebody who is %s', (name, { decide, refusal, days }) => {
  test('is so after deleting everything and registering again, as often as they like', async () => {
    await decide();
    for (let i = 0; i < 3; i += 1) {
      await beginAnew(mentee);
      expect(await isSuggested()).toBe(false);
      await expect(ask()).rejects.toThrow(refusal);
    }
  });

  test('is named by nobody’s id meanwhile, and by nothing at all once the time is over', async () => {
    await decide();
    await deleteMemberData(ctx, mentee);
    const rows = await ctx.db.selectFrom('protections').selectAll().execute();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(mentee.userId);
    expect(JSON.stringify(rows)).toContain(hashPrefix);
    ctx.advance({ days, minutes: 1 });
    for (let i = 0; i < 3; i += 1) await purgeOld(ctx, 10);
    expect(await ctx.db.selectFrom('protections').selectAll().execute()).toEqual([]);
    await registerPerson(ctx, mentee, 'mentee');
    await expect(ask()).resolves.toBeDefined();
  });

  test('is free of it just when the time is over, whether or not anything was purged', async () => {
    await decide();
    await deleteMemberData(ctx, mentee);
    ctx.advance({ days, minutes: -1 });
    await registerPerson(ctx, mentee, 'mentee');
    if (days === 30 || name === 'never to be paired again') {
      await expect(ask()).rejects.toThrow(refusal);
      ctx.advance({ minutes: 2 });
      await expect(ask()).resolves.toBeDefined();
    } else {
      // A block is the other's again once they are back, and lasts until they take it back.
      ctx.advance({ minutes: 2 });
      await expect(ask()).rejects.toThrow(refusal);
    }
  });
});

describe('the other of the two', () => {
  test('does not undo it either: a mentor who deletes and comes back is not asked again by whom they parted from', async () => {
    await pairAndPart();
    await beginAnew(mentor);
    expect(await isSuggested()).toBe(false);
    await beginAnew(mentee);
    await beginAnew(mentor);
    await expect(ask()).rejects.toThrow(/not the right fit/);
  });

  test('takes their own blocks with them, and may set them again', async () => {
    await blockMember(ctx, mentor, mentee.userId);
    await beginAnew(mentor);
    expect(await findBlocks(ctx, mentor)).toEqual([]);
    await expect(ask()).resolves.toBeDefined();
  });
});

describe('a pair that a mentor gave up early', () => {
  test.each(['mentee', 'mentor'] as const)(
    'is not suggested again after the %s deleted everything, and may ask',
    async (who) => {
      const { mentorshipId } = await acceptRequest(ctx, mentor.userId, (await ask()).request.id);
      await endMentorship(ctx, mentor.userId, mentorshipId, 'no-time');
      expect(await isSuggested()).toBe(false);
      for (let i = 0; i < 2; i += 1) {
        await beginAnew(who === 'mentee' ? mentee : mentor);
        expect(await isSuggested()).toBe(false);
      }
      await expect(ask()).resolves.toBeDefined();
    },
  );
});

describe('a pair that a moderator ended', () => {
  const by = { guildId, userId: testModeratorId };
  const endByModerator = async () => {
    const { mentorshipId } = await acceptRequest(ctx, mentor.userId, (await ask()).request.id);
    await endPairAsModerator(ctx, by, mentorshipId);
  };

  test('may not ask again, also after both deleted everything', async () => {
    await endByModerator();
    await expect(ask()).rejects.toThrow(/paired before/);
    await beginAnew(mentee);
    await beginAnew(mentor);
    expect(await isSuggested()).toBe(false);
    await expect(ask()).rejects.toThrow(/paired before/);
  });

  test('may ask again where it was the mentor’s suspension that ended it', async () => {
    await acceptRequest(ctx, mentor.userId, (await ask()).request.id);
    await suspendMentor(ctx, by, { userId: mentor.userId });
    await verifyMentor(ctx, by, { userId: mentor.userId }, { level: 'resident', method: 'video-call' }, 'refusals');
    expect(await isSuggested()).toBe(false);
    await expect(ask()).resolves.toBeDefined();
  });
});

describe('whoever blocked somebody who has deleted their data', () => {
  test('sees that a block is kept, without a name, and finds it with the name once they are back', async () => {
    await blockMember(ctx, mentor, mentee.userId);
    const since = ctx.now();
    await deleteMemberData(ctx, mentee);
    expect(await findBlocks(ctx, mentor)).toEqual([{ blockedId: undefined, since }]);
    await registerPerson(ctx, mentee, 'mentee');
    expect(await findBlocks(ctx, mentor)).toEqual([{ blockedId: mentee.userId, since }]);
  });

  test('takes it back all the same', async () => {
    await blockMember(ctx, mentor, mentee.userId);
    await deleteMemberData(ctx, mentee);
    await unblockMember(ctx, mentor, mentee.userId);
    await registerPerson(ctx, mentee, 'mentee');
    await expect(ask()).resolves.toBeDefined();
  });

  test('is not betrayed: who is blocked and has nothing else reads that nothing is kept, and deletes nothing', async () => {
    const stranger = memberNumber(9);
    await blockMember(ctx, mentor, stranger.userId);
    expect(await exportMember(ctx, stranger)).toBeUndefined();
    expect(await deleteMemberData(ctx, stranger)).toBe(false);
    expect(JSON.stringify(await ctx.db.selectFrom('blocks').selectAll().execute())).not.toContain(stranger.userId);
    expect(await exportMember(ctx, stranger)).toBeUndefined();
  });
});

describe('what is counted', () => {
  test('a mentee writes to five mentors a day and ten in seven days, whatever they delete, and is told when the next', async () => {
    const others = Array.from({ length: 12 }, (_, i) => memberNumber(100 + i));
    for (const other of others) await registerVerified(ctx, other);
    const askAt = async (i: number) => {
      const asked = await requestMentor(ctx, {
        guildId,
        menteeId: mentee.userId,
        mentorId: others[i]!.userId,
        message: '',
      });
      await withdrawRequest(ctx, mentee.userId, asked.request.id);
    };
    for (let i = 0; i < 5; i += 1) await askAt(i);
    const day = Math.floor(Date.parse(ctx.now()) / 1000) + 24 * 3600;
    await expect(askAt(5)).rejects.toThrow(new RegExp(`5 mentors within a day.*<t:${day}:F>`));
    await beginAnew(mentee);
    await expect(askAt(5)).rejects.toThrow(/5 mentors within a day/);
    ctx.advance({ days: 1 });
    for (let i = 5; i < 10; i += 1) await askAt(i);
    ctx.advance({ days: 1 });
    await expect(askAt(10)).rejects.toThrow(/10 mentors within 7 days/);
    ctx.advance({ days: 5 });
    await askAt(10);
  });

  test('what is queued counts before it goes out, so that withdrawing one after the other reaches nobody more', async () => {
    const others = Array.from({ length: 8 }, (_, i) => memberNumber(100 + i));
    for (const other of others) await registerVerified(ctx, other);
    let refused = 0;
    for (const next of others) {
      try {
        await requestMentor(ctx, { guildId, menteeId: mentee.userId, mentorId: next.userId, message: '' });
      } catch {
        refused += 1;
      }
      const live = await ctx.db
        .selectFrom('requests')
        .selectAll()
        .where('state', 'in', ['pending', 'queued'])
        .execute();
      const pending = live.find(({ state }) => state === 'pending');
      if (pending && live.length === 3) await withdrawRequest(ctx, mentee.userId, pending.id);
    }
    for (let i = 0; i < 3; i += 1) {
      const pending = await ctx.db
        .selectFrom('requests')
        .select('id')
        .where('state', '=', 'pending')
        .executeTakeFirst();
      if (pending) await withdrawRequest(ctx, mentee.userId, pending.id);
    }
    const written = await ctx.db
      .selectFrom('notices')
      .select('user_id')
      .where('kind', '=', 'request-received')
      .execute();
    expect(new Set(written.map((row) => row.user_id)).size).toBe(5);
  });

  test('suggestions that went with their data still wait, for 30 days', async () => {
    const tip = readTip({ category: 'resilience', title: 'A title', text: 'A text that says something.', see: '' });
    for (let i = 0; i < 3; i += 1) await suggestContent(ctx, mentee, tip);
    await beginAnew(mentee);
    await expect(suggestContent(ctx, mentee, tip)).rejects.toThrow();
    ctx.advance({ days: 30 });
    await suggestContent(ctx, mentee, tip);
  });

  test('registering as a mentor over and over puts three cards a day into the staff channel, and everybody into the queue', async () => {
    await ctx.db.updateTable('guilds').set({ mentor_verification: 1 }).execute();
    const spammer = memberNumber(50);
    for (let i = 0; i < 6; i += 1) {
      expect(await registerPerson(ctx, spammer, 'mentor')).toMatchObject({ queued: true });
      if (i < 5) await deleteMemberData(ctx, spammer);
    }
    const cards = () => ctx.db.selectFrom('notices').select('id').where('kind', '=', 'mentor-review').execute();
    const others = 1;
    expect(await cards()).toHaveLength(3 + others);
    expect(
      (await ctx.db.selectFrom('recent_acts').select('who').execute()).every(({ who }) => who.startsWith(hashPrefix)),
    ).toBe(true);
  });
});

describe('a request that is withdrawn and made again', () => {
  const cards = () =>
    ctx.db
      .selectFrom('notices')
      .selectAll()
      .where('kind', '=', 'request-received')
      .where('user_id', '=', mentor.userId)
      .execute();
  const delivered = async () => {
    await ctx.db
      .updateTable('notices')
      .set({ state: 'delivered', message_id: '1', channel_id: '2' })
      .where('state', '=', 'owed')
      .execute();
  };

  test('brings the mentor’s old message back to life, with the new words', async () => {
    const first = await ask('First words');
    await delivered();
    await withdrawRequest(ctx, mentee.userId, first.request.id);
    await delivered();
    const again = await ask('Other words');
    expect(again).toMatchObject({
      revived: true,
      request: { id: first.request.id, state: 'pending', message: 'Other words' },
    });
    expect(await cards()).toMatchObject([{ state: 'owed', message_id: '1' }]);
    await acceptRequest(ctx, mentor.userId, first.request.id);
  });

  test('does so too after everything was deleted in between', async () => {
    const first = await ask('First words');
    await delivered();
    await beginAnew(mentee);
    await delivered();
    expect(await ask('Other words')).toMatchObject({ revived: true, request: { id: first.request.id } });
    expect(await cards()).toHaveLength(1);
  });

  test('is a new one after 30 days, or where the mentor never got to see it', async () => {
    const first = await ask();
    await withdrawRequest(ctx, mentee.userId, first.request.id);
    await ctx.db.updateTable('notices').set({ state: 'void' }).where('kind', '=', 'request-received').execute();
    const second = await ask();
    expect(second).toMatchObject({ revived: false });
    await delivered();
    await withdrawRequest(ctx, mentee.userId, second.request.id);
    ctx.advance({ days: 30, minutes: 1 });
    expect(await ask()).toMatchObject({ revived: false });
  });

  test('goes out as an edit too when it waited in the queue for its turn', async () => {
    const other = memberNumber(3);
    await registerVerified(ctx, other);
    const first = await ask();
    await delivered();
    await withdrawRequest(ctx, mentee.userId, first.request.id);
    await delivered();
    const pending = await requestMentor(ctx, { guildId, menteeId: mentee.userId, mentorId: other.userId, message: '' });
    expect(await ask()).toMatchObject({ revived: true, request: { state: 'queued' } });
    expect(await cards()).toMatchObject([{ state: 'delivered' }]);
    await withdrawRequest(ctx, mentee.userId, pending.request.id);
    expect(await cards()).toMatchObject([{ state: 'owed', message_id: '1' }]);
  });
});
