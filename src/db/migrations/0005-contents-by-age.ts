import type { Kysely } from 'kysely';

/** Lets the heartbeat find a guild's entries that were never finished, or retired long ago, without reading all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('guild_contents_by_age').on('guild_contents').columns(['state', 'updated_at']).execute();
}
