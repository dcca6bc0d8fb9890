import { type Kysely, sql } from 'kysely';

/** Knows when members can usually meet. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('hours')
    .modifyEnd(sql`strict`)
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('windows', 'text', (c) => c.notNull())
    .addColumn('until', 'text')
    .addColumn('asked_at', 'text')
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('hours_key', ['guild_id', 'user_id'])
    .execute();
  await db.schema
    .createIndex('hours_over')
    .on('hours')
    .column('until')
    .where(sql<boolean>`until is not null and asked_at is null`)
    .execute();
  await db.schema.createIndex('hours_unused').on('hours').column('used_at').execute();
}
