/** Before the tests on PostgreSQL: a server, and in it an empty database with all tables, of which each test gets a copy. */
import { Client, type QueryResult } from 'pg';
import { openDatabase } from '../../../src/db/open.ts';
import { type PostgresServer, startPostgres } from './server.ts';

/** The database that others are copies of. */
export const template = 'preceptor_template';

/** A name of the databases of one run, so that runs on one server keep out of each other's way. */
const prefix = `preceptor_test_${process.pid}_`;

/** Says what is left out, and passes. */
const nothingStarts = `No PostgreSQL for this machine (${process.platform} ${process.arch}): what is tested on PostgreSQL, too, was tested on SQLite alone. TEST_POSTGRES_URL=postgres://user@host/postgres names another server.`;

export async function setup(): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['TEST_POSTGRES_URL'];
  const server = given === undefined ? await startPostgres() : serverAt(given);
  if (server === undefined) {
    console.warn(nothingStarts);
    return undefined;
  }
  const admin = server.addressOf(given === undefined ? 'postgres' : '');
  await run(admin, `create database "${prefix}${template}" template template0`);
  await (await openDatabase(server.addressOf(`${prefix}${template}`))).destroy();
  Object.assign(process.env, { TEST_POSTGRES_SERVER: server.addressOf('*'), TEST_POSTGRES_PREFIX: prefix });
  return async () => {
    if (given !== undefined) await removeAll(server.addressOf(''));
    await server.stop();
  };
}

function serverAt(address: string): Pick<PostgresServer, 'addressOf' | 'stop'> {
  return {
    addressOf(database) {
      const url = new URL(address);
      if (database !== '') url.pathname = `/${database}`;
      return url.href;
    },
    stop: () => Promise.resolve(),
  };
}

async function removeAll(admin: string): Promise<void> {
  const { rows } = await run(admin, `select datname as name from pg_database where starts_with(datname, '${prefix}')`);
  for (const { name } of rows) await run(admin, `drop database "${name}" with (force)`);
}

/** One statement on a connection of its own. */
async function run(address: string, statement: string): Promise<QueryResult<{ name: string }>> {
  const client = new Client(address);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
