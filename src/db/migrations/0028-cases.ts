import { type Kysely, sql } from 'kysely';

/** Keeps what members report to the moderators, who may read it, and what was done. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('guilds').addColumn('safety_role_id', 'text').execute();
  await db.schema
    .alterTable('guilds')
    .addColumn('case_days', 'integer', (c) => c.notNull().defaultTo(180))
    .execute();

  await db.schema
    .createTable('cases')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('reported_id', 'text')
    .addColumn('category', 'text', (c) => c.notNull())
    .addColumn('urgent', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('assignee_id', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('taken_at', 'text')
    .addColumn('due_at', 'text')
    .addColumn('reminders', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('closed_at', 'text')
    .addColumn('outcome', 'text')
    .execute();
  await db.schema.createIndex('cases_by_state').on('cases').columns(['guild_id', 'state', 'created_at']).execute();
  await db.schema.createIndex('cases_about').on('cases').columns(['guild_id', 'reported_id']).execute();
  await db.schema
    .createIndex('cases_due')
    .on('cases')
    .column('due_at')
    .where(sql<boolean>`due_at is not null`)
    .execute();
  await db.schema
    .createIndex('cases_taken')
    .on('cases')
    .columns(['state', 'id'])
    .where(sql<boolean>`state in ('taken', 'waiting')`)
    .execute();
  await db.schema
    .createIndex('cases_to_forget')
    .on('cases')
    .column('closed_at')
    .where(sql<boolean>`closed_at is not null and reported_id is not null`)
    .execute();

  await db.schema
    .createTable('case_statements')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id').onDelete('cascade'))
    .addColumn('place', 'integer', (c) => c.notNull())
    .addColumn('reporter_id', 'text')
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('today', 'integer', (c) => c.notNull())
    .addColumn('may_name', 'integer', (c) => c.notNull())
    .addColumn('snapshot', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('withdrawn_at', 'text')
    .execute();
  await db.schema.createIndex('case_statements_of').on('case_statements').columns(['case_id', 'place']).execute();
  await db.schema
    .createIndex('case_statements_by')
    .on('case_statements')
    .columns(['guild_id', 'reporter_id', 'created_at'])
    .execute();

  await db.schema
    .createTable('case_excluded')
    .modifyEnd(sql`strict`)
    .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id').onDelete('cascade'))
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('case_excluded_key', ['case_id', 'user_id'])
    .execute();

  await db.schema
    .createTable('case_entries')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id').onDelete('cascade'))
    .addColumn('place', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text')
    .addColumn('statement_id', 'text')
    .addColumn('words', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('case_entries_by')
    .on('case_entries')
    .columns(['guild_id', 'by_id'])
    .where(sql<boolean>`by_id is not null`)
    .execute();
  await db.schema.createIndex('case_entries_of').on('case_entries').columns(['case_id', 'place']).execute();

  await db.schema
    .createTable('case_drafts')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('reporter_id', 'text', (c) => c.notNull())
    .addColumn('reported_id', 'text', (c) => c.notNull())
    .addColumn('snapshot', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('case_drafts_old').on('case_drafts').column('created_at').execute();
}
