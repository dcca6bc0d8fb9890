import { type Kysely, sql } from 'kysely';

/** Remembers to whom a written direct message was answered lately, and which guilds were greeted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('hellos')
    .modifyEnd(sql`strict`)
    .addColumn('who', 'text', (c) => c.primaryKey().notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('hellos_by_age').on('hellos').column('at').execute();
  await db.schema
    .createTable('greetings')
    .modifyEnd(sql`strict`)
    .addColumn('guild_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('members_by_user').on('members').columns(['user_id', 'guild_id']).execute();
}
