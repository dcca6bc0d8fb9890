import { type CreateTableBuilder, type Kysely, sql } from 'kysely';

/** SQLite's STRICT tables refuse a value of the wrong type instead of storing it. */
const strict = sql`strict`;

const text = 'text' as const;
const integer = 'integer' as const;

/** Creates every table and the indexes that hold the invariants. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const create = (name: string): CreateTableBuilder<string> => db.schema.createTable(name).modifyEnd(strict);

  await create('guilds')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('zone', text, (c) => c.notNull())
    .addColumn('mentoring_channel_id', text)
    .addColumn('staff_channel_id', text)
    .addColumn('tips_channel_id', text)
    .addColumn('study_channel_id', text)
    .addColumn('announcements_channel_id', text)
    .addColumn('mentor_role_id', text)
    .addColumn('mentee_role_id', text)
    .addColumn('mentor_verification', integer, (c) =>
      c
        .notNull()
        .defaultTo(1)
        .check(sql`mentor_verification in (0, 1)`),
    )
    .addColumn('request_days', integer, (c) =>
      c
        .notNull()
        .defaultTo(7)
        .check(sql`request_days between 3 and 14`),
    )
    .addColumn('set_up_at', text, (c) => c.notNull())
    .addColumn('left_at', text)
    .addColumn('pool_version', integer, (c) => c.notNull().defaultTo(0))
    .execute();

  await create('members')
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('user_id', text, (c) => c.notNull())
    .addColumn('zone', text, (c) => c.notNull())
    .addColumn('country', text)
    .addColumn('shows_country', integer, (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`shows_country in (0, 1)`),
    )
    .addColumn('conduct_version', integer)
    .addColumn('conduct_agreed_at', text)
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('seen_at', text)
    .addColumn('left_at', text)
    .addPrimaryKeyConstraint('members_pk', ['guild_id', 'user_id'])
    .execute();

  await db.schema
    .createIndex('members_gone')
    .on('members')
    .column('left_at')
    .where(sql.ref('left_at'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('members_unseen')
    .on('members')
    .expression(sql`coalesce(seen_at, created_at)`)
    .where(sql.ref('left_at'), 'is', null)
    .execute();

  await create('profiles')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('guild_id', text, (c) => c.notNull())
    .addColumn('user_id', text, (c) => c.notNull())
    .addColumn('role', text, (c) => c.notNull().check(sql`role in ('mentor', 'mentee')`))
    .addColumn('state', text, (c) => c.notNull().check(sql`state in ('active', 'paused')`))
    .addColumn('paused_until', text)
    .addColumn('paused_by', text, (c) => c.check(sql`paused_by in ('self', 'expiries')`))
    .addColumn('specialties', text, (c) => c.notNull())
    .addColumn('stage', text, (c) => c.notNull())
    .addColumn('languages', text, (c) => c.notNull())
    .addColumn('topics', text, (c) => c.notNull())
    .addColumn('about', text, (c) => c.notNull())
    .addColumn('capacity', integer, (c) => c.notNull().check(sql`capacity between 0 and 5`))
    .addColumn('accepts_from', text)
    .addColumn('priority', text)
    .addColumn('verification', text, (c) =>
      c.notNull().check(sql`verification in ('none', 'waiting', 'verified', 'declined', 'suspended')`),
    )
    .addColumn('verified_level', text)
    .addColumn('verified_method', text)
    .addColumn('verified_at', text)
    .addColumn('verified_by', text)
    .addColumn('changed_at', text)
    .addColumn('expiries', integer, (c) => c.notNull().defaultTo(0))
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('updated_at', text, (c) => c.notNull())
    .addUniqueConstraint('profiles_one_per_role', ['guild_id', 'user_id', 'role'])
    .addForeignKeyConstraint('profiles_member', ['guild_id', 'user_id'], 'members', ['guild_id', 'user_id'], (c) =>
      c.onDelete('cascade'),
    )
    .execute();
  await db.schema
    .createIndex('profiles_by_guild')
    .on('profiles')
    .columns(['guild_id', 'role', 'verification'])
    .execute();
  await db.schema
    .createIndex('profiles_pause_end')
    .on('profiles')
    .column('paused_until')
    .where(sql.ref('paused_until'), 'is not', null)
    .execute();

  await create('requests')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('mentee_id', text, (c) => c.notNull())
    .addColumn('mentor_id', text, (c) => c.notNull().check(sql`mentor_id <> mentee_id or mentor_id = 'deleted'`))
    .addColumn('state', text, (c) =>
      c
        .notNull()
        .check(sql`state in ('queued', 'pending', 'accepted', 'declined', 'withdrawn', 'expired', 'superseded')`),
    )
    .addColumn('message', text, (c) => c.notNull())
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('sent_at', text)
    .addColumn('expires_at', text)
    .addColumn('decided_at', text)
    .addColumn('decided_by', text, (c) => c.check(sql`decided_by in ('mentor', 'mentee', 'bot')`))
    .addColumn('decline_reason', text)
    .addColumn('decline_note', text)
    .addColumn('lapse', text, (c) => c.check(sql`lapse in ('matched', 'full', 'away', 'ineligible')`))
    .addColumn('choice', integer, (c) => c.notNull().defaultTo(1))
    .addColumn('looking_since', text)
    .addColumn('nudges', integer, (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('requests_one_pending')
    .unique()
    .on('requests')
    .columns(['guild_id', 'mentee_id'])
    .where(sql.ref('state'), '=', sql.lit('pending'))
    .execute();
  await db.schema
    .createIndex('requests_one_live_per_pair')
    .unique()
    .on('requests')
    .columns(['guild_id', 'mentee_id', 'mentor_id'])
    .where(sql.ref('state'), 'in', [sql.lit('queued'), sql.lit('pending')])
    .execute();
  await db.schema
    .createIndex('requests_by_mentor')
    .on('requests')
    .columns(['guild_id', 'mentor_id', 'state'])
    .execute();
  await db.schema
    .createIndex('requests_by_mentee')
    .on('requests')
    .columns(['guild_id', 'mentee_id', 'created_at'])
    .execute();
  await db.schema
    .createIndex('requests_expiring')
    .on('requests')
    .column('expires_at')
    .where(sql.ref('state'), '=', sql.lit('pending'))
    .execute();
  await db.schema
    .createIndex('requests_closed')
    .on('requests')
    .column('decided_at')
    .where(sql.ref('decided_at'), 'is not', null)
    .execute();

  await create('mentorships')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('mentor_id', text, (c) => c.notNull())
    .addColumn('mentee_id', text, (c) => c.notNull())
    .addColumn('request_id', text)
    .addColumn('state', text, (c) => c.notNull().check(sql`state in ('active', 'paused', 'completed', 'ended')`))
    .addColumn('started_at', text, (c) => c.notNull())
    .addColumn('due_at', text, (c) => c.notNull())
    .addColumn('ended_at', text)
    .addColumn('end_reason', text)
    .addColumn('ended_by', text, (c) => c.check(sql`ended_by in ('mentor', 'mentee', 'bot')`))
    .addColumn('thread_id', text)
    .execute();
  await db.schema
    .createIndex('mentorships_one_per_mentee')
    .unique()
    .on('mentorships')
    .columns(['guild_id', 'mentee_id'])
    .where(sql.ref('state'), 'in', [sql.lit('active'), sql.lit('paused')])
    .execute();
  await db.schema
    .createIndex('mentorships_by_mentor')
    .on('mentorships')
    .columns(['guild_id', 'mentor_id', 'state'])
    .execute();
  await db.schema
    .createIndex('mentorships_by_mentee')
    .on('mentorships')
    .columns(['guild_id', 'mentee_id', 'end_reason'])
    .execute();

  await create('waitlist')
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('mentee_id', text, (c) => c.notNull())
    .addColumn('joined_at', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('waitlist_pk', ['guild_id', 'mentee_id'])
    .execute();

  await create('blocks')
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('member_id', text, (c) => c.notNull())
    .addColumn('blocked_id', text, (c) => c.notNull())
    .addColumn('created_at', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('blocks_pk', ['guild_id', 'member_id', 'blocked_id'])
    .execute();
  await db.schema.createIndex('blocks_by_blocked').on('blocks').columns(['guild_id', 'blocked_id']).execute();

  await create('suspensions')
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('user_id', text, (c) => c.notNull())
    .addColumn('suspended_at', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('suspensions_pk', ['guild_id', 'user_id'])
    .execute();

  await create('notices')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('user_id', text)
    .addColumn('subject_id', text)
    .addColumn('detail', text)
    .addColumn('dedupe_key', text, (c) => c.unique())
    .addColumn('state', text, (c) =>
      c.notNull().check(sql`state in ('owed', 'delivered', 'undeliverable', 'read', 'void')`),
    )
    .addColumn('revision', integer, (c) => c.notNull().defaultTo(1))
    .addColumn('delivered_revision', integer)
    .addColumn('attempts', integer, (c) => c.notNull().defaultTo(0))
    .addColumn('due_at', text, (c) => c.notNull())
    .addColumn('claimed_until', text)
    .addColumn('unsure_since', text)
    .addColumn('channel_id', text)
    .addColumn('message_id', text)
    .addColumn('delivered_at', text)
    .addColumn('problem', text)
    .addColumn('created_at', text, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('notices_owed')
    .on('notices')
    .columns(['due_at', 'id'])
    .where(sql.ref('state'), '=', sql.lit('owed'))
    .execute();
  await db.schema.createIndex('notices_by_user').on('notices').columns(['guild_id', 'user_id', 'state']).execute();
  await db.schema.createIndex('notices_by_subject').on('notices').column('subject_id').execute();
  await db.schema
    .createIndex('notices_spent_roles')
    .on('notices')
    .columns(['guild_id', 'user_id'])
    .where(sql.ref('kind'), '=', sql.lit('member-roles'))
    .where(sql.ref('state'), '<>', sql.lit('owed'))
    .execute();
  await db.schema.createIndex('notices_by_age').on('notices').column('created_at').execute();
}
