import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { comingCard, questionsCard, staffCard } from '../../src/commands/officehours/cards.ts';
import { insertBlock } from '../../src/db/blocks.ts';
import { findCase } from '../../src/db/cases/cases.ts';
import { findMentorship } from '../../src/db/mentorships.ts';
import { findOfficeHour, findQuestion, listOfficePeople, type OfficeHour } from '../../src/db/office-hours.ts';
import type { Card } from '../../src/discord/replies.ts';
import { exportMember, deleteMemberData } from '../../src/lifecycle/personal-data.ts';
import { memberLeft } from '../../src/lifecycle/leavers.ts';
import { beginReport, fileReport } from '../../src/mentoring/cases/report.ts';
import { blockMember } from '../../src/mentoring/blocks.ts';
import { officeHours } from '../../src/mentoring/office-hours/area.ts';
import { hoursKeptDays } from '../../src/mentoring/office-hours/area.ts';
import { openOfGuild, openOfMentor, placesOfMember, wordsKeptDays } from '../../src/mentoring/office-hours/limits.ts';
import {
  callOffAsModerator,
  callOffOfficeHour,
  moveOfficeHour,
  offerOfficeHour,
} from '../../src/mentoring/office-hours/offer.ts';
import { joinOfficeHour, leaveOfficeHour, sayWasThere, standingIn } from '../../src/mentoring/office-hours/places.ts';
import {
  askQuestion,
  readQuestions,
  requireReportable,
  takeQuestionBack,
} from '../../src/mentoring/office-hours/questions.ts';
import { listOpenTo } from '../../src/mentoring/office-hours/rules.ts';
import { keepOfficeHours, type LookAtChannel, noteChannelGone } from '../../src/mentoring/office-hours/run.ts';
import { suspendMentee } from '../../src/mentoring/suspend-mentee.ts';
import { declineMentor, suspendMentor } from '../../src/mentoring/verification.ts';
import { later } from '../../src/time.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor, addPair, newUserId } from '../support/members.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

const by = (userId: string) => ({ guildId, userId });
const channelId = '900000000000000050';
const fine: LookAtChannel = () => 'fine';

/** In so many hours from now. */
const inHours = (hours: number) => later(ctx.now(), { hours });

async function offer(mentor: string, more: Partial<Parameters<typeof offerOfficeHour>[2]> = {}): Promise<OfficeHour> {
  const usual = { startsAt: inHours(48), minutes: 60, topic: 'Interviews', places: 3, channelId };
  return await offerOfficeHour(ctx, by(mentor), { ...usual, ...more });
}

/** So many mentees who took a place, or wait. */
async function comers(hour: OfficeHour, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const id = await addMentee(ctx);
    await joinOfficeHour(ctx, by(id), hour.id);
    ids.push(id);
    ctx.advance({ ms: 5 });
  }
  return ids;
}

const standing = async (hour: OfficeHour, userId?: string) =>
  standingIn(await listOfficePeople(ctx.db, hour.id), userId);

/** What new letters somebody is owed, by what they say; taken as sent. */
async function letters(userId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('notices')
    .select(['id', 'detail'])
    .where('user_id', '=', userId)
    .where('kind', '=', 'office-letter')
    .where('state', '=', 'owed')
    .where('message_id', 'is', null)
    .orderBy('created_at')
    .execute();
  await ctx.db
    .updateTable('notices')
    .set({ state: 'delivered', message_id: '1' })
    .where('user_id', '=', userId)
    .execute();
  return rows.map(({ detail }) => (JSON.parse(detail ?? '{}') as { part: string }).part).toSorted();
}

