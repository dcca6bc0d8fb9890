import { describe, expect, test } from 'vitest';
import { findCase } from '../../../src/db/cases/cases.ts';
import { listEntries } from '../../../src/db/cases/entries.ts';
import { findMentorship } from '../../../src/db/mentorships.ts';
import { caseOutcomes, type CaseState } from '../../../src/db/schema.ts';
import { UserError } from '../../../src/errors.ts';
import {
  actOnCase,
  askReporter,
  closeCase,
  handOver,
  noteCase,
  readCase,
  reopenCase,
  takeCase,
} from '../../../src/mentoring/cases/handle.ts';
import { goOnWithCases } from '../../../src/mentoring/cases/remind.ts';
import { answerQuestion, reopenReport, withdrawReport } from '../../../src/mentoring/cases/own-reports.ts';
import { type CaseAct, findCaseTransition } from '../../../src/mentoring/cases/states.ts';
import { acceptRequest } from '../../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../../src/mentoring/requests/ask.ts';
import { findProfile } from '../../../src/db/profiles.ts';
import { memberNumber, registerPerson, registerVerified } from '../../support/people.ts';
import {
  around,
  ctx,
  eachWithHandlers,
  file,
  guildId,
  handler,
  notices,
  owner,
  pair,
  refused,
  reported,
  reporter,
  second,
  told,
} from './support.ts';

eachWithHandlers();

describe('a case', () => {
  test('asked and answered: the question reaches the reporter, the answer the handler, and nothing names anybody', async () => {
    const { caseId, statementId } = await file();
    await takeCase(ctx, handler, caseId);
    await askReporter(ctx, handler, caseId, 'Was it in writing?');
    expect(await told('case-question')).toEqual([reporter.userId]);
    await refused(askReporter(ctx, handler, caseId, 'And when?'), /already waits/);
    await refused(answerQuestion(ctx, second, statementId, 'Yes'), /no such case/);
    await answerQuestion(ctx, reporter, statementId, 'Yes, on Monday.');
    await refused(answerQuestion(ctx, reporter, statementId, 'Again'), /Nothing is asked/);
    expect(await told('case-news')).toEqual([handler.userId]);
    expect((await listEntries(ctx.db, caseId)).map(({ kind }) => kind)).toEqual(['taken', 'asked', 'answered']);
  });

  test('is closed with a word to its reporters, and opened again within thirty days', async () => {
    const { caseId, statementId } = await file();
    await takeCase(ctx, handler, caseId);
    await noteCase(ctx, handler, caseId, 'Talked to both.');
    await refused(closeCase(ctx, handler, caseId, 'forgotten'), /no way/);
    await closeCase(ctx, handler, caseId, 'acted');
    expect(await told('case-closed')).toEqual([reporter.userId]);
    await refused(noteCase(ctx, handler, caseId, 'More'), /is closed/);
    await reopenReport(ctx, reporter, statementId, 'It has happened again, in the same way.');
    expect((await findCase(ctx.db, guildId, caseId))?.state).toBe('taken');
    await closeCase(ctx, handler, caseId, 'outside');
    ctx.advance({ days: 31 });
    await refused(reopenReport(ctx, reporter, statementId, 'It has happened again, in the same way.'), /30 days/);
    await refused(reopenCase(ctx, handler, caseId), /30 days/);
  });

  test('that is taken back closes, lets the pair go on, and can be kept open by a handler', async () => {
    const { id } = await pair();
    const { caseId, statementId } = await file();
    await takeCase(ctx, handler, caseId);
    await refused(withdrawReport(ctx, second, statementId), /no such case/);
    await withdrawReport(ctx, reporter, statementId);
    expect(await findCase(ctx.db, guildId, caseId)).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
    expect((await findMentorship(ctx.db, id))?.state).toBe('active');
    await refused(withdrawReport(ctx, reporter, statementId), /taken this report back/);
    expect((await reopenCase(ctx, handler, caseId)).of.state).toBe('taken');
    await refused(askReporter(ctx, handler, caseId, 'Are you well?'), /nobody to ask/);
  });

  test('ends the mentorship or suspends the mentor in neutral words, and goes to the owner', async () => {
    const { id } = await pair();
    const { caseId } = await file();
    await refused(actOnCase(ctx, handler, caseId, 'end', around), /Take it first/);
    await takeCase(ctx, handler, caseId);
    await refused(takeCase(ctx, second, caseId), /has taken/);
    await actOnCase(ctx, handler, caseId, 'end', around);
    expect(await findMentorship(ctx.db, id)).toMatchObject({ state: 'ended', end_reason: 'handler' });
    expect(await told('mentorship-ended')).toEqual([reporter.userId, reported.userId].toSorted());
    await refused(actOnCase(ctx, handler, caseId, 'lift', around), /No mentorship rests/);
    await actOnCase(ctx, handler, caseId, 'suspend-mentor', around);
    expect((await findProfile(ctx.db, guildId, reported.userId, 'mentor'))?.verification).toBe('suspended');
    await refused(actOnCase(ctx, handler, caseId, 'suspend-mentor', around), /suspended already/);
    await actOnCase(ctx, handler, caseId, 'pass-to-owner', around);
    expect((await findCase(ctx.db, guildId, caseId))?.assignee_id).toBe(owner.userId);
  });

  test('is handed over to who may see it, and to nobody else', async () => {
    const { caseId } = await file(reporter, reported, { excluded: [second.userId] });
    await takeCase(ctx, handler, caseId);
    await refused(handOver(ctx, handler, caseId, second.userId), /cannot take/);
    await refused(handOver(ctx, handler, caseId, reported.userId), /cannot take/);
    await handOver(ctx, handler, caseId, owner.userId);
    await refused(noteCase(ctx, handler, caseId, 'Mine?'), /has taken/);
  });

  test('whose handler becomes the mentor of one of the two is free again within a minute, and not for their eyes', async () => {
    const { caseId } = await file();
    await takeCase(ctx, handler, caseId);
    await registerVerified(ctx, handler);
    await registerPerson(ctx, reporter, 'mentee');
    await requestMentor(ctx, { guildId, menteeId: reporter.userId, mentorId: handler.userId, message: '' });
    const [request] = await ctx.db.selectFrom('requests').selectAll().execute();
    await acceptRequest(ctx, handler.userId, request?.id ?? '');
    await refused(readCase(ctx, handler, caseId), /no such case/);
    await goOnWithCases(ctx, () => owner.userId);
    expect(await findCase(ctx.db, guildId, caseId)).toMatchObject({ state: 'new', assignee_id: null });
  });

  test('that nobody takes is recalled to the handlers, then to the owner; an urgent one sooner', async () => {
    const owners = () => owner.userId;
    await file();
    const urgent = await file(memberNumber(5), memberNumber(6), { category: 'risk' });
    expect(urgent.urgent).toBe(true);
    ctx.advance({ hours: 2 });
    await goOnWithCases(ctx, owners);
    expect((await notices('case-reminder')).map((each) => each.subject_id)).toEqual([urgent.caseId, urgent.caseId]);
    ctx.advance({ hours: 6 });
    await goOnWithCases(ctx, owners);
    expect(await told('case-reminder')).toContain(owner.userId);
    await goOnWithCases(ctx, owners);
    expect(await notices('case-reminder')).toHaveLength(5);
    ctx.advance({ hours: 16 });
    await goOnWithCases(ctx, owners);
    expect(await notices('case-reminder')).toHaveLength(7);
  });

  test('waits a week for an answer, then goes on', async () => {
    const { caseId, statementId } = await file();
    await takeCase(ctx, handler, caseId);
    await askReporter(ctx, handler, caseId, 'When was it?');
    ctx.advance({ days: 7 });
    await goOnWithCases(ctx, () => owner.userId);
    expect((await findCase(ctx.db, guildId, caseId))?.state).toBe('taken');
    expect((await listEntries(ctx.db, caseId)).at(-1)?.kind).toBe('unanswered');
    await refused(answerQuestion(ctx, reporter, statementId, 'Too late?'), /Nothing is asked/);
  });
});

