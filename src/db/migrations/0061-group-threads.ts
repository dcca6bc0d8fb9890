import { type Kysely, sql } from 'kysely';

/** Remembers when the sweep last looked at a study group's thread, and finds those whose turn it is, and places of meetings. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('study_groups').addColumn('thread_looked_at', 'text').execute();
  await db.schema
    .createIndex('study_groups_unlooked')
    .on('study_groups')
    .column('guild_id')
    .expression(sql`coalesce(thread_looked_at, created_at)`)
    .where(sql<boolean>`state in ('active', 'resting') and thread_id is not null`)
    .execute();
  await db.schema
    .createIndex('meetings_placed')
    .on('meetings')
    .columns(['guild_id', 'place'])
    .where(sql<boolean>`state = 'agreed' and place is not null`)
    .execute();
}
