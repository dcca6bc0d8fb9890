/** Reports that somebody is writing: a form that is sent names one. */
import type { Selectable } from 'kysely';
import { newId } from '../../ids.ts';
import type { Instant } from '../../time.ts';
import type { Whose } from '../members.ts';
import type { Db, Trx } from '../open.ts';
import type { CaseDraftsTable } from '../schema.ts';
import type { Snapshot } from './snapshots.ts';
import type { Source } from './source.ts';

export type Draft = Selectable<CaseDraftsTable>;

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
