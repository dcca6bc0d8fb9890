/** What reporters said in cases, and whom they do not want to see it. */
import type { Selectable } from 'kysely';
import { newId } from '../../ids.ts';
import type { Instant } from '../../time.ts';
import type { Whose } from '../members.ts';
import type { Db, Trx } from '../open.ts';
import type { CaseStatementsTable } from '../schema.ts';
import type { Case } from './cases.ts';
import { readSnapshot, type Snapshot } from './snapshots.ts';
import { nextPlace, type Source } from './source.ts';

export type Statement = Omit<Selectable<CaseStatementsTable>, 'snapshot'> & { readonly snapshot: Snapshot | null };

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
    .where('kind', 'in', ['answered', 'wished', 'withdrawn', 'reopened'])
    .execute();
  const drafts = await trx
    .deleteFrom('case_drafts')
    .where('guild_id', '=', guildId)
    .where('reporter_id', '=', userId)
    .executeTakeFirst();
  return said.numUpdatedRows + drafts.numDeletedRows > 0n;
}
