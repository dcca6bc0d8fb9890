import { randomUUID } from 'node:crypto';
import { chmodSync, linkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import {
  type BinaryOperationNode,
  type JoinNode,
  Kysely,
  sql,
  SqliteAdapter,
  SqliteDialect,
  SqliteQueryCompiler,
  type Transaction,
} from 'kysely';
import { DEFAULT_MIGRATION_LOCK_TABLE, DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration';
import { emptyListAs } from './empty-lists.ts';
import { migrations } from './migrations/index.ts';
import { ServerAdapter } from './postgres/adapter.ts';
import { isPostgresAddress, nameOfDatabase } from './postgres/address.ts';
import type { PostgresDriver } from './postgres/driver.ts';
import type { Schema } from './schema.ts';
import { busyTimeoutMs, PatientDriver, troubleOf, type Watch } from './sqlite/driver.ts';
import { countStart, inspectFiles, readHeader, watchFiles, withoutTables } from './sqlite/files.ts';
import { findDamage, rewriteFile } from './sqlite/thread.ts';
import { createTimer } from './timing.ts';
import { DatabaseRefused, StorageTrouble } from './trouble.ts';

/** The database or a transaction in it: query functions take either, so the same one works inside and outside. */
export type Db = Kysely<Schema> | Transaction<Schema>;
export type Trx = Transaction<Schema>;

/** The database knows migrations that this program does not: it was last opened by a newer one. */
class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';
  constructor(database: string, migration: string) {
    super(
      `the database ${nameOfDatabase(database)} was last used by a newer version (it has ${migration}). Start that version again, or restore the copy from before the upgrade.`,
    );
  }
}

/** SQLite can take back changes of tables; Kysely does not count on it, and would leave half a migration behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
  /** There is one, and the driver hands it out in turn. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/**
 * Joins run in the order in which they are written. SQLite would choose by averages, and in one large guild among small
 * ones go through a million profiles for each page of two hundred. https://www.sqlite.org/optoverview.html#crossjoin
 */
class OrderedCompiler extends SqliteQueryCompiler {
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const known = emptyListAs(node);
    if (known === undefined) super.visitBinaryOperation(node);
    else this.append(known);
  }
  protected override visitJoin(node: JoinNode): void {
    super.visitJoin(node.joinType === 'InnerJoin' ? { ...node, joinType: 'CrossJoin' } : node);
  }
}

class Dialect extends SqliteDialect {
  readonly #driver: PatientDriver;
  constructor(database: SqliteDatabase.Database, driver: PatientDriver) {
    super({ database });
    this.#driver = driver;
  }
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
  override createDriver(): PatientDriver {
    return this.#driver;
  }
  override createQueryCompiler(): SqliteQueryCompiler {
    return new OrderedCompiler();
  }
}

/** Facts about an open database beside its tables. */
type Store = FileStore | ServerStore;

interface FileStore {
  readonly file: string;
  readonly driver: PatientDriver;
  readonly isThere: () => boolean;
  /** Somebody's data was deleted, and the file was not written anew since. */
  isStained: boolean;
}

interface ServerStore {
  readonly driver: PostgresDriver;
  /** Somebody's data was deleted, and its tables were not tidied since. */
  isStained: boolean;
}

const stores = new WeakMap<Db, Store>();

/** The store of an open SQLite database; undefined for a transaction, and on PostgreSQL. */
function fileStoreOf(db: Db): FileStore | undefined {
  const store = stores.get(db);
  return store && 'file' in store ? store : undefined;
}

/** Whether this database, or the one of this transaction, is PostgreSQL; otherwise it is SQLite. */
export function isPostgres(db: Db): boolean {
  return db.getExecutor().adapter instanceof ServerAdapter;
}

/** A path that is no file. */
const inMemory = ':memory:';

/**
 * Opens the database and brings its tables up to date. A SQLite file and its folder are created when absent.
 * @param database a path, `:memory:`, the bytes of a SQLite file to go on with in memory, or the address of a PostgreSQL
 *   database.
 * @param onLost called when nothing can be stored any more until the program has opened it again.
 * @throws DatabaseRefused when beginning with the files as they are would lose what they hold; DatabaseTooNew when a
 *   newer version has used it; StorageTrouble for the disk; whatever a migration throws. Nothing has changed then.
 */
