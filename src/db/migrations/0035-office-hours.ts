import { type Kysely, sql } from 'kysely';

/** Office hours of mentors: occasions for everybody, who has a place or waits for one, and questions beforehand. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name).modifyEnd(sql`strict`);
  await table('office_hours')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('mentor_id', 'text', (c) => c.notNull())
    .addColumn('topic', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text')
    .addColumn('places', 'integer', (c) => c.notNull().check(sql`places between 3 and 20`))
    .addColumn('minutes', 'integer', (c) => c.notNull().check(sql`minutes between 30 and 90`))
    .addColumn('starts_at', 'text', (c) => c.notNull())
    .addColumn('ends_at', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) =>
      c
        .notNull()
        .defaultTo('planned')
        .check(sql`state in ('planned', 'held', 'called-off')`),
    )
    .addColumn('off_why', 'text', (c) => c.check(sql`off_why in ('mentor', 'staff', 'gone', 'standing', 'channel')`))
    .addColumn('moves', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('step', 'text', (c) => c.check(sql`step in ('day', 'hour', 'open', 'begin', 'end')`))
    .addColumn('step_at', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('closed_at', 'text')
    .execute();
  await db.schema
    .createIndex('office_hours_due')
    .on('office_hours')
    .column('step_at')
    .where(sql<boolean>`state = 'planned'`)
    .execute();
  await db.schema
    .createIndex('office_hours_guild')
    .on('office_hours')
    .columns(['guild_id', 'starts_at'])
    .where(sql<boolean>`state = 'planned'`)
    .execute();
  await db.schema
    .createIndex('office_hours_mentor')
    .on('office_hours')
    .columns(['guild_id', 'mentor_id', 'created_at'])
    .execute();
  await db.schema
    .createIndex('office_hours_closed')
    .on('office_hours')
    .column('closed_at')
    .where(sql<boolean>`closed_at is not null`)
    .execute();
  await db.schema
    .createIndex('office_hours_held')
    .on('office_hours')
    .columns(['guild_id', 'ends_at'])
    .where(sql<boolean>`state = 'held'`)
    .execute();
  await table('office_people')
    .addColumn('hour_id', 'text', (c) => c.notNull().references('office_hours.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('in', 'waiting')`))
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('here_at', 'text')
    .addPrimaryKeyConstraint('office_people_key', ['hour_id', 'user_id'])
    .execute();
  await db.schema.createIndex('office_people_person').on('office_people').columns(['guild_id', 'user_id']).execute();
  await table('office_questions')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('hour_id', 'text', (c) => c.notNull().references('office_hours.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('named', 'integer', (c) => c.notNull().check(sql`named in (0, 1)`))
    .addColumn('asked_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('office_questions_one', ['hour_id', 'user_id'])
    .execute();
  await db.schema
    .createIndex('office_questions_person')
    .on('office_questions')
    .columns(['guild_id', 'user_id'])
    .execute();
}
