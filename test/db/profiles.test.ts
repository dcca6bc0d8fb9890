import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProfile, listMentors, listProfiles } from '../../src/db/profiles.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { memberNumber, registerPerson } from '../support/people.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

test('lists come back as lists, the mentor’s profile before the mentee’s', async () => {
  const both = memberNumber(1);
  await registerPerson(ctx, both, 'mentee', { stage: 'interviewing', topics: ['visas', 'exams'] });
  await registerPerson(ctx, both, 'mentor', { stage: 'interviewing' });
  const profiles = await listProfiles(ctx.db, testGuildId, both.userId);
  expect(profiles.map(({ role }) => role)).toEqual(['mentor', 'mentee']);
  expect(profiles[1]?.topics).toEqual(['visas', 'exams']);
  expect(await findProfile(ctx.db, 'elsewhere', both.userId, 'mentor')).toBeUndefined();
});

test('mentors are listed with zone and shown country, without those who left', async () => {
  await registerPerson(ctx, memberNumber(1), 'mentor', { country: 'EG', showsCountry: true, zone: 'Africa/Cairo' });
  await registerPerson(ctx, memberNumber(2), 'mentor', { country: 'PK', showsCountry: false });
  await registerPerson(ctx, memberNumber(3), 'mentor');
  await registerPerson(ctx, memberNumber(4), 'mentee');
  await ctx.db
    .updateTable('members')
    .set({ left_at: ctx.now() })
    .where('user_id', '=', memberNumber(3).userId)
    .execute();
  const mentors = await listMentors(ctx.db, testGuildId, '', 10);
  const inOrder = mentors.toSorted((a, b) => a.user_id.localeCompare(b.user_id));
  expect(inOrder.map(({ user_id, zone, country }) => [user_id, zone, country])).toEqual([
    [memberNumber(1).userId, 'Africa/Cairo', 'EG'],
    [memberNumber(2).userId, 'America/New_York', null],
  ]);
});

test('the database itself refuses a second profile in a role, and a mentor who asks themselves', async () => {
  const { profile } = await registerPerson(ctx, memberNumber(1), 'mentor');
  const row = await ctx.db.selectFrom('profiles').selectAll().where('id', '=', profile.id).executeTakeFirstOrThrow();
  await expect(
    ctx.db
      .insertInto('profiles')
      .values({ ...row, id: 'another' })
      .execute(),
  ).rejects.toThrow(/unique/i);
  const request = { id: 'r', guild_id: testGuildId, state: 'queued' as const, message: '', created_at: ctx.now() };
  const asking = ctx.db.insertInto('requests').values({ ...request, mentor_id: '1', mentee_id: '1' });
  await expect(asking.execute()).rejects.toThrow(/check/i);
});
