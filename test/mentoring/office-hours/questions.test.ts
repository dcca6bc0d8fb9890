import { describe, expect, test } from 'vitest';
import { findCase } from '../../../src/db/cases/cases.ts';
import { findMentorship } from '../../../src/db/mentorships.ts';
import { exportMember } from '../../../src/lifecycle/personal-data.ts';
import { beginReport, fileReport } from '../../../src/mentoring/cases/report.ts';
import { joinOfficeHour, leaveOfficeHour } from '../../../src/mentoring/office-hours/places.ts';
import {
  askQuestion,
  readQuestions,
  requireReportable,
  takeQuestionBack,
} from '../../../src/mentoring/office-hours/questions.ts';
import { testGuildId as guildId } from '../../support/context.ts';
import { addMentee, addMentor, addPair } from '../../support/members.ts';
import { by, comers, ctx, eachWithDatabase, offer } from './support.ts';

eachWithDatabase();

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
