import { type Kysely, sql } from 'kysely';

/** How many new requests reach a mentor in seven days; what waits for that; and after how long waiting is too long. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('guilds')
    .addColumn('requests_a_week', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(3)
        .check(sql`requests_a_week between 1 and 20`),
    )
    .execute();
  await db.schema
    .alterTable('guilds')
    .addColumn('waiting_days', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(14)
        .check(sql`waiting_days between 7 and 60`),
    )
    .execute();
  await db.schema
    .alterTable('profiles')
    .addColumn('requests_a_week', 'integer', (c) => c.check(sql`requests_a_week between 1 and 20`))
    .execute();
  await db.schema.alterTable('requests').addColumn('opens_at', 'text').execute();
  await db.schema
    .createIndex('requests_opening')
    .on('requests')
    .columns(['opens_at', 'id'])
    .where(sql<boolean>`opens_at is not null`)
    .execute();
  await db.schema
    .createIndex('requests_sent_to')
    .on('requests')
    .columns(['guild_id', 'mentor_id', 'sent_at'])
    .execute();
}
