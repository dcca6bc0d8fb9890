import { type Kysely, sql } from 'kysely';

/** Keeps what `/setup start` has shown and not done yet, and what it has made, so that it can be undone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Without a reference to guilds: it is shown before there is one, and undone when there is none any more.
  await db.schema
    .createTable('setups')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('shown', 'made', 'undoing')`))
    .addColumn('choices', 'text', (c) => c.notNull())
    .addColumn('made', 'text')
    .addColumn('pressed_at', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('setups_of_guild').on('setups').columns(['guild_id', 'created_at']).execute();
  await db.schema.createIndex('setups_by_age').on('setups').columns(['state', 'created_at']).execute();
}
