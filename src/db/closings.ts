/** What the two of a mentorship say at its end, and the words that they keep. */
import type { Selectable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Whose } from './members.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { ClosingsTable } from './schema.ts';

export type Closing = Selectable<ClosingsTable>;

/** What was said at the end of a mentorship, by either. */
export async function listClosings(db: Db, mentorshipId: string): Promise<Closing[]> {
  return await db
    .selectFrom('closings')
    .selectAll()
    .where('mentorship_id', '=', mentorshipId)
    .orderBy('filled_at')
    .orderBy('user_id')
    .execute();
}

/** Stores what somebody said. Returns false when they have said it already. */
export async function insertClosing(trx: Trx, closing: Omit<Closing, 'kept_at'>): Promise<boolean> {
  const result = await trx
    .insertInto('closings')
    .values(closing)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Words whose time has come, the earliest first. */
export async function listWordsDue(db: Db, at: Instant, limit: number): Promise<Closing[]> {
  return await db
    .selectFrom('closings')
    .selectAll()
    .where('due_at', '<=', at)
    .$call(owned(db, 'guild_id'))
    .orderBy('due_at')
    .orderBy('mentorship_id')
    .orderBy('user_id')
    .limit(limit)
    .execute();
}

/** Notes that a word goes to the other now. Returns false when it went before. */
export async function markWordSent(trx: Trx, { mentorship_id: id, user_id: userId }: Closing): Promise<boolean> {
  const result = await trx
    .updateTable('closings')
    .set({ due_at: null })
    .where('mentorship_id', '=', id)
    .where('user_id', '=', userId)
    .where('due_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Keeps the word that somebody got at the end of a mentorship, or no longer does. Returns false when there is none. */
export async function keepWord(trx: Trx, mentorshipId: string, toId: string, at: Instant | null): Promise<boolean> {
  const result = await trx
    .updateTable('closings')
    .set({ kept_at: at })
    .where('mentorship_id', '=', mentorshipId)
    .where('to_id', '=', toId)
    .where('due_at', 'is', null)
    .where('word', '<>', '')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The words that a member was given and kept, or did not keep so far, the latest first. */
export async function listWords(
  db: Db,
  { guildId, userId }: Whose,
  { isKept, limit }: { readonly isKept: boolean; readonly limit: number },
): Promise<Closing[]> {
  return await db
    .selectFrom('closings')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('to_id', '=', userId)
    .where('kept_at', isKept ? 'is not' : 'is', null)
    .where('due_at', 'is', null)
    .where('word', '<>', '')
    .orderBy(isKept ? 'kept_at' : 'filled_at', 'desc')
    .orderBy('mentorship_id')
    .limit(limit)
    .execute();
}

/** Removes what was said before this moment, but for words that somebody kept. Returns how many. */
export async function deleteOldClosings(db: Db, before: Instant, limit: number): Promise<number> {
  const old = await db
    .selectFrom('closings')
    .select(['mentorship_id', 'user_id'])
    .where('filled_at', '<=', before)
    .where('kept_at', 'is', null)
    .orderBy('filled_at')
    .limit(limit)
    .execute();
  for (const { mentorship_id: id, user_id: userId } of old) {
    await db.deleteFrom('closings').where('mentorship_id', '=', id).where('user_id', '=', userId).execute();
  }
  return old.length;
}

/** Removes meetings and goals of mentorships that ended before this moment. Returns how many rows went. */
export async function deleteOldLife(db: Db, before: Instant, limit: number): Promise<number> {
  let deleted = 0;
  for (const table of ['meetings', 'goals'] as const) {
    const result = await db
      .deleteFrom(table)
      .where('id', 'in', (ids) =>
        ids
          .selectFrom(table)
          .innerJoin('mentorships', 'mentorships.id', `${table}.mentorship_id`)
          .select(`${table}.id`)
          .where('mentorships.ended_at', '<=', before)
          .limit(limit),
      )
      .executeTakeFirst();
    deleted += Number(result.numDeletedRows);
  }
  return deleted;
}
