/**
 * The database of a test: SQLite, unless the test runs with TEST_DATABASE=postgres. Then what would be in memory, or in
 * a file, is a database of its own on the PostgreSQL that `setup.ts` has started.
 */
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { Client } from 'pg';
import { openDatabase } from '../../../src/db/open.ts';
import type { Schema } from '../../../src/db/schema.ts';
import { emptyFile, layEmptyFile } from '../template.ts';

/** Whether this test runs on PostgreSQL. */
export const onPostgres =
  process.env['TEST_DATABASE'] === 'postgres' && process.env['TEST_POSTGRES_SERVER'] !== undefined;

/** PostgreSQL has no file beside it for the key of protections. */
export const testKey = 'the protection key of tests, long enough';

const prefix = process.env['TEST_POSTGRES_PREFIX'] ?? '';
const addressOn = (name: string) => (process.env['TEST_POSTGRES_SERVER'] ?? '').replace(/\/(\*|%2A)/, `/${name}`);

/** Where the test's database is that would be this file, for `openDatabase`. Copied when it is first asked for. */
export async function placeOf(file: string): Promise<string> {
  if (!onPostgres) {
    await layEmptyFile(file);
    return file;
  }
  const name = `${prefix}${createHash('sha1').update(file).digest('hex').slice(0, 16)}`;
  if (!made.has(name)) {
    made.add(name);
    await copyTemplate(name);
  }
  return addressOn(name);
}

/** The settings of a bot with that database. */
export async function settingsOf(file: string): Promise<Record<string, string>> {
  const place = await placeOf(file);
  return onPostgres ? { DATABASE_URL: place, PROTECTION_KEY: testKey } : { DATABASE_URL: `file:${place}` };
}

/** Removes what `placeOf` has made for this file, whoever still uses it. The file itself is the caller's. */
export async function removePlace(file: string): Promise<void> {
  if (!onPostgres) return;
  const name = `${prefix}${createHash('sha1').update(file).digest('hex').slice(0, 16)}`;
  if (made.delete(name)) await administer(`drop database if exists "${name}" with (force)`);
}

const made = new Set<string>();
let count = 0;

/** Databases that a former test of this process has left empty. */
const free: string[] = [];

/** Opens a database that is gone once it is closed: SQLite in memory, or a copy of the template. */
export async function openEmpty(): Promise<Kysely<Schema>> {
  if (!onPostgres) return await openDatabase(await emptyFile());
  const name = free.pop() ?? `${prefix}${process.pid}_${(count += 1)}`;
  if (!made.has(name)) {
    made.add(name);
    await copyTemplate(name);
  }
  const db = await openDatabase(addressOn(name));
  const destroy = db.destroy.bind(db);
  let isOver = false;
  db.destroy = async () => {
    await destroy();
    if (isOver) return;
    isOver = true;
    if (await empty(name)) free.push(name);
    else await administer(`drop database "${name}" with (force)`);
  };
  return db;
}

/** A database of more is not worth emptying, in bytes; the template has some 12 MB. */
const largestEmptied = 20_000_000;

/** Deletes every row: with the few of a test, quicker than another copy. @returns false where there are too many. */
async function empty(name: string): Promise<boolean> {
  return await once(addressOn(name), async (client) => {
    // Asked once, and not beside each table: it looks at every file.
    const size = await client.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes');
    if (Number(size.rows[0]?.bytes) > largestEmptied) return false;
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and not starts_with(tablename, 'kysely_')`,
    );
    const names = rows.map(({ name }) => `"${name}"`);
    // Most go with their guilds.
    const others = names.filter((name) => name !== '"guilds"').map((name) => `delete from ${name}`);
    await client.query(['delete from guilds', ...others].join(';'));
    return true;
  });
}

async function copyTemplate(name: string): Promise<void> {
  try {
    await administer(`create database "${name}" template "${prefix}preceptor_template" strategy file_copy`);
  } catch (error) {
    // Another process of this test's has made it.
    if ((error as { code?: unknown }).code !== '42P04') throw error;
  }
}

async function administer(statement: string): Promise<void> {
  await once(process.env['TEST_POSTGRES_URL'] ?? addressOn('postgres'), (client) => client.query(statement));
}

async function once<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(address);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
