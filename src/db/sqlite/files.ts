/**
 * The files of a SQLite database as an operator meets them: `FILE` with what is stored, `FILE-wal`, the log with what
 * was stored last, `FILE-shm`, which is made anew, and `FILE-mark`, ours, which says to which state of FILE the log
 * belongs. Where somebody copies a backup over FILE by hand, the log of the former would undo it page by page.
 */
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, readSync, renameSync, statSync, writeSync } from 'node:fs'; // prettier-ignore
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { DatabaseRefused } from '../trouble.ts';
import { troubleOf } from './driver.ts';

/**
 * SQLite leaves 32 bits of the file's header to programs (`user_version`). The upper half counts restores, so that a
 * running bot notices one; the lower half counts starts, and the mark has the latest of them.
 */
interface Header {
  readonly restores: number;
  readonly starts: number;
}

const half = 0x1_0000;
/** The largest that fits without a sign. */
const mostRestores = 0x7fff;

export const readHeader = (value: number): Header => ({ restores: Math.floor(value / half), starts: value % half });

export const headerValue = ({ restores, starts }: Header): number =>
  (restores % (mostRestores + 1)) * half + (starts % half);

/** Values from the header of an open database. */
export function headerOf(sqlite: SqliteDatabase.Database): Header {
  return readHeader(sqlite.pragma('user_version', { simple: true }) as number);
}

/** Where that value stands in the file: https://www.sqlite.org/fileformat2.html#the_database_header */
const headerAt = 60;

/** A file of this size at most is no database. */
const emptySize = 0;

/** Files left from the database's last use. */
export interface Left {
  readonly exists: boolean;
  /** It was not closed: the program was killed, or another one is using it. */
  readonly isUnclean: boolean;
}

/**
 * Looks at the files before SQLite does, and closes them to other users of the machine.
 * @throws DatabaseRefused when beginning with them would lose what they hold, or ought to hold.
 */
export function inspectFiles(file: string): Left {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const size = sizeOf(file);
  const logSize = sizeOf(`${file}-wal`);
  const starts = readMark(file);
  if (size === undefined) {
    if (logSize || starts.length > 0) throw new DatabaseRefused(missing(file));
    return { exists: false, isUnclean: false };
  }
  if (size === emptySize) throw new DatabaseRefused(empty(file));
  for (const each of [file, `${file}-wal`, `${file}-shm`]) close(each);
  if (logSize && starts.length > 0 && !starts.includes(readHeader(headerValueIn(file)).starts)) {
    throw new DatabaseRefused(strangeLog(file));
  }
  return { exists: true, isUnclean: logSize !== undefined };
}

const anew = (file: string) => `To begin anew, delete ${file}-mark as well.`;
const restoring = 'To put a backup in place: npm run restore -- FILE.';

const missing = (file: string) =>
  `The database ${file} is not there, but was: ${file}-wal or ${file}-mark still is. Is the disk mounted? ${restoring} ${anew(file)}`;

const empty = (file: string) =>
  `The database ${file} is an empty file. Beginning anew on it would forget everybody who registered. ${restoring} ${anew(file)}`;

const strangeLog = (file: string) =>
  `The log ${file}-wal belongs to another file than ${file}: a copy was put in its place, and the log would undo it. Nothing was changed. To go on with the copy, move ${file}-wal and ${file}-shm away and start again. Next time: npm run restore -- FILE.`;

/** The message about a database without our tables. */
export const withoutTables = (file: string) =>
  `The database ${file} holds no table of Preceptor's: it may have been copied without its log (${file}-wal), or belong to another program. Nothing was changed. ${restoring} ${anew(file)}`;

/** Nobody else on the machine needs to read what is stored. Where it is not ours to close, it stays as it is. */
function close(file: string): void {
  try {
    if (statSync(file).isFile()) chmodSync(file, 0o600);
  } catch {
    // Not there, another user's, or on a disk without modes.
  }
}

/** @returns undefined where there is no such file. */
function sizeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.size;
}

/** The value in a file's header, without SQLite and so without the log. */
function headerValueIn(file: string): number {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(4);
    readSync(descriptor, bytes, 0, bytes.length, headerAt);
    return bytes.readUInt32BE();
  } finally {
    closeSync(descriptor);
  }
}

/** The starts to which the log may belong; none where that is not known. */
export function readMark(file: string): readonly number[] {
  try {
    const [, numbers = ''] = /^start((?: \d+)+)$/m.exec(readFileSync(`${file}-mark`, 'utf8')) ?? [];
    return numbers.trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Whole or not at all, and on the disk before anything is stored that depends on it. */
export function writeMark(file: string, starts: readonly number[]): void {
  const draft = `${file}-mark-${process.pid}`;
  const descriptor = openSync(draft, 'w', 0o600);
  writeSync(descriptor, `Says to which state of the database its log belongs. Leave it beside them.\nstart ${starts.join(' ')}\n`); // prettier-ignore
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(draft, `${file}-mark`);
}

/**
 * Counts this start in the file's header and the mark, with the log emptied into the file. Where another program is
 * using it just then, the former count goes on.
 */
export function countStart(sqlite: SqliteDatabase.Database, file: string): void {
  const former = readMark(file);
  const { restores, starts } = headerOf(sqlite);
  const next = (Math.max(starts, ...former) + 1) % half;
  try {
    if (!emptyLog(sqlite)) return;
    // Both hold until the header has it.
    writeMark(file, [starts, next]);
    sqlite.pragma(`user_version = ${headerValue({ restores, starts: next })}`);
    if (emptyLog(sqlite)) writeMark(file, [next]);
  } catch (error) {
    if (troubleOf(error) !== 'busy') throw error;
  }
}

/** Writes the log into the file and empties it. @returns false when somebody else is reading it. */
export function emptyLog(sqlite: SqliteDatabase.Database): boolean {
  const [outcome] = sqlite.pragma('wal_checkpoint(truncate)') as { busy: number }[];
  return outcome?.busy === 0;
}

/** Whether another program has a database open. */
export function isInUse(file: string): boolean {
  if (sizeOf(file) === undefined) return false;
  const sqlite = new SqliteDatabase(file, { timeout: 0 });
  try {
    sqlite.pragma('locking_mode = EXCLUSIVE');
    sqlite.exec('begin exclusive; rollback');
    return false;
  } catch (error) {
    if (troubleOf(error) !== 'busy') throw error;
    return true;
  } finally {
    sqlite.close();
  }
}

/** Tells whether the files at these paths are still those that were opened. */
export function watchFiles(file: string): () => boolean {
  const identityOf = (path: string) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found && `${found.dev}:${found.ino}`;
  };
  const log = `${file}-wal`;
  const opened = [identityOf(file), identityOf(log)];
  return () => identityOf(file) === opened[0] && identityOf(log) === opened[1];
}
