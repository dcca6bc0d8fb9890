/** What other reporters, whom a case is about, and time may and may not learn or leave. */
import { describe, expect, test } from 'vitest';
import { findCase } from '../../../src/db/cases/cases.ts';
import { listEntries } from '../../../src/db/cases/entries.ts';
import { listCases } from '../../../src/db/cases/sight.ts';
import { listStatements } from '../../../src/db/cases/statements.ts';
import { casesSection } from '../../../src/discord/home/cases.ts';
import type { Acting } from '../../../src/guild/acting.ts';
import { deleteMemberData, exportMember } from '../../../src/lifecycle/personal-data.ts';
import { purgeOld } from '../../../src/lifecycle/purge.ts';
import { askReporter, closeCase, readCase, reopenCase, takeCase } from '../../../src/mentoring/cases/handle.ts';
import { beginReport } from '../../../src/mentoring/cases/report.ts';
import {
  answerQuestion,
  listOwnReports,
  reopenReport,
  withdrawReport,
} from '../../../src/mentoring/cases/own-reports.ts';
import { memberNumber, registerVerified } from '../../support/people.ts';
import { ctx, eachWithHandlers, file, guildId, handler, refused, reported, reporter, words } from './support.ts';

type Looking = Parameters<typeof casesSection>[0];

eachWithHandlers();

describe('of other reporters a reporter learns nothing', () => {
  const other = memberNumber(5);
  const again = 'It has happened again, in the same way.';
  /** All that a reporter reads of their report, and what their export says of it. */
  async function view(by: Acting) {
    const [own] = await listOwnReports(ctx, by);
    const held = JSON.stringify((await exportMember(ctx, by)) ?? {});
    return { state: own?.state, question: own?.question, isOpen: /"isOpen":true/.test(held) };
  }
  const state = async (by: Acting) => (await view(by)).state;

  test('neither from how a case stands that was in hand before, nor from what others are asked', async () => {
    const { caseId } = await file(other);
    await takeCase(ctx, handler, caseId);
    ctx.advance({ hours: 1 });
    const { statementId } = await file();
    expect(await state(reporter)).toBe('new');
    await askReporter(ctx, handler, caseId, 'When was that?', 1);
    ctx.advance({ minutes: 1 });
    expect(await view(reporter)).toMatchObject({ state: 'new', question: undefined });
    const atHome = async ({ userId }: Acting) => await casesSection({ ctx, guildId, userId, handlesReports: false } as unknown as Looking); // prettier-ignore
    expect([await atHome(reporter), (await atHome(other)).length]).toEqual([[], 1]);
    expect(await state(other)).toBe('waiting');
    await refused(answerQuestion(ctx, reporter, statementId, 'In May.'), /Nothing is asked/);
    const [first] = await listOwnReports(ctx, other);
    await answerQuestion(ctx, other, first?.statement.id ?? '', 'In May.');
    ctx.advance({ minutes: 1 });
    await askReporter(ctx, handler, caseId, 'And with you?', 2);
    // Whoever answered a question before does not answer another's.
    await refused(answerQuestion(ctx, other, first?.statement.id ?? '', 'In June.'), /Nothing is asked/); // prettier-ignore
    expect([await state(reporter), await state(other)]).toEqual(['waiting', 'taken']);
    await answerQuestion(ctx, reporter, statementId, 'Last week.');
    expect(await state(reporter)).toBe('taken');
  });

  test.each([false, true])(
    'nor from what becomes of one that they took back, or open again (another goes on: %s)',
    async (goesOn) => {
      const { caseId, statementId } = await file();
      if (goesOn) await file(other);
      await withdrawReport(ctx, reporter, statementId);
      expect((await findCase(ctx.db, guildId, caseId))?.state).toBe(goesOn ? 'new' : 'closed');
      expect(await view(reporter)).toEqual({ state: 'withdrawn', question: undefined, isOpen: false });
      await refused(withdrawReport(ctx, reporter, statementId), /taken this report back/);
      ctx.advance({ hours: 1 });
      await reopenReport(ctx, reporter, statementId, again);
      expect(await state(reporter)).toBe('new');
      expect((await findCase(ctx.db, guildId, caseId))?.state).toBe('new');
      ctx.advance({ days: 31 });
      await refused(reopenReport(ctx, reporter, statementId, again), /30 days/);
    },
  );

  test('nor from another case about the same member, which what they add then joins', async () => {
    const { caseId, statementId } = await file();
    await takeCase(ctx, handler, caseId);
    await closeCase(ctx, handler, caseId, 'acted');
    const { caseId: later } = await file(other);
    expect(later).not.toBe(caseId);
    await reopenReport(ctx, reporter, statementId, again);
    expect((await listStatements(ctx.db, later)).map((one) => one.reporter_id)).toEqual([
      other.userId,
      reporter.userId,
    ]);
    // For handlers it is an open one, whoever it is by.
    await refused(reopenCase(ctx, handler, caseId), /no such case|open report about the same/);
  });
});

describe('what is private in a case', () => {
  test('is in no export of whom it is about, and outlives their deletion; the reporter’s name goes with theirs', async () => {
    await registerVerified(ctx, reported);
    const { caseId } = await file();
    expect(JSON.stringify(await exportMember(ctx, reported))).not.toMatch(
      new RegExp(`dollars|${caseId}|${reporter.userId}`),
    );
    expect(JSON.stringify(await exportMember(ctx, reporter))).toContain('two hundred dollars');
    await deleteMemberData(ctx, reported);
    await deleteMemberData(ctx, reporter);
    const { of, statements } = await readCase(ctx, handler, caseId);
    expect([of.reported_id, statements[0]?.reporter_id, statements[0]?.words]).toEqual([reported.userId, null, words]);
    expect(await exportMember(ctx, reported)).toBeUndefined();
  });

  test('goes half a year after it was closed, or when the server says; what it was about and how it ended stays', async () => {
    const { caseId } = await file();
    await takeCase(ctx, handler, caseId);
    await closeCase(ctx, handler, caseId, 'talked');
    ctx.advance({ days: 179 });
    await purgeOld(ctx, 100);
    expect(await listStatements(ctx.db, caseId)).toHaveLength(1);
    ctx.advance({ days: 2 });
    await purgeOld(ctx, 100);
    expect(await listStatements(ctx.db, caseId)).toEqual([]);
    expect(await listEntries(ctx.db, caseId)).toEqual([]);
    expect(await findCase(ctx.db, guildId, caseId)).toMatchObject({
      reported_id: null,
      assignee_id: null,
      category: 'money',
      outcome: 'talked',
    });
    expect(await listCases(ctx.db, handler, ['closed'], 10)).toEqual([]);
  });

  test('goes with a report that nobody sent, after a day', async () => {
    await beginReport(ctx, reporter, { userId: reported.userId, isBot: false });
    ctx.advance({ days: 1, minutes: 1 });
    await purgeOld(ctx, 100);
    expect(await ctx.db.selectFrom('case_drafts').selectAll().execute()).toEqual([]);
  });
});
