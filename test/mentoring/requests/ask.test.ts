import { beforeEach, describe, expect, test } from 'vitest';
import { insertBlock } from '../../../src/db/blocks.ts';
import { findWaitlistPlace } from '../../../src/db/waitlist.ts';
import { UserError } from '../../../src/errors.ts';
import { acceptRequest, declineRequest } from '../../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../../src/mentoring/requests/ask.ts';
import { messageLimit } from '../../../src/mentoring/requests/rules.ts';
import { joinWaitlist } from '../../../src/mentoring/waitlist.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../../support/context.ts';
import { addMentee, addMentor, addProfile, newUserId, owedTo } from '../../support/members.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});

const ask = (menteeId: string, mentorId: string, message = 'Hello') =>
  requestMentor(ctx, { guildId, menteeId, mentorId, message });

async function refusal(act: Promise<unknown>): Promise<string> {
  const error = await act.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

const requests = () => ctx.db.selectFrom('requests').selectAll().orderBy('choice').execute();

describe('the first request', () => {
  test('goes out at once, expires after the days the guild has set, and the mentor is owed its card', async () => {
    const [mentor, mentee] = [await addMentor(ctx), await addMentee(ctx)];
    const { request } = await ask(mentee, mentor, '  I interview in January.  ');
    expect(request).toMatchObject({
      state: 'pending',
      message: 'I interview in January.',
      sent_at: ctx.now(),
      expires_at: '2026-11-30T12:00:00.000Z',
    });
    expect(await owedTo(ctx, mentor)).toEqual(['request-received']);
    expect(await owedTo(ctx, mentee)).toEqual([]);
  });

  test('takes the mentee off the waitlist, and gives them back their turn when it comes to nothing', async () => {
    const [mentor, mentee] = [await addMentor(ctx), await addMentee(ctx)];
    const since = ctx.now();
    await joinWaitlist(ctx, guildId, mentee);
    ctx.advance({ days: 20 });
    const other = await addMentee(ctx);
    await joinWaitlist(ctx, guildId, other);
    ctx.advance({ days: 1 });
    const { request } = await ask(mentee, mentor);
    expect(await findWaitlistPlace(ctx.db, guildId, mentee)).toBeUndefined();
    await declineRequest(ctx, mentor, request.id, { choice: 'no-place', note: '' });
    expect(await findWaitlistPlace(ctx.db, guildId, mentee)).toEqual({ position: 1, waiting: 2, joinedAt: since });
  });
});

describe('further requests', () => {
  test('queue behind the first in the order in which they were made, and their mentors hear nothing yet', async () => {
    const mentors = [await addMentor(ctx), await addMentor(ctx), await addMentor(ctx)];
    const mentee = await addMentee(ctx);
    for (const mentor of mentors) await ask(mentee, mentor);
    expect((await requests()).map((row) => [row.mentor_id, row.state])).toEqual([
      [mentors[0], 'pending'],
      [mentors[1], 'queued'],
      [mentors[2], 'queued'],
    ]);
    expect(await owedTo(ctx, mentors[1] ?? '')).toEqual([]);
  });

  test('beyond three are refused with the names of those three', async () => {
    const mentee = await addMentee(ctx);
    const mentors = [await addMentor(ctx), await addMentor(ctx), await addMentor(ctx)];
    for (const mentor of mentors) await ask(mentee, mentor);
    const why = await refusal(ask(mentee, await addMentor(ctx)));
    for (const mentor of mentors) expect(why).toContain(mentor);
    expect(await requests()).toHaveLength(3);
  });

  test('made all at once never become more than one pending and two queued', async () => {
    const mentee = await addMentee(ctx);
    const mentors = await Promise.all(Array.from({ length: 6 }, () => addMentor(ctx)));
    const results = await Promise.allSettled(mentors.map((mentor) => ask(mentee, mentor)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(3);
    expect((await requests()).map((row) => row.state)).toEqual(['pending', 'queued', 'queued']);
  });

  test('to the same mentor at once leave one request', async () => {
    const [mentor, mentee] = [await addMentor(ctx), await addMentee(ctx)];
    const results = await Promise.allSettled([ask(mentee, mentor), ask(mentee, mentor)]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await requests()).toHaveLength(1);
  });
});

describe('a refusal says why and changes nothing, for', () => {
  const cases: Record<string, [RegExp, () => Promise<{ mentee?: string; mentor: string; message?: string }>]> = {
    'a mentee who is not registered': [
      /\/register mentee/,
      async () => ({ mentee: newUserId(), mentor: await addMentor(ctx) }),
    ],
    oneself: [
      /yourself/,
      async () => {
        const both = await addMentee(ctx);
        await addProfile(ctx, both, 'mentor', {
          profile: { stage: 'attending', capacity: 1, verification: 'verified' },
        });
        return { mentee: both, mentor: both };
      },
    ],
    'somebody who is no mentor': [/not registered as a mentor/, async () => ({ mentor: await addMentee(ctx) })],
    'a mentor who left': [
      /not registered as a mentor/,
      async () => ({ mentor: await addMentor(ctx, { member: { left_at: ctx.now() } }) }),
    ],
    'a mentor at the same stage': [
      /not further along the road .*Applying; yours: Applying/,
      async () => ({ mentor: await addMentor(ctx, { profile: { stage: 'applying' } }) }),
    ],
    'a mentor who takes later stages only': [
      /from the stage “Interviewing” on/,
      async () => ({ mentor: await addMentor(ctx, { profile: { accepts_from: 'interviewing' } }) }),
    ],
    'no language in common': [
      /no language in common/,
      async () => ({ mentor: await addMentor(ctx, { languages: ['es'] }) }),
    ],
    'a full mentor': [
      /no free place/,
      async () => {
        const [mentor, first] = [await addMentor(ctx), await addMentee(ctx)];
        await acceptRequest(ctx, mentor, (await ask(first, mentor)).request.id);
        return { mentor };
      },
    ],
    'a paused mentor': [
      /not taking requests/,
      async () => ({ mentor: await addMentor(ctx, { profile: { state: 'paused' } }) }),
    ],
    'an unverified mentor': [
      /not been verified/,
      async () => ({ mentor: await addMentor(ctx, { profile: { verification: 'waiting' } }) }),
    ],
    // Without saying so: it reads like a pause.
    'a suspended mentor': [
      /not taking requests/,
      async () => ({ mentor: await addMentor(ctx, { profile: { verification: 'suspended' } }) }),
    ],
    'a mentor who blocked the mentee': [
      /not taking requests/,
      async () => {
        const [mentor, mentee] = [await addMentor(ctx), await addMentee(ctx)];
        await insertBlock(ctx.db, { guildId, memberId: mentor, blockedId: mentee }, ctx.now());
        return { mentor, mentee };
      },
    ],
    'a mentee who has paused': [
      /\/profile resume/,
      async () => ({ mentor: await addMentor(ctx), mentee: await addMentee(ctx, { profile: { state: 'paused' } }) }),
    ],
    'a mentee who has a mentor': [
      /You have a mentor already/,
      async () => {
        const [mentor, mentee] = [await addMentor(ctx), await addMentee(ctx)];
        await acceptRequest(ctx, mentor, (await ask(mentee, mentor)).request.id);
        return { mentee, mentor: await addMentor(ctx) };
      },
    ],
    'asking twice': [
      /already asked/,
      async () => {
        const [mentor, mentee] = [await addMentor(ctx), await addMentee(ctx)];
        await ask(mentee, mentor);
        return { mentee, mentor };
      },
    ],
    'a mentor who has just declined': [
      /already declined/,
      async () => {
        const [mentor, mentee] = [await addMentor(ctx), await addMentee(ctx)];
        await declineRequest(ctx, mentor, (await ask(mentee, mentor)).request.id, { choice: 'no-place', note: '' });
        return { mentee, mentor };
      },
    ],
    'an over-long message': [
      /501 characters; the limit is 500/,
      async () => ({ mentor: await addMentor(ctx), message: 'x'.repeat(messageLimit + 1) }),
    ],
  };

  test.each(Object.entries(cases))('%s', async (_, [why, arrange]) => {
    const { mentee = await addMentee(ctx), mentor, message } = await arrange();
    const before = await requests();
    expect(await refusal(ask(mentee, mentor, message))).toMatch(why);
    expect(await requests()).toEqual(before);
  });
});

test('a message of exactly the limit is sent', async () => {
  const [mentor, mentee] = [await addMentor(ctx), await addMentee(ctx)];
  expect((await ask(mentee, mentor, 'x'.repeat(messageLimit))).request.message).toHaveLength(messageLimit);
});

test('in a guild without verification a mentor whom nobody looked at can be asked, a suspended one cannot', async () => {
  await ctx.db.updateTable('guilds').set({ mentor_verification: 0 }).execute();
  const mentee = await addMentee(ctx);
  await ask(mentee, await addMentor(ctx, { profile: { verification: 'none' } }));
  expect(await refusal(ask(mentee, await addMentor(ctx, { profile: { verification: 'suspended' } })))).toMatch(
    /not taking requests/,
  );
});

test('a mentor who declined a month ago can be asked again', async () => {
  const [mentor, mentee] = [await addMentor(ctx), await addMentee(ctx)];
  await declineRequest(ctx, mentor, (await ask(mentee, mentor)).request.id, { choice: 'away', note: '' });
  ctx.advance({ days: 31 });
  expect((await ask(mentee, mentor)).request.state).toBe('pending');
});
