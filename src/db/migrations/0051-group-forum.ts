import type { Kysely } from 'kysely';

/** Keeps in which forum a guild's open study groups stand. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('guilds').addColumn('study_forum_id', 'text').execute();
}
