/** What several processes on one PostgreSQL tell each other. On SQLite there is one, and nothing of this is stored. */
import { sql } from 'kysely';
import type { Instant } from '../time.ts';
import { type Db, isPostgres } from './open.ts';
import type { Shards } from './shards.ts';

/**
 * Takes an interaction, of which Discord tells every connection of the same shard: while one process is replaced by
 * another there are two.
 * @returns false when another has it.
 */
export async function takeInteraction(db: Db, id: string, at: Instant): Promise<boolean> {
  if (!isPostgres(db)) return true;
  const taken = await db
    .insertInto('handled')
    .values({ id, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return taken.numInsertedOrUpdatedRows === 1n;
}

/** Forgets interactions from before this moment. Returns how many. */
export async function deleteHandled(db: Db, before: Instant, limit: number): Promise<number> {
  const old = db.selectFrom('handled').select('id').where('at', '<=', before).orderBy('at').limit(limit);
  const result = await db.deleteFrom('handled').where('id', 'in', old).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Milliseconds since 1970 by the clock of the database, which is the same for all. */
const databaseMs = sql`(extract(epoch from clock_timestamp()) * 1000)`;

/**
 * Takes places in the line of requests to Discord, behind all that others have taken.
 * @param slackMs how much of the time that nobody used is made up for.
 * @returns in how many milliseconds the first of them is; the others follow by `intervalMs` each.
 */
export async function takePlaces(db: Db, places: number, intervalMs: number, slackMs: number): Promise<number> {
  const length = places * intervalMs;
  const { rows } = await sql<{ ahead: number }>`
    insert into pace (id, next) values (1, ${databaseMs} - ${slackMs}::float8 + ${length}::float8)
    on conflict (id) do update
      set next = greatest(pace.next, ${databaseMs} - ${slackMs}::float8) + ${length}::float8
    returning (next - ${length}::float8 - ${databaseMs})::float8 as ahead`.execute(db);
  return rows[0]?.ahead ?? 0;
}

/** How long Discord wants between two logins with the same key: five seconds, and a little for the way there. */
const identifyMs = 5_100;

/**
 * Takes a place in the line of logins at the gateway.
 * @param key logins with different ones need not wait for each other.
 * @returns in how many milliseconds it is.
 */
export async function takeIdentify(db: Db, key: number): Promise<number> {
  const { rows } = await sql<{ ahead: number }>`
    insert into identifies (key, next) values (${key}, ${databaseMs} + ${identifyMs})
    on conflict (key) do update set next = greatest(identifies.next, ${databaseMs}) + ${identifyMs}
    returning (next - ${identifyMs} - ${databaseMs})::float8 as ahead`.execute(db);
  return Math.max(0, rows[0]?.ahead ?? 0);
}

/** A process that runs, or did until a moment ago. */
interface Process {
  readonly id: string;
  readonly shards: Shards;
}

/** Says that this process runs. */
export async function markRunning(db: Db, { id, shards }: Process, at: Instant): Promise<void> {
  if (!isPostgres(db)) return;
  await db
    .insertInto('processes')
    .values({ id, shard_count: shards.count, shards: JSON.stringify(shards.own), started_at: at, seen_at: at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: at }))
    .execute();
}

/** Says that it has ended. */
export async function markEnded(db: Db, id: string): Promise<void> {
  if (isPostgres(db)) await db.deleteFrom('processes').where('id', '=', id).execute();
}

/** The processes that were seen since this moment. */
export async function listRunning(db: Db, since: Instant): Promise<Process[]> {
  const rows = await db.selectFrom('processes').selectAll().where('seen_at', '>=', since).orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    shards: { count: row.shard_count, own: JSON.parse(row.shards) as number[] },
  }));
}

/** Forgets processes that ended without a word. */
export async function deleteEnded(db: Db, before: Instant): Promise<void> {
  await db.deleteFrom('processes').where('seen_at', '<', before).execute();
}
