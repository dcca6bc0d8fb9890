import type { Selectable } from 'kysely';
import type { Db } from './open.ts';
import type { NotifyKind, NotifyTable } from './schema.ts';

export type NotifyRole = Selectable<NotifyTable>;

/** The roles that members of a guild can take, by what they are told of. */
export async function listNotifyRoles(db: Db, guildId: string): Promise<NotifyRole[]> {
  return await db.selectFrom('notify').selectAll().where('guild_id', '=', guildId).execute();
}

/** The role of one kind; undefined when the guild has none for it. */
export async function findNotifyRole(db: Db, guildId: string, kind: NotifyKind): Promise<string | undefined> {
  const row = await db
    .selectFrom('notify')
    .select('role_id')
    .where('guild_id', '=', guildId)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return row?.role_id;
}

/** Keeps the role of a kind, in place of the one before. */
export async function upsertNotifyRole(db: Db, row: NotifyRole): Promise<void> {
  await db
    .insertInto('notify')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['guild_id', 'kind']).doUpdateSet({ role_id: row.role_id, created_at: row.created_at }),
    )
    .execute();
}
