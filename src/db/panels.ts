/** The panel of a guild: where the doors for newcomers stand, and what moderators say above them. */
import type { Selectable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { deletedUser, type PanelsTable } from './schema.ts';
import { reviseWhere } from './notices/write.ts';

type Panel = Selectable<PanelsTable>;

/** A guild's panel; undefined where it has none. */
export async function findPanel(db: Db, guildId: string): Promise<Panel | undefined> {
  return await db.selectFrom('panels').selectAll().where('guild_id', '=', guildId).executeTakeFirst();
}

/** Sets a guild's panel, in place of the one before. */
export async function upsertPanel(trx: Trx, panel: Panel): Promise<void> {
  const { guild_id: _guild, ...rest } = panel;
  await trx
    .insertInto('panels')
    .values(panel)
    .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(rest))
    .execute();
}

/** Removes a guild's panel. Returns false when it has none. */
export async function deletePanel(trx: Trx, guildId: string): Promise<boolean> {
  const result = await trx.deleteFrom('panels').where('guild_id', '=', guildId).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** The panel whose words this member wrote; undefined where it is not theirs. */
export async function findPanelBy(db: Db, guildId: string, userId: string): Promise<Panel | undefined> {
  return await db
    .selectFrom('panels')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('by_id', '=', userId)
    .executeTakeFirst();
}

/** Takes somebody's words off the panel; the doors stay. Returns whether there were any. */
export async function forgetPanelAuthor(trx: Trx, guildId: string, userId: string, at: Instant): Promise<boolean> {
  const panel = await findPanelBy(trx, guildId, userId);
  if (!panel) return false;
  await trx
    .updateTable('panels')
    .set({ words: null, by_id: deletedUser })
    .where('guild_id', '=', guildId)
    .where('by_id', '=', userId)
    .execute();
  await revisePanel(trx, panel.id, at);
  return true;
}

/** Owes the message of a panel again: as an edit, or, where it is no longer the guild's, to be taken away. */
export async function revisePanel(trx: Trx, id: string, at: Instant): Promise<void> {
  await reviseWhere(trx, at).where('subject_id', '=', id).where('kind', '=', 'panel').execute();
}
