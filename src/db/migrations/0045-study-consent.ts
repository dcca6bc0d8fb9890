import { type Kysely, sql } from 'kysely';

/** What groups decide by majority, who is asked to look after one, and who would like to join it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const groups = () => db.schema.alterTable('study_groups');
  await groups().addColumn('owner_asked_id', 'text').execute();
  await groups().addColumn('owner_asked_at', 'text').execute();
  await groups()
    .addColumn('by_application', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`by_application in (0, 1)`),
    )
    .execute();
  const table = (name: string) => db.schema.createTable(name).modifyEnd(sql`strict`);
  await table('group_polls')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('group_id', 'text', (c) => c.notNull().references('study_groups.id').onDelete('cascade'))
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull().check(sql`what in ('close', 'rest', 'merge')`))
    .addColumn('weeks', 'integer')
    .addColumn('with_id', 'text')
    .addColumn('by_id', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('ends_at', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.check(sql`outcome in ('yes', 'no', 'void')`))
    .execute();
  await db.schema
    .createIndex('group_polls_once')
    .unique()
    .on('group_polls')
    .columns(['group_id', 'what'])
    .where(sql<boolean>`outcome is null`)
    .execute();
  await db.schema
    .createIndex('group_polls_open')
    .on('group_polls')
    .column('ends_at')
    .where(sql<boolean>`outcome is null`)
    .execute();
  await db.schema.createIndex('group_polls_group').on('group_polls').column('group_id').execute();
  await table('poll_votes')
    .addColumn('poll_id', 'text', (c) => c.notNull().references('group_polls.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('says', 'integer', (c) => c.notNull().check(sql`says in (0, 1)`))
    .addPrimaryKeyConstraint('poll_votes_key', ['poll_id', 'user_id'])
    .execute();
  await db.schema.createIndex('poll_votes_person').on('poll_votes').columns(['guild_id', 'user_id']).execute();
  await table('group_applications')
    .addColumn('group_id', 'text', (c) => c.notNull().references('study_groups.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('asked', 'listed')`))
    .addColumn('line', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('until', 'text')
    .addPrimaryKeyConstraint('group_applications_key', ['group_id', 'user_id'])
    .execute();
  await db.schema
    .createIndex('group_applications_person')
    .on('group_applications')
    .columns(['guild_id', 'user_id'])
    .execute();
  await db.schema
    .createIndex('group_applications_until')
    .on('group_applications')
    .column('until')
    .where(sql<boolean>`until is not null`)
    .execute();
}
