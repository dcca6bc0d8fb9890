import { type CreateTableBuilder, type Kysely, sql } from 'kysely';

const strict = sql`strict`;

const text = 'text' as const;
const integer = 'integer' as const;

/** What a guild posts by the clock: schedules and their slots, its own content, who did a prompt, roles to opt in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const create = (name: string): CreateTableBuilder<string> => db.schema.createTable(name).modifyEnd(strict);
  const flag = (name: string) => sql`${sql.ref(name)} in (0, 1)`;

  await db.schema
    .alterTable('guilds')
    .addColumn('content_mix', text, (c) =>
      c
        .notNull()
        .defaultTo('both')
        .check(sql`content_mix in ('library', 'guild', 'both')`),
    )
    .execute();

  // Kinds are not checked here: others will follow, and SQLite cannot change a check.
  await create('schedules')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('channel_id', text, (c) => c.notNull())
    .addColumn('cron', text, (c) => c.notNull())
    .addColumn('zone', text, (c) => c.notNull())
    .addColumn('follows_zone', integer, (c) => c.notNull().defaultTo(0).check(flag('follows_zone')))
    .addColumn('role_id', text)
    .addColumn('categories', text)
    .addColumn('announcement_id', text)
    .addColumn('crosspost', integer, (c) => c.notNull().defaultTo(0).check(flag('crosspost')))
    .addColumn('origin', text)
    .addColumn('state', text, (c) => c.notNull().check(sql`state in ('active', 'paused', 'removed')`))
    .addColumn('paused_why', text)
    .addColumn('next_due_at', text)
    .addColumn('created_by', text)
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('updated_at', text, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('schedules_due').on('schedules').columns(['state', 'next_due_at', 'id']).execute();
  await db.schema.createIndex('schedules_by_guild').on('schedules').columns(['guild_id', 'created_at']).execute();
  await db.schema
    .createIndex('schedules_one_per_origin')
    .unique()
    .on('schedules')
    .columns(['guild_id', 'origin'])
    .where(sql.ref('origin'), 'is not', null)
    .execute();

  await create('slots')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('schedule_id', text, (c) => c.notNull().references('schedules.id').onDelete('cascade'))
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('due_at', text, (c) => c.notNull())
    .addColumn('state', text, (c) => c.notNull().check(sql`state in ('claimed', 'posted', 'skipped', 'failed')`))
    .addColumn('why', text)
    .addColumn('is_test', integer, (c) => c.notNull().defaultTo(0).check(flag('is_test')))
    .addColumn('content_id', text)
    .addColumn('content_source', text, (c) => c.check(sql`content_source in ('library', 'guild')`))
    .addColumn('content_cycle', integer)
    .addColumn('notice_id', text)
    .addColumn('channel_id', text)
    .addColumn('message_id', text)
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('posted_at', text)
    .execute();
  // Tests of moderators are slots too, and may fall on the same moment as a real one.
  await db.schema
    .createIndex('slots_once')
    .unique()
    .on('slots')
    .columns(['schedule_id', 'due_at'])
    .where(sql.ref('is_test'), '=', sql.lit(0))
    .execute();
  await db.schema
    .createIndex('slots_content_once')
    .unique()
    .on('slots')
    .columns(['guild_id', 'kind', 'content_cycle', 'content_id'])
    .where(sql.ref('is_test'), '=', sql.lit(0))
    .where(sql.ref('content_id'), 'is not', null)
    .execute();
  await db.schema.createIndex('slots_by_schedule').on('slots').columns(['schedule_id', 'due_at']).execute();
  await db.schema.createIndex('slots_by_guild').on('slots').columns(['guild_id', 'due_at']).execute();
  await db.schema.createIndex('slots_by_age').on('slots').column('created_at').execute();

  await create('guild_contents')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('kind', text, (c) => c.notNull().check(sql`kind in ('tip', 'prompt')`))
    .addColumn('category', text, (c) => c.notNull())
    .addColumn('body', text, (c) => c.notNull())
    .addColumn('state', text, (c) =>
      c.notNull().check(sql`state in ('draft', 'suggested', 'approved', 'declined', 'retired')`),
    )
    .addColumn('author_id', text, (c) => c.notNull())
    .addColumn('decided_by', text)
    .addColumn('decided_at', text)
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('updated_at', text, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('guild_contents_by_guild')
    .on('guild_contents')
    .columns(['guild_id', 'kind', 'state', 'created_at'])
    .execute();
  await db.schema
    .createIndex('guild_contents_by_author')
    .on('guild_contents')
    .columns(['guild_id', 'author_id'])
    .execute();

  await create('participations')
    .addColumn('slot_id', text, (c) => c.notNull().references('slots.id').onDelete('cascade'))
    .addColumn('guild_id', text, (c) => c.notNull())
    .addColumn('user_id', text, (c) => c.notNull())
    .addColumn('created_at', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('participations_pk', ['slot_id', 'user_id'])
    .execute();
  await db.schema.createIndex('participations_by_user').on('participations').columns(['guild_id', 'user_id']).execute();

  await create('notify')
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('kind', text, (c) => c.notNull().check(sql`kind in ('tips', 'prompts', 'deadlines', 'announcements')`))
    .addColumn('role_id', text, (c) => c.notNull())
    .addColumn('created_at', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('notify_pk', ['guild_id', 'kind'])
    .execute();

  // Posts of many guilds come due at the same minute: what a person waits for is found without reading past them.
  await db.schema
    .alterTable('notices')
    .addColumn('mass', integer, (c) => c.notNull().defaultTo(0).check(flag('mass')))
    .execute();
  await db.schema.dropIndex('notices_owed').execute();
  await db.schema
    .createIndex('notices_owed')
    .on('notices')
    .columns(['mass', 'due_at', 'id'])
    .where(sql.ref('state'), '=', sql.lit('owed'))
    .execute();
  // Discord lets a channel publish a few messages an hour: those of the last hour are counted.
  await db.schema
    .createIndex('notices_crossposts')
    .on('notices')
    .columns(['channel_id', 'delivered_at'])
    .where(sql.ref('kind'), '=', sql.lit('crosspost'))
    .execute();
}
