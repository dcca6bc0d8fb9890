import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { nameOfDatabase, readAddress } from '../../src/db/postgres/address.ts';
import { DatabaseRefused, StorageTrouble } from '../../src/db/trouble.ts';
import { explainFailure } from '../../src/failure.ts';
import { openKeyedHash } from '../../src/protection-key.ts';
import { openTestContext, type TestContext } from '../support/context.ts';
import { onPostgres, placeOf, removePlace } from '../support/postgres/database.ts';

const faultOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    expect(error).toBeInstanceOf(DatabaseRefused);
    return (error as Error).message;
  }
};

describe('the address of a database', () => {
  test.each([
    'postgres://localhost/preceptor',
    'postgres://bot:secret@127.0.0.1:5433/preceptor',
    'postgresql://[::1]/preceptor',
    'postgres://bot@localhost/preceptor?host=/var/run/postgresql',
    'postgres://bot:secret@db.example.org/preceptor?sslmode=verify-full',
    'postgres://bot:secret@db/preceptor?sslmode=disable',
  ])('%s is taken', (address) => {
    expect(readAddress(address)).toContain('preceptor');
  });

  test('on another machine has to say how the connection is protected', () => {
    const fault = faultOf(() => readAddress('postgres://bot:secret@db.example.org/preceptor'));
    expect(fault).toMatch(/another machine \(db.example.org\).*sslmode=verify-full/);
    expect(fault).not.toContain('secret');
  });

  test.each([
    ['postgres://bot:secret@db/preceptor?sslmode=prefer', /sslmode=prefer; it must be one of disable/],
    ['postgres://bot:secret@db/x?sslmode=verify-full&sslrootcert=/nowhere.pem', /nowhere.pem as sslrootcert.*ENOENT/],
    ['postgres://a:b:c@@', /is not an address/],
  ])('%s is refused in words', (address, words) => {
    expect(faultOf(() => readAddress(address))).toMatch(words);
  });

  test('is checked in full by every mode that encrypts', () => {
    expect(readAddress('postgres://bot@db/preceptor?sslmode=require')).toContain('sslmode=verify-full');
  });

  test('is named without its user and password', () => {
    expect(nameOfDatabase('postgres://bot:secret@db:5433/preceptor?sslmode=disable')).toBe('postgres://db:5433/preceptor'); // prettier-ignore
    expect(nameOfDatabase('data/preceptor.db')).toBe('data/preceptor.db');
  });
});

test('a database that is away is named, and the program may be started again', async () => {
  const error: unknown = await openDatabase('postgres://bot:secret@127.0.0.1:1/preceptor').catch((e: unknown) => e);
  expect(error).toBeInstanceOf(StorageTrouble);
  expect(explainFailure(error)).toEqual({
    message:
      'Preceptor has to stop: the database postgres://127.0.0.1:1/preceptor cannot be reached (ECONNREFUSED): see whether it runs, and whether DATABASE_URL is right.',
    exitCode: 1,
  });
});

