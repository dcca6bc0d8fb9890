import { type CreateTableBuilder, type Kysely, sql } from 'kysely';

const text = 'text' as const;

/** What keeps those who wait from being forgotten; and a thread is one pair's, now that its name no longer says whose. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('mentorships_by_thread')
    .unique()
    .on('mentorships')
    .column('thread_id')
    .where(sql.ref('thread_id'), 'is not', null)
    .execute();

  const create = (name: string): CreateTableBuilder<string, 'guild_id'> =>
    db.schema
      .createTable(name)
      .modifyEnd(sql`strict`)
      .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'));

  await create('kept_turns')
    .addColumn('mentee_id', text, (c) => c.notNull())
    .addColumn('looking_since', text, (c) => c.notNull())
    .addColumn('since', text, (c) => c.notNull())
    .addColumn('until', text)
    .addColumn('returns', 'integer', (c) => c.notNull().check(sql`returns in (0, 1)`))
    .addPrimaryKeyConstraint('kept_turns_key', ['guild_id', 'mentee_id'])
    .execute();
  await db.schema
    .createIndex('kept_turns_over')
    .on('kept_turns')
    .column('until')
    .where(sql.ref('until'), 'is not', null)
    .execute();

  await create('openings')
    .addColumn('mentor_id', text, (c) => c.notNull())
    .addColumn('due_at', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('openings_key', ['guild_id', 'mentor_id'])
    .execute();
  await db.schema.createIndex('openings_due').on('openings').column('due_at').execute();

  await create('offers')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('mentor_id', text, (c) => c.notNull())
    .addColumn('mentee_id', text, (c) => c.notNull())
    .addColumn('state', text, (c) => c.notNull().check(sql`state in ('open', 'passed', 'over')`))
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('until', text, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('offers_one_open')
    .unique()
    .on('offers')
    .columns(['guild_id', 'mentee_id'])
    .where(sql.ref('state'), '=', sql.lit('open'))
    .execute();
  await db.schema.createIndex('offers_by_mentee').on('offers').columns(['guild_id', 'mentee_id']).execute();
  await db.schema.createIndex('offers_by_mentor').on('offers').columns(['guild_id', 'mentor_id']).execute();
  await db.schema.createIndex('offers_by_age').on('offers').column('created_at').execute();

  await create('waiting_reports')
    .addColumn('due_at', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('waiting_reports_key', ['guild_id'])
    .execute();
  await db.schema.createIndex('waiting_reports_due').on('waiting_reports').column('due_at').execute();
  // Long due: the first heartbeat plans each guild's next Monday.
  await sql`insert into waiting_reports (guild_id, due_at) select id, '1970-01-01T00:00:00.000Z' from guilds`.execute(
    db,
  );
  await db.schema
    .createIndex('waitlist_by_turn')
    .on('waitlist')
    .columns(['guild_id', 'joined_at', 'mentee_id'])
    .execute();

  // A mentor's answer that rests for a minute.
  for (const column of ['answer', 'answer_due_at', 'answer_choice', 'answer_note'])
    await db.schema.alterTable('requests').addColumn(column, text).execute();
  await db.schema
    .createIndex('requests_answers')
    .on('requests')
    .column('answer_due_at')
    .where(sql.ref('answer_due_at'), 'is not', null)
    .execute();

  await create('round_plans')
    .addColumn('weekday', 'integer', (c) => c.notNull().check(sql`weekday between 1 and 7`))
    .addColumn('minute', 'integer', (c) => c.notNull().check(sql`minute between 0 and 1439`))
    .addColumn('weeks', 'integer', (c) => c.notNull())
    .addColumn('publishes', text, (c) => c.notNull().check(sql`publishes in ('press', 'itself')`))
    .addColumn('floor', 'integer')
    .addColumn('set_by', text, (c) => c.notNull())
    .addColumn('set_at', text, (c) => c.notNull())
    .addColumn('next_at', text)
    .addPrimaryKeyConstraint('round_plans_key', ['guild_id'])
    .execute();
  await db.schema
    .createIndex('round_plans_due')
    .on('round_plans')
    .column('next_at')
    .where(sql.ref('next_at'), 'is not', null)
    .execute();
  // How far the schedule has brought a round, and when it is published by itself.
  await db.schema.alterTable('rounds').addColumn('planned', text).execute();
  await db.schema.alterTable('rounds').addColumn('publish_at', text).execute();
  await db.schema
    .createIndex('rounds_planned')
    .on('rounds')
    .columns(['state', 'planned'])
    .where(sql.ref('planned'), 'is not', null)
    .execute();
}
