/** What a reporter does: report, answer a question, take it back, open it again. */
import type { Context } from '../../context.ts';
import { type Case, changeCase, findCase, findOpenCaseAbout, insertCase } from '../../db/cases/cases.ts';
import { insertDraft, takeDraft } from '../../db/cases/drafts.ts';
import { readSnapshot, type Snapshot } from '../../db/cases/snapshots.ts';
import { countReports, insertStatement, listStatements } from '../../db/cases/statements.ts';
import { listLiveMentorshipsOf } from '../../db/mentorships.ts';
import type { Trx } from '../../db/open.ts';
import { caseCategories, type CaseCategory } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { insertNotice } from '../../db/notices/write.ts';
import { later } from '../../time.ts';
import { partnerIn } from '../mentorships.ts';
import { restForCase } from '../rests.ts';
import { listRests } from '../../db/rests.ts';
import { releaseFromParty, tellAssignee, tellHandlers } from './handlers.ts';
import { excludedAtMost, remindAfterHours, reopenDays, reportsAtMost, statementLength, wordsLength } from './limits.ts';
import { findCaseTransition } from './states.ts';

/** The answers of the form. */
export interface Report {
  readonly category: string;
  readonly words: string;
  readonly today: boolean;
  readonly mayName: boolean;
  /** Who should not see it, by id. */
  readonly excluded: readonly string[];
}

/** What came of a report. */
export interface Reported {
  readonly caseId: string;
  readonly statementId: string;
  readonly urgent: boolean;
  /** Whether the mentorship of the two rests now. */
  readonly rests: boolean;
  /** Nobody is known here who may see it. */
  readonly nobody: boolean;
  /** Undefined where who it was stays unknown to the reporter. */
  readonly reportedId: string | undefined;
}

/**
 * Begins a report: what a message says is kept from this moment on, whatever becomes of it.
 * @returns the id that the form carries.
 * @throws UserError for oneself, for a bot, and where the bot is not set up.
 */
export async function beginReport(
  ctx: Context,
  by: Acting,
  about: { readonly userId: string; readonly isBot: boolean },
  snapshot?: Snapshot,
): Promise<string> {
  await requireGuild(ctx.db, by.guildId);
  if (about.userId === by.userId) throw new UserError((t) => t.cases.refused.yourself);
  if (about.isBot) throw new UserError((t) => t.cases.refused.bot);
  return await insertDraft(ctx.db, ctx, {
    guildId: by.guildId,
    reporterId: by.userId,
    reportedId: about.userId,
    snapshot,
  });
}

/**
 * Files a report, or adds it to the open case about the same member. The reporter's own mentorship with them rests from
 * now on; nobody else learns of anything but the handlers who may see it.
 * @param ownerId who owns the guild: hears of it where nobody else is known who may.
 * @throws UserError with what was wrong; the form can be sent again.
 */
export async function fileReport(
  ctx: Context,
  by: Acting,
  draftId: string,
  report: Report,
  ownerId: string,
): Promise<Reported> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    await requireGuild(trx, by.guildId);
    // Where anything below is refused the draft stays, and the form can be sent again.
    const draft = await takeDraft(trx, by, draftId);
    if (!draft) throw new UserError((t) => t.cases.refused.sentAlready);
    const category = requireCategory(report.category);
    const words = requireStatement(report.words);
    await requireRoom(ctx, trx, by);
    const reportedId = draft.reported_id;
    const excluded = report.excluded.filter((id) => id !== by.userId && id !== reportedId).slice(0, excludedAtMost);
    const urgent = category === 'risk' || report.today;
    const isUnnamed = hasUnnamed(draft.snapshot);
    const about = { guildId: by.guildId, reportedId, category, urgent };
    const found = await fileUnder(ctx, trx, about, { by: by.userId, isUnnamed });
    const said = { reporterId: by.userId, words, today: report.today, mayName: report.mayName, snapshot: draft.snapshot, excluded }; // prettier-ignore
    const statementId = await insertStatement(trx, ctx, found.of, said);
    await hideExamContent(ctx, trx, found.of, category, draft.snapshot);
    // That their own mentorship rests would tell a reporter who it was.
    const rests = !isUnnamed && (await restOwnPair(ctx, trx, by, reportedId));
    const nobody = await tell(ctx, trx, found, ownerId);
    const { id: caseId } = found.of;
    return { caseId, statementId, urgent, rests, nobody, reportedId: isUnnamed ? undefined : reportedId };
  });
}

/** Whether a report is of something whose author its reporter does not know. */
function hasUnnamed(stored: string | null): boolean {
  return stored !== null && readSnapshot(stored).unnamed === true;
}

/** Owes it that a message which was reported as exam content is taken away, where the guild wants that. */
async function hideExamContent(
  ctx: Context,
  trx: Trx,
  of: Case,
  category: CaseCategory,
  stored: string | null,
): Promise<void> {
  const snapshot = category === 'exam-content' && stored !== null ? readSnapshot(stored) : undefined;
  const { hide_exam_content: hides } = await requireGuild(trx, of.guild_id);
  // What is no message cannot be taken away.
  if (!snapshot || snapshot.messageId === '' || hides === 0) return;
  await insertNotice(trx, ctx, {
    guildId: of.guild_id,
    kind: 'exam-removal',
    userId: snapshot.authorId,
    detail: { channelId: snapshot.channelId, messageId: snapshot.messageId, caseId: of.id },
  });
}

interface Filed {
  readonly of: Case;
  readonly isNew: boolean;
}

