import { sql } from 'kysely';
import { type Db, isPostgres, type Trx } from './open.ts';

/**
 * Takes a guild's turn, as the first statement of its transaction. On SQLite `begin immediate` has let this transaction
 * in alone already, so there is nothing left to take. On PostgreSQL it is a lock that ends with the transaction.
 */
export async function takeTurn(trx: Trx, guildId: string): Promise<void> {
  if (isPostgres(trx)) await sql`select pg_advisory_xact_lock(hashtextextended(${guildId}, 0))`.execute(trx);
}

/** The last of those who wait in each line, by database. */
const lines = new WeakMap<Db, Map<string, Promise<unknown>>>();

/**
 * Lets what one process does for a guild wait before it takes a connection, not while it holds one: otherwise a busy
 * guild would have all of them, and nobody else an answer. SQLite has one connection, and its own line.
 * @param line a guild's id, or whatever else is to be worked on one after the other.
 */
export async function waitInLine<T>(db: Db, line: string, work: () => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return await work();
  const ofDatabase = lines.get(db) ?? new Map<string, Promise<unknown>>();
  lines.set(db, ofDatabase);
  const mine = (ofDatabase.get(line) ?? Promise.resolve()).then(work, work);
  ofDatabase.set(line, mine);
  try {
    return await mine;
  } finally {
    if (ofDatabase.get(line) === mine) ofDatabase.delete(line);
  }
}
