import { type Kysely, sql } from 'kysely';

/** Open co-working in the study channel, and who is in it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name).modifyEnd(sql`strict`);
  await table('focus_rooms')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('starter_id', 'text')
    .addColumn('minutes', 'integer', (c) => c.notNull().check(sql`minutes in (25, 50, 90)`))
    .addColumn('rounds', 'integer', (c) => c.notNull().check(sql`rounds between 1 and 6`))
    .addColumn('started_at', 'text', (c) => c.notNull())
    .addColumn('phase', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('phase_until', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .execute();
  await db.schema
    .createIndex('focus_rooms_open')
    .on('focus_rooms')
    .column('phase_until')
    .where(sql<boolean>`ended_at is null`)
    .execute();
  await db.schema
    .createIndex('focus_rooms_guild')
    .on('focus_rooms')
    .column('guild_id')
    .where(sql<boolean>`ended_at is null`)
    .execute();
  await db.schema
    .createIndex('focus_rooms_ended')
    .on('focus_rooms')
    .column('ended_at')
    .where(sql<boolean>`ended_at is not null`)
    .execute();
  await table('focus_people')
    .addColumn('room_id', 'text', (c) => c.notNull().references('focus_rooms.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('joined_at', 'text', (c) => c.notNull())
    .addColumn('line', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('done', 'text', (c) => c.check(sql`done in ('done', 'partly', 'not')`))
    .addPrimaryKeyConstraint('focus_people_key', ['room_id', 'user_id'])
    .execute();
  await db.schema.createIndex('focus_people_person').on('focus_people').columns(['guild_id', 'user_id']).execute();
}
