import { beforeEach, describe, expect, test } from 'vitest';
import { deleteMemberData, exportMember } from '../../../src/mentoring/personal-data.ts';
import { purgeOld } from '../../../src/mentoring/purge.ts';
import { publishRound } from '../../../src/mentoring/rounds/publish.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../../support/context.ts';
import { addMentor } from '../../support/members.ts';
import { addWaiting, moderator, preview } from './support.ts';

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
