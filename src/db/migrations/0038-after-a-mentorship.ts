import type { Kysely } from 'kysely';

/** When somebody whose mentorship was complete was asked whether they would mentor: not again for a while. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('profiles').addColumn('asked_to_mentor_at', 'text').execute();
}
