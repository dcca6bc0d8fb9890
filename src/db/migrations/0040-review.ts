import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Keeps what moderators of a guild have looked at again, and what they put off. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('fact_checks')
    .modifyEnd(sql`strict`)
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('fact', 'text', (c) => c.notNull())
    .addColumn('checked', 'text', (c) => c.notNull())
    .addColumn('review_by', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('fact_checks_key', ['guild_id', 'fact'])
    .execute();

  await db.schema
    .createTable('put_offs')
    .modifyEnd(sql`strict`)
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('matter', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('times', 'integer', (c) => c.notNull())
    .addColumn('until', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('put_offs_key', ['guild_id', 'matter', 'user_id'])
    .execute();
  await db.schema.createIndex('put_offs_age').on('put_offs').column('until').execute();
}
