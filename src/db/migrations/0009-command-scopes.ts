import { type Kysely, sql } from 'kysely';

/** Guilds that were given commands of their own (DISCORD_DEV_GUILD): these are cleared when the setting moves on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('command_scopes')
    .addColumn('guild_id', 'text', (c) => c.primaryKey())
    .modifyEnd(sql`strict`)
    .execute();
}
