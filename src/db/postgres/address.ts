/** Reads the address of a PostgreSQL database: `postgres://user:password@host:port/database?sslmode=…`. */
import { accessSync, constants } from 'node:fs';
import { DatabaseRefused } from '../trouble.ts';

/** Whether this names a PostgreSQL database; anything else is the path of a SQLite file. */
export function isPostgresAddress(database: string): boolean {
  return /^postgres(ql)?:/i.test(database);
}

/** A database as an operator may read it: without user and password. */
export function nameOfDatabase(database: string): string {
  if (!isPostgresAddress(database)) return database;
  const url = URL.parse(database);
  return url === null ? 'postgres://…' : `postgres://${url.host}${url.pathname}`;
}

/** Modes that the driver takes. All but the first check who the server is. */
const modes = ['disable', 'require', 'verify-ca', 'verify-full'];

/** Hosts that are this machine: what goes there is seen by nobody on the way. A path is a socket's folder. */
const local = /^(localhost|127(\.\d+){3}|::1|\/.*|)$/;

/** Settings that name files. */
const files = ['sslrootcert', 'sslcert', 'sslkey'];

/**
 * The address in the form that the driver understands.
 * @throws DatabaseRefused for one that cannot be read, or leads over a network and does not say how it is encrypted.
 */
export function readAddress(address: string): string {
  const url = URL.parse(address);
  if (url === null) throw new DatabaseRefused('DATABASE_URL is not an address: postgres://user:password@host/database');
  const mode = url.searchParams.get('sslmode');
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname).replace(/^\[(.+)\]$/, '$1');
  if (mode !== null && !modes.includes(mode)) {
    throw new DatabaseRefused(`DATABASE_URL says sslmode=${mode}; it must be one of ${modes.join(', ')}.`);
  }
  if (mode === null && !local.test(host)) {
    throw new DatabaseRefused(
      `DATABASE_URL names another machine (${host}) and does not say how the connection is protected; without a word it would not be. Add ?sslmode=verify-full (and &sslrootcert=/path/ca.pem where the server has a certificate of its own), or ?sslmode=disable where nobody else can listen.`,
    );
  }
  for (const name of files) {
    const file = url.searchParams.get(name);
    try {
      if (file !== null) accessSync(file, constants.R_OK);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new DatabaseRefused(`DATABASE_URL names ${file} as ${name}, which cannot be read (${code}).`);
    }
  }
  // The driver verifies in full whichever of these it is told, and warns of it.
  if (mode !== null && mode !== 'disable') url.searchParams.set('sslmode', 'verify-full');
  return url.href;
}
