import { type Kysely, sql } from 'kysely';

/** Keeps at which hour of their morning a guild's members are reminded of dates. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('guilds')
    .addColumn('reminder_hour', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(9)
        .check(sql`reminder_hour between 5 and 12`),
    )
    .execute();
}
