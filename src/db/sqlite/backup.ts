/** Copies of a whole database, made and put in place while the bot is running. For the operator's scripts. */
import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { DEFAULT_MIGRATION_TABLE } from 'kysely/migration';
import { migrations } from '../migrations/index.ts';
import { DatabaseRefused } from '../trouble.ts';
import { troubleOf } from './driver.ts';
import { emptyLog, headerOf, headerValue, readMark, writeMark } from './files.ts';

/** Describes a copy to the operator. */
interface Holding {
  readonly guilds: number;
  readonly members: number;
  /** By what it knows its protection key; undefined where it has none. */
  readonly fingerprint: string | undefined;
}

/** How long these wait for the bot's lock; nobody waits for them. */
const patientMs = 10_000;

/**
 * Copies a database as it is at one moment, whoever is writing to it, and looks whether the copy is whole.
 * @param to is not there yet.
 * @throws DatabaseRefused when there is nothing to copy, or the copy is not whole: then there is none.
 */
export function backUp(file: string, to: string): Holding {
  if (!existsSync(file)) throw new DatabaseRefused(`There is no database ${file}: nothing was backed up.`);
  if (existsSync(to)) throw new DatabaseRefused(`There is a file ${to} already: name another one.`);
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  const draft = `${to}-${randomUUID()}`;
  try {
    writeFileSync(draft, '', { mode: 0o600, flag: 'wx' });
    const sqlite = new SqliteDatabase(file, { readonly: true, timeout: patientMs });
    try {
      sqlite.prepare('vacuum into ?').run(draft);
    } finally {
      sqlite.close();
    }
    const holding = examineCopy(draft);
    sync(draft);
    renameSync(draft, to);
    sync(dirname(to));
    return holding;
  } catch (error) {
    throw troubleOf(error) === 'damaged'
      ? new DatabaseRefused(`The database ${file} is damaged: it was not backed up. Keep earlier backups.`)
      : error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Looks whether a copy is whole and can be used by this version. Changes nothing.
 * @throws DatabaseRefused that says what is wrong with it.
 */
export function examineCopy(copy: string): Holding {
  if (!existsSync(copy)) throw new DatabaseRefused(`There is no file ${copy}.`);
  if (existsSync(`${copy}-wal`)) {
    throw new DatabaseRefused(`${copy} has a log beside it, so it is in use, or was copied by hand. Name a file that npm run backup has made.`); // prettier-ignore
  }
  try {
    const sqlite = new SqliteDatabase(copy, { readonly: true });
    try {
      return examine(sqlite, copy);
    } finally {
      sqlite.close();
    }
  } catch (error) {
    if (troubleOf(error) === 'damaged') throw new DatabaseRefused(`${copy} is damaged, or no database. Use another.`);
    throw error;
  } finally {
    // Made by looking at a copy that was taken by hand.
    for (const end of ['-wal', '-shm']) rmSync(`${copy}${end}`, { force: true });
  }
}

function examine(sqlite: SqliteDatabase.Database, copy: string): Holding {
  const damage = sqlite.prepare('pragma integrity_check(1)').pluck().get();
  if (damage !== 'ok') throw new DatabaseRefused(`${copy} is damaged. Use another.`);
  const has = (table: string) => sqlite.prepare('select 1 from sqlite_master where name = ?').get(table) !== undefined;
  if (!has(DEFAULT_MIGRATION_TABLE)) throw new DatabaseRefused(`${copy} holds no table of Preceptor's. Use another.`);
  const done = sqlite.prepare(`select name from ${DEFAULT_MIGRATION_TABLE}`).pluck().all() as string[];
  const unknown = done.find((name) => !(name in migrations));
  if (unknown !== undefined) {
    throw new DatabaseRefused(`${copy} is of a newer version (it has ${unknown}). Install that version first.`);
  }
  const broken = sqlite.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) throw new DatabaseRefused(`${copy} is not whole: rows in it name others that are missing.`);
  const count = (table: string) => sqlite.prepare(`select count(*) from ${table}`).pluck().get() as number;
  const key = has('protection_keys')
    ? sqlite.prepare('select fingerprint from protection_keys').pluck().get()
    : undefined;
  return { guilds: count('guilds'), members: count('members'), fingerprint: key as string | undefined };
}

/**
 * Puts a copy in place of a database, all at once: whoever has it open sees the one or the other, and a running bot
 * begins again with the copy. The log cannot undo it, since it goes through the log.
 * @param copy was examined, and stays as it is.
 */
export async function putInPlace(copy: string, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}-restore-${randomUUID()}`;
  try {
    const source = new SqliteDatabase(copy, { readonly: true });
    writeFileSync(draft, '', { mode: 0o600, flag: 'wx' });
    source.prepare('vacuum into ?').run(draft);
    source.close();
    await replace(draft, file);
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${draft}${end}`, { force: true });
  }
}

/** @throws the last error where the present database is not to be had. */
async function replace(draft: string, file: string): Promise<void> {
  const former = headerAt(file);
  const starts = [...readMark(file), former?.starts ?? 0];
  const next = Math.max(...starts) + 1;
  const source = new SqliteDatabase(draft);
  const header = { restores: (former?.restores ?? 0) + 1, starts: next };
  source.pragma(`user_version = ${headerValue(header)}`);
  // The log may belong to either until all is in the file.
  writeMark(file, [...new Set(starts), next]);
  try {
    if (former) await source.backup(file, { progress: () => allPages });
  } finally {
    source.close();
  }
  if (!former) {
    setAside(file);
    sync(draft);
    renameSync(draft, file);
    chmodSync(file, 0o600);
  }
  const sqlite = new SqliteDatabase(file, { timeout: patientMs });
  sqlite.pragma('journal_mode = WAL');
  for (let tries = 0; tries < 50 && !emptyLog(sqlite); tries += 1) await delay(100);
  const isWhole = sqlite.prepare('pragma quick_check(1)').pluck().get() === 'ok';
  const isOurs = headerOf(sqlite).restores === header.restores;
  sqlite.close();
  if (!isWhole || !isOurs)
    throw new DatabaseRefused(`${file} is not what was put in place: stop the bot and try again.`);
  writeMark(file, [next]);
}

/** Copies in one step: between parts others could write, and the copy would start over each time. */
const allPages = 0x7fff_ffff;

/** Undefined where there is no database, or none that can be written through: then it is replaced as a file. */
function headerAt(file: string): ReturnType<typeof headerOf> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const sqlite = new SqliteDatabase(file, { timeout: patientMs });
    try {
      const damage = sqlite.prepare('pragma quick_check(1)').pluck().get();
      return damage === 'ok' ? headerOf(sqlite) : undefined;
    } finally {
      sqlite.close();
    }
  } catch (error) {
    if (troubleOf(error) === 'damaged') return undefined;
    throw error;
  }
}

/** Nothing is thrown away: somebody may want to look at what was damaged. */
function setAside(file: string): void {
  const name = `${file}-damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  for (const end of ['', '-wal', '-shm']) if (existsSync(`${file}${end}`)) renameSync(`${file}${end}`, `${name}${end}`);
}

/** On the disk, not on its way there. */
function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
