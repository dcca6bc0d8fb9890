/** Shared by the operator's scripts: finds the database, and reports errors in words. */
import { type Config, ConfigError, parseConfig } from '../config.ts';
import { isPostgresAddress } from '../db/postgres/address.ts';
import { explainScriptFailure } from '../own-failure.ts';
import { fingerprintOf, findProtectionKey, keyFileOf } from '../protection-key.ts';

/** Stands for the token where none is set: most scripts ask nothing of Discord. */
export const noToken = 'not-needed';

/** Does what a script is for, and ends with what an operator needs to read when that does not work. */
export async function runScript(
  work: (config: Config, names: readonly string[]) => Promise<string> | string,
): Promise<void> {
  // Files made here are readable only by the user who runs the script.
  process.umask(0o077);
  try {
    const config = parseConfig({ ...process.env, DISCORD_TOKEN: process.env['DISCORD_TOKEN'] || noToken });
    console.log(await work(config, process.argv.slice(2)));
  } catch (error) {
    const { message, exitCode } = await explainScriptFailure(error);
    console.error(message);
    process.exit(exitCode);
  }
}

/** Whether the key that is there is the one a database was used with. */
export function keyMatches(config: Config, fingerprint: string | undefined): boolean {
  const key = findProtectionKey(config);
  return fingerprint === undefined || (key !== undefined && fingerprintOf(key) === fingerprint);
}

/** The SQLite file that a script is about. @throws ConfigError on PostgreSQL, which has its own tools for that. */
export function requireFile({ database }: Config, script: string): string {
  if (!isPostgresAddress(database)) return database;
  throw new ConfigError(
    `${script} is for SQLite. For PostgreSQL use pg_dump and pg_restore, or what your provider has, and keep PROTECTION_KEY with each backup.`,
  );
}

/** Where this operator has the key, in words. */
export function placeOfKey({ protectionKey, database }: Config): string {
  return protectionKey === undefined ? keyFileOf(database) : 'PROTECTION_KEY in the environment';
}

/** For names of files. */
export const timeStamp = (): string => new Date().toISOString().slice(0, 19).replaceAll(':', '-');

/** `1 server`, `3 members`, `2 processes`. */
export const counted = (n: number, what: string, many = `${what}s`): string => `${n} ${n === 1 ? what : many}`;
