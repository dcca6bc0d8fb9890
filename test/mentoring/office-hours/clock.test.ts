/** What the clock does with office hours, how much fits, and when all of it is forgotten. */
import { describe, expect, test } from 'vitest';
import { comingCard, questionsCard, staffCard } from '../../../src/commands/officehours/cards.ts';
import { findOfficeHour, listOfficePeople } from '../../../src/db/office-hours.ts';
import type { Card } from '../../../src/discord/replies.ts';
import { exportMember, deleteMemberData } from '../../../src/lifecycle/personal-data.ts';
import { officeHours } from '../../../src/mentoring/office-hours/area.ts';
import { hoursKeptDays } from '../../../src/mentoring/office-hours/area.ts';
import { openOfGuild, wordsKeptDays } from '../../../src/mentoring/office-hours/limits.ts';
import { moveOfficeHour } from '../../../src/mentoring/office-hours/offer.ts';
import { joinOfficeHour, sayWasThere } from '../../../src/mentoring/office-hours/places.ts';
import { askQuestion } from '../../../src/mentoring/office-hours/questions.ts';
import { listOpenTo } from '../../../src/mentoring/office-hours/rules.ts';
import { keepOfficeHours, noteChannelGone } from '../../../src/mentoring/office-hours/run.ts';
import { testGuildId as guildId } from '../../support/context.ts';
import { addMentee, addMentor, newUserId } from '../../support/members.ts';
import { by, channelId, comers, ctx, eachWithDatabase, fine, inHours, letters, offer, standing } from './support.ts';

eachWithDatabase();

describe('the clock', () => {
  test('reminds those with a place and the mentor a day and an hour before, each once, and asks at the end who was there', async () => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    const [one = '', two = '', , waits = ''] = await comers(hour, 4);
    await ctx.db.insertInto('reminder_wishes').values({ guild_id: guildId, user_id: two, off_at: ctx.now() }).execute();
    const said: Record<string, string[]> = { [mentor]: [], [one]: [], [two]: [], [waits]: [] };
    for (let minutes = 0; minutes < 60 * 50; minutes += 20) {
      await keepOfficeHours(ctx, fine);
      await keepOfficeHours(ctx, fine);
      for (const id of Object.keys(said)) said[id]!.push(...(await letters(id)));
      ctx.advance({ minutes: 20 });
    }
    expect(said).toEqual({ [mentor]: ['day', 'hour'], [one]: ['day', 'hour', 'after'], [two]: ['after'], [waits]: [] });
    expect(await findOfficeHour(ctx.db, hour.id)).toMatchObject({ state: 'held', step: null, closed_at: hour.ends_at });
  });

  test('waits with the day before until people are awake, and skips reminders that come too late', async () => {
    const hour = await offer(await addMentor(ctx), { startsAt: inHours(30) });
    const asleep = await addMentee(ctx, { zone: 'Pacific/Auckland' });
    await joinOfficeHour(ctx, by(asleep), hour.id);
    ctx.advance({ hours: 6 });
    await keepOfficeHours(ctx, fine);
    const { due_at: dueAt } = await ctx.db.selectFrom('notices').select('due_at').where('user_id', '=', asleep).executeTakeFirstOrThrow(); // prettier-ignore
    const local = new Date(dueAt).toLocaleTimeString('en-GB', { timeZone: 'Pacific/Auckland', hour: '2-digit' });
    expect(Number(local)).toBeGreaterThanOrEqual(7);
    expect(Number(local)).toBeLessThan(22);
    await letters(asleep);
    // The bot was away until shortly after the beginning.
    ctx.advance({ hours: 24, minutes: 1 });
    await keepOfficeHours(ctx, fine);
    expect(await letters(asleep)).toEqual([]);
  });

  test('lets people say that they were there from ten minutes before until a day after, once', async () => {
    const hour = await offer(await addMentor(ctx));
    const [one = '', two = ''] = await comers(hour, 2);
    await expect(sayWasThere(ctx, by(one), hour.id)).rejects.toThrow(/from 10 minutes before/);
    ctx.advance({ hours: 47, minutes: 51 });
    await sayWasThere(ctx, by(one), hour.id);
    await sayWasThere(ctx, by(one), hour.id);
    await expect(sayWasThere(ctx, by(newUserId()), hour.id)).rejects.toThrow(/no place/);
    ctx.advance({ hours: 2 });
    await keepOfficeHours(ctx, fine);
    await sayWasThere(ctx, by(two), hour.id);
    expect((await standing(hour)).here).toBe(2);
    ctx.advance({ hours: 24 });
    await expect(sayWasThere(ctx, by(two), hour.id)).rejects.toThrow(/until 24 hours/);
  });

  test('asks the mentor for another channel when theirs is gone, and calls off what has none at the end', async () => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    const [one = ''] = await comers(hour, 1);
    expect(await noteChannelGone(ctx, guildId, '1')).toBe(false);
    expect(await noteChannelGone(ctx, guildId, channelId)).toBe(true);
    expect(await letters(mentor)).toEqual(['channel-gone']);
    await moveOfficeHour(ctx, by(mentor), hour.id, { startsAt: hour.starts_at, minutes: 60, channelId: '51' });
    expect(await letters(one)).toEqual(['moved']);
    ctx.advance({ hours: 25 });
    await keepOfficeHours(ctx, () => 'closed');
    expect(await letters(mentor)).toEqual(['channel-closed', 'day']);
    ctx.advance({ hours: 22, minutes: 5 });
    await keepOfficeHours(ctx, () => 'gone');
    expect(await letters(mentor)).toEqual(['channel-gone', 'hour']);
    ctx.advance({ minutes: 50 });
    await keepOfficeHours(ctx, fine);
    expect(await letters(mentor)).toEqual(['off']);
    expect(await letters(one)).toContain('off');
  });
});

