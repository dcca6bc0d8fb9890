import { describe, expect, test } from 'vitest';
import { findOfficeHour, findQuestion } from '../../../src/db/office-hours.ts';
import { deleteMemberData } from '../../../src/lifecycle/personal-data.ts';
import { memberLeft } from '../../../src/lifecycle/leavers.ts';
import { openOfGuild, openOfMentor } from '../../../src/mentoring/office-hours/limits.ts';
import { callOffAsModerator, callOffOfficeHour, moveOfficeHour } from '../../../src/mentoring/office-hours/offer.ts';
import { joinOfficeHour } from '../../../src/mentoring/office-hours/places.ts';
import { askQuestion } from '../../../src/mentoring/office-hours/questions.ts';
import { listOpenTo } from '../../../src/mentoring/office-hours/rules.ts';
import { keepOfficeHours } from '../../../src/mentoring/office-hours/run.ts';
import { declineMentor, suspendMentor } from '../../../src/mentoring/verification.ts';
import { testGuildId as guildId } from '../../support/context.ts';
import { addMentee, addMentor, newUserId } from '../../support/members.ts';
import { by, channelId, comers, ctx, eachWithDatabase, fine, inHours, letters, offer } from './support.ts';

eachWithDatabase();

describe('offering', () => {
  test('is for mentors whom the moderators accept', async () => {
    await expect(offer(await addMentee(ctx))).rejects.toThrow(/whom the moderators accept/);
    for (const verification of ['waiting', 'declined', 'suspended'] as const)
      await expect(offer(await addMentor(ctx, { profile: { verification } }))).rejects.toThrow(/accept/);
  });

  test('refuses what cannot be, and changes nothing', async () => {
    const mentor = await addMentor(ctx);
    const refusals: readonly (readonly [Parameters<typeof offer>[1], RegExp])[] = [
      [{ startsAt: inHours(-1) }, /too soon/],
      [{ startsAt: inHours(0.25) }, /too soon/],
      [{ startsAt: inHours(61 * 24) }, /60 days ahead/],
      [{ topic: ' a ' }, /1 character long/],
      [{ topic: 'x'.repeat(101) }, /101 characters/],
      [{ topic: 'UWorld pdf free download' }, /nobody may share/],
      [{ places: 2 }, /3 and 20/],
      [{ places: 21 }, /3 and 20/],
      [{ places: Number.NaN }, /3 and 20/],
      [{ minutes: 29 }, /changed since/],
    ];
    for (const [more, words] of refusals)
      await expect(offer(mentor, more), JSON.stringify(more)).rejects.toThrow(words);
    expect(await listOpenTo(ctx, by(mentor))).toEqual([]);
    await offer(mentor);
    await expect(offer(mentor, { startsAt: inHours(48.5) })).rejects.toThrow(
      /You already have office hours at that time/,
    );
  });

  test('has an end for one mentor, for a week, and for a server', async () => {
    const mentor = await addMentor(ctx);
    for (let i = 0; i < openOfMentor; i += 1) await offer(mentor, { startsAt: inHours(24 * (i + 2)) });
    await expect(offer(mentor, { startsAt: inHours(200) })).rejects.toThrow(/still to come/);
    for (const hour of await listOpenTo(ctx, by(mentor))) await callOffOfficeHour(ctx, by(mentor), hour.id);
    await callOffOfficeHour(ctx, by(mentor), (await offer(mentor)).id);
    await callOffOfficeHour(ctx, by(mentor), (await offer(mentor)).id);
    await expect(offer(mentor)).rejects.toThrow(/within 7 days/);
    const others = await Promise.all(Array.from({ length: openOfGuild + 1 }, () => addMentor(ctx)));
    const results = await Promise.allSettled(others.map((each) => offer(each)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(openOfGuild);
  });

  test('is moved by its mentor alone before it begins, and everybody on the list is told', async () => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    const [one = '', , , waits = ''] = await comers(hour, 4);
    const when = { startsAt: inHours(72), minutes: 90, channelId };
    await expect(moveOfficeHour(ctx, by(one), hour.id, when)).rejects.toThrow(/Only the mentor/);
    const moved = await moveOfficeHour(ctx, by(mentor), hour.id, when);
    expect(moved).toMatchObject({ moves: 1, minutes: 90, starts_at: when.startsAt, step: 'day' });
    expect(await letters(one)).toEqual(['moved']);
    expect(await letters(waits)).toEqual(['moved']);
    await expect(moveOfficeHour(ctx, by(mentor), hour.id, when)).rejects.toThrow(/already/);
    ctx.advance({ hours: 72 });
    await expect(moveOfficeHour(ctx, by(mentor), hour.id, { ...when, startsAt: inHours(5) })).rejects.toThrow(/begun/);
  });
});

describe('called off', () => {
  test('by the mentor: everybody is told once, nobody comes any more, and pressing again says what holds', async () => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    const ids = await comers(hour, 4);
    await expect(callOffOfficeHour(ctx, by(ids[0]!), hour.id)).rejects.toThrow(/Only the mentor/);
    await callOffOfficeHour(ctx, by(mentor), hour.id);
    for (const id of ids) expect(await letters(id)).toEqual(['off']);
    expect(await letters(mentor)).toEqual([]);
    await expect(callOffOfficeHour(ctx, by(mentor), hour.id)).rejects.toThrow(/called off/);
    await expect(joinOfficeHour(ctx, by(newUserId()), hour.id)).rejects.toThrow(/called off/);
    ctx.advance({ hours: 100 });
    await keepOfficeHours(ctx, fine);
    for (const id of ids) expect(await letters(id)).toEqual([]);
  });

  test('by a moderator: the mentor is told, and the record has no words', async () => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    await callOffAsModerator(ctx, by('7'), hour.id);
    expect(await letters(mentor)).toEqual(['off']);
    const audit = await ctx.db.selectFrom('audit').selectAll().execute();
    expect(audit).toMatchObject([{ action: 'office-hour-called-off', actor_id: '7', subject_id: mentor }]);
    expect(JSON.stringify(audit)).not.toContain('Interviews');
    await expect(callOffAsModerator(ctx, { guildId: '5', userId: '7' }, hour.id)).rejects.toThrow();
  });

  test.each([
    ['leaves', 'gone', async (id: string) => await memberLeft(ctx, guildId, id)],
    ['deletes their data', 'gone', async (id: string) => await deleteMemberData(ctx, by(id))],
    ['is suspended', 'standing', async (id: string) => await suspendMentor(ctx, by('7'), { userId: id })],
  ])('when the mentor %s: kindly, and not why', async (_, why, act) => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    const [one = ''] = await comers(hour, 1);
    await askQuestion(ctx, by(one), hour.id, { words: 'How many?', named: false });
    await act(mentor);
    expect(await letters(one)).toEqual(['off']);
    expect(await findOfficeHour(ctx.db, hour.id)).toMatchObject({ state: 'called-off', off_why: why });
    // What they wanted to ask is theirs, and comes with the letter.
    expect(await findQuestion(ctx.db, hour.id, one)).toBeDefined();
  });

  test('when a mentor whom nobody had to verify is declined, or has to be verified by now', async () => {
    await ctx.db.updateTable('guilds').set({ mentor_verification: 0 }).execute();
    const [one, two] = [await addMentor(ctx, { profile: { verification: 'none' } }), await addMentor(ctx, { profile: { verification: 'none' } })]; // prettier-ignore
    const [first, second] = [await offer(one), await offer(two, { startsAt: inHours(60) })];
    await declineMentor(ctx, by('7'), { userId: one }, '');
    expect(await findOfficeHour(ctx.db, first.id)).toMatchObject({ state: 'called-off' });
    await ctx.db.updateTable('guilds').set({ mentor_verification: 1 }).execute();
    ctx.advance({ hours: 36 });
    await keepOfficeHours(ctx, fine);
    expect(await findOfficeHour(ctx.db, second.id)).toMatchObject({ state: 'called-off', off_why: 'standing' });
    expect(await letters(two)).toEqual(['off']);
  });
});
