/** What a case means for study groups that are shared, and what a reporter is asked to decide. */
import { describe, expect, test } from 'vitest';
import { findCase } from '../../../src/db/cases/cases.ts';
import { listEntries } from '../../../src/db/cases/entries.ts';
import { listParties } from '../../../src/db/cases/sight.ts';
import { findMentorship } from '../../../src/db/mentorships.ts';
import { inTurn } from '../../../src/guild/turn.ts';
import { deleteMemberData, exportMember } from '../../../src/lifecycle/personal-data.ts';
import { actOnCase, askToDecide, listSeenCases, readCase, takeCase } from '../../../src/mentoring/cases/handle.ts';
import { goOnWithCases } from '../../../src/mentoring/cases/remind.ts';
import { beginReport, fileReport } from '../../../src/mentoring/cases/report.ts';
import {
  answerQuestion,
  decideReport,
  listOwnReports,
  withdrawReport,
} from '../../../src/mentoring/cases/own-reports.ts';
import { findGroup } from '../../../src/db/study/groups.ts';
import { findObstacle } from '../../../src/study/groups/join.ts';
import { memberNumber, registerPerson } from '../../support/people.ts';
import {
  around,
  ctx,
  eachWithHandlers,
  file,
  group,
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

describe('whoever is in a study group with one of the two', () => {
  test.each([
    ['reported', reported],
    ['reporter', reporter],
  ])('sees nothing of the case (%s), loses it on joining, and sees it once they are not any more', async (_, mate) => {
    await group('g', second, mate);
    const { caseId } = await file();
    expect(await told('case-waiting')).toEqual([handler.userId]);
    await refused(readCase(ctx, second, caseId), /no such case/);
    expect(await listSeenCases(ctx, second, 'open')).toEqual([]);
    expect((await findCase(ctx.db, guildId, caseId)) && (await listParties(ctx.db, (await findCase(ctx.db, guildId, caseId))!)).has(second.userId)).toBe(true); // prettier-ignore
    await takeCase(ctx, handler, caseId);
    await group('h', handler, mate);
    await goOnWithCases(ctx, () => owner.userId);
    expect(await findCase(ctx.db, guildId, caseId)).toMatchObject({ state: 'new', assignee_id: null });
    await refused(readCase(ctx, handler, caseId), /no such case/);
    await ctx.db.updateTable('group_members').set({ state: 'left', left_why: 'self' }).where('group_id', '=', 'g').where('user_id', '=', second.userId).execute(); // prettier-ignore
    expect((await readCase(ctx, second, caseId)).of.id).toBe(caseId);
  });
});

describe('taken out of a group', () => {
  const third = memberNumber(6);

  test('somebody is gone from those they share with the reporter alone, and reads neither why nor by whom', async () => {
    for (const each of [reporter, reported, third]) await registerPerson(ctx, each, 'mentee');
    await group('shared', reporter, reported, third);
    await group('own', reported, third);
    const { caseId } = await file();
    await takeCase(ctx, handler, caseId);
    await refused(actOnCase(ctx, second, caseId, 'leave-groups', around), /has taken/);
    const { entries } = await actOnCase(ctx, handler, caseId, 'leave-groups', around);
    expect(entries.at(-1)?.kind).toBe('removed');
    const places = await ctx.db.selectFrom('group_members').select(['group_id', 'user_id', 'state']).where('state', '=', 'left').execute(); // prettier-ignore
    expect(places).toEqual([{ group_id: 'shared', user_id: reported.userId, state: 'left' }]);
    const news = await notices('group-news');
    expect(news.map((one) => [one.user_id, one.detail])).toEqual([[reported.userId, '{"what":"removed"}']]);
    const held = JSON.stringify(await exportMember(ctx, reported));
    expect(held).toContain('"leftBecause":"removed"');
    expect(held).not.toMatch(new RegExp(`"leftBecause":"moderator"|${caseId}|${reporter.userId}`));
    await refused(actOnCase(ctx, handler, caseId, 'leave-groups', around), /share no study group/);
    // Not even by the invitation of whoever looks after it, who knows nothing of this.
    await inTurn(ctx.db, guildId, async (trx) => {
      const shared = await findGroup(trx, 'shared');
      expect(shared && (await findObstacle(trx, ctx, reported, shared, true))).toBe('blocked');
    });
  });

  test('nobody is for a report that was taken back, or whose reporter does not know whose message it was', async () => {
    await group('shared', reporter, reported, third);
    const { caseId, statementId } = await file();
    const snapshot = { text: 'A question', authorId: reported.userId, channelId: '', messageId: '', at: ctx.now(), files: [], unnamed: true as const }; // prettier-ignore
    const draft = await beginReport(ctx, third, { userId: reported.userId, isBot: false }, snapshot);
    const report = { category: 'other', words, today: false, mayName: false, excluded: [] };
    expect((await fileReport(ctx, third, draft, report, owner.userId)).caseId).toBe(caseId);
    await takeCase(ctx, handler, caseId);
    await withdrawReport(ctx, reporter, statementId);
    await refused(actOnCase(ctx, handler, caseId, 'leave-groups', around), /share no study group/);
    expect((await listEntries(ctx.db, caseId)).map(({ kind }) => kind)).not.toContain('removed');
  });
});

describe('asked to decide', () => {
  test('about their mentorship while it rests, a reporter chooses once; the handler reads it and nothing else follows', async () => {
    const { id } = await pair();
    const { caseId, statementId } = await file();
    await refused(askToDecide(ctx, handler, caseId), /Take it first/);
    await takeCase(ctx, handler, caseId);
    await askToDecide(ctx, handler, caseId);
    expect(await told('case-question')).toEqual([reporter.userId]);
    const [own] = await listOwnReports(ctx, reporter);
    expect([own?.state, own?.choices, own?.question]).toEqual(['waiting', ['end', 'keep', 'go-on'], undefined]);
    await refused(askToDecide(ctx, handler, caseId), /already waits/);
    await refused(decideReport(ctx, second, statementId, 'end'), /no such case/);
    await refused(decideReport(ctx, reported, statementId, 'end'), /no such case/);
    await refused(decideReport(ctx, reporter, statementId, 'record'), /Nothing is asked/);
    await refused(answerQuestion(ctx, reporter, statementId, 'In words'), /Nothing is asked/);
    const both = await Promise.allSettled(['end', 'go-on'].map((wish) => decideReport(ctx, reporter, statementId, wish))); // prettier-ignore
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const { of, entries } = await readCase(ctx, handler, caseId);
    const wish = entries.at(-1);
    expect([of.state, of.due_at, wish?.kind, wish?.by_id]).toEqual(['taken', null, 'wished', reporter.userId]);
    const chosen = wish?.words === 'end' ? /chosen already: \*\*End our/ : /chosen already: \*\*Let it go on/;
    await refused(decideReport(ctx, reporter, statementId, 'keep'), chosen);
    expect(await told('case-news')).toEqual([handler.userId]);
    expect((await findMentorship(ctx.db, id))?.state).toBe('paused');
    const audit = await ctx.db.selectFrom('audit').selectAll().where('action', '=', 'case-handled').execute();
    expect(audit.map(({ detail }) => detail)).toContain('{"case":"wish-asked"}');
    expect(JSON.stringify(await exportMember(ctx, reporter))).toContain(`"yourWords":"${wish?.words}"`);
    await deleteMemberData(ctx, reporter);
    expect((await listEntries(ctx.db, caseId)).find(({ kind }) => kind === 'wished')?.by_id).toBe(null);
  });

  test('without a mentorship that rests they say whether anything is done; each of several alone, and for a week', async () => {
    const { caseId, statementId } = await file();
    await takeCase(ctx, handler, caseId);
    const other = memberNumber(5);
    ctx.advance({ minutes: 1 });
    await file(other);
    await askToDecide(ctx, handler, caseId, 1);
    expect((await listOwnReports(ctx, other))[0]).toMatchObject({ state: 'new', choices: [] });
    expect((await listOwnReports(ctx, reporter))[0]?.choices).toEqual(['act', 'record']);
    ctx.advance({ days: 7 });
    await goOnWithCases(ctx, () => owner.userId);
    expect((await findCase(ctx.db, guildId, caseId))?.state).toBe('taken');
    await refused(decideReport(ctx, reporter, statementId, 'act'), /Nothing is asked/);
    await askToDecide(ctx, handler, caseId, 1);
    expect(await decideReport(ctx, reporter, statementId, 'record')).toBe('record');
  });
});
