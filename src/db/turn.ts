import { sql } from 'kysely';
import { type Db, isPostgres, type Trx } from './open.ts';

/**
 * Takes a guild's turn, as the first statement of its transaction. On SQLite `begin immediate` has let this transaction
 * in alone already, so there is nothing left to take. On PostgreSQL it is a lock that ends with the transaction.
 */
export async function takeTurn(trx: Trx, guildId: string): Promise<void> {
  if (isPostgres(trx)) await sql`select pg_advisory_xact_lock(hashtextextended(${guildId}, 0))`.execute(trx);
}

/** The last of those who wait for a guild's turn, by database and guild. */
const lines = new WeakMap<Db, Map<string, Promise<unknown>>>();

/**
 * Lets what one process does for a guild wait before it takes a connection, not while it holds one: otherwise a busy
 * guild would have all of them, and nobody else an answer. SQLite has one connection, and its own line.
 */
export async function waitInLine<T>(db: Db, guildId: string, work: () => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return await work();
  const ofGuild = lines.get(db) ?? new Map<string, Promise<unknown>>();
  lines.set(db, ofGuild);
  const mine = (ofGuild.get(guildId) ?? Promise.resolve()).then(work, work);
  ofGuild.set(guildId, mine);
  try {
    return await mine;
  } finally {
    if (ofGuild.get(guildId) === mine) ofGuild.delete(guildId);
  }
}
