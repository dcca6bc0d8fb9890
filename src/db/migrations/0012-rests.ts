import { type Kysely, sql } from 'kysely';

/** Lets a mentorship rest for a reason and be ended by a moderator, and knows who waits although nobody is eligible. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // A check can only be changed with its table.
  await db.schema.dropIndex('mentorships_one_per_mentee').execute();
  await db.schema.dropIndex('mentorships_by_mentor').execute();
  await db.schema.dropIndex('mentorships_by_mentee').execute();
  await db.schema.alterTable('mentorships').renameTo('mentorships_before').execute();
  await db.schema
    .createTable('mentorships')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('mentor_id', 'text', (c) => c.notNull())
    .addColumn('mentee_id', 'text', (c) => c.notNull())
    .addColumn('request_id', 'text')
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('active', 'paused', 'completed', 'ended')`))
    .addColumn('started_at', 'text', (c) => c.notNull())
    .addColumn('due_at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('end_reason', 'text')
    .addColumn('ended_by', 'text', (c) => c.check(sql`ended_by in ('mentor', 'mentee', 'moderator', 'bot')`))
    .addColumn('thread_id', 'text')
    .execute();
  await sql`insert into mentorships (id, guild_id, mentor_id, mentee_id, request_id, state, started_at, due_at, ended_at,
    end_reason, ended_by, thread_id) select id, guild_id, mentor_id, mentee_id, request_id, state, started_at, due_at,
    ended_at, end_reason, ended_by, thread_id from mentorships_before`.execute(db);
  await db.schema.dropTable('mentorships_before').execute();
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
  await db.schema
    .createIndex('mentorships_live')
    .on('mentorships')
    .columns(['guild_id', 'started_at', 'id'])
    .where(sql.ref('state'), 'in', [sql.lit('active'), sql.lit('paused')])
    .execute();

  await db.schema
    .createTable('rests')
    .modifyEnd(sql`strict`)
    .addColumn('mentorship_id', 'text', (c) => c.notNull().references('mentorships.id').onDelete('cascade'))
    .addColumn('cause', 'text', (c) => c.notNull().check(sql`cause in ('own', 'away', 'review', 'case')`))
    .addColumn('by', 'text', (c) => c.notNull().check(sql`"by" in ('mentor', 'mentee', 'moderator', 'bot')`))
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('until', 'text')
    .addPrimaryKeyConstraint('rests_key', ['mentorship_id', 'cause', 'by'])
    .execute();
  await db.schema
    .createIndex('rests_until')
    .on('rests')
    .column('until')
    .where(sql<boolean>`until is not null`)
    .execute();

  await db.schema
    .createIndex('notices_spent_exits')
    .on('notices')
    .columns(['guild_id', 'user_id'])
    .where(sql<boolean>`kind = 'thread-exit' and state <> 'owed'`)
    .execute();

  await db.schema.alterTable('waitlist').addColumn('looked_at', 'text').execute();
  await db.schema.alterTable('waitlist').addColumn('nobody_since', 'text').execute();
  await db.schema.alterTable('waitlist').addColumn('told_at', 'text').execute();
  await db.schema.createIndex('waitlist_by_look').on('waitlist').column('looked_at').execute();
}