test('as many as there can be, with the longest words there can be, fit into a message', async () => {
  for (let i = 0; i < openOfGuild; i += 1) await offer(await addMentor(ctx), { topic: '*'.repeat(100), startsAt: inHours(48 + i) }); // prettier-ignore
  const lengthOf = ({ embeds = [] }: Card) => embeds.reduce((sum, { description = '' }) => sum + description.length, 0);
  const guest = await addMentee(ctx);
  for (const card of [await comingCard(ctx, by(guest)), await staffCard(ctx, by('7'))]) {
    expect(lengthOf(card)).toBeGreaterThan(2_000);
    expect(lengthOf(card)).toBeLessThanOrEqual(4_096);
  }
  const [hour] = await listOpenTo(ctx, by(guest));
  const questions = Array.from({ length: 20 }, (_, i) => ({ id: String(i), words: '*'.repeat(300), by: guest }));
  for (const page of [0, 1, 3, 4, Number.NaN])
    expect(lengthOf(questionsCard(ctx, hour!, questions, page))).toBeLessThanOrEqual(4_096);
});

test('what somebody offered, joined and asked is theirs to have, and goes with their data', async () => {
  const mentor = await addMentor(ctx);
  const hour = await offer(mentor, { topic: 'Visa letters' });
  const [one = '', , , waits = ''] = await comers(hour, 4);
  await askQuestion(ctx, by(one), hour.id, { words: 'My words', named: true });
  expect(await exportMember(ctx, by(mentor))).toMatchObject({
    officeHoursYouOffered: [{ topic: 'Visa letters', places: 3 }],
  });
  expect(await exportMember(ctx, by(one))).toMatchObject({
    officeHoursYouJoined: [{ hasPlace: true }],
    questionsForOfficeHours: [{ yourWords: 'My words', withYourName: true }],
  });
  await deleteMemberData(ctx, by(one));
  expect(await letters(waits)).toEqual(['place']);
  // Of one that is over, too, the topic stands openly: its message is owed an edit.
  const past = await offer(mentor, { startsAt: inHours(2) });
  ctx.advance({ hours: 4 });
  await keepOfficeHours(ctx, fine);
  await ctx.db.updateTable('notices').set({ state: 'delivered', message_id: '1' }).execute();
  await deleteMemberData(ctx, by(mentor));
  const cards = await ctx.db.selectFrom('notices').select(['subject_id', 'state']).where('kind', '=', 'office-card').execute(); // prettier-ignore
  expect(cards).toContainEqual({ subject_id: past.id, state: 'owed' });
  const left = JSON.stringify([
    await ctx.db.selectFrom('office_hours').selectAll().execute(),
    await ctx.db.selectFrom('office_people').selectAll().execute(),
    await ctx.db.selectFrom('office_questions').selectAll().execute(),
  ]);
  for (const gone of [one, mentor, 'My words', 'Visa letters']) expect(left).not.toContain(gone);
});

test('questions and places are forgotten a week after, who was there with the rest after a year', async () => {
  const hour = await offer(await addMentor(ctx));
  const [one = '', two = ''] = await comers(hour, 2);
  await askQuestion(ctx, by(one), hour.id, { words: 'My words', named: true });
  ctx.advance({ hours: 48 });
  await sayWasThere(ctx, by(two), hour.id);
  ctx.advance({ hours: 1 });
  await keepOfficeHours(ctx, fine);
  ctx.advance({ days: wordsKeptDays, minutes: -1 });
  expect(await officeHours.purge(ctx, 50)).toBe(0);
  ctx.advance({ minutes: 1 });
  expect(await officeHours.purge(ctx, 50)).toBe(2);
  expect((await listOfficePeople(ctx.db, hour.id)).map(({ user_id: id }) => id)).toEqual([two]);
  ctx.advance({ days: hoursKeptDays });
  expect(await officeHours.purge(ctx, 50)).toBe(1);
  expect(await listOfficePeople(ctx.db, hour.id)).toEqual([]);
});
