import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { insertAudit } from '../../../src/db/audit.ts';
import { findCase } from '../../../src/db/cases/cases.ts';
import { listEntries } from '../../../src/db/cases/entries.ts';
import { listCases, listParties } from '../../../src/db/cases/sight.ts';
import { listStatements } from '../../../src/db/cases/statements.ts';
import { findMentorship } from '../../../src/db/mentorships.ts';
import { listRests } from '../../../src/db/rests.ts';
import { caseOutcomes, type CaseState } from '../../../src/db/schema.ts';
import { casesSection } from '../../../src/discord/home/cases.ts';
import { UserError } from '../../../src/errors.ts';
import type { Acting } from '../../../src/guild/acting.ts';
import { inTurn } from '../../../src/guild/turn.ts';
import { memberLeft } from '../../../src/lifecycle/leavers.ts';
import { deleteMemberData, exportMember } from '../../../src/lifecycle/personal-data.ts';
import { endRestsOver } from '../../../src/mentoring/rests.ts';
import { later } from '../../../src/time.ts';
import { purgeOld } from '../../../src/lifecycle/purge.ts';
import {
  actOnCase,
  askReporter,
  askToDecide,
  closeCase,
  handOver,
  listSeenCases,
  noteCase,
  readCase,
  reopenCase,
  takeCase,
} from '../../../src/mentoring/cases/handle.ts';
import { releaseCasesOf, releaseFormerHandlers } from '../../../src/mentoring/cases/handlers.ts';
import { goOnWithCases } from '../../../src/mentoring/cases/remind.ts';
import {
  answerQuestion,
  beginReport,
  decideReport,
  fileReport,
  listOwnReports,
  reopenReport,
  type Report,
  withdrawReport,
} from '../../../src/mentoring/cases/report.ts';
import { type CaseAct, findCaseTransition } from '../../../src/mentoring/cases/states.ts';
import { acceptRequest } from '../../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../../src/mentoring/requests/ask.ts';
import { findGroup } from '../../../src/db/study/groups.ts';
import { takeOutOfShared } from '../../../src/study/groups/apart.ts';
import { findObstacle } from '../../../src/study/groups/join.ts';
import { findProfile } from '../../../src/db/profiles.ts';
import { openTestContext, type TestContext, testGuildId } from '../../support/context.ts';
import { memberNumber, registerPerson, registerVerified, testModeratorId } from '../../support/people.ts';

const guildId = testGuildId;
const reporter = memberNumber(1);
const reported = memberNumber(2);
const handler: Acting = { guildId, userId: testModeratorId };
const second = memberNumber(4);
const owner = memberNumber(9);
const around = { ownerId: owner.userId, takeOutOfShared };
const words = 'They asked me for two hundred dollars for a letter.';

type Looking = Parameters<typeof casesSection>[0];

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
  await act(handler);
  await act(second);
});
afterEach(() => ctx.db.destroy());

/** Somebody has done something as a moderator, so that the bot knows them. */
async function act(by: Acting): Promise<void> {
  await inTurn(ctx.db, guildId, async (trx) => {
    await insertAudit(trx, ctx, { guildId, actorId: by.userId, action: 'setup-changed' });
  });
}

async function file(by = reporter, about = reported, report: Partial<Report> = {}) {
  const draft = await beginReport(ctx, by, { userId: about.userId, isBot: false });
  const whole = { category: 'money', words, today: false, mayName: false, excluded: [], ...report };
  return await fileReport(ctx, by, draft, whole, owner.userId);
}

async function pair() {
  await registerVerified(ctx, reported);
  await registerPerson(ctx, reporter, 'mentee');
  await requestMentor(ctx, { guildId, menteeId: reporter.userId, mentorId: reported.userId, message: '' });
  const [request] = await ctx.db.selectFrom('requests').selectAll().execute();
  const { mentorshipId } = await acceptRequest(ctx, reported.userId, request?.id ?? '');
  return { id: mentorshipId };
}

const notices = async (kind: string) =>
  (await ctx.db.selectFrom('notices').selectAll().execute()).filter((each) => each.kind === kind);
const told = async (kind: string) => (await notices(kind)).map(({ user_id: id }) => id ?? '').toSorted();
const refused = (work: Promise<unknown>, why: RegExp) =>
  expect(work).rejects.toThrow(expect.objectContaining({ message: expect.stringMatching(why) as string }) as Error);

/** A study group that goes on. */
async function group(id: string, ...people: readonly Acting[]): Promise<void> {
  const at = ctx.now();
  await ctx.db.insertInto('study_groups').values({ id, guild_id: guildId, kind: 'exam', topic: 'step-1', place: '', state: 'active', languages: '["en"]', size: 4, sessions: 1, minutes: 60, about: '', created_at: at }).execute(); // prettier-ignore
  for (const { userId } of people)
    await ctx.db.insertInto('group_members').values({ group_id: id, guild_id: guildId, user_id: userId, state: 'member', since: at }).execute(); // prettier-ignore
}

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

test('a case that a handler has taken is for the others again once they leave, or delete their data', async () => {
  await registerPerson(ctx, handler, 'mentee');
  const { caseId } = await file();
  await takeCase(ctx, handler, caseId);
  await memberLeft(ctx, guildId, handler.userId);
  expect(await findCase(ctx.db, guildId, caseId)).toMatchObject({ state: 'new', assignee_id: null });
  expect(await told('case-waiting')).toContain(second.userId);
  await takeCase(ctx, second, caseId);
  await deleteMemberData(ctx, second);
  expect(await findCase(ctx.db, guildId, caseId)).toMatchObject({ state: 'new', assignee_id: null });
});

test('a case of whoever only lost the role is for the others again: found once a day, or when they act', async () => {
  const { caseId } = await file();
  await takeCase(ctx, handler, caseId);
  const asked: string[] = [];
  const look = async (answer: boolean | undefined) =>
    await releaseFormerHandlers(ctx, ({ userId }) => Promise.resolve((asked.push(userId), answer)));
  await look(false);
  expect([asked, (await findCase(ctx.db, guildId, caseId))?.state]).toEqual([[], 'taken']);
  ctx.advance({ hours: 24 });
  await look(undefined);
  await look(true);
  await look(false);
  expect([asked, (await findCase(ctx.db, guildId, caseId))?.state]).toEqual([
    [handler.userId, handler.userId],
    'taken',
  ]);
  ctx.advance({ hours: 24 });
  await look(false);
  expect(await findCase(ctx.db, guildId, caseId)).toMatchObject({ state: 'new', assignee_id: null });
  expect((await listEntries(ctx.db, caseId)).at(-1)?.kind).toBe('released');
  expect(await told('case-waiting')).toContain(second.userId);
  await takeCase(ctx, second, caseId);
  await releaseCasesOf(ctx, handler);
  expect((await findCase(ctx.db, guildId, caseId))?.assignee_id).toBe(second.userId);
  await releaseCasesOf(ctx, second);
  expect((await findCase(ctx.db, guildId, caseId))?.state).toBe('new');
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
