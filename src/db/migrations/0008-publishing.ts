import { type Kysely, sql } from 'kysely';

/** A round is published in several transactions: until the last of them it has no outcome, and is found here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('rounds_publishing')
    .on('rounds')
    .column('guild_id')
    .where(sql<boolean>`state = 'published' and outcome is null`)
    .execute();
}
