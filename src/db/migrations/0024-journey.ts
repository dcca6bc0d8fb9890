import { type Kysely, sql } from 'kysely';

/** Keeps dates of guilds with their history, and what somebody on the road has of their own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('guilds')
    .addColumn('match_week', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(1)
        .check(sql`match_week in (0, 1)`),
    )
    .execute();

  await db.schema
    .createTable('dates')
    .modifyEnd(sql`strict`)
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('date_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('announced', 'moved', 'withdrawn')`))
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('time', 'text')
    .addColumn('zone', 'text')
    .addColumn('at', 'text')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('checked', 'text', (c) => c.notNull())
    .addColumn('review_by', 'text', (c) => c.notNull())
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('dates_key', ['guild_id', 'date_id'])
    .execute();

  await db.schema
    .createTable('date_proposals')
    .modifyEnd(sql`strict`)
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('date_id', 'text', (c) => c.notNull())
    .addColumn('act', 'text', (c) => c.notNull().check(sql`act in ('announce', 'move', 'withdraw')`))
    .addColumn('day', 'text')
    .addColumn('time', 'text')
    .addColumn('zone', 'text')
    .addColumn('at', 'text')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('date_proposals_key', ['guild_id', 'date_id'])
    .execute();
  await db.schema.createIndex('date_proposals_age').on('date_proposals').column('created_at').execute();

  await db.schema
    .createTable('date_changes')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('date_id', 'text', (c) => c.notNull())
    .addColumn('act', 'text', (c) => c.notNull().check(sql`act in ('announce', 'move', 'withdraw')`))
    .addColumn('old', 'text')
    .addColumn('new', 'text')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('told_to', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('done', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`done in (0, 1)`),
    )
    .execute();
  await db.schema
    .createIndex('date_changes_open')
    .on('date_changes')
    .column('at')
    .where(sql<boolean>`done = 0`)
    .execute();
  await db.schema.createIndex('date_changes_of').on('date_changes').columns(['guild_id', 'date_id', 'at']).execute();
  await db.schema.createIndex('date_changes_age').on('date_changes').column('at').execute();

  await db.schema
    .createTable('journeys')
    .modifyEnd(sql`strict`)
    .addColumn('user_id', 'text', (c) => c.primaryKey())
    .addColumn('zone', 'text', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('start_stage', 'text', (c) => c.notNull())
    .addColumn('who', 'text')
    .addColumn('pathway', 'text')
    .addColumn('visa', 'text')
    .addColumn('match_year', 'integer')
    .addColumn('couple', 'integer', (c) => c.check(sql`couple in (0, 1)`))
    .addColumn('reminder_days', 'text', (c) => c.notNull())
    .addColumn('only_picked', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`only_picked in (0, 1)`),
    )
    .addColumn('reminders_since', 'text', (c) => c.notNull())
    .addColumn('edition', 'text')
    .addColumn('look_at', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text', (c) => c.notNull())
    .addColumn('alone_since', 'text')
    .addColumn('matched_at', 'text')
    .addColumn('help_asked_at', 'text')
    .execute();
  await db.schema.createIndex('journeys_due').on('journeys').column('look_at').execute();
  await db.schema.createIndex('journeys_unused').on('journeys').column('used_at').execute();
  await db.schema.createIndex('journeys_alone').on('journeys').column('alone_since').execute();

  await db.schema
    .createTable('journey_guilds')
    .modifyEnd(sql`strict`)
    .addColumn('user_id', 'text', (c) => c.notNull().references('journeys.user_id').onDelete('cascade'))
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('journey_guilds_key', ['user_id', 'guild_id'])
    .execute();
  await db.schema.createIndex('journey_guilds_of').on('journey_guilds').columns(['guild_id', 'user_id']).execute();

  await db.schema
    .createTable('journey_items')
    .modifyEnd(sql`strict`)
    .addColumn('user_id', 'text', (c) => c.notNull().references('journeys.user_id').onDelete('cascade'))
    .addColumn('item_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('todo', 'doing', 'done', 'not-for-me')`))
    .addColumn('note', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('day', 'text')
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('journey_items_key', ['user_id', 'item_id'])
    .execute();

  await db.schema
    .createTable('journey_dates')
    .modifyEnd(sql`strict`)
    .addColumn('user_id', 'text', (c) => c.notNull().references('journeys.user_id').onDelete('cascade'))
    .addColumn('date_id', 'text', (c) => c.notNull())
    .addColumn('picked', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`picked in (0, 1)`),
    )
    .addColumn('told', 'text')
    .addPrimaryKeyConstraint('journey_dates_key', ['user_id', 'date_id'])
    .execute();

  await db.schema
    .createTable('own_dates')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('journeys.user_id').onDelete('cascade'))
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('time', 'text')
    .addColumn('zone', 'text')
    .addColumn('at', 'text')
    .addColumn('reminder_days', 'text', (c) => c.notNull())
    .addColumn('sequence', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('own_dates_of').on('own_dates').columns(['user_id', 'day']).execute();

  await db.schema
    .createTable('reminded')
    .modifyEnd(sql`strict`)
    .addColumn('user_id', 'text', (c) => c.notNull().references('journeys.user_id').onDelete('cascade'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('reminded_key', ['user_id', 'key'])
    .execute();
  await db.schema.createIndex('reminded_age').on('reminded').column('at').execute();
}
