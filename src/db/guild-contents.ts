import type { Insertable, Selectable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { deletedUser, type GuildContentState, type GuildContentsTable } from './schema.ts';

export type GuildContent = Selectable<GuildContentsTable>;
export type ContentKind = GuildContentsTable['kind'];

/** An entry of this guild, in whatever state. */
export async function findGuildContent(db: Db, guildId: string, id: string): Promise<GuildContent | undefined> {
  return await db
    .selectFrom('guild_contents')
    .selectAll()
    .where('id', '=', id)
    .where('guild_id', '=', guildId)
    .executeTakeFirst();
}

/** An entry by its id alone: for notices, which know their guild. */
export async function findGuildContentById(db: Db, id: string): Promise<GuildContent | undefined> {
  return await db.selectFrom('guild_contents').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function insertGuildContent(db: Db, row: Insertable<GuildContentsTable>): Promise<void> {
  await db.insertInto('guild_contents').values(row).execute();
}

/** Changes an entry that is in this state. Returns it as it is now; undefined when somebody was faster. */
export async function updateGuildContent(
  trx: Trx,
  key: { readonly guildId: string; readonly id: string; readonly state: GuildContentState; readonly authorId?: string },
  changes: Partial<
    Pick<GuildContent, 'state' | 'category' | 'body' | 'decided_by' | 'decided_at'> & { updated_at: Instant }
  >,
): Promise<GuildContent | undefined> {
  return await trx
    .updateTable('guild_contents')
    .set(changes)
    .where('id', '=', key.id)
    .where('guild_id', '=', key.guildId)
    .where('state', '=', key.state)
    .$if(key.authorId !== undefined, (update) => update.where('author_id', '=', key.authorId ?? ''))
    .returningAll()
    .executeTakeFirst();
}

/** Removes a draft of this author. Returns false when there is none. */
export async function deleteDraftContent(db: Db, guildId: string, id: string, authorId: string): Promise<boolean> {
  const result = await db
    .deleteFrom('guild_contents')
    .where('id', '=', id)
    .where('guild_id', '=', guildId)
    .where('author_id', '=', authorId)
    .where('state', '=', 'draft')
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Which entries of a guild are wanted. */
interface ContentFilter {
  readonly guildId: string;
  readonly state: GuildContentState;
  /** Both when absent. */
  readonly kind?: ContentKind | undefined;
  readonly authorId?: string;
}

/** How many entries there are. */
export async function countGuildContents(db: Db, filter: ContentFilter): Promise<number> {
  const { count } = await select(db, filter)
    .select((all) => all.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Entries of a guild, oldest first. */
export async function listGuildContents(
  db: Db,
  filter: ContentFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<GuildContent[]> {
  return await select(db, filter)
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

function select(db: Db, { guildId, state, kind, authorId }: ContentFilter) {
  let rows = db.selectFrom('guild_contents').where('guild_id', '=', guildId).where('state', '=', state);
  if (kind !== undefined) rows = rows.where('kind', '=', kind);
  if (authorId !== undefined) rows = rows.where('author_id', '=', authorId);
  return rows;
}

/** Removes what came to nothing: drafts and declined suggestions that nobody touched since these moments. Returns how many. */
export async function deleteOldContents(
  db: Db,
  before: { readonly drafts: Instant; readonly declined: Instant },
  limit: number,
): Promise<number> {
  const result = await db
    .deleteFrom('guild_contents')
    .where('id', 'in', (ids) =>
      ids
        .selectFrom('guild_contents')
        .select('id')
        .where((is) =>
          is.or([
            is.and([is('state', '=', 'draft'), is('updated_at', '<=', before.drafts)]),
            is.and([is('state', '=', 'declined'), is('updated_at', '<=', before.declined)]),
          ]),
        )
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/**
 * Takes a member's name off the entries that they wrote or decided about. What is in use stays with the guild; what was
 * only suggested or drafted goes. Returns how many rows that concerned.
 */
export async function forgetContentAuthor(trx: Trx, guildId: string, userId: string): Promise<bigint> {
  const deleted = await trx
    .deleteFrom('guild_contents')
    .where('guild_id', '=', guildId)
    .where('author_id', '=', userId)
    .where('state', 'in', ['draft', 'suggested', 'declined'])
    .executeTakeFirst();
  const kept = await trx
    .updateTable('guild_contents')
    .set({ author_id: deletedUser })
    .where('guild_id', '=', guildId)
    .where('author_id', '=', userId)
    .executeTakeFirst();
  const decided = await trx
    .updateTable('guild_contents')
    .set({ decided_by: null })
    .where('guild_id', '=', guildId)
    .where('decided_by', '=', userId)
    .executeTakeFirst();
  return deleted.numDeletedRows + kept.numUpdatedRows + decided.numUpdatedRows;
}
