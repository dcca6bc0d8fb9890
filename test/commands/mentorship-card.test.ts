/** What /mentorship show says of pairs that have written as much as they may. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mentorshipCard, mentorshipsCard } from '../../src/commands/mentorship/cards.ts';
import { specialties, stages, topics } from '../../src/content/index.ts';
import { listLiveMentorshipsOf } from '../../src/db/mentorships.ts';
import { embedLength } from '../../src/discord/embeds.ts';
import { limits } from '../../src/discord/limits.ts';
import { showTyped } from '../../src/discord/text.ts';
import { goalLimit } from '../../src/mentoring/goals.ts';
import { lineLimit } from '../../src/mentoring/meetings/limits.ts';
import { mostChosen } from '../../src/mentoring/profiles/limits.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor } from '../support/members.ts';

let ctx: TestContext;
beforeAll(async () => {
  ctx = await openTestContext();
});
afterAll(() => ctx.db.destroy());

/** So many mentorships of one mentor, each with three goals, three meetings and the longest lists of choices. */
async function openPairs(count: number, typed: string): Promise<string> {
  const mentorId = await addMentor(ctx, { profile: { capacity: 5 } });
  const at = ctx.now();
  for (let i = 0; i < count; i += 1) {
    const menteeId = await addMentee(ctx, {
      specialties: specialties.slice(0, mostChosen.specialties).map(({ id }) => id),
      topics: topics.slice(0, mostChosen.topics).map(({ id }) => id),
      profile: { stage: stages[2]?.id ?? '' },
    });
    const id = `${mentorId}-${i}`;
    const pair = { id, guild_id: guildId, mentor_id: mentorId, mentee_id: menteeId, thread_id: `9${menteeId}` };
    await ctx.db
      .insertInto('mentorships')
      .values({ ...pair, state: 'active', started_at: at, due_at: at })
      .execute();
    for (const n of [1, 2, 3]) {
      const about = { guild_id: guildId, mentorship_id: id, id: `${id}-${n}` };
      const goal = {
        ...about,
        user_id: menteeId,
        text: typed.slice(0, goalLimit),
        due_on: '2027-01-31',
        created_at: at,
      };
      await ctx.db
        .insertInto('goals')
        .values({ ...goal, state: n === 3 ? 'reached' : 'open' })
        .execute();
      const held = {
        ...about,
        series_id: about.id,
        state: 'held' as const,
        proposed_at: at,
        proposed_by: 'mentee' as const,
      };
      const meeting = { ...held, minutes: 30, starts_at: at, ends_at: at };
      await ctx.db.insertInto('meetings').values({ ...meeting, line: typed.slice(0, lineLimit), line_by: 'mentee' }).execute(); // prettier-ignore
    }
  }
  return mentorId;
}

test.each(['_', '@everyone ', '[a](https://x.example) ', '👩🏽‍⚕️', 'ڈ'])(
  'mentorships with the most of %j that somebody can write fit into one message, and keep a word of each',
  async (sign) => {
    const mentorId = await openPairs(5, sign.repeat(200));
    const all = await listLiveMentorshipsOf(ctx.db, guildId, mentorId);
    const cards = [await mentorshipsCard(ctx, mentorId, all), ...(await Promise.all(all.map((one) => mentorshipCard(ctx, mentorId, one))))]; // prettier-ignore
    expect(cards.map(({ embeds }) => embeds?.length)).toEqual([5, 1, 1, 1, 1, 1]);
    for (const { embeds = [] } of cards) {
      expect(embeds.reduce((sum, one) => sum + embedLength(one), 0)).toBeLessThanOrEqual(limits.embeds);
      for (const { value } of embeds.flatMap(({ fields = [] }) => fields))
        expect(value.length).toBeLessThanOrEqual(limits.embedField);
    }
    const said = JSON.stringify(cards[1]);
    const shown = JSON.stringify(showTyped(sign.trim())).slice(1, -1);
    expect(said.split(shown).length).toBeGreaterThan(6);
  },
);

test('what one of the two wrote about a meeting is shown as typed: no link, mention or heading comes of it', async () => {
  const mentorId = await openPairs(1, '[form](https://x.example) @everyone');
  const [pair] = await listLiveMentorshipsOf(ctx.db, guildId, mentorId);
  const said = JSON.stringify(await mentorshipCard(ctx, mentorId, pair!));
  expect(said).toContain(String.raw`\\[form\\](https://x.example)`);
  expect(said).not.toContain('@everyone');
});
