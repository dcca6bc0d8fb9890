import { type Kysely, sql } from 'kysely';

/** What keeps those who wait from being forgotten; and a thread is one pair's, now that its name no longer says whose. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('mentorships_by_thread')
    .unique()
    .on('mentorships')
    .column('thread_id')
    .where(sql.ref('thread_id'), 'is not', null)
    .execute();
}
