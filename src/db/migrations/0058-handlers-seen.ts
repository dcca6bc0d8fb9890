import type { Kysely } from 'kysely';

/** Remembers when Discord last said that whoever has taken a report still handles reports. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('cases').addColumn('handler_seen_at', 'text').execute();
}
