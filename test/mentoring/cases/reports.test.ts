import { describe, expect, test } from 'vitest';
import { findCase } from '../../../src/db/cases/cases.ts';
import { listStatements } from '../../../src/db/cases/statements.ts';
import { findMentorship } from '../../../src/db/mentorships.ts';
import { listRests } from '../../../src/db/rests.ts';
import { endRestsOver } from '../../../src/mentoring/rests.ts';
import { later } from '../../../src/time.ts';
import { actOnCase, closeCase, listSeenCases, readCase, takeCase } from '../../../src/mentoring/cases/handle.ts';
import { beginReport, fileReport, type Report } from '../../../src/mentoring/cases/report.ts';
import { listOwnReports, withdrawReport } from '../../../src/mentoring/cases/own-reports.ts';
import { memberNumber } from '../../support/people.ts';
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
  words,
} from './support.ts';

eachWithHandlers();

describe('a report', () => {
  test('reaches every known handler and the staff channel, and nobody whom it concerns', async () => {
    const { caseId, nobody } = await file();
    expect(nobody).toBe(false);
    expect(await told('case-waiting')).toEqual([handler.userId, second.userId].toSorted());
    expect((await notices('case-line')).map(({ user_id: id, subject_id: subject }) => [id, subject])).toEqual([
      [null, caseId],
    ]);
    expect((await listSeenCases(ctx, handler, 'open')).map(({ id }) => id)).toEqual([caseId]);
    for (const party of [reporter, reported]) expect(await listSeenCases(ctx, party, 'open')).toEqual([]);
  });

  test('by a handler, about one, or against a wish is for the others', async () => {
    await file(handler, reported);
    expect(await told('case-waiting')).toEqual([second.userId]);
    await ctx.db.deleteFrom('notices').execute();
    await file(reporter, second, { excluded: [] });
    expect(await told('case-waiting')).toEqual([handler.userId]);
    await ctx.db.deleteFrom('notices').execute();
    await file(reporter, memberNumber(7), { excluded: [handler.userId] });
    expect(await told('case-waiting')).toEqual([second.userId]);
  });

  test('for which nobody is known goes to the owner, and is said at once where the owner may not see it either', async () => {
    const everybody = [handler.userId, second.userId];
    expect((await file(reporter, reported, { excluded: everybody })).nobody).toBe(false);
    expect(await told('case-waiting')).toEqual([owner.userId]);
    expect(await notices('case-line')).toHaveLength(1);
    expect((await file(reporter, owner, { excluded: everybody })).nobody).toBe(true);
  });

  test('lets the mentorship of the two rest, for the reporter as for a case and for the other as if it were asked for', async () => {
    const { id } = await pair();
    const { caseId, rests } = await file();
    expect(rests).toBe(true);
    expect((await findMentorship(ctx.db, id))?.state).toBe('paused');
    expect((await listRests(ctx.db, id)).map(({ cause, by }) => [cause, by])).toEqual([['case', 'mentee']]);
    // As of any rest, and until a day, too.
    expect(await told('mentorship-rests')).toEqual([reported.userId]);
    ctx.advance({ days: 28 });
    await endRestsOver(ctx);
    expect((await listRests(ctx.db, id))[0]?.until).toBe(later(ctx.now(), { days: 28 }));
    await takeCase(ctx, handler, caseId);
    await refused(closeCase(ctx, handler, caseId, 'talked'), /still rests/);
    await actOnCase(ctx, handler, caseId, 'lift', around);
    expect((await findMentorship(ctx.db, id))?.state).toBe('active');
    await closeCase(ctx, handler, caseId, 'talked');
  });

  test('about the same member joins the open case, whose handler hears of it; a party among them loses it at once', async () => {
    const { caseId } = await file();
    await takeCase(ctx, handler, caseId);
    expect((await file(memberNumber(5))).caseId).toBe(caseId);
    expect(await told('case-news')).toEqual([handler.userId]);
    expect((await listStatements(ctx.db, caseId)).map((one) => one.reporter_id)).toHaveLength(2);
    await file(memberNumber(6), reported, { excluded: [handler.userId] });
    expect(await findCase(ctx.db, guildId, caseId)).toMatchObject({ state: 'new', assignee_id: null });
    await refused(readCase(ctx, handler, caseId), /no such case/);
    expect((await readCase(ctx, second, caseId)).statements).toHaveLength(3);
  });

  test.each<[string, Partial<Report>, RegExp]>([
    ['19 characters', { words: 'x'.repeat(19) }, /at least 20/],
    ['2,001 characters', { words: 'x'.repeat(2_001) }, /2000 fit|2,000 fit/],
    ['a made-up category', { category: 'gossip' }, /nothing that a report/],
  ])('of %s is refused, and the form can be sent again', async (_, report, why) => {
    const draft = await beginReport(ctx, reporter, { userId: reported.userId, isBot: false });
    const whole = { category: 'money', words, today: false, mayName: false, excluded: [] };
    await refused(fileReport(ctx, reporter, draft, { ...whole, ...report }, owner.userId), why);
    expect(await ctx.db.selectFrom('cases').selectAll().execute()).toEqual([]);
    await fileReport(ctx, reporter, draft, whole, owner.userId);
    await refused(fileReport(ctx, reporter, draft, whole, owner.userId), /sent already/);
    expect(await ctx.db.selectFrom('cases').selectAll().execute()).toHaveLength(1);
  });

  test('on oneself, on a bot, and with somebody else’s form is refused', async () => {
    await refused(beginReport(ctx, reporter, { userId: reporter.userId, isBot: false }), /yourself/);
    await refused(beginReport(ctx, reporter, { userId: '5', isBot: true }), /bot/);
    const draft = await beginReport(ctx, reporter, { userId: reported.userId, isBot: false });
    const whole = { category: 'money', words, today: false, mayName: false, excluded: [] };
    await refused(fileReport(ctx, second, draft, whole, owner.userId), /sent already/);
  });

  test('is refused from the fourth open one on, and from the eleventh in thirty days', async () => {
    const takeBackOne = async () => {
      const open = (await listOwnReports(ctx, reporter)).find(({ of }) => of.state !== 'closed');
      if (open) await withdrawReport(ctx, reporter, open.statement.id);
    };
    for (let n = 20; n < 23; n += 1) await file(reporter, memberNumber(n));
    await refused(file(reporter, memberNumber(30)), /3 open reports/);
    for (let n = 40; n < 47; n += 1) {
      await takeBackOne();
      await file(reporter, memberNumber(n));
    }
    await takeBackOne();
    await refused(file(reporter, memberNumber(50)), /10 reports/);
    ctx.advance({ days: 31 });
    await file(reporter, memberNumber(50));
  });

  test('sent twice at once is there once', async () => {
    const draft = await beginReport(ctx, reporter, { userId: reported.userId, isBot: false });
    const whole = { category: 'money', words, today: false, mayName: false, excluded: [] };
    const both = await Promise.allSettled([1, 2].map(() => fileReport(ctx, reporter, draft, whole, owner.userId)));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await ctx.db.selectFrom('case_statements').selectAll().execute()).toHaveLength(1);
  });
});
