import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { type Random, newId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Whose } from './members.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type {
  CaseCategory,
  CaseDraftsTable,
  CaseEntriesTable,
  CaseEntryKind,
  CasesTable,
  CaseState,
  CaseStatementsTable,
} from './schema.ts';
import { liveStates } from './mentorships.ts';

export type Case = Selectable<CasesTable>;
export type Draft = Selectable<CaseDraftsTable>;
export type Entry = Selectable<CaseEntriesTable>;
export type Statement = Omit<Selectable<CaseStatementsTable>, 'snapshot'> & { readonly snapshot: Snapshot | null };

/** A message as it was when it was reported: what stands in it may be changed or deleted. */
const snapshots = z.object({
  text: z.string(),
  authorId: z.string(),
  channelId: z.string(),
  messageId: z.string(),
  at: z.string(),
  /** By name: their links stop working within a day. */
  files: z.array(z.string()),
});
export type Snapshot = z.output<typeof snapshots>;

interface Source {
  readonly now: () => Instant;
  readonly random: Random;
}

/** Begins a report; a form that is sent names it by its id. */
export async function insertDraft(
  db: Db,
  source: Source,
  draft: { guildId: string; reporterId: string; reportedId: string; snapshot?: Snapshot | undefined },
): Promise<string> {
  const id = newId(source.random);
  await db
    .insertInto('case_drafts')
    .values({
      id,
      guild_id: draft.guildId,
      reporter_id: draft.reporterId,
      reported_id: draft.reportedId,
      snapshot: draft.snapshot ? JSON.stringify(draft.snapshot) : null,
      created_at: source.now(),
    })
    .execute();
  return id;
}

/** Takes a reporter's draft out: whoever sends the form twice reports once. Undefined when there is none. */
export async function takeDraft(trx: Trx, { guildId, userId }: Whose, id: string): Promise<Draft | undefined> {
  return await trx
    .deleteFrom('case_drafts')
    .where('id', '=', id)
    .where('guild_id', '=', guildId)
    .where('reporter_id', '=', userId)
    .returningAll()
    .executeTakeFirst();
}

/** Opens a case. @returns its id. */
export async function insertCase(
  trx: Trx,
  source: Source,
  about: { guildId: string; reportedId: string; category: CaseCategory; urgent: boolean; dueAt: Instant },
): Promise<string> {
  const id = newId(source.random);
  await trx
    .insertInto('cases')
    .values({
      id,
      guild_id: about.guildId,
      reported_id: about.reportedId,
      category: about.category,
      urgent: about.urgent ? 1 : 0,
      state: 'new',
      created_at: source.now(),
      due_at: about.dueAt,
    })
    .execute();
  return id;
}

