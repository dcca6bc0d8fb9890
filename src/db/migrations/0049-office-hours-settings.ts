import { type Kysely, sql } from 'kysely';

/** Keeps whether mentors may offer office hours in a guild, and whether those stand among its events. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const name of ['office_hours', 'office_events']) {
    await db.schema
      .alterTable('guilds')
      .addColumn(name, 'integer', (c) =>
        c
          .notNull()
          .defaultTo(1)
          .check(sql`${sql.ref(name)} in (0, 1)`),
      )
      .execute();
  }
}
