/** One person in two guilds, or in both roles: what happens in one place does not reach into the other. */
import { beforeEach, describe, expect, test } from 'vitest';
import { upsertGuild } from '../../src/db/guilds.ts';
import { findMentorshipOfMentee, listLiveMentorshipsOf } from '../../src/db/mentorships.ts';
import { listProfiles } from '../../src/db/profiles.ts';
import { findRequest } from '../../src/db/requests.ts';
import { leaveGuild } from '../../src/guild/guilds.ts';
import { memberLeft } from '../../src/lifecycle/leavers.ts';
import { endMentorship } from '../../src/mentoring/mentorships.ts';
import { endRestsOver } from '../../src/mentoring/rests.ts';
import { deleteMemberData } from '../../src/lifecycle/personal-data.ts';
import { acceptRequest, declineRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { withdrawRequest } from '../../src/mentoring/requests/withdraw.ts';
import { openTestContext, type TestContext, testGuildId as here } from '../support/context.ts';
import { addMentee, addMentor, addProfile, owedTo } from '../support/members.ts';

const there = '900000000000000099';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
  await upsertGuild(ctx.db, { id: there, zone: 'Etc/UTC', set_up_at: ctx.now() });
  return async () => await ctx.db.destroy();
});

const ask = async (guildId: string, menteeId: string, mentorId: string) =>
  (await requestMentor(ctx, { guildId, menteeId, mentorId, message: '' })).request;

describe('the same two people in two guilds', () => {
  test('have what they have in each: leaving or deleting in one changes nothing in the other', async () => {
    const mentor = await addMentor(ctx, { profile: { capacity: 2 } });
    const mentee = await addMentee(ctx);
    await addProfile(ctx, mentor, 'mentor', {
      guildId: there,
      profile: { stage: 'resident', capacity: 1, verification: 'verified' },
    });
    await addProfile(ctx, mentee, 'mentee', { guildId: there });
    await acceptRequest(ctx, mentor, (await ask(here, mentee, mentor)).id);
    await acceptRequest(ctx, mentor, (await ask(there, mentee, mentor)).id);
    await memberLeft(ctx, here, mentee);
    await deleteMemberData(ctx, { guildId: here, userId: mentor });
    expect(await findMentorshipOfMentee(ctx.db, here, mentee)).toBeUndefined();
    expect(await findMentorshipOfMentee(ctx.db, there, mentee)).toMatchObject({ mentor_id: mentor, state: 'active' });
    expect(await listProfiles(ctx.db, there, mentor)).toHaveLength(1);
  });

  test('cannot be asked across: a mentor of one guild is none in the other', async () => {
    const mentor = await addMentor(ctx);
    const mentee = await addMentee(ctx, { guildId: there });
    await expect(ask(there, mentee, mentor)).rejects.toThrow(/mentor/);
    await expect(ask(here, mentee, mentor)).rejects.toThrow(/regist/);
  });
});

test('whoever is not one of the two can neither answer, take back nor end anything, whatever id they send', async () => {
  const [mentor, mentee, stranger] = [await addMentor(ctx), await addMentee(ctx), await addMentor(ctx)];
  const request = await ask(here, mentee, mentor);
  const noWord = { choice: 'unsaid', note: '' } as const;
  await expect(acceptRequest(ctx, mentee, request.id)).rejects.toThrow(/not/);
  await expect(declineRequest(ctx, stranger, request.id, noWord)).rejects.toThrow(/not/);
  await expect(withdrawRequest(ctx, mentor, request.id)).rejects.toThrow(/not/);
  const { mentorshipId } = await acceptRequest(ctx, mentor, request.id);
  await expect(endMentorship(ctx, stranger, mentorshipId, 'other')).rejects.toThrow(/not/);
  await expect(endMentorship(ctx, mentor, request.id, 'other')).rejects.toThrow(/not/);
});

test('a button of a guild that the bot has left changes nothing', async () => {
  const [mentor, mentee] = [await addMentor(ctx), await addMentee(ctx)];
  const request = await ask(here, mentee, mentor);
  await leaveGuild(ctx, here);
  await expect(acceptRequest(ctx, mentor, request.id)).rejects.toThrow(/set up/);
  expect(await findRequest(ctx.db, request.id)).toMatchObject({ state: 'pending' });
});

test('a button pressed after the mentor deleted their data answers, and so does one after the mentee did', async () => {
  const mentor = await addMentor(ctx, { profile: { capacity: 2 } });
  const [one, other] = [await addMentee(ctx), await addMentee(ctx)];
  const [first, second] = [await ask(here, one, mentor), await ask(here, other, mentor)];
  await deleteMemberData(ctx, { guildId: here, userId: one });
  await expect(acceptRequest(ctx, mentor, first.id)).rejects.toThrow(/withdrew|former member/);
  await deleteMemberData(ctx, { guildId: here, userId: mentor });
  await expect(acceptRequest(ctx, mentor, second.id)).rejects.toThrow(/not/);
});

test('two who mentor each other, from before nobody could, are freed of both when one of them goes, and only the other is told', async () => {
  const profile = { stage: 'resident', capacity: 1, verification: 'verified' } as const;
  const [ada, omar] = [await addMentee(ctx), await addMentee(ctx)];
  for (const one of [ada, omar]) await addProfile(ctx, one, 'mentor', { profile });
  await acceptRequest(ctx, omar, (await ask(here, ada, omar)).id);
  await expect(ask(here, omar, ada)).rejects.toThrow('never each other’s mentor');
  const row = { guild_id: here, mentor_id: ada, mentee_id: omar, state: 'active' } as const;
  await ctx.db
    .insertInto('mentorships')
    .values({ ...row, id: 'reverse', started_at: ctx.now(), due_at: ctx.now() })
    .execute();
  await memberLeft(ctx, here, ada);
  expect((await owedTo(ctx, omar)).filter((kind) => kind === 'mentorship-rests')).toHaveLength(2);
  ctx.advance({ days: 7 });
  await endRestsOver(ctx);
  expect(await listLiveMentorshipsOf(ctx.db, here, ada)).toEqual([]);
  expect(await listLiveMentorshipsOf(ctx.db, here, omar)).toEqual([]);
  expect((await owedTo(ctx, omar)).filter((kind) => kind === 'mentorship-ended')).toHaveLength(2);
  expect(await owedTo(ctx, ada)).toEqual([]);
  await deleteMemberData(ctx, { guildId: here, userId: ada });
  await deleteMemberData(ctx, { guildId: here, userId: omar });
});
