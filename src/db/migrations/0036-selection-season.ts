import { type Kysely, sql } from 'kysely';

/** Mentors who take part in selecting residents, and mentees who do not mind to be paired with one by a round. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('profiles').addColumn('selects_until', 'text').execute();
  await db.schema.alterTable('profiles').addColumn('selects_place', 'text').execute();
  await db.schema
    .alterTable('profiles')
    .addColumn('selectors_ok', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`selectors_ok in (0, 1)`),
    )
    .execute();
  await db.schema
    .createIndex('profiles_selecting')
    .on('profiles')
    .columns(['selects_until', 'guild_id'])
    .where(sql<boolean>`selects_until is not null`)
    .execute();
}
