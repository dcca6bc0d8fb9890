/**
 * The key under which protections outlive a deletion: what is kept of somebody who deleted their data names them by a
 * keyed hash, so that they are known again when they come back and by nobody who has the database alone.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { type Config, ConfigError } from './config.ts';
import type { Db } from './db/open.ts';
import { isPostgresAddress, nameOfDatabase } from './db/postgres/address.ts';
import { findKeyFingerprint, insertKeyFingerprint } from './db/protection-keys.ts';
import { hashPrefix, newId, secureRandom } from './ids.ts';
import type { Instant } from './time.ts';

/** Names somebody, or what somebody did, without saying who: the same parts give the same text under the same key. */
export type KeyedHash = (...parts: readonly string[]) => string;

/** Characters of a key that somebody chose: 32 random ones are more than anybody can try. */
const shortestKey = 32;

/** Where the key of a SQLite database lies unless the environment has it: beside the file, under its name. */
export function keyFileOf(databaseFile: string): string {
  return `${databaseFile}.key`;
}

/** The keyed hash under a key. */
export function keyedHashWith(key: string): KeyedHash {
  return (...parts) => hashPrefix + createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
}

/** By what a database knows its key: says nothing about the key, and is stored in the database itself. */
export function fingerprintOf(key: string): string {
  return createHmac('sha256', key).update('preceptor protection key').digest('hex').slice(0, 32);
}

/**
 * The key that the environment or the file has; undefined where there is none yet.
 * @throws ConfigError for a file that cannot be read, or holds no key.
 */
export function findProtectionKey({ protectionKey, database }: KeyPlace): string | undefined {
  if (protectionKey !== undefined) return protectionKey;
  if (database === inMemory || isPostgresAddress(database)) return undefined;
  const file = keyFileOf(database);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new ConfigError(`The protection key ${file} cannot be read (${code}). Let this user read it.`);
  }
  const key = text.trim();
  if (key.length < shortestKey)
    throw new ConfigError(`The file ${file} holds no protection key. Put back the one that belongs to ${database}.`);
  return key;
}

/** The settings that say where the key is. */
type KeyPlace = Pick<Config, 'protectionKey' | 'database'>;

/** SQLite's name for a database without a file, which needs no key that lasts. */
const inMemory = ':memory:';

/**
 * The keyed hash of an open database. Its first start makes a key where the environment has none; later ones have to
 * bring the same.
 * @throws ConfigError that says what to do when the key is missing, or is another than the database was used with.
 */
export async function openKeyedHash(db: Db, place: KeyPlace, at: Instant): Promise<KeyedHash> {
  const known = await findKeyFingerprint(db);
  const key = findProtectionKey(place) ?? (known === undefined ? makeKey(place.database) : undefined);
  if (key === undefined) throw new ConfigError(missing(place.database));
  if (known === undefined) await insertKeyFingerprint(db, fingerprintOf(key), at);
  // Read again: of two processes that start at once, one wrote it.
  if ((await findKeyFingerprint(db)) !== fingerprintOf(key)) throw new ConfigError(wrong(place));
  return keyedHashWith(key);
}

const why =
  'Without it nobody whom somebody blocked, or a moderator suspended, would be known again after deleting their data.';
const neededByAll =
  'PROTECTION_KEY is missing. On PostgreSQL every process needs the same, so it has to be set: at least 32 characters, for example from: openssl rand -base64 32. Keep it in another place than the database.';
const lost = 'If it is lost for good: npm run forget-protections.';

function missing(database: string): string {
  if (isPostgresAddress(database)) {
    return `The protection key of ${nameOfDatabase(database)} is missing: set PROTECTION_KEY to it. ${why} ${lost}`;
  }
  return `The protection key of ${database} is missing. Put its file back (${keyFileOf(database)}), or set PROTECTION_KEY to it. ${why} ${lost}`;
}

function wrong({ protectionKey, database }: KeyPlace): string {
  const is = protectionKey === undefined ? `The protection key in ${keyFileOf(database)}` : 'PROTECTION_KEY';
  return `${is} is not the one with which ${nameOfDatabase(database)} was used. Set the one that belongs to it; a backup has it beside the database. ${why} ${lost}`;
}

/** Makes a key that only this user can read; where another process is quicker, the key is theirs. */
function makeKey(database: string): string {
  if (isPostgresAddress(database)) throw new ConfigError(neededByAll);
  const key = randomBytes(32).toString('base64url');
  if (database === inMemory) return key;
  const file = keyFileOf(database);
  // Written whole under another name first: a file by this name is never half a key.
  const draft = `${file}.${newId(secureRandom)}`;
  try {
    const descriptor = openSync(draft, 'wx', 0o600);
    writeSync(descriptor, `${key}\n`);
    fsyncSync(descriptor);
    closeSync(descriptor);
    linkSync(draft, file);
    return key;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw new ConfigError(`The protection key ${file} cannot be written (${code}).`);
    const theirs = findProtectionKey({ database, protectionKey: undefined });
    if (theirs === undefined) throw error;
    return theirs;
  } finally {
    rmSync(draft, { force: true });
  }
}
