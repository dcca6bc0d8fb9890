/** What handlers do with a case. Every act begins by looking whether they may see it, in the guild's turn. */
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import { type Case, changeCase } from '../../db/cases/cases.ts';
import { type Entry, insertEntry, listEntries } from '../../db/cases/entries.ts';
import { listCases, maySee } from '../../db/cases/sight.ts';
import { listStatements, type Statement } from '../../db/cases/statements.ts';
import { insertNotice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { findProfile } from '../../db/profiles.ts';
import { type CaseEntryKind, caseOutcomes, type CaseState, type caseWishes } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { closePair } from '../mentorships.ts';
import { liftForCase } from '../rests.ts';
import { suspendMentorIn } from '../verification.ts';
import { announceReopened, findRestingPair, reopen, requireWords } from './report.ts';
import { noSuchCase, requireSeen } from './handlers.ts';
import { answerDays } from './limits.ts';
import { type CaseAct, findCaseTransition } from './states.ts';

/** What a handler can do beside asking and noting. */
export const handlerActs = ['ask-to-decide', 'lift', 'end', 'suspend-mentor', 'leave-groups', 'pass-to-owner'] as const;
type HandlerAct = (typeof handlerActs)[number];

/** A case with everything that a handler reads. */
export interface CaseFile {
  readonly of: Case;
  readonly statements: readonly Statement[];
  readonly entries: readonly Entry[];
  /** Whether a reporter's own mentorship with whom it is about rests for it. */
  readonly rests: boolean;
}

/** Cases in a list of choices, or on a card. */
const casesShown = 25;

/** Open cases that a handler may see, what is urgent and old first; or those that were closed. */
export async function listSeenCases(ctx: Context, by: Acting, which: 'open' | 'closed'): Promise<readonly Case[]> {
  const states: readonly CaseState[] = which === 'open' ? ['new', 'taken', 'waiting'] : ['closed'];
  return await listCases(ctx.db, by, states, casesShown);
}

/** @throws UserError that there is no such case. */
export async function readCase(ctx: Context, by: Acting, caseId: string): Promise<CaseFile> {
  return await inTurn(ctx.db, by.guildId, async (trx) => await fileOf(trx, await requireSeen(trx, by, caseId)));
}

async function fileOf(trx: Trx, of: Case): Promise<CaseFile> {
  const statements = await listStatements(trx, of.id);
  const entries = await listEntries(trx, of.id);
  return { of, statements, entries, rests: (await listRestingPairs(trx, of, statements)).length > 0 };
}

async function listRestingPairs(trx: Trx, of: Case, statements: readonly Statement[]) {
  const pairs = [];
  for (const { reporter_id: reporterId } of statements) {
    if (reporterId === null || of.reported_id === null) continue;
    const pair = await findRestingPair(trx, of.guild_id, reporterId, of.reported_id);
    if (pair) pairs.push(pair);
  }
  return pairs;
}

/** One act of a handler: seen, allowed by the table, written down. */
async function handle(
  ctx: Context,
  by: Acting,
  caseId: string,
  act: CaseAct,
  entry: { readonly kind: CaseEntryKind; readonly words?: string },
  work: (trx: Trx, of: Case, to: CaseState, from: readonly CaseState[]) => Promise<Case | undefined>,
): Promise<CaseFile> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const of = await requireSeen(trx, by, caseId);
    const isAssignee = of.assignee_id === by.userId;
    const row = findCaseTransition(of.state, act, 'handler') ?? (isAssignee ? findCaseTransition(of.state, act, 'assignee') : undefined); // prettier-ignore
    if (!row) throw refusalOf(of, by.userId);
    await insertEntry(trx, ctx, of, { ...entry, byId: by.userId });
    const changed = await work(trx, of, row.to, row.from);
    if (!changed) throw noSuchCase();
    await record(ctx, trx, by, of.id, entry.kind);
    return await fileOf(trx, changed);
  });
}

/** Writes the act down for those who may see the case: what kind it was, never its words. */
async function record(ctx: Context, trx: Trx, by: Acting, caseId: string, what: CaseEntryKind): Promise<void> {
  const { guildId, userId: actorId } = by;
  await insertAudit(trx, ctx, { guildId, actorId, action: 'case-handled', subjectId: caseId, detail: { case: what } });
}

/** The present state, in words. */
function refusalOf({ state, assignee_id: assigneeId }: Case, userId: string): UserError {
  if (state === 'closed') return new UserError((t) => t.cases.refused.closed);
  if (state === 'new') return new UserError((t) => t.cases.refused.takeFirst);
  if (assigneeId !== null && assigneeId !== userId) return new UserError((t) => t.cases.refused.taken(assigneeId));
  return state === 'waiting'
    ? new UserError((t) => t.cases.refused.waiting)
    : new UserError((t) => t.cases.refused.isOpen);
}

