/**
 * How Kysely's statements reach PostgreSQL: a few connections, and no state in any of them (no session locks, named
 * statements or LISTEN), so that a pooler may stand in between.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { Pool, type PoolClient, type QueryResult as Answer, types } from 'pg';
import { tableIn, writesNotices } from '../statements.ts';
import { StorageTrouble, type Trouble } from '../trouble.ts';

/** Connections of one process. A guild takes one at a time, since its acts wait for each other. */
const connectionsAtMost = 10;
/** How long a statement waits for a database that is away: Discord waits three seconds for an answer. */
const longestWaitMs = 2_000;
/** Between two tries. */
const tryAgainMs = 50;
/** How long a connection may take to be made. */
const connectTimeoutMs = 2_000;
/** A connection that is silent for so long is dead. */
const silentMs = 30_000;

/**
 * A turn, or a row, that somebody else holds for longer is given up on; whoever holds one and does nothing (a process
 * that hangs) loses it.
 */
const begin = "begin; set local lock_timeout = '5s'; set local idle_in_transaction_session_timeout = '20s'";

/** int8 and numeric come from `count` and `sum`; every number of ours fits. */
const numbers = new Set<number>([types.builtins.INT8, types.builtins.NUMERIC]);

const parsers = {
  getTypeParser: ((oid: number, format?: 'text') =>
    numbers.has(oid) ? Number : (types.getTypeParser(oid, format) as unknown)) as typeof types.getTypeParser,
};

export class PostgresDriver implements Driver {
  readonly #pool: Pool;
  /** Those who wait for a connection to come free, first come first served. */
  readonly #waiting: (() => void)[] = [];
  #inUse = 0;
  /** Tables from which rows were deleted since this was last asked. */
  #erased = new Set<string>();
  #noticeChanges = 0;

  /** @param connectionString an address that `readAddress` has read. */
  constructor(connectionString: string) {
    this.#pool = new Pool({
      connectionString,
      types: parsers,
      max: connectionsAtMost,
      connectionTimeoutMillis: connectTimeoutMs,
      query_timeout: silentMs,
      keepAlive: true,
      // What need not wait for an answer is sent at once: the first statement of a transaction goes with its beginning.
      pipeline: true,
      application_name: 'preceptor',
    });
    // A connection that breaks while nobody uses it: the pool makes another.
    this.#pool.on('error', () => undefined);
    // One that breaks while somebody does: their statement fails. Unheard, this would end the program.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#inUse < connectionsAtMost) this.#inUse += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return new Connection(await this.#connect(), (statement, isDeletion) => {
        if (writesNotices(statement)) this.#noticeChanges += 1;
        if (isDeletion) this.#erased.add(tableIn(statement));
      });
    } catch (error) {
      this.#passOn();
      throw error;
    }
  }

  /** Tries for a while: a database that starts again is away for a moment. The wait counts from here. */
  async #connect(): Promise<PoolClient> {
    const until = performance.now() + longestWaitMs;
    for (;;) {
      try {
        return await this.#pool.connect();
      } catch (error) {
        const what = troubleOf(error);
        if (what === undefined) throw error;
        const left = until - performance.now();
        if (left <= 0) throw new StorageTrouble(what, error);
        await delay(Math.min(tryAgainMs, left));
      }
    }
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as Connection).release();
    this.#passOn();
    return Promise.resolve();
  }

  /** Lets whoever waits longest have the place that came free. */
  #passOn(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#inUse -= 1;
  }

  beginTransaction(connection: DatabaseConnection): Promise<void> {
    (connection as Connection).begin();
    return Promise.resolve();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const result = await (connection as Connection).control('commit');
    // So ends one in which a statement failed and somebody went on all the same.
    if (result.command === 'ROLLBACK') throw new Error('a transaction went on after one of its statements failed');
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as Connection).rollback();
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }

  /** How often a notice was written or changed, or may have been. */
  countNoticeChanges(): number {
    return this.#noticeChanges;
  }

  /** Tables from which rows were deleted since this was last asked. */
  takeErased(): readonly string[] {
    const erased = [...this.#erased];
    this.#erased = new Set();
    return erased;
  }
}

class Connection implements DatabaseConnection {
  readonly #client: PoolClient;
  readonly #noteChange: (statement: string, isDeletion: boolean) => void;
  /** It does not answer as it should; nobody else gets it. */
  #isBroken = false;
  /** The answer to the beginning of its transaction, until the first statement has waited for it. */
  #begun: Promise<unknown> | undefined;

  /** @param noteChange called for every statement that changes something, and told whether it has deleted rows. */
  constructor(client: PoolClient, noteChange: (statement: string, isDeletion: boolean) => void) {
    this.#client = client;
    this.#noteChange = noteChange;
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    const asked = this.#ask(() => this.#client.query(sql, parameters as unknown[]));
    const [{ command, rowCount, rows }] = await Promise.all([asked, this.#begun]);
    this.#begun = undefined;
    const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
    if (changes) this.#noteChange(sql, query.kind === 'DeleteQueryNode' && rowCount !== 0);
    return {
      rows: rows as Row[],
      ...(changes && { numAffectedRows: BigInt(rowCount ?? 0) }),
    };
  }

  // eslint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('nothing is streamed from PostgreSQL');
  }

  /** Begins a transaction; its first statement is sent without waiting for the answer to this, and fails if this does. */
  begin(): void {
    this.#begun = this.control(begin);
    this.#begun.catch(() => undefined);
  }

  async control(statement: string): Promise<Answer> {
    return await this.#ask(() => this.#client.query(statement));
  }

  /** Takes everything back; a connection that cannot do so is closed, which comes to the same. */
  async rollback(): Promise<void> {
    if (this.#isBroken) return;
    try {
      await this.#client.query('rollback');
    } catch {
      this.#isBroken = true;
    }
  }

  release(): void {
    this.#client.release(this.#isBroken);
  }

  async #ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const what = troubleOf(error);
      if (what === 'away') this.#isBroken = true;
      throw what === undefined ? error : new StorageTrouble(what, error);
    }
  }
}

/** What the driver says without a code when a connection was lost, or did not come about in time. */
const lost =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout expired|timeout exceeded)/;

/** Codes of the system's when a machine cannot be reached. */
const unreachable =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|EPIPE|ENOENT)$/;

/**
 * Translates errors about the database itself; undefined for errors in a statement, or in who asks.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function troubleOf(error: unknown): Trouble | undefined {
  const { code, message = '' } = error as { code?: unknown; message?: string };
  if (typeof code !== 'string') return lost.test(message) ? 'away' : undefined;
  if (unreachable.test(code)) return 'away';
  // A connection lost; shut down, crashed, starting; too many connections.
  if (/^(08...|57P0[1235]|53300)$/.test(code)) return 'away';
  if (code === '53100') return 'full';
  // Locked for too long; two who waited for each other; not serializable.
  if (/^(55P03|40P01|40001|57014|25P03)$/.test(code)) return 'busy';
  if (/^(58...|XX00[12]|25006|53...)$/.test(code)) return 'failing';
  return undefined;
}
