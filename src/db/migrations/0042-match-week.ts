import { type Kysely, sql } from 'kysely';

/** Keeps what a guild chose for Match Week, and the lines that members share in it; asks the matched once to help others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('guilds').addColumn('match_channel_id', 'text').execute();
  await db.schema
    .alterTable('guilds')
    .addColumn('match_post', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(1)
        .check(sql`match_post in (0, 1)`),
    )
    .execute();
  await db.schema
    .alterTable('guilds')
    .addColumn('match_share', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(1)
        .check(sql`match_share in (0, 1)`),
    )
    .execute();
  await db.schema.alterTable('guilds').addColumn('match_word_year', 'integer').execute();

  await db.schema
    .createTable('match_lines')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('year', 'integer', (c) => c.notNull())
    .addColumn('line', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('match_lines_once', ['guild_id', 'user_id', 'year'])
    .execute();
  await db.schema.createIndex('match_lines_age').on('match_lines').column('created_at').execute();

  await db.schema.alterTable('journeys').addColumn('behind_at', 'text').execute();
  await db.schema
    .createIndex('journeys_behind')
    .on('journeys')
    .column('behind_at')
    .where(sql<boolean>`behind_at is not null`)
    .execute();
}
