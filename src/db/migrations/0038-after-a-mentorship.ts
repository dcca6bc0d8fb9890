import { type Kysely, sql } from 'kysely';

/**
 * When somebody whose mentorship was complete was asked whether they would mentor: not again for a while. And whether messages
 * reported as exam content are taken away at once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('profiles').addColumn('asked_to_mentor_at', 'text').execute();
  await db.schema
    .alterTable('guilds')
    .addColumn('hide_exam_content', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`hide_exam_content in (0, 1)`),
    )
    .execute();
}
