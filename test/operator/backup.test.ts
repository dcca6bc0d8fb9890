/** Backups as an operator makes and uses them: scripts, beside the running bot. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteDatabase from 'better-sqlite3';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/api.ts';
import { compiled } from '../../sandbox/bot.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { upsertGuild } from '../../src/db/guilds.ts';
import { openDatabase } from '../../src/db/open.ts';
import { insertKeyFingerprint } from '../../src/db/protection-keys.ts';
import { fingerprintOf, keyFileOf } from '../../src/protection-key.ts';
import { setUp } from '../support/set-up.ts';

const at = '2026-11-23T12:00:00.000Z';

let folder: string;
let file: string;
let sandbox: Sandbox | undefined;
let running: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'preceptor-backup-'));
  file = join(folder, 'preceptor.db');
});
afterEach(async () => {
  running?.kill('SIGKILL');
  running = undefined;
  await sandbox?.close();
  sandbox = undefined;
  rmSync(folder, { recursive: true });
});

const scriptOf = (name: string) => fileURLToPath(new URL(`../../src/${name}`, import.meta.url));

/** What an operator runs, and reads. */
function script(name: 'backup' | 'restore', ...args: string[]): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [scriptOf(`operator/${name}.ts`), ...args], {
    encoding: 'utf8',
    cwd: folder,
    env: { PATH: process.env['PATH'], ...compiled, DATABASE_URL: `file:${file}` },
  });
  return { code: status, said: stdout + stderr };
}

async function addGuild(id: string): Promise<void> {
  const db = await openDatabase(file);
  await upsertGuild(db, { id, zone: 'Etc/UTC', set_up_at: at });
  await db.destroy();
}
function guildsIn(path: string): unknown[] {
  const sqlite = new SqliteDatabase(path);
  try {
    return sqlite.prepare('select id from guilds order by id').pluck().all();
  } finally {
    sqlite.close();
  }
}
const backups = () => readdirSync(join(folder, 'backups'));

test('a backup is one file, checked, of this user alone, and says what it holds', async () => {
  await addGuild('1');
  const { code, said } = script('backup');
  expect(said).toContain('checked): 1 server, 0 members.');
  expect(code).toBe(0);
  expect(backups()).toHaveLength(1);
  const made = join(folder, 'backups', backups()[0] ?? '');
  expect(statSync(made).mode & 0o777).toBe(0o600);
  expect(guildsIn(made)).toEqual(['1']);
});

test('a backup holds what is in the log alone, and leaves the bot its log', async () => {
  await addGuild('1');
  const writer = new SqliteDatabase(file);
  writer.exec(`insert into guilds (id, zone, set_up_at) values ('2', 'Etc/UTC', '${at}')`);
  expect(script('backup', 'copy.db').code).toBe(0);
  writer.close();
  expect(guildsIn(join(folder, 'copy.db'))).toEqual(['1', '2']);
});

test('older backups are deleted where that is asked, and nothing else in their folder', async () => {
  await addGuild('1');
  script('backup');
  for (const name of ['preceptor-2026-01-01T00-00-00.db', 'preceptor-2026-02-01T00-00-00.db', 'mine.db']) {
    writeFileSync(join(folder, 'backups', name), '');
  }
  expect(script('backup', '--keep', '2', join(folder, 'other.db')).said).toContain('Deleted: 1 older backup.');
  expect(backups()).toContain('mine.db');
  expect(backups()).not.toContain('preceptor-2026-01-01T00-00-00.db');
});

test.each<[string, () => string, string]>([
  ['there is none', () => 'nowhere.db', 'There is no file'],
  ['it is empty', () => put('empty.db', ''), 'holds no table'],
  ['it is no database', () => put('letter.db', 'Dear colleague, '.repeat(400)), 'damaged, or no database'],
  ['it is another program’s', () => foreign('songs.db'), 'holds no table'],
  ['a page of it is damaged', () => damaged('damaged.db'), 'damaged'],
  ['it is of a newer version', () => newer('newer.db'), 'newer version'],
  ['it has a log beside it', () => (put('copy.db-wal', 'x'), put('copy.db', 'x')), 'has a log beside it'],
  ['it is the database itself', () => file, 'is the database itself'],
])('nothing is restored where %s', async (_, prepare, why) => {
  await addGuild('1');
  const copy = prepare();
  const { code, said } = script('restore', copy);
  expect(said).toContain(why);
  expect(code).toBe(78);
  expect(guildsIn(file)).toEqual(['1']);
});

