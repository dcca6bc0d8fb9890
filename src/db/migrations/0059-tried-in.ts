import type { Kysely } from 'kysely';

/** Remembers in which channel something was about to be made: it is looked for there, whatever was chosen since. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('notices').addColumn('tried_in', 'text').execute();
}
