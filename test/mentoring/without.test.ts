import { beforeEach, expect, test } from 'vitest';
import { leaveWaitlist, joinWaitlist } from '../../src/mentoring/waitlist.ts';
import { lookForThoseWithout, withoutDays } from '../../src/mentoring/without.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor, owedTo } from '../support/members.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
  return async () => await ctx.db.destroy();
});

const passDays = async (days: number) => {
  for (let day = 0; day < days; day += 1) {
    ctx.advance({ days: 1 });
    await lookForThoseWithout(ctx);
  }
};

test('a mentee for whom nobody is eligible for four weeks is named to the moderators, once', async () => {
  await addMentor(ctx, { languages: ['ur'] });
  await joinWaitlist(ctx, guildId, await addMentee(ctx, { languages: ['es'] }));
  await lookForThoseWithout(ctx);
  await passDays(withoutDays - 1);
  expect(await owedTo(ctx, null)).toEqual([]);
  await passDays(1);
  expect(await owedTo(ctx, null)).toEqual(['mentee-without']);
  await passDays(40);
  expect(await owedTo(ctx, null)).toEqual(['mentee-without']);
});

test('somebody for whom a mentor was there on a day in between begins to count anew', async () => {
  const mentee = await addMentee(ctx, { languages: ['es'] });
  await joinWaitlist(ctx, guildId, mentee);
  await passDays(20);
  const mentor = await addMentor(ctx, { languages: ['es'] });
  await ctx.db.updateTable('guilds').set((row) => ({ pool_version: row('pool_version', '+', 1), pool_whole_version: row('pool_version', '+', 1) })).execute(); // prettier-ignore
  await passDays(1);
  await ctx.db.deleteFrom('profiles').where('user_id', '=', mentor).execute();
  await ctx.db.updateTable('guilds').set((row) => ({ pool_version: row('pool_version', '+', 1), pool_whole_version: row('pool_version', '+', 1) })).execute(); // prettier-ignore
  await passDays(withoutDays);
  expect(await owedTo(ctx, null)).toEqual([]);
  await passDays(1);
  expect(await owedTo(ctx, null)).toEqual(['mentee-without']);
});

test('nobody hears of somebody who has stopped waiting', async () => {
  const mentee = await addMentee(ctx);
  await joinWaitlist(ctx, guildId, mentee);
  await passDays(withoutDays - 2);
  await leaveWaitlist(ctx, guildId, mentee);
  await passDays(withoutDays);
  expect(await owedTo(ctx, null)).toEqual([]);
});
