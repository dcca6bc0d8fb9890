/** What a reporter sees of their own reports, and does with them: answer, decide, take back, open again. */
import type { Context } from '../../context.ts';
import { type Case, changeCase, findCase, findOpenCaseAbout } from '../../db/cases/cases.ts';
import { type Entry, insertEntry, listEntries } from '../../db/cases/entries.ts';
import {
  findStatement,
  insertStatement,
  listStatements,
  listStatementsOf,
  markWithdrawn,
  type Statement,
} from '../../db/cases/statements.ts';
import type { Db, Trx } from '../../db/open.ts';
import type { CaseState, CaseWish } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { liftForCase } from '../rests.ts';
import { noSuchCase, releaseFromParty, tellAssignee } from './handlers.ts';
import { reopenDays } from './limits.ts';
import { findCaseTransition } from './states.ts';
import { offeredBy, wishOf } from './wishes.ts';
import { announceReopened, findRestingPair, reopen, requireRoom, requireStatement, requireWords } from './report.ts';

/** One of a reporter's own reports, with what they may know of it. */
export interface OwnReport {
  readonly statement: Statement;
  readonly of: Case;
  /** How it stands, to whoever made this one: nothing in it tells of other reporters. `withdrawn` whatever others do. */
  readonly state: CaseState | 'withdrawn';
  /** What is asked of them now; undefined where nothing is. */
  readonly question: string | undefined;
  /** What they are asked to choose from; empty where nothing is. */
  readonly choices: readonly CaseWish[];
}

/** A reporter's reports, the latest first. */
export async function listOwnReports(ctx: Context, by: Acting): Promise<readonly OwnReport[]> {
  const reports: OwnReport[] = [];
  for (const { id } of await listStatementsOf(ctx.db, by)) {
    const report = await readOwn(ctx.db, by, id);
    if (report) reports.push(report);
  }
  return reports;
}

async function readOwn(db: Db, by: Acting, statementId: string): Promise<OwnReport | undefined> {
  const statement = await findStatement(db, statementId);
  if (statement?.reporter_id !== by.userId) return undefined;
  const of = await findCase(db, by.guildId, statement.case_id);
  if (!of) return undefined;
  const entries = await listEntries(db, of.id);
  // Whoever was asked before somebody else was has nothing more to answer.
  const latest = of.state === 'waiting' ? entries.findLast(isQuestion) : undefined;
  const asked = latest?.statement_id === statementId ? latest : undefined;
  const question = asked?.kind === 'asked' ? (asked.words ?? undefined) : undefined;
  const choices = asked?.kind === 'wish-asked' ? offeredBy(asked.words) : [];
  return { statement, of, state: stateTo(statement, of, entries, asked !== undefined), question, choices };
}

/** Whether something was asked of a reporter, in words or as a choice. */
function isQuestion({ kind }: Entry): boolean {
  return kind === 'asked' || kind === 'wish-asked';
}

/** How a case stands to one of its reporters, as if there were no others. */
function stateTo(statement: Statement, of: Case, entries: readonly Entry[], isAsked: boolean): OwnReport['state'] {
  if (statement.withdrawn_at !== null) return 'withdrawn';
  if (of.state === 'closed') return 'closed';
  if (isAsked) return 'waiting';
  if (of.state === 'new') return 'new';
  // One that joined a case in hand is taken once its handler does something with it.
  const isSeen = (of.taken_at ?? '') >= statement.created_at || entries.some((entry) => isHandled(entry, statement));
  return isSeen ? 'taken' : 'new';
}

/** Whether a handler did something after it was said. */
function isHandled({ kind, at }: Entry, { created_at: since }: Statement): boolean {
  return at > since && kind !== 'answered' && kind !== 'wished' && kind !== 'withdrawn' && kind !== 'reopened';
}

/** @throws UserError that there is no such case. */
async function requireOwn(db: Db, by: Acting, statementId: string): Promise<OwnReport> {
  const report = await readOwn(db, by, statementId);
  if (!report) throw noSuchCase();
  return report;
}

/** Whether the reporter's answer is waited for. */
export async function requireQuestion(ctx: Context, by: Acting, statementId: string): Promise<string> {
  const { of, question } = await requireOwn(ctx.db, by, statementId);
  if (question === undefined || !findCaseTransition(of.state, 'answer', 'reporter'))
    throw new UserError((t) => t.cases.refused.noQuestion);
  return question;
}

/**
 * Answers what handlers asked.
 * @throws UserError where nothing is asked any more, and for words that are missing or too long.
 */
export async function answerQuestion(ctx: Context, by: Acting, statementId: string, typed: string): Promise<void> {
  const words = requireWords(typed);
  await inTurn(ctx.db, by.guildId, async (trx) => {
    const { of, question } = await requireOwn(trx, by, statementId);
    const row = question === undefined ? undefined : findCaseTransition(of.state, 'answer', 'reporter');
    const changed = row && (await changeCase(trx, of.id, row.from, { state: row.to, due_at: null }));
    if (!changed) throw new UserError((t) => t.cases.refused.noQuestion);
    await insertEntry(trx, ctx, of, { kind: 'answered', byId: by.userId, statementId, words });
    await tellAssignee(ctx, trx, await releaseFromParty(ctx, trx, changed));
  });
}

