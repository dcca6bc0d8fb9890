import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findGuild } from '../../src/db/guilds.ts';
import { UserError } from '../../src/errors.ts';
import { usualWeights, type Weights } from '../../src/matching/index.ts';
import { findMentors } from '../../src/mentoring/find.ts';
import { previewWeights, sampleLimit, saveWeights } from '../../src/mentoring/weights.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor } from '../support/members.ts';

const moderator = '900000000000000001';
let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(async () => await ctx.db.destroy());

/** One mentor of the mentee's specialty, and one who offers what is wanted. */
async function addPair(): Promise<{ specialist: string; helper: string; mentee: string }> {
  return {
    specialist: await addMentor(ctx, { topics: ['research'] }),
    helper: await addMentor(ctx, { specialties: ['pathology'] }),
    mentee: await addMentee(ctx),
  };
}

async function firstFor(menteeId: string): Promise<string | undefined> {
  const found = await findMentors(ctx, guildId, menteeId);
  return found.is === 'suggestions' ? found.mentors[0]?.profile.user_id : undefined;
}

const stored = async () => (await findGuild(ctx.db, guildId))?.weights;
const audited = async () => await ctx.db.selectFrom('audit').select(['actor_id', 'action', 'detail']).execute();

describe('other weights', () => {
  test('are shown first: who would see somebody else, and nothing has changed yet', async () => {
    const { specialist, helper, mentee } = await addPair();
    const preview = await previewWeights(ctx, guildId, { topics: 90 });
    expect(preview).toMatchObject({ before: usualWeights, sample: 1, suited: 1, otherFirst: 1, otherShown: 0 });
    expect(preview.examples).toEqual([{ menteeId: mentee, before: specialist, after: helper }]);
    expect(await stored()).toBeNull();
    expect(await firstFor(mentee)).toBe(specialist);
  });

  test('once saved count at once in what is suggested, and it is written down who decided it', async () => {
    const { specialist, helper, mentee } = await addPair();
    expect(await firstFor(mentee)).toBe(specialist);
    const { before, after } = await previewWeights(ctx, guildId, { topics: 90 });
    await saveWeights(ctx, guildId, moderator, { before, after });
    expect(await firstFor(mentee)).toBe(helper);
    expect(await audited()).toEqual([
      { actor_id: moderator, action: 'weights-changed', detail: JSON.stringify(after) },
    ]);
  });

  test('can be taken back to the usual ones', async () => {
    const own = await previewWeights(ctx, guildId, { topics: 90 });
    await saveWeights(ctx, guildId, moderator, own);
    const back = await previewWeights(ctx, guildId, 'usual');
    expect(back.before).toEqual(own.after);
    await saveWeights(ctx, guildId, moderator, back);
    expect(await stored()).toBeNull();
  });

  test('of two moderators who decide from the same card, only the first counts', async () => {
    const one = await previewWeights(ctx, guildId, { topics: 90 });
    const two = await previewWeights(ctx, guildId, { hours: 50 });
    const outcomes = await Promise.allSettled([
      saveWeights(ctx, guildId, moderator, one),
      saveWeights(ctx, guildId, '900000000000000002', two),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const [lost] = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost?.reason).toBeInstanceOf(UserError);
    expect(await audited()).toHaveLength(1);
  });

  test.each([
    ['weights that add up to more than there is', { ...usualWeights, topics: 9_000 }],
    ['a negative weight', { ...usualWeights, topics: -1, country: 3_501 }],
    ['no numbers at all', { specialty: Number.NaN }],
    ['nothing', undefined],
  ])('forged as %s change nothing', async (_, after) => {
    const forged = { before: usualWeights, after: after as Weights };
    await expect(saveWeights(ctx, guildId, moderator, forged)).rejects.toThrow(UserError);
    expect(await stored()).toBeNull();
    expect(await audited()).toEqual([]);
  });

  test.each([
    [{ topics: 60, specialty: 50 }, '110 percent'],
    [{ specialty: 20, topics: 20, stage: 20, hours: 20, country: 10 }, '90 percent'],
    [{ topics: 30 }, 'what counts already'],
  ])('that cannot be are refused in words: %o', async (given, words) => {
    await expect(previewWeights(ctx, guildId, given)).rejects.toThrow(words);
  });

  test('look at a sample of those without a mentor, and not at who paused', async () => {
    await addMentor(ctx);
    for (let i = 0; i < sampleLimit + 3; i += 1) await addMentee(ctx);
    expect((await previewWeights(ctx, guildId, { topics: 90 })).sample).toBe(sampleLimit);
  });

  test('in a guild where nobody looks for a mentor have nobody to be shown on', async () => {
    await addMentee(ctx, { profile: { state: 'paused' } });
    expect(await previewWeights(ctx, guildId, { topics: 90 })).toMatchObject({ sample: 0, suited: 0, examples: [] });
  });
});
