/** What `npm run doctor` says of a PostgreSQL, and of the processes that share it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { openDatabase } from '../../src/db/open.ts';
import { markRunning } from '../../src/db/processes.ts';
import type { Schema } from '../../src/db/schema.ts';
import { discordOf, runDoctor } from '../support/doctor.ts';
import { onPostgres, placeOf, removePlace, testKey } from '../support/postgres/database.ts';

const file = 'doctor';
let folder: string;
let sandbox: Sandbox;
let db: Kysely<Schema>;

describe.runIf(onPostgres)('the doctor, on PostgreSQL', () => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'preceptor-doctor-'));
    sandbox = await startSandbox();
    db = await openDatabase(await placeOf(file));
  });
  afterEach(async () => {
    await db.destroy();
    await sandbox.close();
    rmSync(folder, { recursive: true });
    await removePlace(file);
  });

  const doctor = async (address?: string) =>
    await runDoctor(folder, { ...discordOf(sandbox), PROTECTION_KEY: testKey, DATABASE_URL: address ?? (await placeOf(file)) }); // prettier-ignore
  const runs = async (id: string, count: number, own: number[], minutesAgo = 0) =>
    await markRunning(db, { id, shards: { count, own } }, new Date(Date.now() - minutesAgo * 60_000).toISOString());

  test('says what it found, and that nothing has to be done', async () => {
    await runs('a', 3, [0, 2]);
    await runs('b', 3, [1]);
    // It ended long ago, without a word.
    await runs('c', 8, [0], 10);
    const { code, said } = await doctor();
    expect(said).toMatch(/ok {4}Database: postgres:\/\/.*, PostgreSQL 1\d\.\d.*MB\./);
    expect(said).toContain('note  TLS: the connection to the database is not encrypted');
    expect(said).toContain('ok    Processes: 2 processes, and each of 3 shards is served.');
    expect(said).toContain('PROTECTION_KEY in the environment');
    expect(said).toContain('note  Backup: PostgreSQL has its own tools');
    expect(said).toContain('Nothing has to be done');
    expect(said).not.toContain(testKey);
    expect(code).toBe(0);
  });

  test('names shards that nobody serves, and processes that count differently', async () => {
    await runs('a', 4, [0, 2]);
    const lone = await doctor();
    expect(lone.said).toContain('WRONG Processes: 1 process, but nobody serves the shards 1, 3 of 4');
    expect(lone.said).toContain('Start a process with SHARDS=1,3.');
    expect(lone.code).toBe(1);
    await runs('b', 2, [1]);
    const odd = await doctor();
    expect(odd.said).toContain('WRONG Processes: 2 processes with different numbers of shards (2, 4)');
    expect(odd.said).toContain('set the same SHARD_COUNT for all');
    expect(odd.code).toBe(1);
  });

  test('says in words that a database is not there, and changes nothing in one that is empty', async () => {
    const address = new URL(await placeOf(file));
    address.pathname = '/nowhere';
    const { code, said } = await doctor(address.href);
    expect(said).toMatch(/WRONG Database: The database postgres:.*nowhere is not there\. Make it/);
    expect(code).toBe(1);
    address.pathname = '/postgres';
    expect((await doctor(address.href)).said).toContain('there are no tables yet. The first start makes them');
    expect((await doctor(address.href)).said).toContain('there are no tables yet');
  });
});
