import { type Kysely, sql } from 'kysely';

/** Keeps which groups are open to be seen, and whether a guild puts their sessions among its events. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('study_groups')
    .addColumn('is_listed', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`is_listed in (0, 1)`),
    )
    .execute();
  await db.schema
    .alterTable('guilds')
    .addColumn('study_events', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`study_events in (0, 1)`),
    )
    .execute();
  await db.schema.alterTable('guilds').addColumn('study_voice_channel_id', 'text').execute();
}
