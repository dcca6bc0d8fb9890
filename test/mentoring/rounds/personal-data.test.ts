import { beforeEach, describe, expect, test } from 'vitest';
import { insertBlock } from '../../../src/db/blocks.ts';
import { deleteMemberData, exportMember } from '../../../src/lifecycle/personal-data.ts';
import { purgeOld } from '../../../src/lifecycle/purge.ts';
import { readFigures } from '../../../src/mentoring/rounds/figures.ts';
import { endRound } from '../../../src/mentoring/rounds/open.ts';
import { publishRound } from '../../../src/mentoring/rounds/publish.ts';
import { wishPair } from '../../../src/mentoring/rounds/wishes.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../../support/context.ts';
import { addMentor } from '../../support/members.ts';
import { addWaiting, finish, moderator, preview } from './support.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});

const publish = async () => await publishRound(ctx, moderator, await preview(ctx));

describe('what a round holds on people', () => {
  test('is in the export, and goes with the rest of the data', async () => {
    const mentor = await addMentor(ctx);
    const mentee = await addWaiting(ctx);
    const alone = await addWaiting(ctx, { languages: ['es'] });
    await publish();
    const held = await exportMember(ctx, { guildId, userId: mentee });
    expect(held).toMatchObject({ matchingRoundsThatProposedYou: [{ you: 'mentee', partner: mentor }] });
    expect(await exportMember(ctx, { guildId, userId: alone })).toMatchObject({
      matchingRoundsThatHadNobodyForYou: [{ why: 'no-eligible' }],
    });
    for (const userId of [mentee, alone, mentor, moderator.userId]) await deleteMemberData(ctx, { guildId, userId });
    const tables = ['rounds', 'round_pairs', 'round_left', 'round_wishes', 'requests'] as const;
    const rows = await Promise.all(tables.map((table) => ctx.db.selectFrom(table).selectAll().execute()));
    const text = JSON.stringify(rows);
    for (const userId of [mentee, alone, mentor, moderator.userId]) expect(text).not.toContain(userId);
  });

  test('is in the export without what they are not to know: that a mentor blocked them, how well they suit', async () => {
    const mentor = await addMentor(ctx);
    await addMentor(ctx, { languages: ['es'] });
    const mentee = await addWaiting(ctx);
    await insertBlock(ctx.db, { guildId, memberId: mentor, blockedId: mentee }, ctx.now());
    await publish().catch(() => undefined);
    const { matchingRoundsThatHadNobodyForYou: rounds } = (await exportMember(ctx, { guildId, userId: mentee })) as {
      matchingRoundsThatHadNobodyForYou: unknown[];
    };
    expect(rounds).toEqual([
      { round: expect.any(String) as string, why: 'no-eligible', mentorsRuledOut: { language: 1 } },
    ]);
  });

  test('is in nobody’s export before it is published, nor once it was thrown away', async () => {
    const mentor = await addMentor(ctx);
    const [mentee, alone] = [await addWaiting(ctx), await addWaiting(ctx, { languages: ['es'] })];
    const round = await preview(ctx);
    const exports = async () =>
      JSON.stringify(
        await Promise.all([mentor, mentee, alone].map((userId) => exportMember(ctx, { guildId, userId }))),
      );
    expect(await exports()).not.toContain(round.id);
    await endRound(ctx, moderator);
    expect(await exports()).not.toContain(round.id);
  });

  test('names nobody who deleted their data among the pins that were left out either', async () => {
    const mentor = await addMentor(ctx);
    const mentee = await addWaiting(ctx);
    await preview(ctx);
    await finish(ctx, await wishPair(ctx, moderator, { menteeId: mentee, mentorId: mentor }, 'pinned'));
    await insertBlock(ctx.db, { guildId, memberId: mentor, blockedId: mentee }, ctx.now());
    const round = await preview(ctx);
    expect(readFigures(round)?.droppedPins).toEqual([{ menteeId: mentee, mentorId: mentor }]);
    await deleteMemberData(ctx, { guildId, userId: mentee });
    await deleteMemberData(ctx, { guildId, userId: mentor });
    const text = JSON.stringify(await ctx.db.selectFrom('rounds').selectAll().execute());
    for (const userId of [mentee, mentor]) expect(text).not.toContain(userId);
    expect(readFigures(await ctx.db.selectFrom('rounds').selectAll().executeTakeFirstOrThrow())).toBeDefined();
  });

  test('goes after three months, and the round itself after a year', async () => {
    await addMentor(ctx);
    await addWaiting(ctx);
    await publish();
    const count = async (table: 'rounds' | 'round_pairs') =>
      (await ctx.db.selectFrom(table).selectAll().execute()).length;
    ctx.advance({ days: 89 });
    await purgeOld(ctx, 200);
    expect([await count('rounds'), await count('round_pairs')]).toEqual([1, 1]);
    ctx.advance({ days: 2 });
    await purgeOld(ctx, 200);
    expect([await count('rounds'), await count('round_pairs')]).toEqual([1, 0]);
    ctx.advance({ days: 300 });
    await purgeOld(ctx, 200);
    expect(await count('rounds')).toBe(0);
  });
});