export async function insertStatement(
  trx: Trx,
  source: Source,
  about: Pick<Case, 'id' | 'guild_id'>,
  said: {
    reporterId: string;
    words: string;
    today: boolean;
    mayName: boolean;
    snapshot: string | null;
    excluded: readonly string[];
  },
): Promise<string> {
  const id = newId(source.random);
  await trx
    .insertInto('case_statements')
    .values({
      id,
      guild_id: about.guild_id,
      case_id: about.id,
      place: nextPlace(trx, 'case_statements', about.id),
      reporter_id: said.reporterId,
      words: said.words,
      today: said.today ? 1 : 0,
      may_name: said.mayName ? 1 : 0,
      snapshot: said.snapshot,
      created_at: source.now(),
    })
    .execute();
  for (const userId of said.excluded) {
    await trx
      .insertInto('case_excluded')
      .values({ case_id: about.id, guild_id: about.guild_id, user_id: userId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return id;
}

/** The place of what is written next in a case; in the guild's turn nobody else takes it. */
function nextPlace(trx: Trx, table: 'case_statements' | 'case_entries', caseId: string) {
  return trx
    .selectFrom(table)
    .select(sql<number>`coalesce(max(place), 0) + 1`.as('place'))
    .where('case_id', '=', caseId);
}

/** Writes down what happened in a case. */
export async function insertEntry(
  trx: Trx,
  source: Source,
  about: Pick<Case, 'id' | 'guild_id'>,
  entry: { kind: CaseEntryKind; byId: string | null; statementId?: string; words?: string },
): Promise<void> {
  await trx
    .insertInto('case_entries')
    .values({
      id: newId(source.random),
      guild_id: about.guild_id,
      case_id: about.id,
      place: nextPlace(trx, 'case_entries', about.id),
      kind: entry.kind,
      by_id: entry.byId,
      statement_id: entry.statementId ?? null,
      words: entry.words ?? null,
      at: source.now(),
    })
    .execute();
}

export async function findCase(db: Db, guildId: string, id: string): Promise<Case | undefined> {
  return await db
    .selectFrom('cases')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The case about a member that is not closed; there is at most one. */
export async function findOpenCaseAbout(trx: Trx, guildId: string, reportedId: string): Promise<Case | undefined> {
  return await trx
    .selectFrom('cases')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('reported_id', '=', reportedId)
    .where('state', '<>', 'closed')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
}

/** A stored snapshot, read. */
export function readSnapshot(stored: string): Snapshot {
  return snapshots.parse(JSON.parse(stored));
}

function readStatement(row: Selectable<CaseStatementsTable>): Statement {
  return { ...row, snapshot: row.snapshot === null ? null : readSnapshot(row.snapshot) };
}

/** What was said in a case, in order. */
export async function listStatements(db: Db, caseId: string): Promise<Statement[]> {
  const rows = await db
    .selectFrom('case_statements')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('place')
    .execute();
  return rows.map(readStatement);
}

/** One statement by its id. */
export async function findStatement(db: Db, id: string): Promise<Statement | undefined> {
  const row = await db.selectFrom('case_statements').selectAll().where('id', '=', id).executeTakeFirst();
  return row && readStatement(row);
}

/** What a reporter said in the cases of a guild, the latest first. */
export async function listStatementsOf(
  db: Db,
  { guildId, userId }: Whose,
): Promise<(Selectable<CaseStatementsTable> & Pick<Case, 'state' | 'closed_at' | 'outcome'>)[]> {
  return await db
    .selectFrom('case_statements')
    .innerJoin('cases', 'cases.id', 'case_statements.case_id')
    .selectAll('case_statements')
    .select(['cases.state', 'cases.closed_at', 'cases.outcome'])
    .where('case_statements.guild_id', '=', guildId)
    .where('case_statements.reporter_id', '=', userId)
    .orderBy('case_statements.created_at', 'desc')
    .orderBy('case_statements.id')
    .execute();
}

/** What a reporter answered to questions, in order. */
export async function listAnswersOf(db: Db, { guildId, userId }: Whose): Promise<Entry[]> {
  return await db
    .selectFrom('case_entries')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('by_id', '=', userId)
    .where('kind', '=', 'answered')
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** What happened in a case, in order. */
export async function listEntries(db: Db, caseId: string): Promise<Entry[]> {
  return await db.selectFrom('case_entries').selectAll().where('case_id', '=', caseId).orderBy('place').execute();
}

/** How many reports of a member are open, and how many there were since then. */
export async function countReports(
  db: Db,
  { guildId, userId }: Whose,
  since: Instant,
): Promise<{ readonly open: number; readonly recent: number }> {
  const rows = await listStatementsOf(db, { guildId, userId });
  return {
    open: rows.filter((row) => row.state !== 'closed' && row.withdrawn_at === null).length,
    recent: rows.filter((row) => row.created_at > since).length,
  };
}

/** Whom the reporters do not want to see a case. */
export async function listExcluded(db: Db, caseId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('case_excluded')
    .select('user_id')
    .where('case_id', '=', caseId)
    .orderBy('user_id')
    .execute();
  return rows.map((row) => row.user_id);
}

/**
 * Cases that a handler may see: not about them, not reported by them, not against a reporter's wish, and not about or by
 * somebody whose mentor or mentee they now are.
 */
function seenBy(db: Db, guildId: string, viewerId: string) {
  return db
    .selectFrom('cases')
    .where('cases.guild_id', '=', guildId)
    .where('cases.reported_id', 'is not', null)
    .where('cases.reported_id', '<>', viewerId)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('case_statements as own')
            .select(sql`1`.as('one'))
            .whereRef('own.case_id', '=', 'cases.id')
            .where('own.reporter_id', '=', viewerId),
        ),
      ),
    )
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('case_excluded')
            .select(sql`1`.as('one'))
            .whereRef('case_excluded.case_id', '=', 'cases.id')
            .where('case_excluded.user_id', '=', viewerId),
        ),
      ),
    )
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('mentorships')
            .select(sql`1`.as('one'))
            .where('mentorships.guild_id', '=', guildId)
            .where('mentorships.state', 'in', liveStates)
            .where((pair) =>
              pair.or([pair('mentorships.mentor_id', '=', viewerId), pair('mentorships.mentee_id', '=', viewerId)]),
            )
            .where((pair) => {
              const isParty = (column: 'mentorships.mentor_id' | 'mentorships.mentee_id') =>
                pair.or([
                  pair(column, '=', pair.ref('cases.reported_id')),
                  pair.exists(
                    pair
                      .selectFrom('case_statements as theirs')
                      .select(sql`1`.as('one'))
                      .whereRef('theirs.case_id', '=', 'cases.id')
                      .whereRef('theirs.reporter_id', '=', column),
                  ),
                ]);
              return pair.or([isParty('mentorships.mentor_id'), isParty('mentorships.mentee_id')]);
            }),
        ),
      ),
    );
}

/** Whether somebody may see a case, as far as the database knows; whether they are a handler is for Discord to say. */
export async function maySee(db: Db, { guildId, userId }: Whose, caseId: string): Promise<boolean> {
  const found = await seenBy(db, guildId, userId).select('cases.id').where('cases.id', '=', caseId).executeTakeFirst();
  return found !== undefined;
}

/** Cases that somebody may see, urgent ones first, then the oldest. */
export async function listCases(
  db: Db,
  { guildId, userId }: Whose,
  states: readonly CaseState[],
  limit: number,
): Promise<Case[]> {
  return await seenBy(db, guildId, userId)
    .selectAll('cases')
    .where('cases.state', 'in', states)
    .orderBy('cases.urgent', 'desc')
    .orderBy('cases.created_at')
    .orderBy('cases.id')
    .limit(limit)
    .execute();
}

