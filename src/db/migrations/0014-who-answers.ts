import { type Kysely, sql } from 'kysely';

/**
 * Who answers for what is posted later: the moderator who last confirmed an announcement, or chose where, when and whom
 * a schedule notifies. Whether they still may is looked at when it is posted.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('announcements').addColumn('sender_id', 'text').execute();
  await sql`update announcements set sender_id = author_id where state <> 'draft'`.execute(db);
  await db.schema.alterTable('schedules').addColumn('chooser_id', 'text').execute();
  await sql`update schedules set chooser_id = created_by`.execute(db);
  // Whether a post went out without the mention that was planned: what is edited later must not look as if it had it.
  await db.schema
    .alterTable('slots')
    .addColumn('is_quiet', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`is_quiet in (0, 1)`),
    )
    .execute();
}
