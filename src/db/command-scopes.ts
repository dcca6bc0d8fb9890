import type { Db } from './open.ts';

/** Guilds that have, or may have, commands of their own. */
export async function listCommandScopes(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('command_scopes').select('guild_id').orderBy('guild_id').execute();
  return rows.map(({ guild_id: id }) => id);
}

/** Remembers that a guild is about to get commands of its own: before it does, so that a kill leaves none behind. */
export async function insertCommandScope(db: Db, guildId: string): Promise<void> {
  await db
    .insertInto('command_scopes')
    .values({ guild_id: guildId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A guild has no commands of its own any more. */
export async function deleteCommandScope(db: Db, guildId: string): Promise<void> {
  await db.deleteFrom('command_scopes').where('guild_id', '=', guildId).execute();
}
