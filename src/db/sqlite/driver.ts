/**
 * How Kysely's statements reach SQLite: one connection, one after the other. SQLite holds up the whole program while it
 * waits for a lock, so it hardly waits here, and what is locked is tried again beside everything else.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type SqliteDatabase from 'better-sqlite3';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { writesNotices } from '../statements.ts';
import { StorageTrouble, type Trouble } from '../trouble.ts';

/** How long SQLite itself waits for a lock. Nobody else is answered meanwhile. */
export const busyTimeoutMs = 10;

/** How long a statement is tried again while another program has the lock: Discord waits three seconds for an answer. */
const longestWaitMs = 2_000;

/** How long once somebody has waited in vain: one act stores more than once, and its waits add up. */
const laterWaitMs = 500;

/** Between two tries. */
const tryAgainMs = 20;

/** Checks on the database's files that the driver makes before a write. */
export interface Watch {
  /** Whether they are still those that were opened. */
  isThere: () => boolean;
  /** Whether what they hold was put there by a restore since. Asked while nobody else can write. */
  isRestored: () => boolean;
  /** Saves what was stored in files that are no longer there. */
  rescue: () => void;
}

export class PatientDriver implements Driver {
  readonly #sqlite: SqliteDatabase.Database;
  readonly #watch: Watch;
  readonly #onLost: (trouble: StorageTrouble) => void;
  readonly #statements = new Map<string, SqliteDatabase.Statement>();
  #lost: StorageTrouble | undefined;
  #turn: Promise<void> = Promise.resolve();
  #isErased = false;
  #isLocked = false;
  #noticeChanges = 0;

  /** @param onLost called once when nothing can be stored any more until the bot is started again. */
  constructor(sqlite: SqliteDatabase.Database, watch: Watch, onLost: (trouble: StorageTrouble) => void) {
    this.#sqlite = sqlite;
    this.#watch = watch;
    this.#onLost = onLost;
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    // The wait counts from here: whoever stood in line has waited already.
    const until = performance.now() + (this.#isLocked ? laterWaitMs : longestWaitMs);
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    await before;
    return new Connection(this, until, resolve);
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as Connection).release();
    return Promise.resolve();
  }

  /**
   * Immediately: a transaction that reads first and writes later fails at once when another process has written in
   * between, however long one would wait.
   */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const own = connection as Connection;
    await this.#patiently(own.until, () => this.#statement('begin immediate').run());
    this.#isLocked = false;
    try {
      this.#refuseWhatIsLost();
    } catch (error) {
      this.#rollback();
      throw error;
    }
    own.isInTransaction = true;
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    this.#refuseEndedTransaction();
    await this.#patiently((connection as Connection).until, () => this.#statement('commit').run());
    (connection as Connection).isInTransaction = false;
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    (connection as Connection).isInTransaction = false;
    this.#rollback();
    return Promise.resolve();
  }

  /** Without closing what is damaged: that would write what waits in the log into it. */
  destroy(): Promise<void> {
    if (this.#lost?.what === 'gone') this.#watch.rescue();
    if (this.#lost?.what !== 'damaged') this.#sqlite.close();
    return Promise.resolve();
  }

  /** Whether rows were deleted since this was last asked. */
  takeErased(): boolean {
    const isErased = this.#isErased;
    this.#isErased = false;
    return isErased;
  }

  /** How often a notice was written or changed, or may have been. */
  countNoticeChanges(): number {
    return this.#noticeChanges;
  }

  async run<Row>(connection: Connection, { sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    if (connection.isInTransaction) this.#refuseEndedTransaction();
    const result = await this.#patiently(connection.until, () => {
      const statement = this.#statement(sql);
      if (!connection.isInTransaction && !statement.readonly) this.#refuseWhatIsLost();
      if (!statement.readonly && writesNotices(sql)) this.#noticeChanges += 1;
      if (statement.reader) return { rows: statement.all(parameters) as Row[] };
      const { changes, lastInsertRowid } = statement.run(parameters);
      this.#isLocked = false;
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    });
    // A list that is empty may be of what was deleted, too: rather once too often.
    if (query.kind === 'DeleteQueryNode' && result.numAffectedRows !== 0n) this.#isErased = true;
    return result;
  }

  async *stream<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    for (const row of this.#statement(sql).iterate(parameters)) yield { rows: [row as Row] };
  }

  /** Kysely prepares a statement for every query; the bot runs a few dozen different ones, so they are kept. */
  #statement(sql: string): SqliteDatabase.Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#sqlite.prepare(sql);
      if (this.#statements.size >= 500) this.#statements.clear();
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** Tries until nobody else has the lock, and says in its own words what has nothing to do with the statement. */
  async #patiently<T>(until: number, work: () => T): Promise<T> {
    for (;;) {
      if (this.#lost?.what === 'damaged') throw this.#lost;
      try {
        return work();
      } catch (error) {
        const what = troubleOf(error);
        if (what === undefined) throw error;
        if (what === 'damaged') throw this.#lose(new StorageTrouble(what, error));
        const left = until - performance.now();
        if (what === 'busy' && left <= 0) this.#isLocked = true;
        if (what !== 'busy' || left <= 0) throw new StorageTrouble(what, error);
        await delay(Math.min(tryAgainMs, left));
      }
    }
  }

  #refuseWhatIsLost(): void {
    if (this.#lost) throw this.#lost;
    if (!this.#watch.isThere()) throw this.#lose(new StorageTrouble('gone'));
    if (this.#watch.isRestored()) throw this.#lose(new StorageTrouble('restored'));
  }

  /**
   * A full disk ends a transaction on the spot. What came after would be stored by itself, half of what belongs
   * together.
   */
  #refuseEndedTransaction(): void {
    if (!this.#sqlite.inTransaction) throw new StorageTrouble('failing');
  }

  #rollback(): void {
    // One that SQLite has ended by itself cannot be rolled back, and saying so would hide why it ended.
    if (this.#sqlite.inTransaction) this.#statement('rollback').run();
  }

  #lose(trouble: StorageTrouble): StorageTrouble {
    if (!this.#lost) {
      this.#lost = trouble;
      this.#onLost(trouble);
    }
    return this.#lost;
  }
}

class Connection implements DatabaseConnection {
  readonly until: number;
  readonly release: () => void;
  readonly #driver: PatientDriver;
  isInTransaction = false;

  constructor(driver: PatientDriver, until: number, release: () => void) {
    this.#driver = driver;
    this.until = until;
    this.release = release;
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#driver.run<Row>(this, query);
  }

  streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    return this.#driver.stream<Row>(query);
  }
}

/** Translates SQLite errors about the disk or the file; undefined for errors in the statement. */
export function troubleOf(error: unknown): Trouble | undefined {
  const code = String((error as { code?: unknown } | undefined)?.code);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'busy';
  if (/^SQLITE_(FULL|IOERR_SHMSIZE)$/.test(code)) return 'full';
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'damaged';
  if (/^SQLITE_(IOERR|CANTOPEN|READONLY|PROTOCOL)/.test(code)) return 'failing';
  return undefined;
}