export async function openDatabase(
  database: string | Buffer,
  onLost: (trouble: StorageTrouble) => void = () => undefined,
): Promise<Kysely<Schema>> {
  if (typeof database !== 'string') return await openFile(inMemory, onLost, database);
  if (isPostgresAddress(database)) {
    // Whoever does not need the driver does not wait for it.
    const { openPostgres } = await import('./postgres/open.ts');
    const { db, driver } = await openPostgres(database, (trx) => migrate(trx, database));
    stores.set(db, { driver, isStained: false });
    return db;
  }
  const file = database;
  if (file === inMemory) return await openFile(file, onLost);
  const left = inspectFiles(file);
  if (!left.exists) await createFile(file);
  else if (left.isUnclean) await refuseDamage(file);
  return await openFile(file, onLost);
}

/** @throws StorageTrouble where a file that nobody closed is damaged. Nothing is written before this is known. */
async function refuseDamage(file: string): Promise<void> {
  try {
    if ((await findDamage(file)).length > 0) throw new StorageTrouble('damaged');
  } catch (error) {
    const what = troubleOf(error);
    // Another program has it: it looked when it began.
    if (what === 'busy') return;
    throw what === undefined ? error : new StorageTrouble(what, error);
  }
}

/** Makes a database under another name, and gives it its own when it is whole: half a database is never found. */
async function createFile(file: string): Promise<void> {
  const draft = `${file}-new-${randomUUID()}`;
  try {
    const db = await openFile(draft, () => undefined);
    await db.destroy();
    // Closing empties the log into the file, and says nothing when the disk is too full for that.
    if ((statSync(`${draft}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) throw new StorageTrouble('full');
    chmodSync(draft, 0o600);
    try {
      linkSync(draft, file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Some disks have no links. Where another process was quicker, its file is as good.
      if (code !== 'EEXIST' && statSync(file, { throwIfNoEntry: false }) === undefined) renameSync(draft, file);
    }
  } finally {
    for (const each of ['', '-wal', '-shm', '-mark']) rmSync(`${draft}${each}`, { force: true });
  }
}

async function openFile(
  file: string,
  onLost: (trouble: StorageTrouble) => void,
  content?: Buffer,
): Promise<Kysely<Schema>> {
  const isNew = file === inMemory || statSync(file, { throwIfNoEntry: false }) === undefined;
  const sqlite = new SqliteDatabase(content ?? file, { timeout: busyTimeoutMs });
  try {
    if (!isNew && !hasTables(sqlite)) throw new DatabaseRefused(withoutTables(file));
    sqlite.pragma('journal_mode = WAL');
    // Overwrites deleted data instead of only unlinking it.
    sqlite.pragma('secure_delete = ON');
    // FULL, not the usual NORMAL: a promise made to a person must survive a power cut too.
    sqlite.pragma(`synchronous = ${isNew ? 'NORMAL' : 'FULL'}`);
    sqlite.pragma('foreign_keys = ON');
    // Otherwise what is sorted may lie in a shared folder for a while.
    sqlite.pragma('temp_store = MEMORY');
  } catch (error) {
    sqlite.close();
    throw explain(error);
  }
  const watch: Watch = { isThere: () => true, isRestored: () => false, rescue: () => undefined };
  const driver = new PatientDriver(sqlite, watch, onLost);
  const timer = createTimer();
  const db = new Kysely<Schema>({ dialect: new Dialect(sqlite, driver), log: timer.log });
  timer.keepFor(db);
  try {
    await migrate(db, file);
    if (!isNew) {
      countStart(sqlite, file);
      const header = sqlite.prepare('pragma user_version').pluck();
      const restoresNow = () => readHeader(header.get() as number).restores;
      const restores = restoresNow();
      watch.isThere = watchFiles(file);
      watch.isRestored = () => restoresNow() !== restores;
      watch.rescue = () => rescue(sqlite, file);
    }
  } catch (error) {
    await db.destroy();
    throw explain(error);
  }
  stores.set(db, { file, driver, isThere: watch.isThere, isStained: false });
  return db;
}

/** A file removed from its path still exists for whoever has it open, and for nobody else. */
function rescue(sqlite: SqliteDatabase.Database, file: string): void {
  const copy = `${file}-rescued-${new Date().toISOString().replaceAll(':', '-')}`;
  try {
    writeFileSync(copy, '', { flag: 'wx', mode: 0o600 });
    sqlite.prepare('vacuum into ?').run(copy);
  } catch {
    // The folder is gone as well, or the disk: there is nowhere to put it.
  }
}

/** In words for an operator, where it is about the disk or the file. */
function explain(error: unknown): unknown {
  const what = troubleOf(error);
  const isOurs = what === 'busy' || what === 'full' || what === 'damaged';
  return isOurs && (error as { code?: string }).code !== 'SQLITE_NOTADB' ? new StorageTrouble(what, error) : error;
}

function hasTables(sqlite: SqliteDatabase.Database): boolean {
  return sqlite.prepare('select 1 from sqlite_master where name = ?').get(DEFAULT_MIGRATION_TABLE) !== undefined;
}

/**
 * How often this process has written or changed a notice since it opened the database: where the count is as before,
 * nothing is owed by its own doing that was not owed before. What was rolled back counts, too.
 */
export function countNoticeChanges(db: Db): number {
  return stores.get(db)?.driver.countNoticeChanges() ?? 0;
}

/** Whether the files of a database are still those that were opened. */
export function areFilesThere(db: Db): boolean {
  return fileStoreOf(db)?.isThere() ?? true;
}

/** Stores something and changes nothing: the only way to know that things can be stored. @throws StorageTrouble. */
export async function tryWrite(db: Db): Promise<void> {
  await sql`update ${sql.table(DEFAULT_MIGRATION_LOCK_TABLE)} set is_locked = is_locked`.execute(db);
}

/**
 * Overwrites what was deleted in the file's write-ahead log too. Where another process is reading just then it stays
 * there until the log is next written over, as usual: nobody is kept waiting for it.
 */
export async function overwriteDeleted(db: Db): Promise<void> {
  if (isPostgres(db)) return;
  await db.connection().execute(async (connection) => {
    await sql`pragma busy_timeout = 0`.execute(connection);
    await sql`pragma wal_checkpoint(truncate)`.execute(connection);
    await sql`pragma busy_timeout = ${sql.lit(busyTimeoutMs)}`.execute(connection);
  });
}

/** Somebody's data was deleted: their traces are to be overwritten wherever SQLite has moved them. */
export async function overwritePerson(db: Db): Promise<void> {
  const store = stores.get(db);
  if (store) store.isStained = true;
  await overwriteDeleted(db);
}

/** Writing a file of this size anew would keep writers waiting for longer than they wait. */
const largestRewritten = 100 * 1024 * 1024;

/**
 * Overwrites what was deleted since this was last done, in the log, and after somebody's deletion in the whole file. On
 * PostgreSQL the tables are vacuumed then; its own log and backups expire by the operator's time.
 * @returns false where the file is too large for that.
 */
export async function overwriteErased(db: Db): Promise<boolean> {
  const store = stores.get(db);
  if (store && !('file' in store)) {
    await vacuumErased(db, store);
    return true;
  }
  if (!store || store.file === inMemory || !store.isThere()) return true;
  if (store.driver.takeErased()) await overwriteDeleted(db);
  if (!store.isStained) return true;
  if (statSync(store.file).size > largestRewritten) return false;
  await rewriteFile(store.file);
  store.isStained = false;
  return true;
}

async function vacuumErased(db: Db, store: ServerStore): Promise<void> {
  if (!store.isStained) return;
  store.isStained = false;
  for (const table of store.driver.takeErased()) await sql`vacuum ${sql.table(table)}`.execute(db);
}

async function migrate(db: Kysely<Schema>, database: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const unknown = await findUnknownMigration(db);
  if (unknown !== undefined) throw new DatabaseTooNew(database, unknown);
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
