import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../src/config.ts';
import { openDatabase } from '../src/db/open.ts';
import { fingerprintOf, keyedHashWith, keyFileOf, openKeyedHash } from '../src/protection-key.ts';

const at = '2026-11-02T12:00:00.000Z';
const chosen = 'a key that an operator chose, long enough';
let folder: string;
let databaseFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'preceptor-key-'));
  databaseFile = join(folder, 'preceptor.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Starts on this database; the hash of one name says which key it has. */
async function start(protectionKey?: string): Promise<string> {
  const db = await openDatabase(databaseFile);
  try {
    return (await openKeyedHash(db, { database: databaseFile, protectionKey }, at))('Noor');
  } finally {
    await db.destroy();
  }
}

describe('the protection key', () => {
  test('is made at the first start, readable by this user alone, and is the same at the next', async () => {
    const first = await start();
    expect(statSync(keyFileOf(databaseFile)).mode & 0o777).toBe(0o600);
    expect(readFileSync(keyFileOf(databaseFile), 'utf8').trim()).toHaveLength(43);
    expect(await start()).toBe(first);
    expect(readdirSync(folder).filter((name) => name.includes('key'))).toEqual(['preceptor.db.key']);
  });

  test('of the environment needs no file, and nobody else’s hash is the same', async () => {
    expect(await start(chosen)).toBe(keyedHashWith(chosen)('Noor'));
    expect(readdirSync(folder).filter((name) => name.includes('key'))).toEqual([]);
    expect(keyedHashWith(chosen)('Noor')).not.toBe(keyedHashWith(`${chosen}!`)('Noor'));
    expect(keyedHashWith(chosen)('ab', 'c')).not.toBe(keyedHashWith(chosen)('a', 'bc'));
  });

  test('may move from the file to the environment', async () => {
    const first = await start();
    expect(await start(readFileSync(keyFileOf(databaseFile), 'utf8').trim())).toBe(first);
  });

  test('is refused with words when it is another one', async () => {
    await start(chosen);
    const refused = start('another key that an operator chose later');
    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toThrow(/PROTECTION_KEY is not the one with which .* was used/);
    writeFileSync(keyFileOf(databaseFile), `${'x'.repeat(43)}\n`);
    await expect(start()).rejects.toThrow(/The protection key in .*preceptor\.db\.key is not the one/);
  });

  test('is not made anew when its file is gone: that is said instead', async () => {
    await start();
    rmSync(keyFileOf(databaseFile));
    await expect(start()).rejects.toThrow(/is missing\. Put its file back .* or set PROTECTION_KEY/);
    expect(readdirSync(folder)).not.toContain('preceptor.db.key');
  });

  test('is no key when its file is empty', async () => {
    writeFileSync(keyFileOf(databaseFile), '\n');
    await expect(start()).rejects.toThrow(/holds no protection key/);
  });

  test('is one and the same for two that start at once', async () => {
    const db = await openDatabase(databaseFile);
    const place = { database: databaseFile, protectionKey: undefined };
    const [one, other] = await Promise.all([openKeyedHash(db, place, at), openKeyedHash(db, place, at)]);
    await db.destroy();
    expect(one('Noor')).toBe(other('Noor'));
    expect(await start()).toBe(one('Noor'));
  });

  test('is known to the database by a fingerprint that is not the key', async () => {
    await start(chosen);
    const db = await openDatabase(databaseFile);
    const rows = await db.selectFrom('protection_keys').selectAll().execute();
    await db.destroy();
    expect(rows).toEqual([{ only: 1, fingerprint: fingerprintOf(chosen), created_at: at }]);
    expect(JSON.stringify(rows)).not.toContain(chosen);
  });
});
