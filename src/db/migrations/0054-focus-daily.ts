import { type Kysely, sql } from 'kysely';

/** Keeps when a guild's next daily room for co-working opens, and how many in a row nobody joined. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const guilds = () => db.schema.alterTable('guilds');
  await guilds().addColumn('focus_at', 'text').execute();
  await guilds().addColumn('focus_day', 'text').execute();
  await guilds()
    .addColumn('focus_hour', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(19)
        .check(sql`focus_hour between 6 and 21`),
    )
    .execute();
  await guilds()
    .addColumn('focus_empty', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('guilds_focus')
    .on('guilds')
    .column('focus_at')
    .where(sql<boolean>`focus_at is not null`)
    .execute();
  await db.schema
    .alterTable('focus_rooms')
    .addColumn('is_daily', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`is_daily in (0, 1)`),
    )
    .execute();
}
