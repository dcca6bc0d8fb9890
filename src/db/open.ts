import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, sql, SqliteAdapter, SqliteDialect, type Transaction } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration';
import { migrations } from './migrations/index.ts';
import type { Schema } from './schema.ts';

/** The database or a transaction in it: query functions take either, so the same one works inside and outside. */
export type Db = Kysely<Schema> | Transaction<Schema>;
export type Trx = Transaction<Schema>;

/** How long a statement waits for another process' write before it fails. */
const busyTimeoutMs = 5_000;

/** The database knows migrations that this program does not: it was last opened by a newer one. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';
  constructor(file: string, migration: string) {
    super(
      `the database ${file} was last used by a newer version (it has ${migration}). Start that version again, or restore the copy from before the upgrade.`,
    );
  }
}

/** SQLite can take back changes of tables; Kysely does not count on it, and would leave half a migration behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class Dialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/**
 * Opens the SQLite database, creating its folder and file when absent, and brings its tables up to date.
 * @param file a path, or `:memory:`.
 * @throws DatabaseTooNew when a newer version has used it; whatever a migration throws: then nothing has changed.
 */
export async function openDatabase(file: string): Promise<Kysely<Schema>> {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const sqlite = new SqliteDatabase(file, { timeout: busyTimeoutMs });
  sqlite.pragma('journal_mode = WAL');
  // What people delete is overwritten, not just unlinked.
  sqlite.pragma('secure_delete = ON');
  // FULL, not the usual NORMAL: a promise made to a person must survive a power cut too.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  const db = new Kysely<Schema>({ dialect: new Dialect({ database: withStatementCache(sqlite) }) });
  try {
    await migrate(db, file);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

/**
 * Overwrites what was deleted in the file's write-ahead log too. Where another process is reading just then it stays
 * there until the log is next written over, as usual: nobody is kept waiting for it.
 */
export async function overwriteDeleted(db: Db): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`pragma busy_timeout = 0`.execute(connection);
    await sql`pragma wal_checkpoint(truncate)`.execute(connection);
    await sql`pragma busy_timeout = ${sql.lit(busyTimeoutMs)}`.execute(connection);
  });
}

/**
 * Kysely prepares a statement for every query; the bot runs a few dozen different ones, so they are kept.
 * Transactions begin immediately: a deferred one that reads first and writes later fails at once with SQLITE_BUSY
 * when another process has written in between, whatever the busy timeout.
 */
function withStatementCache(sqlite: SqliteDatabase.Database) {
  const statements = new Map<string, SqliteDatabase.Statement>();
  return {
    prepare(sql: string) {
      let statement = statements.get(sql);
      if (!statement) {
        statement = sqlite.prepare(sql === 'begin' ? 'begin immediate' : sql);
        if (statements.size >= 500) statements.clear();
        statements.set(sql, statement);
      }
      return statement as SqliteDatabase.Statement & { all(parameters: readonly unknown[]): unknown[] };
    },
    close: () => sqlite.close(),
  };
}

async function migrate(db: Kysely<Schema>, file: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const unknown = await findUnknownMigration(db);
  if (unknown !== undefined) throw new DatabaseTooNew(file, unknown);
  const { error } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('a migration failed', { cause: error });
}

/** A migration that the database has and this program does not know. */
async function findUnknownMigration(db: Kysely<Schema>): Promise<string | undefined> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === DEFAULT_MIGRATION_TABLE)) return undefined;
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  return rows.find(({ name }) => !(name in migrations))?.name;
}
