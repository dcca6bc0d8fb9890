import { type Kysely, sql } from 'kysely';

/** Keeps where a guild's dates are posted when they come nearer, when it is next looked, and what was posted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('guilds').addColumn('dates_channel_id', 'text').execute();
  await db.schema.alterTable('guilds').addColumn('dates_at', 'text').execute();
  await db.schema
    .createIndex('guilds_dates')
    .on('guilds')
    .column('dates_at')
    .where(sql<boolean>`dates_at is not null`)
    .execute();
  await db.schema
    .createTable('date_posts')
    .modifyEnd(sql`strict`)
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('date_id', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('days', 'integer', (c) => c.notNull())
    .addColumn('post_id', 'text', (c) => c.notNull())
    .addColumn('due_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('date_posts_key', ['guild_id', 'date_id', 'value', 'days'])
    .execute();
  await db.schema.createIndex('date_posts_of').on('date_posts').column('post_id').execute();
  await db.schema.createIndex('date_posts_age').on('date_posts').column('due_at').execute();
}
