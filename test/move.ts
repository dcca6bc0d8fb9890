/**
 * `npm run proof:move`: moves many rows from SQLite to PostgreSQL and back with the operator's script, which compares them
 * row by row each time.
 *
 *   npm run proof:move                    500,000 rows
 *   npm run proof:move -- --rows 20000
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../src/db/open.ts';
import { addCrowd, strangers } from './support/crowd.ts';
import { startPostgres } from './support/postgres/server.ts';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '500000' } } });
const server = await startPostgres();
if (!server) {
  console.log('No PostgreSQL for this machine: nothing was moved.');
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'preceptor-move-'));
const script = new URL('../src/operator/move.ts', import.meta.url).pathname;
try {
  const [file, back] = [join(folder, 'there.db'), join(folder, 'back.db')];
  const db = await openDatabase(file);
  const at = new Date().toISOString();
  // A mentee is three rows: the member, the profile, the place on the waitlist.
  const perGuild = 500;
  for (let rows = 0, n = 0n; rows < Number(values.rows); rows += 3 * perGuild, n += 1n) {
    const id = String(900_000_000_000_000_000n + n);
    await db.insertInto('guilds').values({ id, zone: 'Etc/UTC', set_up_at: at }).execute();
    await addCrowd(db, id, { mentees: strangers(perGuild, 400_000_000_000_000_000n + n * 1000n), mentors: [] });
  }
  await db.destroy();
  const address = server.addressOf('postgres');
  for (const [from, to] of [
    [file, address],
    [address, back],
  ] as const) {
    // prettier-ignore
    const { status, stdout } = spawnSync(process.execPath, [script, from, to], {
      env: { PATH: process.env['PATH'] ?? '', PROTECTION_KEY: 'the key of what is moved, long enough for one' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    console.log(stdout.split('\n')[0]);
    if (status !== 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
  await server.stop();
}