/** Ids of all cases that somebody may see. */
export async function listSeenIds(db: Db, whose: Whose): Promise<string[]> {
  const rows = await seenBy(db, whose.guildId, whose.userId).select('cases.id').execute();
  return rows.map(({ id }) => id);
}

export type SeenCase = Pick<Case, 'reported_id' | 'category' | 'created_at' | 'taken_at' | 'closed_at'>;

/** Cases that somebody may see, of those opened within a stretch of time. */
export async function listSeenCases(
  db: Db,
  { guildId, userId }: Whose,
  from: Instant,
  to: Instant,
): Promise<SeenCase[]> {
  return await seenBy(db, guildId, userId)
    .select(['cases.reported_id', 'cases.category', 'cases.created_at', 'cases.taken_at', 'cases.closed_at'])
    .where('cases.created_at', '>=', from)
    .where('cases.created_at', '<', to)
    .orderBy('cases.created_at')
    .orderBy('cases.id')
    .execute();
}

/**
 * Changes a case that is in one of these states.
 * @returns the case as it now is; undefined when it is in another.
 */
export async function changeCase(
  trx: Trx,
  id: string,
  from: readonly CaseState[],
  change: Partial<
    Pick<Case, 'state' | 'assignee_id' | 'taken_at' | 'due_at' | 'reminders' | 'closed_at' | 'outcome' | 'urgent'>
  >,
): Promise<Case | undefined> {
  return await trx
    .updateTable('cases')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', from)
    .returningAll()
    .executeTakeFirst();
}

/** Cases in which the bot has something to do by now, the earliest first. */
export async function listDueCases(db: Db, at: Instant, limit: number): Promise<Case[]> {
  return await db
    .selectFrom('cases')
    .selectAll()
    .where('due_at', 'is not', null)
    .where('due_at', '<=', at)
    .$call(owned(db, 'guild_id'))
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Cases that somebody has taken, in the order of their ids: written out, so that the index is found. */
export async function listTakenCases(db: Db, afterId: string, limit: number): Promise<Case[]> {
  return await db
    .selectFrom('cases')
    .selectAll()
    .where('state', 'in', [sql.lit<CaseState>('taken'), sql.lit<CaseState>('waiting')])
    .where('id', '>', afterId)
    .$call(owned(db, 'guild_id'))
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Notes when a reporter takes back what they said. Returns false when they had before. */
export async function markWithdrawn(trx: Trx, statementId: string, at: Instant): Promise<boolean> {
  const result = await trx
    .updateTable('case_statements')
    .set({ withdrawn_at: at })
    .where('id', '=', statementId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The name of a reporter goes; what they said stays, and whom they did not want to see it. */
export async function forgetReporter(trx: Trx, { guildId, userId }: Whose): Promise<boolean> {
  const said = await trx
    .updateTable('case_statements')
    .set({ reporter_id: null })
    .where('guild_id', '=', guildId)
    .where('reporter_id', '=', userId)
    .executeTakeFirst();
  await trx
    .updateTable('case_entries')
    .set({ by_id: null })
    .where('guild_id', '=', guildId)
    .where('by_id', '=', userId)
    .where('kind', 'in', ['answered', 'withdrawn', 'reopened'])
    .execute();
  const drafts = await trx
    .deleteFrom('case_drafts')
    .where('guild_id', '=', guildId)
    .where('reporter_id', '=', userId)
    .executeTakeFirst();
  return said.numUpdatedRows + drafts.numDeletedRows > 0n;
}

/** Drafts that nobody sent. */
export async function deleteOldDrafts(db: Db, before: Instant, limit: number): Promise<number> {
  const ids = db
    .selectFrom('case_drafts')
    .select('id')
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(limit);
  const result = await db.deleteFrom('case_drafts').where('id', 'in', ids).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Cases whose words are to go: closed for as many days as the guild keeps them. */
export async function listCasesToForget(
  db: Db,
  now: Instant,
  before: (days: number) => Instant,
  limit: number,
): Promise<Case[]> {
  const rows = await db
    .selectFrom('cases')
    .innerJoin('guilds', 'guilds.id', 'cases.guild_id')
    .selectAll('cases')
    .select('guilds.case_days')
    .where('cases.closed_at', 'is not', null)
    .where('cases.reported_id', 'is not', null)
    .where('cases.closed_at', '<=', now)
    .orderBy('cases.closed_at')
    .limit(limit)
    .execute();
  return rows.filter((row) => row.closed_at !== null && row.closed_at <= before(row.case_days));
}

/** Removes everything about people from a case: what it was about, how it ended and when stay. */
export async function forgetCase(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('case_statements').where('case_id', '=', id).execute();
  await trx.deleteFrom('case_excluded').where('case_id', '=', id).execute();
  await trx.deleteFrom('case_entries').where('case_id', '=', id).execute();
  await trx.updateTable('cases').set({ reported_id: null, assignee_id: null }).where('id', '=', id).execute();
}
