import { type Kysely, sql } from 'kysely';

/** The panel for newcomers, and since when a role of `/notify` is open to be mentioned. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('panels')
    .modifyEnd(sql`strict`)
    .addColumn('guild_id', 'text', (c) => c.primaryKey().notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('words', 'text')
    .addColumn('by_id', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.alterTable('notify').addColumn('opened_at', 'text').execute();
  await db.schema
    .createIndex('notify_open')
    .on('notify')
    .column('opened_at')
    .where(sql<boolean>`opened_at is not null`)
    .execute();
}
