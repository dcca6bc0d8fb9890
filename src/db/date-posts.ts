/** Posts that name dates which come nearer: which guilds are owed one, and what was named. */
import type { Selectable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { DatePostsTable } from './schema.ts';

export type DatePost = Selectable<DatePostsTable>;

/** Guilds of this process that are to be looked at by now, those that wait longest first. */
export async function listGuildsForDates(db: Db, now: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('guilds')
    .select('id')
    .where('dates_at', '<=', now)
    .where('left_at', 'is', null)
    .$call(owned(db, 'id'))
    .orderBy('dates_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** What was named already of these dates in a guild. */
export async function listNamed(db: Db, guildId: string, dateIds: readonly string[]): Promise<DatePost[]> {
  if (dateIds.length === 0) return [];
  return await db
    .selectFrom('date_posts')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('date_id', 'in', dateIds)
    .orderBy('date_id')
    .orderBy('days')
    .orderBy('value')
    .execute();
}

/** What a post names. */
export async function listDatesOfPost(db: Db, postId: string): Promise<DatePost[]> {
  return await db
    .selectFrom('date_posts')
    .selectAll()
    .where('post_id', '=', postId)
    .orderBy('days')
    .orderBy('date_id')
    .execute();
}

/** Notes what a post names. @throws where one of it was named before: its key says each only once. */
export async function insertDatePosts(trx: Trx, rows: readonly DatePost[]): Promise<void> {
  await trx.insertInto('date_posts').values(rows).execute();
}

/** Removes what was named before this moment. @returns how much. */
export async function deleteOldDatePosts(db: Db, before: Instant, limit: number): Promise<number> {
  const old = await db.selectFrom('date_posts').select('post_id').where('due_at', '<=', before).limit(limit).execute();
  if (old.length === 0) return 0;
  const ids = old.map(({ post_id: id }) => id);
  const result = await db.deleteFrom('date_posts').where('post_id', 'in', ids).executeTakeFirst();
  return Number(result.numDeletedRows);
}
