import { type CreateTableBuilder, type Kysely, sql } from 'kysely';

/** SQLite's STRICT tables refuse a value of the wrong type instead of storing it. */
const strict = sql`strict`;

const text = 'text' as const;
const integer = 'integer' as const;

/** Creates what moderators post through the bot, and the record of who did what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const create = (name: string): CreateTableBuilder<string> => db.schema.createTable(name).modifyEnd(strict);

  await create('announcements')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('author_id', text, (c) => c.notNull())
    .addColumn('channel_id', text, (c) => c.notNull())
    .addColumn('role_id', text)
    .addColumn('everyone', integer, (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`everyone in (0, 1)`),
    )
    .addColumn('title', text, (c) => c.notNull())
    .addColumn('text', text, (c) => c.notNull())
    .addColumn('link', text)
    .addColumn('image_url', text)
    .addColumn('crosspost', integer, (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`crosspost in (0, 1)`),
    )
    .addColumn('state', text, (c) =>
      c.notNull().check(sql`state in ('draft', 'scheduled', 'posted', 'cancelled', 'failed')`),
    )
    .addColumn('at', text)
    .addColumn('asked', text)
    .addColumn('cron', text)
    .addColumn('zone', text, (c) => c.notNull())
    .addColumn('schedule_id', text)
    .addColumn('changes_id', text, (c) => c.references('announcements.id').onDelete('cascade'))
    .addColumn('changes_revision', integer)
    .addColumn('revision', integer, (c) => c.notNull().defaultTo(1))
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('updated_at', text, (c) => c.notNull())
    .addColumn('posted_at', text)
    .addColumn('message_id', text)
    .addColumn('failure', text)
    .addCheckConstraint('announcements_one_time_or_many', sql`at is null or cron is null`)
    .execute();
  await db.schema
    .createIndex('announcements_by_guild')
    .on('announcements')
    .columns(['guild_id', 'state', 'updated_at'])
    .execute();
  await db.schema
    .createIndex('announcements_by_author')
    .on('announcements')
    .columns(['guild_id', 'author_id'])
    .execute();
  await db.schema
    .createIndex('announcements_by_schedule')
    .on('announcements')
    .column('schedule_id')
    .where(sql.ref('schedule_id'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('announcements_changes')
    .on('announcements')
    .column('changes_id')
    .where(sql.ref('changes_id'), 'is not', null)
    .execute();
  await db.schema.createIndex('announcements_by_age').on('announcements').column('updated_at').execute();

  await create('audit')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('at', text, (c) => c.notNull())
    .addColumn('actor_id', text, (c) => c.notNull())
    .addColumn('action', text, (c) => c.notNull())
    .addColumn('subject_id', text)
    .addColumn('detail', text)
    .execute();
  await db.schema.createIndex('audit_by_guild').on('audit').columns(['guild_id', 'at']).execute();
  await db.schema.createIndex('audit_by_actor').on('audit').columns(['guild_id', 'actor_id', 'at']).execute();
  await db.schema.createIndex('audit_by_action').on('audit').columns(['guild_id', 'action', 'at']).execute();
  await db.schema.createIndex('audit_by_subject').on('audit').columns(['guild_id', 'subject_id']).execute();
  await db.schema.createIndex('audit_by_age').on('audit').column('at').execute();
}
