/**
 * An empty SQLite database with all tables, made once in each process of tests: all migrations, for each of some thousand
 * tests, would take a quarter of their time.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { openDatabase } from '../../src/db/open.ts';

let made: Promise<Buffer> | undefined;

/** Its bytes, which can be opened in memory or written to a file. */
export function emptyFile(): Promise<Buffer> {
  return (made ??= make());
}

/** Puts one there, unless there is a file already. */
export async function layEmptyFile(file: string): Promise<void> {
  if (!existsSync(file)) writeFileSync(file, await emptyFile(), { mode: 0o600 });
}

async function make(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'preceptor-template-'));
  const file = join(folder, 'preceptor.db');
  try {
    await (await openDatabase(file)).destroy();
    const sqlite = new SqliteDatabase(file);
    // What is in memory has no log beside it.
    sqlite.pragma('journal_mode = DELETE');
    sqlite.close();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
