/** Opens a PostgreSQL database, and says in words why one cannot be used. */
import {
  type BinaryOperationNode,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  Kysely,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryCompiler,
  sql,
} from 'kysely';
import { emptyListAs } from '../empty-lists.ts';
import type { Schema } from '../schema.ts';
import { DatabaseRefused, StorageTrouble } from '../trouble.ts';
import { ServerAdapter } from './adapter.ts';
import { nameOfDatabase, readAddress } from './address.ts';
import { createTimer } from '../timing.ts';
import { PostgresDriver } from './driver.ts';
import { PortableTables } from './tables.ts';

class Compiler extends PostgresQueryCompiler {
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const known = emptyListAs(node);
    if (known === undefined) super.visitBinaryOperation(node);
    else this.append(known);
  }
}

class PostgresDialect implements Dialect {
  readonly #driver: PostgresDriver;
  constructor(driver: PostgresDriver) {
    this.#driver = driver;
  }
  createAdapter(): DialectAdapter {
    return new ServerAdapter();
  }
  createDriver(): PostgresDriver {
    return this.#driver;
  }
  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new PostgresIntrospector(db);
  }
  createQueryCompiler(): QueryCompiler {
    return new Compiler();
  }
}

/** PostgreSQL 14 is the oldest that is still looked after. https://www.postgresql.org/support/versioning/ */
const oldestVersion = 14;

/** Any number that nobody else uses: whoever has it migrates, and others wait. */
const migrationLock = 3_853_314_791_062_309_107n;

/**
 * Opens a PostgreSQL database and brings its tables up to date, all or nothing, one process after the other.
 * @throws DatabaseRefused in words when it cannot be used as it is; StorageTrouble when it is away.
 */
export async function openPostgres(
  address: string,
  migrate: (trx: Kysely<Schema>) => Promise<void>,
): Promise<{ db: Kysely<Schema>; driver: PostgresDriver }> {
  const driver = new PostgresDriver(readAddress(address));
  const timer = createTimer();
  const db = new Kysely<Schema>({ dialect: new PostgresDialect(driver), log: timer.log });
  timer.keepFor(db);
  try {
    await examine(db, address);
    await db.transaction().execute(async (trx) => {
      // Another process may be at it, for as long as that takes.
      await sql`set local lock_timeout = 0`.execute(trx);
      await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(trx);
      await migrate(trx.withPlugin(new PortableTables()));
    });
    return { db, driver };
  } catch (error) {
    await db.destroy();
    throw explain(error, address);
  }
}

async function examine(db: Kysely<Schema>, address: string): Promise<void> {
  const { rows } = await sql<{ version: number; encoding: string }>`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`.execute(
    db,
  );
  const [{ version, encoding } = { version: 0, encoding: '' }] = rows;
  const major = Math.floor(version / 10_000);
  if (major < oldestVersion) {
    throw new DatabaseRefused(
      `${nameOfDatabase(address)} is PostgreSQL ${major}; Preceptor needs ${oldestVersion} or newer.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new DatabaseRefused(
      `The database ${nameOfDatabase(address)} is encoded as ${encoding}. Make one with: create database preceptor encoding 'UTF8' template template0`,
    );
  }
}

/** What an operator has to do about what PostgreSQL refuses, by its code. */
const refusals: Readonly<Record<string, string>> = {
  '28P01': 'does not accept this user and password. Check DATABASE_URL',
  '28000': 'does not let this user in from here. Check DATABASE_URL, and pg_hba.conf on the server',
  '3D000': 'is not there. Make it (create database …), or check the name at the end of DATABASE_URL',
  '42501':
    'does not let this user make tables. Let it own the database (alter database … owner to …), or grant it: grant create on schema public to …',
  '3F000': 'has no schema in which this user may make tables. Make one: create schema public',
  '25006': 'may only be read: it is a copy of another. Name the one that is written to in DATABASE_URL',
};

/** Certificates that are refused, whatever is wrong with them. */
const certificate = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)_|DEPTH_ZERO/;

function explain(error: unknown, address: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = String((error as { code?: unknown }).code);
  const name = nameOfDatabase(address);
  if (refusals[code] !== undefined) return new DatabaseRefused(`The database ${name} ${refusals[code]} (${code}).`);
  if (certificate.test(code)) {
    return new DatabaseRefused(
      `The certificate of ${name} is not to be trusted (${code}). Name the one that signed it with &sslrootcert=/path/ca.pem in DATABASE_URL.`,
    );
  }
  if (error.message === 'The server does not support SSL connections') {
    return new DatabaseRefused(
      `${name} offers no encryption. Switch ssl on at the server, or write sslmode=disable into DATABASE_URL where nobody else can listen.`,
    );
  }
  if (error instanceof StorageTrouble && error.what === 'away') {
    const says = `the database ${name} cannot be reached (${code}): see whether it runs, and whether DATABASE_URL is right`;
    return new StorageTrouble('away', error.cause, says);
  }
  return error;
}
