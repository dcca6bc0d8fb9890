import type { Kysely } from 'kysely';

/** Since when a mentor takes part in selecting residents, and requests that went back to their mentee because of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('profiles').addColumn('selects_since', 'text').execute();
  await db.schema.alterTable('requests').addColumn('season_at', 'text').execute();
}
