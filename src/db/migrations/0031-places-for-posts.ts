import { type Kysely, sql } from 'kysely';

/**
 * Posts also go to threads and forums. Of a thread it is kept what it hangs on, since nobody keeps an archived one in
 * memory, and when it was last looked at; of a forum the tag that its posts get, and which post an announcement became.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['schedules', 'announcements'] as const) {
    await db.schema.alterTable(table).addColumn('parent_id', 'text').execute();
    await db.schema.alterTable(table).addColumn('tag_id', 'text').execute();
    await db.schema.alterTable(table).addColumn('place_looked_at', 'text').execute();
  }
  await db.schema.alterTable('announcements').addColumn('posted_in', 'text').execute();
  // Asked for each deleted thread, and the few threads that something is planned in.
  await sql`create index schedules_in_threads on schedules (guild_id, channel_id) where parent_id is not null`.execute(
    db,
  );
  await sql`create index announcements_in_threads on announcements (guild_id, channel_id) where parent_id is not null`.execute(
    db,
  );
}