/** A handler takes a new case. */
export async function takeCase(ctx: Context, by: Acting, caseId: string): Promise<CaseFile> {
  return await handle(ctx, by, caseId, 'take', { kind: 'taken' }, async (trx, of, to, from) => {
    const first = of.taken_at ?? ctx.now();
    const now = ctx.now();
    return await changeCase(trx, of.id, from, { state: to, assignee_id: by.userId, handler_seen_at: now, taken_at: first, due_at: null }); // prettier-ignore
  });
}

/**
 * Asks a reporter something; they read it as from the moderators, without a name.
 * @param place of the statement, from 1; the latest when absent.
 */
export async function askReporter(
  ctx: Context,
  by: Acting,
  caseId: string,
  typed: string,
  place?: number,
): Promise<CaseFile> {
  const words = requireWords(typed);
  return await ask(ctx, by, caseId, place, () => Promise.resolve({ kind: 'asked', words }));
}

/**
 * Lets a reporter decide: about their own mentorship while it rests for the case, else whether anything is done. What they
 * choose is a wish, which comes into the case; nothing follows from it by itself.
 * @param place of the statement, from 1; the latest when absent.
 */
export async function askToDecide(ctx: Context, by: Acting, caseId: string, place?: number): Promise<CaseFile> {
  return await ask(ctx, by, caseId, place, async (trx, of, asked) => {
    const rests = (await listRestingPairs(trx, of, [asked])).length > 0;
    return { kind: 'wish-asked', words: (rests ? 'pair' : 'matter') satisfies keyof typeof caseWishes };
  });
}

/** Something is asked of a reporter, and a week waited for the answer. */
async function ask(
  ctx: Context,
  by: Acting,
  caseId: string,
  place: number | undefined,
  what: (trx: Trx, of: Case, asked: Statement) => Promise<{ kind: 'asked' | 'wish-asked'; words: string }>,
): Promise<CaseFile> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const of = await requireSeen(trx, by, caseId);
    if (of.assignee_id !== by.userId || !findCaseTransition(of.state, 'ask', 'assignee'))
      throw refusalOf(of, by.userId);
    const statements = await listStatements(trx, of.id);
    const asked = place === undefined ? statements.findLast(isThere) : statements[place - 1];
    if (!asked || !isThere(asked)) throw new UserError((t) => t.cases.refused.nobodyToAsk);
    const due = later(ctx.now(), { days: answerDays });
    const changed = await changeCase(trx, of.id, ['taken'], { state: 'waiting', due_at: due });
    if (!changed) throw refusalOf(of, by.userId);
    const entry = await what(trx, of, asked);
    await insertEntry(trx, ctx, of, { ...entry, byId: by.userId, statementId: asked.id });
    await insertNotice(trx, ctx, { guildId: of.guild_id, kind: 'case-question', userId: asked.reporter_id, subjectId: asked.id }); // prettier-ignore
    await record(ctx, trx, by, of.id, entry.kind);
    return await fileOf(trx, changed);
  });
}

function isThere(statement: Statement): statement is Statement & { readonly reporter_id: string } {
  return statement.reporter_id !== null && statement.withdrawn_at === null;
}

/** The assignee writes something down for whoever reads the case after them. */
export async function noteCase(ctx: Context, by: Acting, caseId: string, typed: string): Promise<CaseFile> {
  const words = requireWords(typed);
  return await handle(ctx, by, caseId, 'note', { kind: 'noted', words }, (_trx, of) => Promise.resolve(of));
}

/**
 * Gives a case to another handler.
 * @throws UserError where they may not see it: without saying why.
 */
export async function handOver(ctx: Context, by: Acting, caseId: string, toId: string): Promise<CaseFile> {
  return await handle(
    ctx,
    by,
    caseId,
    'hand over',
    { kind: 'handed-over', words: toId },
    async (trx, of) => await assign(ctx, trx, of, toId),
  );
}

async function assign(ctx: Context, trx: Trx, of: Case, toId: string): Promise<Case | undefined> {
  if (!(await maySee(trx, { guildId: of.guild_id, userId: toId }, of.id)))
    throw new UserError((t) => t.cases.refused.notTheirs(toId));
  const changed = await changeCase(trx, of.id, ['taken', 'waiting'], { assignee_id: toId, handler_seen_at: ctx.now() });
  if (changed)
    await insertNotice(trx, ctx, { guildId: of.guild_id, kind: 'case-news', userId: toId, subjectId: of.id });
  return changed;
}