describe.runIf(onPostgres)('a database on PostgreSQL', () => {
  let ctx: TestContext | undefined;
  afterEach(async () => {
    await ctx?.db.destroy();
    ctx = undefined;
  });

  test('that is not there, or lets nobody make tables, is refused by its code', async () => {
    const address = new URL(await placeOf('refused'));
    const db = await openDatabase(address.href);
    onTestFinished(async () => {
      await sql`drop owned by visitor`.execute(db);
      await sql`drop role visitor`.execute(db);
      await db.destroy();
      await removePlace('refused');
    });
    await sql`create role visitor login`.execute(db);
    await sql`revoke create on schema public from public`.execute(db);
    const refusalOf = async (change: (url: URL) => void) => {
      const url = new URL(address);
      change(url);
      return explainFailure(await openDatabase(url.href).catch((error: unknown) => error));
    };
    const missing = await refusalOf((url) => (url.pathname = '/nowhere'));
    expect(missing).toMatchObject({ message: expect.stringMatching(/nowhere is not there.*3D000/), exitCode: 78 });
    const visitor = await refusalOf((url) => (url.username = 'visitor'));
    expect(visitor).toMatchObject({ message: expect.stringMatching(/42501/), exitCode: 78 });
  });

  test('needs a protection key in the environment, since every process needs the same', async () => {
    ctx = await openTestContext();
    const place = { database: 'postgres://bot:secret@db/preceptor', protectionKey: undefined };
    await expect(openKeyedHash(ctx.db, place, ctx.now())).rejects.toThrow(/PROTECTION_KEY is missing. On PostgreSQL/);
    const key = 'a'.repeat(40);
    await openKeyedHash(ctx.db, { ...place, protectionKey: key }, ctx.now());
    const other = openKeyedHash(ctx.db, { ...place, protectionKey: `${key}b` }, ctx.now());
    await expect(other).rejects.toThrow(/PROTECTION_KEY is not the one with which postgres:\/\/db\/preceptor was used/);
    const none = openKeyedHash(ctx.db, place, ctx.now());
    await expect(none).rejects.toThrow(/protection key of postgres:\/\/db\/preceptor is missing: set PROTECTION_KEY/);
  });

  test('is migrated once by two processes that start at the same time', async () => {
    const address = await placeOf('twice');
    onTestFinished(() => removePlace('twice'));
    const empty = await openDatabase(address);
    await sql`drop schema public cascade`.execute(empty);
    await sql`create schema public`.execute(empty);
    await empty.destroy();
    const [one, other] = await Promise.all([openDatabase(address), openDatabase(address)]);
    expect(await one.selectFrom('guilds').selectAll().execute()).toEqual([]);
    await Promise.all([one.destroy(), other.destroy()]);
  });

  test('counts in numbers, and knows that nothing is in an empty list', async () => {
    ctx = await openTestContext();
    const guilds = ctx.db.selectFrom('guilds').select((all) => all.fn.countAll<number>().as('n'));
    expect(await guilds.execute()).toEqual([{ n: 1 }]);
    expect(await guilds.where('id', 'in', []).execute()).toEqual([{ n: 0 }]);
    expect(await guilds.where('id', 'not in', []).execute()).toEqual([{ n: 1 }]);
  });

  test('orders text by its bytes, whatever the language of the server', async () => {
    ctx = await openTestContext();
    const { rows } = await sql<{ table: string }>`
      select table_name || '.' || column_name as table from information_schema.columns
      where table_schema = 'public' and data_type = 'text' and collation_name is distinct from 'C'`.execute(ctx.db);
    expect(rows).toEqual([]);
  });

  test('takes nothing of a transaction that goes on after one of its statements failed', async () => {
    ctx = await openTestContext();
    const { db } = ctx;
    const going = db.transaction().execute(async (trx) => {
      await trx.updateTable('guilds').set({ zone: 'Etc/UTC' }).execute();
      await sql`select 1 / 0`.execute(trx).catch(() => undefined);
    });
    await expect(going).rejects.toThrow(/went on after one of its statements failed/);
    expect(await db.selectFrom('guilds').select('zone').execute()).toEqual([{ zone: 'America/Chicago' }]);
  });

  test('goes on when a connection is cut off in the middle of a transaction, between two statements', async () => {
    ctx = await openTestContext();
    const { db } = ctx;
    const cut = db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(db);
      await setTimeout(200);
      await trx.updateTable('guilds').set({ zone: 'Etc/UTC' }).execute();
    });
    await expect(cut).rejects.toThrow(StorageTrouble);
    expect(await db.selectFrom('guilds').select('zone').execute()).toEqual([{ zone: 'America/Chicago' }]);
  });

  test('gives nobody a connection that was cut off', async () => {
    ctx = await openTestContext();
    const { db } = ctx;
    const cut = db.transaction().execute(async (trx) => {
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx);
    });
    await expect(cut).rejects.toThrow(StorageTrouble);
    for (let i = 0; i < 12; i += 1) expect(await db.selectFrom('guilds').select('id').execute()).toHaveLength(1);
  });
});
