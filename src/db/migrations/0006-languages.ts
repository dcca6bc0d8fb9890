import type { Kysely } from 'kysely';

/** In which language a member reads, as last seen, and which one a guild's channels are written in. Discord's locales. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('members').addColumn('locale', 'text').execute();
  await db.schema.alterTable('guilds').addColumn('locale', 'text').execute();
}
