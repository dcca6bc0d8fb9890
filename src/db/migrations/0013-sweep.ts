import { type Kysely, sql } from 'kysely';

/** What the sweep looks at again on Discord, and when it last did: after a restart it goes on where it stopped. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('guilds').addColumn('sweep_at', 'text').execute();
  await db.schema.alterTable('guilds').addColumn('sweep_since', 'text').execute();
  await db.schema.alterTable('members').addColumn('looked_at', 'text').execute();
  await db.schema.alterTable('mentorships').addColumn('looked_at', 'text').execute();
  await db.schema.alterTable('notices').addColumn('looked_at', 'text').execute();

  await db.schema
    .createIndex('guilds_sweep')
    .on('guilds')
    .expression(sql`coalesce(sweep_at, '')`)
    .where(sql.ref('left_at'), 'is', null)
    .execute();
  await db.schema.dropIndex('members_unseen').execute();
  await db.schema
    .createIndex('members_unseen')
    .on('members')
    .column('guild_id')
    .expression(sql`coalesce(seen_at, created_at)`)
    .where(sql.ref('left_at'), 'is', null)
    .execute();
  await db.schema
    .createIndex('members_missing')
    .on('members')
    .column('guild_id')
    .expression(sql`coalesce(looked_at, left_at)`)
    .where(sql.ref('left_at'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('mentorships_unlooked')
    .on('mentorships')
    .column('guild_id')
    .expression(sql`coalesce(looked_at, started_at)`)
    .where(sql.ref('state'), 'in', [sql.lit('active'), sql.lit('paused')])
    .execute();
}
