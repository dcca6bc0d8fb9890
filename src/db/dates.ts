/** Dates of authorities as guilds read them, what waits for a second pair of eyes, and their history. */
import type { Insertable, Selectable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { DateChangesTable, DateProposalsTable, DatesTable } from './schema.ts';

export type GuildDate = Selectable<DatesTable>;
export type DateProposal = Selectable<DateProposalsTable>;
export type DateChange = Selectable<DateChangesTable>;

/** What a guild's moderators have read. */
export async function listGuildDates(db: Db, guildId: string): Promise<GuildDate[]> {
  return await db.selectFrom('dates').selectAll().where('guild_id', '=', guildId).orderBy('date_id').execute();
}

/** What the moderators of several guilds have read, the newest first. */
export async function listDatesOfGuilds(db: Db, guildIds: readonly string[]): Promise<GuildDate[]> {
  if (guildIds.length === 0) return [];
  return await db
    .selectFrom('dates')
    .selectAll()
    .where('guild_id', 'in', guildIds)
    .orderBy('changed_at', 'desc')
    .orderBy('guild_id')
    .execute();
}

export async function findGuildDate(db: Db, guildId: string, dateId: string): Promise<GuildDate | undefined> {
  return await db
    .selectFrom('dates')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('date_id', '=', dateId)
    .executeTakeFirst();
}

/** Stores how a date stands in a guild, in place of how it stood. */
export async function upsertGuildDate(trx: Trx, date: Insertable<DatesTable>): Promise<void> {
  const { guild_id: _guild, date_id: _date, ...changes } = date;
  await trx
    .insertInto('dates')
    .values(date)
    .onConflict((conflict) => conflict.columns(['guild_id', 'date_id']).doUpdateSet(changes))
    .execute();
}

export async function findProposal(db: Db, guildId: string, dateId: string): Promise<DateProposal | undefined> {
  return await db
    .selectFrom('date_proposals')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('date_id', '=', dateId)
    .executeTakeFirst();
}

export async function listProposals(db: Db, guildId: string): Promise<DateProposal[]> {
  return await db
    .selectFrom('date_proposals')
    .selectAll()
    .where('guild_id', '=', guildId)
    .orderBy('created_at')
    .orderBy('date_id')
    .execute();
}

/** Stores what a moderator read, in place of what anybody had read of that date before. */
export async function upsertProposal(trx: Trx, proposal: Insertable<DateProposalsTable>): Promise<void> {
  const { guild_id: _guild, date_id: _date, ...changes } = proposal;
  await trx
    .insertInto('date_proposals')
    .values(proposal)
    .onConflict((conflict) => conflict.columns(['guild_id', 'date_id']).doUpdateSet(changes))
    .execute();
}

export async function deleteProposal(trx: Trx, guildId: string, dateId: string): Promise<void> {
  await trx.deleteFrom('date_proposals').where('guild_id', '=', guildId).where('date_id', '=', dateId).execute();
}

/** Removes what somebody proposed. Returns whether there was anything. */
export async function deleteProposalsOf(trx: Trx, guildId: string, userId: string): Promise<boolean> {
  const result = await trx
    .deleteFrom('date_proposals')
    .where('guild_id', '=', guildId)
    .where('by_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function listProposalsOf(db: Db, guildId: string, userId: string): Promise<DateProposal[]> {
  return await db
    .selectFrom('date_proposals')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('by_id', '=', userId)
    .orderBy('created_at')
    .execute();
}

/** Removes proposals that nobody seconded in time. Returns how many. */
export async function deleteOldProposals(db: Db, before: Instant, limit: number): Promise<number> {
  const old = await db
    .selectFrom('date_proposals')
    .select(['guild_id', 'date_id', 'created_at'])
    .where('created_at', '<=', before)
    .orderBy('created_at')
    .limit(limit)
    .execute();
  let gone = 0;
  for (const { guild_id: guildId, date_id: dateId, created_at: at } of old) {
    const result = await db
      .deleteFrom('date_proposals')
      .where('guild_id', '=', guildId)
      .where('date_id', '=', dateId)
      .where('created_at', '=', at)
      .executeTakeFirst();
    gone += Number(result.numDeletedRows);
  }
  return gone;
}

export async function insertDateChange(trx: Trx, change: Insertable<DateChangesTable>): Promise<void> {
  await trx.insertInto('date_changes').values(change).execute();
}

export async function findDateChange(db: Db, id: string): Promise<DateChange | undefined> {
  return await db.selectFrom('date_changes').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Changes of which not everybody has been told yet, oldest first. */
export async function listOpenChanges(db: Db, limit: number): Promise<DateChange[]> {
  return await db
    .selectFrom('date_changes')
    .selectAll()
    .where('done', '=', 0)
    .$call(owned(db, 'guild_id'))
    .orderBy('at')
    .limit(limit)
    .execute();
}

/**
 * Notes how far the telling of a change has come.
 * @returns false when somebody else has gone on meanwhile.
 */
export async function moveDateChange(
  trx: Trx,
  { id, told_to: from }: Pick<DateChange, 'id' | 'told_to'>,
  to: string | undefined,
): Promise<boolean> {
  const result = await trx
    .updateTable('date_changes')
    .set(to === undefined ? { done: 1, told_to: '' } : { told_to: to })
    .where('id', '=', id)
    .where('told_to', '=', from)
    .where('done', '=', 0)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Removes changes from before this moment of which everybody has been told. Returns how many. */
export async function deleteOldChanges(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('date_changes')
    .where('id', 'in', (ids) =>
      ids.selectFrom('date_changes').select('id').where('at', '<=', before).where('done', '=', 1).limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