function put(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
function foreign(name: string): string {
  const sqlite = new SqliteDatabase(join(folder, name));
  sqlite.exec('create table songs (title text)');
  sqlite.close();
  return name;
}
function newer(name: string): string {
  script('backup', name);
  const sqlite = new SqliteDatabase(join(folder, name));
  sqlite.exec(`insert into kysely_migration (name, timestamp) values ('9998-reports', '2027-01-01')`);
  sqlite.close();
  return name;
}
function damaged(name: string): string {
  script('backup', name);
  writeSync(openSync(join(folder, name), 'r+'), Buffer.alloc(200, 0xa5), 0, 200, 4096 * 5);
  return name;
}

test('a backup that was made with another protection key is refused, and the key is named', async () => {
  const db = await openDatabase(file);
  await insertKeyFingerprint(db, fingerprintOf('a'.repeat(40)), at);
  await db.destroy();
  writeFileSync(keyFileOf(file), 'a'.repeat(40));
  expect(script('backup', 'copy.db').said).toContain(keyFileOf(file));
  writeFileSync(keyFileOf(file), 'b'.repeat(40));
  expect(script('restore', 'copy.db')).toMatchObject({ code: 78, said: expect.stringContaining(keyFileOf(file)) });
  writeFileSync(keyFileOf(file), 'a'.repeat(40));
  expect(script('restore', 'copy.db').code).toBe(0);
});

test('what was there before a restore is kept, and the old log does not come back', async () => {
  await addGuild('old');
  script('backup', 'copy.db');
  await addGuild('new');
  // Killed: what was stored last is in the log only.
  const code = `const { default: Sqlite } = await import(${JSON.stringify(import.meta.resolve('better-sqlite3'))});
    new Sqlite(${JSON.stringify(file)}).exec("insert into guilds (id, zone, set_up_at) values ('newest', 'Etc/UTC', '${at}')");
    process.kill(process.pid, 'SIGKILL');`;
  spawnSync(process.execPath, ['--input-type=module', '-e', code]);
  expect(existsSync(`${file}-wal`)).toBe(true);
  expect(script('restore', 'copy.db').said).toContain('Restored copy.db: 1 server');
  await addGuild('later');
  expect(guildsIn(file)).toEqual(['later', 'old']);
  expect(guildsIn(join(folder, 'backups', backups()[0] ?? ''))).toEqual(['new', 'newest', 'old']);
});

test('a damaged database is replaced, and kept', async () => {
  await addGuild('1');
  script('backup', 'copy.db');
  copyFileSync(put('letter', 'Dear colleague, '.repeat(400)), file);
  expect(script('restore', 'copy.db').said).toContain('damaged');
  expect(guildsIn(file)).toEqual(['1']);
  const kept = readdirSync(folder).find((name) => name.includes('-damaged-')) ?? '';
  expect(readFileSync(join(folder, kept), 'utf8')).toContain('Dear colleague');
});

test('a running bot begins again with what was restored, and stores nothing of before', async () => {
  sandbox = await startSandbox();
  const guild = sandbox.createGuild({ name: 'IMG Commons' });
  const moderator = guild.join({ name: 'Imani', permissions: PermissionFlagsBits.ManageGuild });
  const child = spawn(process.execPath, [scriptOf('start.js')], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...compiled, DATABASE_URL: `file:${file}`, DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.apiUrl }, // prettier-ignore
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (log += part.toString()));
  const starts = () => log.split('"ready"').length - 1;
  await expect.poll(starts, { timeout: 20_000 }).toBe(1);
  expect(script('backup', 'copy.db').code).toBe(0);
  await setUp(moderator, { timezone: 'America/New_York' });
  expect(script('restore', 'copy.db').code).toBe(0);
  // The first thing that is to be stored notices.
  const said = (await guild.join({ name: 'Sana' }).slash('register mentee', { timezone: 'America/New_York' }).catch(String)) as { text?: string }; // prettier-ignore
  await setUp(moderator, { timezone: 'America/New_York' }).catch(() => undefined);
  await expect.poll(starts, { timeout: 20_000 }).toBe(2);
  expect(log).toContain('a backup was put in place of the database');
  await sandbox.botReady();
  expect((await moderator.slash('schedule list')).text).toContain('not set up here yet');
  expect(said.text ?? '').not.toContain('went wrong');
});
