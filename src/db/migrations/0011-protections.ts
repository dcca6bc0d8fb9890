import { type Kysely, sql } from 'kysely';

/**
 * What protects people outlives the data of those whom it holds back, as keyed hashes and for a stated time; and what
 * somebody may do only so often is counted beside their data.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('protection_keys')
    .addColumn('only', 'integer', (c) => c.primaryKey().check(sql`only = 1`))
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();
}
