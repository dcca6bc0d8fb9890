import { type CreateTableBuilder, type Kysely, sql } from 'kysely';

const strict = sql`strict`;

const text = 'text' as const;
const integer = 'integer' as const;

/** Matching rounds: what a round is to match, what came out of it, and what moderators wished; weights of a guild. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const create = (name: string): CreateTableBuilder<string> => db.schema.createTable(name).modifyEnd(strict);

  await db.schema.alterTable('guilds').addColumn('weights', text).execute();
  await db.schema.alterTable('requests').addColumn('round_id', text).execute();
  await db.schema
    .createIndex('requests_by_round')
    .on('requests')
    .columns(['round_id', 'state'])
    .where(sql.ref('round_id'), 'is not', null)
    .execute();

  await create('rounds')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('state', text, (c) =>
      c.notNull().check(sql`state in ('computing', 'preview', 'published', 'discarded', 'cancelled', 'failed')`),
    )
    .addColumn('floor', integer, (c) => c.notNull().check(sql`floor between 0 and 10000`))
    .addColumn('created_by', text, (c) => c.notNull())
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('run', integer, (c) => c.notNull().defaultTo(1))
    .addColumn('progress', text)
    .addColumn('beat_at', text)
    .addColumn('computed_at', text)
    .addColumn('figures', text)
    .addColumn('outcome', text)
    .addColumn('closed_at', text)
    .addColumn('closed_by', text)
    .execute();
  await db.schema
    .createIndex('rounds_one_open')
    .unique()
    .on('rounds')
    .column('guild_id')
    .where(sql.ref('state'), 'in', [sql.lit('computing'), sql.lit('preview')])
    .execute();
  await db.schema
    .createIndex('rounds_computing')
    .on('rounds')
    .column('beat_at')
    .where(sql.ref('state'), '=', sql.lit('computing'))
    .execute();
  await db.schema
    .createIndex('rounds_closed')
    .on('rounds')
    .column('closed_at')
    .where(sql.ref('closed_at'), 'is not', null)
    .execute();
  await db.schema.createIndex('rounds_by_guild').on('rounds').columns(['guild_id', 'created_at']).execute();

  await create('round_pairs')
    .addColumn('round_id', text, (c) => c.notNull().references('rounds.id').onDelete('cascade'))
    .addColumn('guild_id', text, (c) => c.notNull())
    .addColumn('mentee_id', text, (c) => c.notNull())
    .addColumn('mentor_id', text, (c) => c.notNull())
    .addColumn('fit', integer, (c) => c.notNull())
    .addColumn('pinned', integer, (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`pinned in (0, 1)`),
    )
    .addColumn('reasons', text, (c) => c.notNull())
    .addColumn('request_id', text)
    .addColumn('skipped', text)
    .addPrimaryKeyConstraint('round_pairs_pk', ['round_id', 'mentee_id'])
    .execute();
  await db.schema.createIndex('round_pairs_by_mentee').on('round_pairs').columns(['guild_id', 'mentee_id']).execute();
  await db.schema.createIndex('round_pairs_by_mentor').on('round_pairs').columns(['guild_id', 'mentor_id']).execute();

  await create('round_left')
    .addColumn('round_id', text, (c) => c.notNull().references('rounds.id').onDelete('cascade'))
    .addColumn('guild_id', text, (c) => c.notNull())
    .addColumn('mentee_id', text, (c) => c.notNull())
    .addColumn('why', text, (c) => c.notNull())
    .addColumn('detail', text, (c) => c.notNull().defaultTo('{}'))
    .addPrimaryKeyConstraint('round_left_pk', ['round_id', 'mentee_id'])
    .execute();
  await db.schema.createIndex('round_left_by_mentee').on('round_left').columns(['guild_id', 'mentee_id']).execute();

  await create('round_wishes')
    .addColumn('round_id', text, (c) => c.notNull().references('rounds.id').onDelete('cascade'))
    .addColumn('guild_id', text, (c) => c.notNull())
    .addColumn('mentee_id', text, (c) => c.notNull())
    .addColumn('mentor_id', text, (c) => c.notNull())
    .addColumn('kind', text, (c) => c.notNull().check(sql`kind in ('pinned', 'forbidden')`))
    .addColumn('created_by', text, (c) => c.notNull())
    .addColumn('created_at', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('round_wishes_pk', ['round_id', 'mentee_id', 'mentor_id'])
    .execute();
  await db.schema
    .createIndex('round_wishes_one_pin')
    .unique()
    .on('round_wishes')
    .columns(['round_id', 'mentee_id'])
    .where(sql.ref('kind'), '=', sql.lit('pinned'))
    .execute();
  await db.schema.createIndex('round_wishes_by_mentee').on('round_wishes').columns(['guild_id', 'mentee_id']).execute();
  await db.schema.createIndex('round_wishes_by_mentor').on('round_wishes').columns(['guild_id', 'mentor_id']).execute();
}
