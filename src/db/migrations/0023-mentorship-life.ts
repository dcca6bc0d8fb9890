import { type Kysely, sql } from 'kysely';

/** What a mentorship lives by: meetings, questions that are asked, goals, and a word at the end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const addToMentorships = (name: string) => db.schema.alterTable('mentorships').addColumn(name, 'text').execute();
  await db.schema
    .alterTable('mentorships')
    .addColumn('pace', 'text', (c) =>
      c
        .notNull()
        .defaultTo('two-weeks')
        .check(sql`pace in ('weekly', 'two-weeks', 'monthly', 'when-needed')`),
    )
    .execute();
  await addToMentorships('quiet_until');
  await addToMentorships('woke_at');
  await addToMentorships('done_by');
  await addToMentorships('done_at');
  await addToMentorships('look_at');
  await db.schema
    .createIndex('mentorships_ended')
    .on('mentorships')
    .column('ended_at')
    .where(sql<boolean>`ended_at is not null`)
    .execute();
  await db.schema
    .createIndex('mentorships_to_look_after')
    .on('mentorships')
    .columns(['look_at', 'id'])
    .where(sql.ref('state'), 'in', [sql.lit('active'), sql.lit('paused')])
    .execute();

  await db.schema
    .createTable('meetings')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('mentorship_id', 'text', (c) => c.notNull().references('mentorships.id').onDelete('cascade'))
    .addColumn('state', 'text', (c) =>
      c.notNull().check(sql`state in ('proposed', 'agreed', 'held', 'missed', 'called-off')`),
    )
    .addColumn('proposed_by', 'text', (c) => c.notNull().check(sql`proposed_by in ('mentor', 'mentee', 'bot')`))
    .addColumn('proposed_at', 'text', (c) => c.notNull())
    .addColumn('minutes', 'integer', (c) => c.notNull())
    .addColumn('options', 'text')
    .addColumn('starts_at', 'text')
    .addColumn('ends_at', 'text')
    .addColumn('agreed_at', 'text')
    .addColumn('place', 'text')
    .addColumn('series_id', 'text', (c) => c.notNull())
    .addColumn('sequence', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('mentor_says', 'text', (c) => c.check(sql`mentor_says in ('held', 'moved', 'missed')`))
    .addColumn('mentee_says', 'text', (c) => c.check(sql`mentee_says in ('held', 'moved', 'missed')`))
    .addColumn('said_at', 'text')
    .addColumn('line', 'text')
    .addColumn('line_by', 'text', (c) => c.check(sql`line_by in ('mentor', 'mentee')`))
    .addColumn('closed_at', 'text')
    .execute();
  await db.schema
    .createIndex('meetings_one_open')
    .unique()
    .on('meetings')
    .column('mentorship_id')
    .where(sql.ref('state'), 'in', [sql.lit('proposed'), sql.lit('agreed')])
    .execute();
  await db.schema
    .createIndex('meetings_by_mentorship')
    .on('meetings')
    .columns(['mentorship_id', 'proposed_at'])
    .execute();
  await db.schema
    .createIndex('meetings_with_place')
    .on('meetings')
    .column('ends_at')
    .where(sql<boolean>`place is not null`)
    .execute();

  await db.schema
    .createTable('reminder_wishes')
    .modifyEnd(sql`strict`)
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('off_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('reminder_wishes_key', ['guild_id', 'user_id'])
    .execute();

  await db.schema
    .createTable('check_ins')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('mentorship_id', 'text', (c) => c.notNull().references('mentorships.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('asked_at', 'text', (c) => c.notNull())
    .addColumn('answer', 'text')
    .addColumn('answered_at', 'text')
    .addColumn('until', 'text')
    .addColumn('line', 'text')
    .execute();
  await db.schema
    .createIndex('check_ins_by_mentorship')
    .on('check_ins')
    .columns(['mentorship_id', 'asked_at'])
    .execute();
  await db.schema
    .createIndex('check_ins_answered')
    .on('check_ins')
    .column('asked_at')
    .where(sql<boolean>`answered_at is not null`)
    .execute();
  await db.schema
    .createIndex('check_ins_unanswered')
    .on('check_ins')
    .column('asked_at')
    .where(sql<boolean>`answered_at is null`)
    .execute();

  await db.schema
    .createTable('goals')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('mentorship_id', 'text', (c) => c.notNull().references('mentorships.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('due_on', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('open', 'reached', 'dropped', 'changed')`))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('closed_at', 'text')
    .execute();
  await db.schema.createIndex('goals_by_mentorship').on('goals').columns(['mentorship_id', 'created_at']).execute();

  await db.schema
    .createTable('closings')
    .modifyEnd(sql`strict`)
    .addColumn('mentorship_id', 'text', (c) => c.notNull().references('mentorships.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('different', 'text', (c) => c.notNull())
    .addColumn('goals', 'text', (c) => c.notNull().check(sql`goals in ('all', 'some', 'none', 'changed')`))
    .addColumn('went', 'text', (c) => c.notNull().check(sql`went in ('good', 'fair', 'poor')`))
    .addColumn('word', 'text', (c) => c.notNull())
    .addColumn('to_id', 'text', (c) => c.notNull())
    .addColumn('filled_at', 'text', (c) => c.notNull())
    .addColumn('due_at', 'text')
    .addColumn('kept_at', 'text')
    .addPrimaryKeyConstraint('closings_key', ['mentorship_id', 'user_id'])
    .execute();
  await db.schema
    .createIndex('closings_due')
    .on('closings')
    .column('due_at')
    .where(sql<boolean>`due_at is not null`)
    .execute();
  await db.schema.createIndex('closings_kept').on('closings').columns(['guild_id', 'to_id', 'kept_at']).execute();
  await db.schema.createIndex('closings_by_age').on('closings').column('filled_at').execute();
}