/**
 * A reporter says what they wish for, of what they were offered. Handlers read it; nothing follows from it by itself.
 * @returns what they chose.
 * @throws UserError with what they chose before, and where nothing is asked any more.
 */
export async function decideReport(ctx: Context, by: Acting, statementId: string, typed: string): Promise<CaseWish> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const { of, choices } = await requireOwn(trx, by, statementId);
    const wish = choices.find((each) => each === typed);
    const row = wish === undefined ? undefined : findCaseTransition(of.state, 'answer', 'reporter');
    const changed = row && (await changeCase(trx, of.id, row.from, { state: row.to, due_at: null }));
    if (wish === undefined || !changed) throw await refusalToDecide(trx, of, statementId);
    await insertEntry(trx, ctx, of, { kind: 'wished', byId: by.userId, statementId, words: wish });
    await tellAssignee(ctx, trx, await releaseFromParty(ctx, trx, changed));
    return wish;
  });
}

/** What holds: the latest wish where no other is asked for, else that nothing is. */
async function refusalToDecide(trx: Trx, of: Case, statementId: string): Promise<UserError> {
  const own = (await listEntries(trx, of.id)).filter(({ statement_id: id }) => id === statementId);
  const latest = own.findLast((entry) => isQuestion(entry) || entry.kind === 'wished');
  const wish = latest?.kind === 'wished' ? wishOf(latest.words) : undefined;
  return wish === undefined
    ? new UserError((t) => t.cases.refused.noQuestion)
    : new UserError((t) => t.cases.refused.decided(t.cases.wishes[wish]));
}

/**
 * Takes a report back. Where it was the only one the case closes, and what rested goes on; a handler may open it again.
 * @throws UserError where it was taken back before, or is closed.
 */
export async function withdrawReport(ctx: Context, by: Acting, statementId: string): Promise<void> {
  await inTurn(ctx.db, by.guildId, async (trx) => {
    const { of, state } = await requireOwn(trx, by, statementId);
    // First what they did themselves: whether the case goes on without it is others' concern.
    if (state === 'withdrawn') throw new UserError((t) => t.cases.refused.withdrawn);
    if (of.state === 'closed') throw new UserError((t) => t.cases.refused.closed);
    if (!(await markWithdrawn(trx, statementId, ctx.now()))) throw new UserError((t) => t.cases.refused.withdrawn);
    await insertEntry(trx, ctx, of, { kind: 'withdrawn', byId: by.userId, statementId });
    if (of.reported_id !== null) {
      const pair = await findRestingPair(trx, by.guildId, by.userId, of.reported_id);
      if (pair) await liftForCase(ctx, trx, pair);
    }
    const left = (await listStatements(trx, of.id)).filter((one) => one.withdrawn_at === null);
    const row = left.length === 0 ? findCaseTransition(of.state, 'withdraw', 'reporter') : undefined;
    if (!row) return await tellAssignee(ctx, trx, of);
    const closed = await changeCase(trx, of.id, row.from, {
      state: row.to,
      due_at: null,
      closed_at: ctx.now(),
      outcome: 'withdrawn',
    });
    if (closed) await tellAssignee(ctx, trx, closed);
  });
}

/**
 * Opens a closed report again, with what is new. Where the case goes on for another's sake, or there is another about the
 * same member, it joins that, and its reporter learns of neither.
 * @throws UserError where it is open, or was closed too long ago.
 */
export async function reopenReport(ctx: Context, by: Acting, statementId: string, typed: string): Promise<void> {
  const words = requireStatement(typed);
  await inTurn(ctx.db, by.guildId, async (trx) => {
    const { of, state, statement } = await requireOwn(trx, by, statementId);
    if ((state !== 'withdrawn' && state !== 'closed') || of.reported_id === null)
      throw new UserError((t) => t.cases.refused.isOpen);
    const ended = statement.withdrawn_at ?? of.closed_at;
    if (ended === null || later(ended, { days: reopenDays }) < ctx.now())
      throw new UserError((t) => t.cases.refused.tooLate(reopenDays));
    await requireRoom(ctx, trx, by);
    const goesOn = await findOpenCaseAbout(trx, by.guildId, of.reported_id);
    const joined = goesOn ?? (await reopen(ctx, trx, of, 'reporter'));
    await insertStatement(trx, ctx, joined, { reporterId: by.userId, words, today: false, mayName: false, snapshot: null, excluded: [] }); // prettier-ignore
    await insertEntry(trx, ctx, joined, { kind: 'reopened', byId: by.userId });
    if (!goesOn) return await announceReopened(ctx, trx, joined);
    const now = await releaseFromParty(ctx, trx, goesOn);
    if (now.assignee_id !== null) await tellAssignee(ctx, trx, now);
  });
}
