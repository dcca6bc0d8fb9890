/** Match Week: which guilds are owed their word, and what members share. */
import type { Insertable, Selectable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { MatchLinesTable } from './schema.ts';

type MatchLine = Selectable<MatchLinesTable>;

/** Guilds of this process that were not given the word of this year yet, and want it. */
export async function listGuildsWithoutWord(db: Db, year: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('guilds')
    .select('id')
    .where('left_at', 'is', null)
    .where('match_post', '=', 1)
    .where((is) => is.or([is('match_word_year', 'is', null), is('match_word_year', '<', year)]))
    .$call(owned(db, 'id'))
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Claims the word of a year for a guild. @returns false when it was claimed before, or is no longer wanted. */
export async function claimMatchWord(trx: Trx, guildId: string, year: number): Promise<boolean> {
  const result = await trx
    .updateTable('guilds')
    .set({ match_word_year: year })
    .where('id', '=', guildId)
    .where('left_at', 'is', null)
    .where('match_post', '=', 1)
    .where((is) => is.or([is('match_word_year', 'is', null), is('match_word_year', '<', year)]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Stores a line. @returns false when this person has shared one this year. */
export async function insertMatchLine(trx: Trx, line: Insertable<MatchLinesTable>): Promise<boolean> {
  const result = await trx
    .insertInto('match_lines')
    .values(line)
    .onConflict((conflict) => conflict.columns(['guild_id', 'user_id', 'year']).doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function findMatchLine(db: Db, id: string): Promise<MatchLine | undefined> {
  return await db.selectFrom('match_lines').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The words of a line are no longer needed: that there was one stays for its year. */
export async function forgetMatchWords(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('match_lines').set({ line: null }).where('id', '=', id).execute();
}

/** What somebody shared in a guild, oldest first. */
export async function listMatchLinesOf(db: Db, guildId: string, userId: string): Promise<MatchLine[]> {
  return await db
    .selectFrom('match_lines')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .orderBy('year')
    .execute();
}

/** Deletes what somebody shared in a guild, as they leave or delete their data. @returns whether there was anything. */
export async function deleteMatchLinesOf(trx: Trx, guildId: string, userId: string): Promise<boolean> {
  const result = await trx
    .deleteFrom('match_lines')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Removes lines from before this moment. @returns how many. */
export async function deleteOldMatchLines(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('match_lines')
    .where('id', 'in', (ids) =>
      ids.selectFrom('match_lines').select('id').where('created_at', '<=', before).limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Those of this process who are to be asked by now whether they would help those behind them. */
export async function listToAskToHelp(db: Db, now: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('journeys')
    .select('user_id')
    .where('behind_at', '<=', now)
    .$call(owned(db, 'user_id'))
    .orderBy('behind_at')
    .orderBy('user_id')
    .limit(limit)
    .execute();
  return rows.map(({ user_id: id }) => id);
}
