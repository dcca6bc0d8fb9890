/** What happened in cases, in order. */
import type { Selectable } from 'kysely';
import { newId } from '../../ids.ts';
import type { Whose } from '../members.ts';
import type { Db, Trx } from '../open.ts';
import type { CaseEntriesTable, CaseEntryKind } from '../schema.ts';
import type { Case } from './cases.ts';
import { nextPlace, type Source } from './source.ts';

export type Entry = Selectable<CaseEntriesTable>;

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

/** What happened in a case, in order. */
export async function listEntries(db: Db, caseId: string): Promise<Entry[]> {
  return await db.selectFrom('case_entries').selectAll().where('case_id', '=', caseId).orderBy('place').execute();
}

/** What a reporter answered to questions, in order. */
export async function listAnswersOf(db: Db, { guildId, userId }: Whose): Promise<Entry[]> {
  return await db
    .selectFrom('case_entries')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('by_id', '=', userId)
    .where('kind', 'in', ['answered', 'wished'])
    .orderBy('at')
    .orderBy('id')
    .execute();
}