/** What acting needs from elsewhere. */
interface Around {
  /** Who owns the guild. */
  readonly ownerId: string;
  /** Takes somebody out of the study groups that they share with one of these. @returns of how many. */
  readonly takeOutOfShared: (ctx: Context, trx: Trx, whose: Acting, others: readonly string[]) => Promise<number>;
}

/**
 * Does something about a case. What it does to a mentorship, a mentor or a group is told to those it concerns in neutral
 * words.
 * @throws UserError where there is nothing that it could be done to.
 */
export async function actOnCase(
  ctx: Context,
  by: Acting,
  caseId: string,
  what: Exclude<HandlerAct, 'ask-to-decide'>,
  { ownerId, takeOutOfShared }: Around,
): Promise<CaseFile> {
  const kinds = { lift: 'lifted', end: 'ended', 'suspend-mentor': 'suspended', 'leave-groups': 'removed', 'pass-to-owner': 'passed' } as const; // prettier-ignore
  return await handle(ctx, by, caseId, 'act', { kind: kinds[what] }, async (trx, of) => {
    if (what === 'pass-to-owner') return await assign(ctx, trx, of, ownerId);
    if (what === 'suspend-mentor') await suspendReported(ctx, trx, by, of);
    else if (what === 'leave-groups') {
      const others = (await listStatements(trx, of.id)).filter(knowsWhom).map((one) => one.reporter_id);
      const whose = { guildId: of.guild_id, userId: of.reported_id ?? '' };
      if ((await takeOutOfShared(ctx, trx, whose, others)) === 0) throw new UserError((t) => t.cases.refused.noGroup);
    } else await decidePairs(ctx, trx, of, what);
    return of;
  });
}

/** Not of whoever does not know whose message they reported: that somebody is gone from their group would tell them. */
function knowsWhom(statement: Statement): statement is Statement & { readonly reporter_id: string } {
  return isThere(statement) && statement.snapshot?.unnamed !== true;
}

async function decidePairs(ctx: Context, trx: Trx, of: Case, what: 'lift' | 'end'): Promise<void> {
  const pairs = await listRestingPairs(trx, of, await listStatements(trx, of.id));
  if (pairs.length === 0) throw new UserError((t) => t.cases.refused.noPair);
  for (const pair of pairs) {
    const both = [pair.mentor_id, pair.mentee_id];
    if (what === 'end') await closePair(ctx, trx, pair, { by: 'handler', reason: 'handler' }, both);
    else await liftForCase(ctx, trx, pair);
  }
}

async function suspendReported(ctx: Context, trx: Trx, by: Acting, of: Case): Promise<void> {
  const profile = of.reported_id === null ? undefined : await findProfile(trx, of.guild_id, of.reported_id, 'mentor');
  if (!profile || profile.verification === 'suspended') throw new UserError((t) => t.cases.refused.noMentor);
  await suspendMentorIn(ctx, trx, by, profile);
}

/**
 * Closes a case. Its reporters read whether something was done, never what.
 * @throws UserError while a reporter's mentorship rests for it: that is decided first.
 */
export async function closeCase(ctx: Context, by: Acting, caseId: string, outcome: string): Promise<CaseFile> {
  const known = caseOutcomes.find((each) => each === outcome);
  if (!known) throw new UserError((t) => t.cases.refused.outcome);
  return await handle(ctx, by, caseId, 'close', { kind: 'closed' }, async (trx, of, to, from) => {
    const statements = await listStatements(trx, of.id);
    if ((await listRestingPairs(trx, of, statements)).length > 0)
      throw new UserError((t) => t.cases.refused.stillRests);
    const change = { state: to, due_at: null, closed_at: ctx.now(), outcome: known } as const;
    const closed = await changeCase(trx, of.id, from, change);
    for (const { id: subjectId, reporter_id: userId } of closed ? statements.filter(isThere) : []) {
      await insertNotice(trx, ctx, { guildId: of.guild_id, kind: 'case-closed', userId, subjectId });
    }
    return closed;
  });
}

/** A handler opens a closed case again. */
export async function reopenCase(ctx: Context, by: Acting, caseId: string): Promise<CaseFile> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const opened = await reopen(ctx, trx, await requireSeen(trx, by, caseId), 'handler');
    await insertEntry(trx, ctx, opened, { kind: 'reopened', byId: by.userId });
    await record(ctx, trx, by, opened.id, 'reopened');
    await announceReopened(ctx, trx, opened);
    return await fileOf(trx, opened);
  });
}