describe('places', () => {
  test('go to whoever comes first; the others wait in turn, and move up when somebody leaves', async () => {
    const hour = await offer(await addMentor(ctx));
    const ids = await comers(hour, 5);
    expect(await standing(hour, ids[4])).toMatchObject({ taken: 3, waiting: 2, own: { state: 'waiting', turn: 2 } });
    // A second press changes nothing.
    await joinOfficeHour(ctx, by(ids[4]!), hour.id);
    expect((await standing(hour)).waiting).toBe(2);
    await leaveOfficeHour(ctx, by(ids[0]!), hour.id);
    expect(await letters(ids[3]!)).toEqual(['place']);
    expect(await letters(ids[4]!)).toEqual([]);
    expect(await standing(hour, ids[4])).toMatchObject({ taken: 3, own: { state: 'waiting', turn: 1 } });
    await expect(leaveOfficeHour(ctx, by(ids[0]!), hour.id)).rejects.toThrow(/no place/);
    // Whoever left comes behind those who wait.
    await joinOfficeHour(ctx, by(ids[0]!), hour.id);
    expect(await standing(hour, ids[0])).toMatchObject({ own: { turn: 2 } });
  });

  test('are never more than there are, whoever presses at once', async () => {
    const hour = await offer(await addMentor(ctx));
    const ids = await Promise.all(Array.from({ length: 12 }, () => addMentee(ctx)));
    await Promise.all(ids.map((id) => joinOfficeHour(ctx, by(id), hour.id)));
    expect(await standing(hour)).toMatchObject({ taken: 3, waiting: 9 });
    await Promise.all(ids.slice(0, 6).map((id) => leaveOfficeHour(ctx, by(id), hour.id)));
    expect(await standing(hour)).toMatchObject({ taken: 3, waiting: 3 });
  });

  test('need no profile, are not for the mentor, and are bounded so that some are left for others', async () => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    const guest = newUserId();
    await joinOfficeHour(ctx, by(guest), hour.id);
    await expect(joinOfficeHour(ctx, by(mentor), hour.id)).rejects.toThrow(/are your own/);
    const beside = await offer(await addMentor(ctx), { startsAt: later(hour.starts_at, { minutes: 30 }) });
    await expect(joinOfficeHour(ctx, by(guest), beside.id)).rejects.toThrow(/other office hours at that time/);
    for (let i = 1; i < placesOfMember; i += 1)
      await joinOfficeHour(ctx, by(guest), (await offer(await addMentor(ctx), { startsAt: inHours(50 + 2 * i) })).id);
    const more = await offer(await addMentor(ctx), { startsAt: inHours(100) });
    await expect(joinOfficeHour(ctx, by(guest), more.id)).rejects.toThrow(/5 places/);
  });
});

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

describe('whom something keeps away', () => {
  test('reads the same whatever it is, and sees the rest as if that mentor offered nothing', async () => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    const other = await offer(await addMentor(ctx), { startsAt: inHours(60) });
    const [blocked, blocking, misfit, suspended] = [await addMentee(ctx), await addMentee(ctx), await addMentee(ctx), await addMentee(ctx)]; // prettier-ignore
    await insertBlock(ctx.db, { guildId, memberId: mentor, blockedId: blocked }, ctx.now());
    await insertBlock(ctx.db, { guildId, memberId: blocking, blockedId: mentor }, ctx.now());
    await ctx.db
      .insertInto('mentorships')
      .values({
        id: 'm1',
        guild_id: guildId,
        mentor_id: mentor,
        mentee_id: misfit,
        request_id: 'r1',
        state: 'ended',
        started_at: ctx.now(),
        due_at: ctx.now(),
        ended_at: ctx.now(),
        end_reason: 'not-a-fit',
        ended_by: 'mentor',
      })
      .execute();
    await suspendMentee(ctx, by('7'), suspended);
    const said: string[] = [];
    for (const id of [blocked, blocking, misfit, suspended]) {
      await joinOfficeHour(ctx, by(id), hour.id).catch((error: Error) => said.push(error.message));
      await joinOfficeHour(ctx, by(id), 'made-up').catch((error: Error) => said.push(error.message));
      const open = (await listOpenTo(ctx, by(id))).map((each) => each.id);
      expect(open).toEqual(id === suspended ? [] : [other.id]);
    }
    expect(said).toHaveLength(8);
    expect(new Set(said).size).toBe(1);
  });

  test('leaves the list without a word, and the next moves up', async () => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    const [one = '', two = '', three = '', four = '', five = ''] = await comers(hour, 5);
    await askQuestion(ctx, by(one), hour.id, { words: 'Mine', named: true });
    await blockMember(ctx, by(mentor), one);
    expect(await letters(one)).toEqual([]);
    expect(await letters(four)).toEqual(['place']);
    expect((await readQuestions(ctx, by(mentor), hour.id)).questions).toEqual([]);
    await suspendMentee(ctx, by('7'), two);
    expect(await letters(five)).toEqual(['place']);
    // What came between them otherwise is seen before people are reminded.
    await ctx.db.insertInto('blocks').values({ guild_id: guildId, member_id: three, blocked_id: mentor, created_at: ctx.now() }).execute(); // prettier-ignore
    ctx.advance({ hours: 25 });
    await keepOfficeHours(ctx, fine);
    expect(await letters(three)).toEqual([]);
    expect((await standing(hour)).taken).toBe(2);
  });
});

