import { type Kysely, sql } from 'kysely';

/** Keeps what moderators are shown of each whole month: counts of at least five people, and nobody's id. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('guilds').addColumn('figures_until', 'text').execute();
  await db.schema.alterTable('guilds').addColumn('figures_at', 'text').execute();
  await db.schema
    .createIndex('guilds_figures')
    .on('guilds')
    .expression(sql`coalesce(figures_at, '')`)
    .where(sql.ref('left_at'), 'is', null)
    .execute();

  await db.schema
    .createTable('figures')
    .modifyEnd(sql`strict`)
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('cell', 'text', (c) => c.notNull())
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('until', 'text', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addColumn('middle', 'integer')
    .addPrimaryKeyConstraint('figures_key', ['guild_id', 'cell', 'until'])
    .execute();

  await db.schema
    .createIndex('requests_decided')
    .on('requests')
    .columns(['guild_id', 'state', 'decided_at'])
    .where(sql<boolean>`decided_at is not null`)
    .execute();
  await db.schema.createIndex('mentorships_started').on('mentorships').columns(['guild_id', 'started_at']).execute();
}
