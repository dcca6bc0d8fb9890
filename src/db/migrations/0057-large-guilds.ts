import { type Kysely, sql } from 'kysely';

/** Finds at once what there are few of: mentors who changed what was verified, whom a moderator verified, guilds that were left. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('profiles_changed')
    .on('profiles')
    .column('guild_id')
    .where(sql<boolean>`changed_at is not null`)
    .execute();
  await db.schema
    .createIndex('profiles_verified_by')
    .on('profiles')
    .columns(['guild_id', 'verified_by'])
    .where(sql<boolean>`verified_by is not null`)
    .execute();
  await db.schema
    .createIndex('guilds_left')
    .on('guilds')
    .column('left_at')
    .where(sql<boolean>`left_at is not null`)
    .execute();
}
