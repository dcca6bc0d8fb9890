import type { Kysely } from 'kysely';

/** Lets the heartbeat find drafts and declined suggestions that nobody has touched for long, without reading all entries. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('guild_contents_by_age').on('guild_contents').columns(['state', 'updated_at']).execute();
}
