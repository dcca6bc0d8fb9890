import { type Expression, type Insertable, type Selectable, sql, type SqlBool, type Updateable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { GuildsTable } from './schema.ts';
import { prepared } from './prepared.ts';

export type Guild = Selectable<GuildsTable>;

/** A guild's settings; undefined before `/setup start`. */
export async function findGuild(db: Db, id: string): Promise<Guild | undefined> {
  const [guild] = await selectGuild(db, { id });
  return guild;
}

const selectGuild = prepared<'id', Guild>((db, { id }) => db.selectFrom('guilds').selectAll().where('id', '=', id));

/** Stores the settings of `/setup start`; a second run changes what it names and keeps the rest. */
export async function upsertGuild(
  db: Db,
  guild: Pick<Insertable<GuildsTable>, 'id' | 'zone' | 'set_up_at'> & Updateable<GuildsTable>,
): Promise<void> {
  const { id: _id, set_up_at: _at, ...changes } = guild;
  await db
    .insertInto('guilds')
    .values(guild)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...changes, left_at: null }))
    .execute();
}

/** Changes settings of a guild that is set up. */
export async function updateGuild(db: Db, id: string, changes: Updateable<GuildsTable>): Promise<void> {
  await db.updateTable('guilds').set(changes).where('id', '=', id).execute();
}

/**
 * Replaces a guild's weights, provided that they still are what somebody saw.
 * @param before the JSON text so far; null for the usual weights.
 * @returns false when they have been changed meanwhile.
 */
export async function updateWeights(db: Db, id: string, before: string | null, after: string | null): Promise<boolean> {
  const result = await db
    .updateTable('guilds')
    .set({ weights: after })
    .where('id', '=', id)
    .where('weights', before === null ? 'is' : '=', before)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes that the bot was removed from the guild. Returns false when that is known already, or the guild never set up. */
export async function markGuildLeft(db: Db, id: string, at: Instant): Promise<boolean> {
  const result = await db
    .updateTable('guilds')
    .set({ left_at: at })
    .where('id', '=', id)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes that the bot is in the guild again. Returns false when it never was away, or the guild never set up. */
export async function markGuildReturned(db: Db, id: string): Promise<boolean> {
  const result = await db
    .updateTable('guilds')
    .set({ left_at: null })
    .where('id', '=', id)
    .where('left_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** All guilds that were ever set up, whether the bot is still in them or not. */
export async function listGuilds(db: Db): Promise<Guild[]> {
  return await db.selectFrom('guilds').selectAll().$call(owned(db, 'id')).execute();
}

/** Why a notice was voided that is owed again once the bot is back in its guild. */
export const guildLeft = 'guild-left';

/** Nothing that this guild's members are owed can be delivered any more. */
export async function voidNoticesOfGuild(trx: Trx, guildId: string): Promise<void> {
  await trx
    .updateTable('notices')
    .set({ state: 'void', problem: guildLeft })
    .where('guild_id', '=', guildId)
    .where('state', '=', 'owed')
    .execute();
}

/** What was voided because the bot left is owed again. Whatever has been overtaken meanwhile renders to nothing. */
export async function reviveNoticesOfGuild(trx: Trx, guildId: string): Promise<void> {
  await trx
    .updateTable('notices')
    .set({ state: 'owed', problem: null })
    .where('guild_id', '=', guildId)
    .where('state', '=', 'void')
    .where('problem', '=', guildLeft)
    .execute();
}

/**
 * Leaves out guilds in which the bot no longer is, as nobody there could be told of anything:
 * `query.$call(inPresentGuild('requests.guild_id'))`.
 * @param column holds a guild's id.
 */
export function inPresentGuild(column: string) {
  return <Query extends { where(condition: Expression<SqlBool>): Query }>(query: Query): Query =>
    query.where(
      sql<SqlBool>`not exists (select 1 from guilds where guilds.id = ${sql.ref(column)} and guilds.left_at is not null)`,
    );
}
