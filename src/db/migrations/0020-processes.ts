import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import { ServerAdapter } from '../postgres/adapter.ts';

/** What several processes on one PostgreSQL tell each other: nothing of it outlives them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isServer = db.getExecutor().adapter instanceof ServerAdapter;
  const create = (name: string): CreateTableBuilder<string> => db.schema.createTable(name).modifyEnd(sql`strict`);
  const milliseconds = isServer ? 'double precision' : 'real';
  await create('handled')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('handled_by_age').on('handled').column('at').execute();
  await create('pace')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('next', milliseconds, (c) => c.notNull())
    .execute();
  await create('identifies')
    .addColumn('key', 'integer', (c) => c.primaryKey())
    .addColumn('next', milliseconds, (c) => c.notNull())
    .execute();
  await create('processes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('shard_count', 'integer', (c) => c.notNull())
    .addColumn('shards', 'text', (c) => c.notNull())
    .addColumn('started_at', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'text', (c) => c.notNull())
    .execute();
  if (!isServer) return;
  // Whatever a crash of the server takes of these is made anew, so they need no log.
  for (const table of ['handled', 'pace', 'identifies']) await sql`alter table ${sql.table(table)} set unlogged`.execute(db); // prettier-ignore
}
