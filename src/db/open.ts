import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations/index.ts';
import type { Schema } from './schema.ts';

/** The database or a transaction in it: query functions take either, so the same one works inside and outside. */
export type Db = Kysely<Schema> | Transaction<Schema>;
export type Trx = Transaction<Schema>;

/** How long a statement waits for another process' write before it fails. */
const busyTimeoutMs = 5_000;

/**
 * Opens the SQLite database, creating its folder and file when absent, and brings its tables up to date.
 * @param file a path, or `:memory:`.
 * @throws when a migration fails: the program must not run on half a schema.
 */
export async function openDatabase(file: string): Promise<Kysely<Schema>> {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const sqlite = new SqliteDatabase(file, { timeout: busyTimeoutMs });
  sqlite.pragma('journal_mode = WAL');
  // FULL, not the usual NORMAL: a promise made to a person must survive a power cut too.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: withStatementCache(sqlite) }) });
  await migrate(db);
  return db;
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

async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('a migration failed', { cause: error });
}