async function fileUnder(
  ctx: Context,
  trx: Trx,
  about: { guildId: string; reportedId: string; category: CaseCategory; urgent: boolean },
  said: { readonly by: string; readonly isUnnamed: boolean },
): Promise<Filed> {
  const dueAt = later(ctx.now(), { hours: remindAfterHours[about.urgent ? 'urgent' : 'usual'].handlers });
  const open = await findOpenCaseAbout(trx, about.guildId, about.reportedId);
  if (!open || (await wouldTell(trx, open, said))) {
    const id = await insertCase(trx, ctx, { ...about, dueAt });
    const of = await findCase(trx, about.guildId, id);
    if (!of) throw new Error('a case that was just stored is not there');
    return { of, isNew: true };
  }
  if (!about.urgent || open.urgent === 1) return { of: open, isNew: false };
  const sooner = open.state === 'new' ? { urgent: 1 as const, due_at: dueAt } : { urgent: 1 as const };
  return { of: (await changeCase(trx, open.id, [open.state], sooner)) ?? open, isNew: false };
}

/** Whether the same number again would tell a reporter that somebody whom they do not know is somebody they do. */
async function wouldTell(trx: Trx, of: Case, { by, isUnnamed }: { by: string; isUnnamed: boolean }): Promise<boolean> {
  const own = (await listStatements(trx, of.id)).filter(({ reporter_id: id }) => id === by);
  return own.length > 0 && (isUnnamed || own.some(({ snapshot }) => snapshot?.unnamed === true));
}

/** @returns whether nobody is known who may see it. */
async function tell(ctx: Context, trx: Trx, { of }: Filed, ownerId: string): Promise<boolean> {
  // What was said may have named whoever has the case.
  const now = await releaseFromParty(ctx, trx, of);
  if (now.assignee_id !== null) {
    await tellAssignee(ctx, trx, now);
    return false;
  }
  if (now.state !== of.state) return false;
  return (await tellHandlers(ctx, trx, of, 'case-waiting', { orElse: ownerId })) === 0;
}

function requireCategory(typed: string): CaseCategory {
  const category = caseCategories.find((each) => each === typed);
  if (!category) throw new UserError((t) => t.cases.refused.category);
  return category;
}

export function requireStatement(typed: string): string {
  const words = typed.trim();
  const { min, max } = statementLength;
  if (words.length < min) throw new UserError((t) => t.cases.refused.short(words.length, min));
  if (words.length > max) throw new UserError((t) => t.cases.refused.long(words.length, max));
  return words;
}

export async function requireRoom(ctx: Context, trx: Trx, by: Acting): Promise<void> {
  const { open: openAtMost, recent: recentAtMost, recentDays } = reportsAtMost;
  const { open, recent } = await countReports(trx, by, later(ctx.now(), { days: -recentDays }));
  if (open >= openAtMost) throw new UserError((t) => t.cases.refused.open(openAtMost));
  if (recent >= recentAtMost) throw new UserError((t) => t.cases.refused.recent(recentAtMost, recentDays));
}

/** @returns whether it rests now. */
async function restOwnPair(ctx: Context, trx: Trx, by: Acting, reportedId: string): Promise<boolean> {
  const pair = await findOwnPair(trx, by, reportedId);
  if (pair) await restForCase(ctx, trx, pair, by.userId);
  return pair !== undefined;
}

async function findOwnPair(trx: Trx, { guildId, userId }: Acting, otherId: string) {
  const pairs = await listLiveMentorshipsOf(trx, guildId, userId);
  return pairs.find((pair) => partnerIn(pair, userId) === otherId);
}

/** The pair of a reporter and whom they reported, while it rests for a case. */
export async function findRestingPair(trx: Trx, guildId: string, reporterId: string, reportedId: string) {
  const pair = await findOwnPair(trx, { guildId, userId: reporterId }, reportedId);
  if (!pair) return undefined;
  return (await listRests(trx, pair.id)).some(({ cause }) => cause === 'case') ? pair : undefined;
}

/** @throws UserError for words that are missing or too long. */
export function requireWords(typed: string): string {
  const words = typed.trim();
  if (words === '') throw new UserError((t) => t.cases.refused.noWords);
  if (words.length > wordsLength) throw new UserError((t) => t.cases.refused.long(words.length, wordsLength));
  return words;
}

/** @throws UserError where it is open, or was closed too long ago. */
export async function reopen(ctx: Context, trx: Trx, of: Case, by: 'reporter' | 'handler'): Promise<Case> {
  const row = findCaseTransition(of.state, 'reopen', by);
  if (!row || of.reported_id === null) throw new UserError((t) => t.cases.refused.isOpen);
  if (of.closed_at === null || later(of.closed_at, { days: reopenDays }) < ctx.now())
    throw new UserError((t) => t.cases.refused.tooLate(reopenDays));
  // Two open cases about one member would be one that nobody sees.
  if (await findOpenCaseAbout(trx, of.guild_id, of.reported_id)) throw new UserError((t) => t.cases.refused.another);
  const change = {
    state: of.assignee_id === null ? 'new' : row.to,
    closed_at: null,
    outcome: null,
    reminders: 0,
  } as const;
  const dueAt = of.assignee_id === null ? later(ctx.now(), { hours: remindAfterHours.usual.handlers }) : null;
  const opened = await changeCase(trx, of.id, row.from, { ...change, due_at: dueAt });
  if (!opened) throw new UserError((t) => t.cases.refused.isOpen);
  return opened;
}

/** Whoever had the case hears of it, or all handlers where nobody has. */
export async function announceReopened(ctx: Context, trx: Trx, opened: Case): Promise<void> {
  const now = await releaseFromParty(ctx, trx, opened);
  if (now.assignee_id !== null) await tellAssignee(ctx, trx, now);
  else if (opened.assignee_id === null) await tellHandlers(ctx, trx, now, 'case-waiting');
}
