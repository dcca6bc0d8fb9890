import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import type { GuildsTable } from './schema.ts';

export type Guild = Selectable<GuildsTable>;

/** A guild's settings; undefined before `/setup start`. */
export async function findGuild(db: Db, id: string): Promise<Guild | undefined> {
  return await db.selectFrom('guilds').selectAll().where('id', '=', id).executeTakeFirst();
}

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

/** Notes that the bot was removed from the guild. */
export async function markGuildLeft(db: Db, id: string, at: Instant): Promise<void> {
  await updateGuild(db, id, { left_at: at });
}

/**
 * Says that who can be suggested in this guild has changed, in the transaction of that change: profiles, verification,
 * mentorships and requests all count. What was packed for matching is rebuilt when it next sees another number.
 */
export async function touchPool(trx: Trx, guildId: string): Promise<void> {
  await trx
    .updateTable('guilds')
    .set({ pool_version: sql<number>`pool_version + 1` })
    .where('id', '=', guildId)
    .execute();
}
