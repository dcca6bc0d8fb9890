import { type Kysely, sql } from 'kysely';

/** Keeps what was ordered for many members until it is carried out, and finds whose turn it is among guilds that wait. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('orders')
    .modifyEnd(sql`strict`)
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('roles', 'reviews')`))
    .addColumn('after_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('orders_key', ['guild_id', 'kind'])
    .execute();
  await db.schema.createIndex('profiles_by_id').on('profiles').columns(['guild_id', 'id']).execute();
  // To how many people a round has written: each gets a moment of their own, whoever goes on with publishing.
  await db.schema
    .alterTable('rounds')
    .addColumn('written', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('notices_by_turn')
    .on('notices')
    .columns(['mass', 'guild_id', 'due_at', 'id'])
    .where(sql.ref('state'), '=', sql.lit('owed'))
    .execute();
  await db.schema
    .createIndex('notices_in_hand')
    .on('notices')
    .columns(['mass', 'claimed_until'])
    .where(sql<boolean>`state = 'owed' and claimed_until is not null`)
    .execute();
}