describe('questions', () => {
  test('reach the mentor without names unless somebody wants theirs, one of each, and can be taken back', async () => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    const [one = '', two = ''] = await comers(hour, 2);
    await askQuestion(ctx, by(one), hour.id, { words: ' How many programs? ', named: false });
    await askQuestion(ctx, by(two), hour.id, { words: 'Which city?', named: true });
    await askQuestion(ctx, by(one), hour.id, { words: 'How many?', named: false });
    const { questions } = await readQuestions(ctx, by(mentor), hour.id);
    expect(questions.toSorted((a, b) => (a.words < b.words ? -1 : 1))).toEqual([
      { id: expect.any(String) as string, words: 'How many?', by: undefined },
      { id: expect.any(String) as string, words: 'Which city?', by: two },
    ]);
    expect(JSON.stringify(questions)).not.toContain(one);
    await expect(readQuestions(ctx, by(two), hour.id)).rejects.toThrow(/Only the mentor/);
    await takeQuestionBack(ctx, by(one), hour.id);
    await expect(takeQuestionBack(ctx, by(one), hour.id)).rejects.toThrow(/no question/);
    // With the place goes the question.
    await leaveOfficeHour(ctx, by(two), hour.id);
    expect((await readQuestions(ctx, by(mentor), hour.id)).questions).toEqual([]);
  });

  test('are refused without a place, without words, beyond 300 characters and about exam material', async () => {
    const hour = await offer(await addMentor(ctx));
    const [one = ''] = await comers(hour, 1);
    const ask = (userId: string, words: string) => askQuestion(ctx, by(userId), hour.id, { words, named: false });
    await expect(ask(await addMentee(ctx), 'May I?')).rejects.toThrow(/Take a place first/);
    await expect(ask(one, '  ')).rejects.toThrow(/Write what/);
    await expect(ask(one, 'x'.repeat(301))).rejects.toThrow(/301 characters/);
    await expect(ask(one, 'Who has recalled questions?')).rejects.toThrow(/nobody may share/);
  });
});

describe('a question that is reported', () => {
  const report = { category: 'harassment', words: 'This is not a question at all, it is an insult.', today: false, mayName: false, excluded: [] }; // prettier-ignore

  test('tells handlers whose it is, and the mentor nothing: no name, no rest of their own pair, no number that they know', async () => {
    const { mentor, mentee, id } = await addPair(ctx);
    const hour = await offer(mentor);
    await joinOfficeHour(ctx, by(mentee), hour.id);
    await askQuestion(ctx, by(mentee), hour.id, { words: 'Insult', named: false });
    const file = async (draft: string) => await fileReport(ctx, by(mentor), draft, report, '9');
    const [question] = (await readQuestions(ctx, by(mentor), hour.id)).questions;
    await expect(requireReportable(ctx, by(mentee), question!.id)).rejects.toThrow(/not there/);
    const about = await requireReportable(ctx, by(mentor), question!.id);
    const begin = async () =>
      await beginReport(ctx, by(mentor), { userId: about.authorId, isBot: false }, about.snapshot);
    const filed = await file(await begin());
    expect(filed).toMatchObject({ reportedId: undefined, rests: false });
    expect((await findMentorship(ctx.db, id))?.state).toBe('active');
    expect(await findCase(ctx.db, guildId, filed.caseId)).toMatchObject({ reported_id: mentee });
    // Whom they suspect they could report under their name, and compare the numbers.
    const guess = await file(await beginReport(ctx, by(mentor), { userId: mentee, isBot: false }));
    expect(guess.caseId).not.toBe(filed.caseId);
    const again = await file(await begin());
    expect([filed.caseId, guess.caseId]).not.toContain(again.caseId);
    expect(JSON.stringify(await exportMember(ctx, by(mentor)))).not.toContain('Insult');
  });

  test('with a name is a report like any other', async () => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    const [one = ''] = await comers(hour, 1);
    await askQuestion(ctx, by(one), hour.id, { words: 'Insult', named: true });
    const [question] = (await readQuestions(ctx, by(mentor), hour.id)).questions;
    const about = await requireReportable(ctx, by(mentor), question!.id);
    const draft = await beginReport(ctx, by(mentor), { userId: about.authorId, isBot: false }, about.snapshot);
    expect(await fileReport(ctx, by(mentor), draft, report, '9')).toMatchObject({ reportedId: one });
  });
});

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
