import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../src/db/open.ts';
import { onPostgres } from './postgres/database.ts';

/** Lets the database refuse to change some rows of a table, as a full disk would. @param which of `new`, for example. */
export async function refuseUpdates(db: Db, table: string, which: RawBuilder<unknown>): Promise<void> {
  const before = sql`before update on ${sql.table(table)}`;
  if (onPostgres) {
    await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'full'; end $$`.execute(db);
    await sql`create trigger refused ${before} for each row when (${which}) execute function refuse()`.execute(db);
  } else await sql`create trigger refused ${before} when ${which} begin select raise(abort, 'full'); end`.execute(db);
}

/** Takes that back. */
export async function acceptUpdates(db: Db): Promise<void> {
  await (onPostgres ? sql`drop function refuse cascade` : sql`drop trigger refused`).execute(db);
}
