/**
 * The price SQLite pays for queries that also run on PostgreSQL. Times a read, a list, and a guild's turn with one write,
 * through the bot's own database and through Kysely's plain SQLite dialect, alternating on the same kind of file.
 *
 *   node bench/door.ts [--rounds 3000]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { findMember } from '../src/db/members.ts';
import { openDatabase } from '../src/db/open.ts';
import type { Schema } from '../src/db/schema.ts';
import { inTurn } from '../src/guild/turn.ts';
import { quantile, report } from './statistics.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3000' } } });
const rounds = Number(values.rounds);
const guildId = '1';
const at = '2026-11-23T12:00:00.000Z';

const folder = mkdtempSync(join(tmpdir(), 'preceptor-door-'));
const [own, plain] = [await openOwn(join(folder, 'own.db')), await openPlain(join(folder, 'plain.db'))];
try {
  await compare('a member read', (db) => findMember(db, guildId, '7'));
  await compare('a list of fifty', (db) => db.selectFrom('members').selectAll().where('guild_id', '=', guildId).orderBy('user_id').limit(50).execute()); // prettier-ignore
  const note = (n: number) => ({ guild_id: guildId, mentee_id: String(n % 500), joined_at: at, looked_at: null });
  let n = 0;
  await compare(
    'a turn with a write in it',
    (db) => inTurn(db, guildId, (trx) => trx.insertInto('waitlist').values(note((n += 1))).onConflict((conflict) => conflict.doNothing()).execute()), // prettier-ignore
    (db) => db.transaction().execute((trx) => trx.insertInto('waitlist').values(note((n += 1))).onConflict((conflict) => conflict.doNothing()).execute()), // prettier-ignore
  );
} finally {
  await own.destroy();
  await plain.destroy();
  rmSync(folder, { recursive: true });
}

async function openOwn(file: string): Promise<Kysely<Schema>> {
  const db = await openDatabase(file);
  await db.insertInto('guilds').values({ id: guildId, zone: 'Etc/UTC', set_up_at: at }).execute();
  const members = Array.from({ length: 500 }, (_, i) => ({ guild_id: guildId, user_id: String(i), zone: 'Etc/UTC', created_at: at })); // prettier-ignore
  await db.insertInto('members').values(members).execute();
  return db;
}

/** The same tables and rows, without anything of the bot's in between. */
async function openPlain(file: string): Promise<Kysely<Schema>> {
  await (await openOwn(file)).destroy();
  const database = new SqliteDatabase(file);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'secure_delete = ON']) database.pragma(pragma); // prettier-ignore
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
}

/** Runs both in turn, so that a slower moment of the machine falls on both. */
async function compare(
  what: string,
  work: (db: Kysely<Schema>) => Promise<unknown>,
  plainly: (db: Kysely<Schema>) => Promise<unknown> = work,
): Promise<void> {
  const times = { own: [] as number[], plain: [] as number[] };
  const timed = async (db: Kysely<Schema>, run: typeof work) => {
    const from = performance.now();
    await run(db);
    return performance.now() - from;
  };
  for (let i = -rounds / 10; i < rounds; i += 1) {
    const [here, there] = [await timed(own, work), await timed(plain, plainly)];
    if (i < 0) continue;
    times.own.push(here);
    times.plain.push(there);
  }
  const [here, there] = [quantile(times.own, 0.5), quantile(times.plain, 0.5)];
  console.log(`\n${what}, ${rounds} times, median`);
  report('plain Kysely', there * 1000, 'µs');
  report("through the bot's own database", here * 1000, 'µs');
  report('ratio', here / there, '×', { atMost: 1.1 });
}
