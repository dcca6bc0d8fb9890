import { type Kysely, sql } from 'kysely';

/** Study groups with their members, weekly times and sessions, and those who look for a group. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name).modifyEnd(sql`strict`);
  await table('study_groups')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('exam', 'circle')`))
    .addColumn('topic', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('forming', 'active', 'resting', 'closed')`))
    .addColumn('target', 'text')
    .addColumn('languages', 'text', (c) => c.notNull())
    .addColumn('size', 'integer', (c) => c.notNull().check(sql`size between 3 and 6`))
    .addColumn('sessions', 'integer', (c) => c.notNull().check(sql`sessions between 1 and 3`))
    .addColumn('minutes', 'integer', (c) => c.notNull().check(sql`minutes between 25 and 240`))
    .addColumn('about', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('author_id', 'text')
    .addColumn('owner_id', 'text')
    .addColumn('zone', 'text')
    .addColumn('times', 'text', (c) => c.notNull().defaultTo('[]'))
    .addColumn('vote', 'text')
    .addColumn('vote_ends_at', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('state_until', 'text')
    .addColumn('held_at', 'text')
    .addColumn('asked_at', 'text')
    .addColumn('few_since', 'text')
    .addColumn('closed_at', 'text')
    .addColumn('closed_why', 'text')
    .addColumn('thread_id', 'text')
    .addColumn('looked_at', 'text')
    .execute();
  await db.schema
    .createIndex('study_groups_live')
    .on('study_groups')
    .columns(['guild_id', 'kind', 'topic'])
    .where(sql<boolean>`state <> 'closed'`)
    .execute();
  await db.schema.createIndex('study_groups_closed').on('study_groups').column('closed_at').execute();
  await table('group_members')
    .addColumn('group_id', 'text', (c) => c.notNull().references('study_groups.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('offered', 'member', 'resting', 'left')`))
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('until', 'text')
    .addColumn('left_why', 'text')
    .addColumn('missed', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('asked_at', 'text')
    .addColumn('votes', 'text', (c) => c.notNull().defaultTo('[]'))
    .addPrimaryKeyConstraint('group_members_key', ['group_id', 'user_id'])
    .execute();
  await db.schema.createIndex('group_members_person').on('group_members').columns(['guild_id', 'user_id']).execute();
  await db.schema
    .createIndex('group_members_until')
    .on('group_members')
    .column('until')
    .where(sql<boolean>`until is not null and state <> 'left'`)
    .execute();
  await table('group_sessions')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('group_id', 'text', (c) => c.notNull().references('study_groups.id').onDelete('cascade'))
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('starts_at', 'text', (c) => c.notNull())
    .addColumn('ends_at', 'text', (c) => c.notNull())
    .addColumn('is_extra', 'integer', (c) => c.notNull().check(sql`is_extra in (0, 1)`))
    .addColumn('state', 'text', (c) =>
      c.notNull().check(sql`state in ('planned', 'running', 'held', 'missed', 'called-off')`),
    )
    .execute();
  await db.schema
    .createIndex('group_sessions_once')
    .unique()
    .on('group_sessions')
    .columns(['group_id', 'starts_at'])
    .execute();
  await db.schema
    .createIndex('group_sessions_open')
    .on('group_sessions')
    .column('starts_at')
    .where(sql<boolean>`state in ('planned', 'running')`)
    .execute();
  await table('session_people')
    .addColumn('session_id', 'text', (c) => c.notNull().references('group_sessions.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('answer', 'text', (c) => c.check(sql`answer in ('come', 'perhaps', 'cannot')`))
    .addColumn('here_at', 'text')
    .addColumn('line', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('done', 'text', (c) => c.check(sql`done in ('done', 'partly', 'not')`))
    .addPrimaryKeyConstraint('session_people_key', ['session_id', 'user_id'])
    .execute();
  await db.schema.createIndex('session_people_person').on('session_people').columns(['guild_id', 'user_id']).execute();
  await table('seekers')
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('exam', 'circle')`))
    .addColumn('topic', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('target_from', 'text')
    .addColumn('target_until', 'text')
    .addColumn('languages', 'text', (c) => c.notNull())
    .addColumn('sessions', 'integer', (c) => c.notNull().check(sql`sessions between 1 and 3`))
    .addColumn('since', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('seekers_key', ['guild_id', 'user_id', 'kind', 'topic'])
    .execute();
  await db.schema.createIndex('seekers_old').on('seekers').column('since').execute();
}
