/**
 * Where `npm start` begins. Plain JavaScript that any Node of the last years can read, so that one too old for the rest
 * (it would stumble over TypeScript, or crash in the database driver without a word) is told apart in one clear line.
 */
import { lstatSync, mkdirSync, statSync } from 'node:fs';
import * as module from 'node:module';
import { dirname, join } from 'node:path';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Preceptor needs Node 22.18 or newer; this is ${process.versions.node}. "npm start" on Linux brings its own; elsewhere get it from https://nodejs.org.`,
  );
  process.exit(1);
}

// Files made by the bot are readable only by the user who runs it.
process.umask(0o077);

try {
  process.loadEnvFile();
  if (process.getuid !== undefined && (statSync('.env').mode & 0o077) !== 0) {
    console.error('Other users of this machine can read .env, and the token in it: chmod 600 .env');
  }
} catch (error) {
  // Without the file everything comes from the environment.
  if (error.code !== 'ENOENT') {
    console.error(`.env cannot be read (${error.code}).`);
    process.exit(78);
  }
}

// Node would otherwise strip and compile hundreds of files anew at every start: most of the time until the bot is ready.
const cache = ownCache();
if (cache !== undefined) module.enableCompileCache?.(cache);

await import('./own-imports.js');
await import('./main.ts');

/**
 * A folder for compiled code beside the database file. What lies in it runs with the bot's token, so nobody else may have
 * made it or be able to put it in place of another: where that is not certain there is none, and starts take longer.
 * @returns {string | undefined}
 */
function ownCache() {
  // Without a file beside which it could lie, it lies where that would be.
  const file = /^file:(.+)/.exec(process.env.DATABASE_URL ?? '')?.[1] ?? 'data/preceptor.db';
  const folder = join(dirname(file), 'compiled');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOwn(folder, 0o077) && isOwn(dirname(file), 0o022) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} folder
 * @param {number} forbidden what others must not be allowed.
 */
function isOwn(folder, forbidden) {
  const found = lstatSync(folder);
  // Windows has neither owners nor modes here; folders of a user are the user's there.
  if (process.getuid === undefined) return found.isDirectory();
  return found.isDirectory() && found.uid === process.getuid() && (found.mode & forbidden) === 0;
}
