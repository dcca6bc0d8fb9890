import type { Selectable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';
import { owned } from './owned.ts';
import type { NotifyKind, NotifyTable } from './schema.ts';

type NotifyRole = Selectable<NotifyTable>;

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

/** Notes that a role is opened to be mentioned, before it is. */
export async function markRoleOpened(db: Db, guildId: string, roleId: string, at: Instant): Promise<void> {
  await db
    .updateTable('notify')
    .set({ opened_at: at })
    .where('guild_id', '=', guildId)
    .where('role_id', '=', roleId)
    .execute();
}

/** Since when a role is open; null while it is closed, or is none of these. */
export async function findOpenedAt(db: Db, guildId: string, roleId: string): Promise<Instant | null> {
  const row = await db
    .selectFrom('notify')
    .select('opened_at')
    .where('guild_id', '=', guildId)
    .where('role_id', '=', roleId)
    .where('opened_at', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row?.opened_at ?? null;
}

/** Roles that have been open since this moment or longer, those open longest first. */
export async function listRolesOpened(db: Db, before: Instant, limit: number): Promise<NotifyRole[]> {
  return await db
    .selectFrom('notify')
    .selectAll()
    .where('opened_at', 'is not', null)
    .where('opened_at', '<=', before)
    .$call(owned(db, 'guild_id'))
    .orderBy('opened_at')
    .limit(limit)
    .execute();
}

/** Notes that a role is closed, unless it was opened anew meanwhile. */
export async function clearRoleOpened(db: Db, guildId: string, roleId: string, at: Instant): Promise<void> {
  await db
    .updateTable('notify')
    .set({ opened_at: null })
    .where('guild_id', '=', guildId)
    .where('role_id', '=', roleId)
    .where('opened_at', '=', at)
    .execute();
}
