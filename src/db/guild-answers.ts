/** Answers of a guild's own. */
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Db, Trx } from './open.ts';
import type { GuildAnswersTable } from './schema.ts';

export type GuildAnswer = Selectable<GuildAnswersTable>;

/** All of a guild, oldest first. */
export async function listGuildAnswers(db: Db, guildId: string): Promise<GuildAnswer[]> {
  return await db
    .selectFrom('guild_answers')
    .selectAll()
    .where('guild_id', '=', guildId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function countGuildAnswers(db: Db, guildId: string): Promise<number> {
  const row = await db
    .selectFrom('guild_answers')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('guild_id', '=', guildId)
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function findGuildAnswer(db: Db, guildId: string, id: string): Promise<GuildAnswer | undefined> {
  return await db
    .selectFrom('guild_answers')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** What a claim was answered with. */
export async function findAnswerOfClaim(db: Db, claimId: string): Promise<GuildAnswer | undefined> {
  return await db.selectFrom('guild_answers').selectAll().where('claim_id', '=', claimId).executeTakeFirst();
}

/** What stands in for something of the content. @param about `guide epic`, `item passport`. */
export async function findAnswerAbout(db: Db, guildId: string, about: string): Promise<GuildAnswer | undefined> {
  return await db
    .selectFrom('guild_answers')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('about', '=', about)
    .executeTakeFirst();
}

/** What stands in for steps of the road in these guilds, what was read first before: of two the later counts. */
export async function listAnswersAboutItems(db: Db, guildIds: readonly string[]): Promise<GuildAnswer[]> {
  if (guildIds.length === 0) return [];
  return await db
    .selectFrom('guild_answers')
    .selectAll()
    .where('guild_id', 'in', guildIds)
    .where('about', 'like', 'item %')
    .orderBy('checked')
    .orderBy('guild_id')
    .orderBy('id')
    .execute();
}

export async function insertGuildAnswer(trx: Trx, answer: Insertable<GuildAnswersTable>): Promise<void> {
  await trx.insertInto('guild_answers').values(answer).execute();
}

/** Changes an answer. Undefined when it is gone. */
export async function updateGuildAnswer(
  trx: Trx,
  guildId: string,
  id: string,
  changes: Updateable<GuildAnswersTable>,
): Promise<GuildAnswer | undefined> {
  return await trx
    .updateTable('guild_answers')
    .set(changes)
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

export async function deleteGuildAnswer(trx: Trx, guildId: string, id: string): Promise<GuildAnswer | undefined> {
  return await trx
    .deleteFrom('guild_answers')
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** What a moderator wrote, oldest first. */
export async function listAnswersBy(db: Db, guildId: string, userId: string): Promise<GuildAnswer[]> {
  return await db
    .selectFrom('guild_answers')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('by_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Answers stay without the name of whoever wrote them. Returns whether there were any. */
export async function forgetAnswerAuthor(trx: Trx, guildId: string, userId: string): Promise<boolean> {
  const result = await trx
    .updateTable('guild_answers')
    .set({ by_id: null })
    .where('guild_id', '=', guildId)
    .where('by_id', '=', userId)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