test('every act of everybody in every state does what the table says, and is refused otherwise with nothing changed', async () => {
  const acts = {
    take: (id: string) => takeCase(ctx, handler, id),
    ask: (id: string) => askReporter(ctx, handler, id, 'When?'),
    answer: (_: string, said: string) => answerQuestion(ctx, reporter, said, 'Monday.'),
    note: (id: string) => noteCase(ctx, handler, id, 'Noted.'),
    'hand over': (id: string) => handOver(ctx, handler, id, second.userId),
    close: (id: string) => closeCase(ctx, handler, id, 'talked'),
    withdraw: (_: string, said: string) => withdrawReport(ctx, reporter, said),
    reopen: (id: string) => reopenCase(ctx, handler, id),
  } as const;
  const states: readonly CaseState[] = ['new', 'taken', 'waiting', 'closed'];
  let n = 100;
  for (const state of states) {
    for (const [name, run] of Object.entries(acts)) {
      n += 1;
      const { caseId, statementId } = await file(reporter, memberNumber(n));
      if (state !== 'new') await takeCase(ctx, handler, caseId);
      if (state === 'waiting') await askReporter(ctx, handler, caseId, 'Where?');
      if (state === 'closed') await closeCase(ctx, handler, caseId, 'outside');
      const row = (['handler', 'assignee', 'reporter'] as const)
        .map((by) => findCaseTransition(state, name as CaseAct, by))
        .find((each) => each !== undefined);
      const before = await findCase(ctx.db, guildId, caseId);
      const outcome = await run(caseId, statementId).then(
        () => 'done',
        (error: unknown) => (error instanceof UserError ? 'refused' : String(error)),
      );
      expect([state, name, outcome]).toEqual([state, name, row ? 'done' : 'refused']);
      const after = await findCase(ctx.db, guildId, caseId);
      if (row) expect([state, name, after?.state]).toEqual([state, name, row.to]);
      else expect(after).toEqual(before);
      await ctx.db
        .updateTable('cases')
        .set({ state: 'closed', closed_at: ctx.now() })
        .where('id', '=', caseId)
        .execute();
      ctx.advance({ days: 4 });
    }
  }
  expect(caseOutcomes).toContain('withdrawn');
});
