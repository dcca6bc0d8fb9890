import { type Kysely, sql } from 'kysely';

/** Keeps formations as they were shown, while they are published, and what came of them; and when the weekly run is due. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('guilds')
    .addColumn('forms_weekly', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`forms_weekly in (0, 1)`),
    )
    .execute();
  await db.schema.alterTable('guilds').addColumn('forming_at', 'text').execute();
  await db.schema
    .createIndex('guilds_forming')
    .on('guilds')
    .column('forming_at')
    .where(sql<boolean>`forming_at is not null`)
    .execute();
  await db.schema.alterTable('group_members').addColumn('reminded_at', 'text').execute();
  await db.schema
    .createTable('formations')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('state', 'text', (c) =>
      c.notNull().check(sql`state in ('preview', 'publishing', 'published', 'discarded', 'skipped')`),
    )
    .addColumn('by_itself', 'integer', (c) => c.notNull().check(sql`by_itself in (0, 1)`))
    .addColumn('run', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('seed', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('figures', 'text')
    .addColumn('closed_at', 'text')
    .addColumn('outcome', 'text')
    .addColumn('answers_at', 'text')
    .addColumn('answers', 'text')
    .execute();
  // A guild has one at a time that is looked at or published.
  await db.schema
    .createIndex('formations_open')
    .unique()
    .on('formations')
    .column('guild_id')
    .where(sql<boolean>`state in ('preview', 'publishing')`)
    .execute();
  await db.schema.createIndex('formations_of').on('formations').columns(['guild_id', 'created_at']).execute();
  await db.schema
    .createIndex('formations_publishing')
    .on('formations')
    .column('created_at')
    .where(sql<boolean>`state = 'publishing'`)
    .execute();
  await db.schema
    .createIndex('formations_answers')
    .on('formations')
    .column('answers_at')
    .where(sql<boolean>`answers_at is not null`)
    .execute();
  await db.schema
    .createIndex('formations_previews')
    .on('formations')
    .column('created_at')
    .where(sql<boolean>`state = 'preview'`)
    .execute();
  await db.schema.createIndex('formations_age').on('formations').column('closed_at').execute();
  await db.schema
    .createTable('formation_groups')
    .modifyEnd(sql`strict`)
    .addColumn('formation_id', 'text', (c) => c.notNull().references('formations.id').onDelete('cascade'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('proposed', 'offered', 'dropped')`))
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('exam', 'circle')`))
    .addColumn('topic', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('languages', 'text', (c) => c.notNull())
    .addColumn('spread', 'integer', (c) => c.notNull())
    .addColumn('has_enough_days', 'integer', (c) => c.notNull().check(sql`has_enough_days in (0, 1)`))
    .addColumn('is_fair', 'integer', (c) => c.notNull().check(sql`is_fair in (0, 1)`))
    .addColumn('group_id', 'text')
    .addPrimaryKeyConstraint('formation_groups_key', ['formation_id', 'number'])
    .execute();
  await db.schema
    .createTable('formation_people')
    .modifyEnd(sql`strict`)
    .addColumn('formation_id', 'text', (c) => c.notNull().references('formations.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('topic', 'text', (c) => c.notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('number', 'integer')
    .addColumn('waiting', 'integer', (c) => c.notNull())
    .addColumn('changes', 'text', (c) => c.notNull().defaultTo('[]'))
    .addColumn('fell_away', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`fell_away in (0, 1)`),
    )
    .addColumn('told', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`told in (0, 1)`),
    )
    .addPrimaryKeyConstraint('formation_people_key', ['formation_id', 'user_id', 'topic'])
    .execute();
  await db.schema
    .createIndex('formation_people_number')
    .on('formation_people')
    .columns(['formation_id', 'number'])
    .execute();
  await db.schema
    .createIndex('formation_people_person')
    .on('formation_people')
    .columns(['guild_id', 'user_id'])
    .execute();
}
