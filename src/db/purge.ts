/** What is removed because it has become old, a bounded number at a time. */
import { sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';
import type { NoticeState } from './schema.ts';

/** Removes requests that came to their end before this moment. Returns how many. */
export async function deleteClosedRequests(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('requests')
    .where('id', 'in', (ids) => ids.selectFrom('requests').select('id').where('decided_at', '<=', before).limit(limit))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Removes notices from before this moment that nobody is owed any more. Returns how many. */
export async function deleteSettledNotices(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('notices')
    .where('id', 'in', (ids) =>
      ids
        .selectFrom('notices')
        .select('id')
        .where('created_at', '<=', before)
        .where('state', '<>', sql.lit<NoticeState>('owed'))
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Removes guilds that the bot left before this moment, with everything in them. Returns how many. */
export async function deleteGuildsLeft(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('guilds')
    .where('id', 'in', (ids) => ids.selectFrom('guilds').select('id').where('left_at', '<=', before).limit(limit))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
