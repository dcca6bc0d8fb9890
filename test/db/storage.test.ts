/** The file as an operator meets it: full disks, locks, damage, copies put in its place, and who may read it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { upsertGuild } from '../../src/db/guilds.ts';
import { openDatabase, overwriteErased, overwritePerson, tryWrite } from '../../src/db/open.ts';
import type { Schema } from '../../src/db/schema.ts';
import type { StorageTrouble } from '../../src/db/trouble.ts';
import { explainFailure } from '../../src/failure.ts';
import { seededRandom } from '../support/context.ts';

let folder: string;
let file: string;
let opened: { destroy(): Promise<void> }[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'preceptor-storage-'));
  file = join(folder, 'preceptor.db');
  opened = [];
});
afterEach(async () => {
  for (const db of opened) await db.destroy();
  rmSync(folder, { recursive: true });
});

const at = '2026-11-23T12:00:00.000Z';

async function open(onLost?: (trouble: StorageTrouble) => void): Promise<Kysely<Schema>> {
  const db = await openDatabase(file, onLost);
  opened.push(db);
  return db;
}
const addGuild = async (db: Kysely<Schema>, id: string) =>
  await upsertGuild(db, { id, zone: 'Etc/UTC', set_up_at: at });
const guilds = async (db: Kysely<Schema>) => (await db.selectFrom('guilds').select('id').execute()).map(({ id }) => id);
const trouble = async (work: Promise<unknown>) =>
  await work.then(() => undefined, (error: unknown) => (error as StorageTrouble).what ?? error); // prettier-ignore
/** What an operator reads when the bot does not begin with this. */
const refusal = async () => explainFailure(await openDatabase(file).then((db) => db.destroy(), (error: unknown) => error)); // prettier-ignore
const bytesOfAll = () => Object.fromEntries(readdirSync(folder).filter((name) => !name.endsWith('-shm')).map((name) => [name, readFileSync(join(folder, name), 'latin1')])); // prettier-ignore

/** Does something in a process of its own, and kills that without a goodbye. */
function killAfter(code: string): void {
  const module = join(import.meta.dirname, '../../src/db/open.ts');
  const script = `const { openDatabase } = await import(${JSON.stringify(module)});
    const { sql } = await import(${JSON.stringify(import.meta.resolve('kysely'))});
    const db = await openDatabase(${JSON.stringify(file)}); ${code}; process.kill(process.pid, 'SIGKILL');`;
  const { signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(signal, stderr).toBe('SIGKILL');
}
const guildIn = (id: string) => `await sql\`insert into guilds (id, zone, set_up_at) values ('${id}', 'Etc/UTC', '${at}')\`.execute(db)`; // prettier-ignore

describe('while another program has the lock', () => {
  /** Another program that writes, until it is let go. */
  function lock(): () => void {
    const other = new SqliteDatabase(file);
    other.exec('begin immediate');
    return () => other.close();
  }

  test('what is stored waits for it, and nobody else is held up meanwhile', async () => {
    const db = await open();
    const release = lock();
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    const stored = addGuild(db, '1');
    await delay(300);
    expect(turns).toBeGreaterThan(5);
    release();
    await stored;
    clearInterval(timer);
    expect(await guilds(db)).toEqual(['1']);
  });

  test('for longer than Discord waits, nothing is stored and each of many hears so in time', async () => {
    const db = await open();
    const release = lock();
    // Were one to wait after the other, the last would be let in.
    const timer = setTimeout(release, 4_000);
    const all = await Promise.all(['1', '2', '3', '4'].map((id) => trouble(addGuild(db, id))));
    expect(all).toEqual(['busy', 'busy', 'busy', 'busy']);
    expect(await trouble(tryWrite(db))).toBe('busy');
    clearTimeout(timer);
    release();
    expect(await guilds(db)).toEqual([]);
    await addGuild(db, '5');
    expect(await guilds(db)).toEqual(['5']);
  });
});

describe('on a full disk', () => {
  test('a transaction is stored not at all, and it is the disk that is named', async () => {
    const db = await open();
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count ?? 0)}`.execute(db);
    let isGoingOn = false;
    const work = db.transaction().execute(async (trx) => {
      await addGuild(trx, '1');
      for (let n = 0; n < 500; n += 1) await fill(trx, n);
      isGoingOn = true;
    });
    expect(await trouble(work)).toBe('full');
    expect(isGoingOn).toBe(false);
    expect(await guilds(db)).toEqual([]);
  });

  test('whoever goes on after it inside a transaction stores no half of it', async () => {
    const db = await open();
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count ?? 0)}`.execute(db);
    const work = db.transaction().execute(async (trx) => {
      for (let n = 0; n < 500; n += 1) await fill(trx, n).catch(() => undefined);
      await addGuild(trx, '1');
    });
    expect(await trouble(work)).toBe('failing');
    await sql`pragma max_page_count = 100000`.execute(db);
    expect(await guilds(db)).toEqual([]);
  });

  const fill = async (db: Kysely<Schema>, n: number) => await upsertGuild(db, { id: `f${n}`, zone: 'x'.repeat(3_000), set_up_at: at }); // prettier-ignore

  test.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')('a real one is named, and all is well once there is space', async () => {
    const small = join(folder, 'small');
    const mounted = spawnSync('sh', ['-c', `mkdir ${small} && mount -t tmpfs -o size=8m tmpfs ${small}`]);
    // Not every machine lets root mount something.
    if (mounted.status !== 0) return;
    try {
      file = join(small, 'preceptor.db');
      const filler = join(small, 'filler');
      // Too little for a new database: half of one is never left.
      for (const free of [200, 800, 1_600]) {
        spawnSync('sh', ['-c', `dd if=/dev/zero of=${filler} bs=4k count=${(8 * 1024 - free) / 4} 2>/dev/null`]);
        expect(await trouble(openDatabase(file))).toBe('full');
        expect(readdirSync(small)).toEqual(['filler']);
      }
      rmSync(filler);
      const db = await openDatabase(file);
      spawnSync('sh', ['-c', `dd if=/dev/zero of=${filler} bs=4k 2>/dev/null`]);
      expect(await trouble(db.transaction().execute(async (trx) => { for (let n = 0; n < 2_000; n += 1) await fill(trx, n); }))).toBe('full'); // prettier-ignore
      rmSync(filler);
      await addGuild(db, '1');
      expect(await guilds(db)).toEqual(['1']);
      await db.destroy();
    } finally {
      spawnSync('umount', ['-l', small]);
    }
  }); // prettier-ignore
});

describe('other users of the machine', () => {
  test('can read neither the files nor their folder', async () => {
    const former = process.umask(0);
    try {
      file = join(folder, 'data', 'preceptor.db');
      const db = await open();
      await addGuild(db, '1');
      const modes = readdirSync(join(folder, 'data')).map((name) => statSync(join(folder, 'data', name)).mode & 0o077);
      expect(modes.length).toBeGreaterThan(2);
      expect(modes.every((mode) => mode === 0)).toBe(true);
      expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    } finally {
      process.umask(former);
    }
  });

  test('can no longer read files of an earlier version, the log among them', async () => {
    killAfter(guildIn('1'));
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
    await open();
    for (const name of ['preceptor.db', 'preceptor.db-wal']) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
  });
});

describe('is not begun with', () => {
  test('where the file is empty, as a copy is for which there was no space', async () => {
    writeFileSync(file, '');
    expect(await refusal()).toMatchObject({ exitCode: 78, message: expect.stringContaining('is an empty file') });
    expect(statSync(file).size).toBe(0);
  });

  test('where the file holds no table, as one copied without its log does', async () => {
    const sqlite = new SqliteDatabase(file);
    sqlite.pragma('journal_mode = WAL');
    sqlite.close();
    const before = bytesOfAll();
    expect(await refusal()).toMatchObject({ exitCode: 78, message: expect.stringContaining('holds no table') });
    expect(bytesOfAll()).toEqual(before);
  });

  test('where the file belongs to another program', async () => {
    const sqlite = new SqliteDatabase(file);
    sqlite.exec('create table songs (title text)');
    sqlite.close();
    expect((await refusal()).message).toContain('another program');
  });

  test('where the file has gone and its log or its mark says that there was one', async () => {
    killAfter(guildIn('1'));
    rmSync(file);
    expect((await refusal()).message).toContain('is not there, but was');
    for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`);
    expect((await refusal()).message).toContain(`delete ${file}-mark`);
    rmSync(`${file}-mark`);
    expect(await guilds(await open())).toEqual([]);
  });

  test('where a copy was put beside the log of what it replaced: that would undo it', async () => {
    const before = await openDatabase(file);
    await addGuild(before, 'old');
    await before.destroy();
    const copy = join(folder, 'copy');
    copyFileSync(file, copy);
    killAfter(guildIn('new'));
    copyFileSync(copy, file);
    const found = bytesOfAll();
    expect(await refusal()).toMatchObject({ exitCode: 78, message: expect.stringContaining('would undo it') });
    expect(bytesOfAll()).toEqual(found);
    // As the refusal says.
    for (const end of ['-wal', '-shm']) renameSync(`${file}${end}`, join(folder, `away${end}`));
    expect(await guilds(await open())).toEqual(['old']);
  });

  test.each([1, 2, 3])('but is after %s kills in a row, with everything that was stored', async (kills) => {
    for (let n = 0; n < kills; n += 1) killAfter(guildIn(String(n)));
    expect((await guilds(await open())).length).toBe(kills);
  });

  test('after a kill the file alone holds the tables, with what was there at the start', async () => {
    killAfter(guildIn('1'));
    killAfter(guildIn('2'));
    const alone = join(folder, 'alone');
    copyFileSync(file, alone);
    file = alone;
    expect(await guilds(await open())).toEqual(['1']);
  });
});

describe('when it is damaged', () => {
  /** Spoils the page on which the guilds begin. */
  function spoil(how: { readonly: boolean }): void {
    // Only reading leaves the log where it is.
    const sqlite = new SqliteDatabase(file, how);
    const page = sqlite.prepare(`select rootpage from sqlite_master where name = 'guilds'`).pluck().get() as number;
    const size = sqlite.pragma('page_size', { simple: true }) as number;
    sqlite.close();
    writeSync(openSync(file, 'r+'), Buffer.alloc(100, 0xa5), 0, 100, (page - 1) * size);
  }

  test('after an unclean end the bot stops with words before anything is written', async () => {
    killAfter('');
    spoil({ readonly: true });
    const before = bytesOfAll();
    expect(await refusal()).toMatchObject({ exitCode: 78, message: expect.stringContaining('npm run restore') });
    expect(bytesOfAll()).toEqual(before);
  });

  test('and that is found only in use, nothing is written from then on', async () => {
    const clean = await openDatabase(file);
    await clean.destroy();
    spoil({ readonly: false });
    const onLost = vi.fn();
    const db = await openDatabase(file, onLost);
    expect(await trouble(db.selectFrom('guilds').selectAll().execute())).toBe('damaged');
    const before = bytesOfAll();
    expect(await trouble(sql`insert into kysely_migration (name, timestamp) values ('x', 'x')`.execute(db))).toBe('damaged'); // prettier-ignore
    await db.destroy();
    expect(onLost).toHaveBeenCalledTimes(1);
    expect(bytesOfAll()).toEqual(before);
  });
});

describe('when its file', () => {
  test.each([
    ['is deleted', () => rmSync(file)],
    ['is moved away', () => renameSync(file, `${file}.old`)],
    ['is replaced', () => { copyFileSync(file, `${file}.new`); renameSync(`${file}.new`, file); }], // prettier-ignore
    ['loses its log', () => rmSync(`${file}-wal`)],
  ])('%s, nothing is done that would be forgotten, and a copy is saved', async (_, spoil) => {
    const onLost = vi.fn();
    const db = await openDatabase(file, onLost);
    await addGuild(db, '1');
    spoil();
    expect(await trouble(addGuild(db, '2'))).toBe('gone');
    expect(await trouble(db.transaction().execute(async (trx) => await addGuild(trx, '3')))).toBe('gone'); // prettier-ignore
    expect(onLost).toHaveBeenCalledTimes(1);
    await db.destroy();
    const rescued = readdirSync(folder).find((name) => name.includes('rescued')) ?? '';
    expect(statSync(join(folder, rescued)).mode & 0o777).toBe(0o600);
    const copy = new SqliteDatabase(join(folder, rescued), { readonly: true });
    expect(copy.prepare('select id from guilds').all()).toEqual([{ id: '1' }]);
    copy.close();
  });
});

test('what was deleted is in no byte of any file, wherever SQLite has moved it', async () => {
  const db = await open();
  await sql`create table held (id text primary key, user text, words text) strict`.execute(db);
  await sql`create index held_user on held (user)`.execute(db);
  const random = seededRandom(4);
  const people = Array.from({ length: 3_000 }, () => `7${String(Math.floor(random() * 1e15)).padStart(16, '0')}`);
  const gone = people.filter((_, n) => n % 7 === 0);
  await db.transaction().execute(async (trx) => {
    for (const [n, user] of people.flatMap((id) => [id, id, id, id]).entries()) {
      const words = 'x'.repeat(Math.floor(random() * 300));
      await sql`insert into held values (${`${random()}-${n}`}, ${user}, ${words})`.execute(trx);
    }
  });
  await db.transaction().execute(async (trx) => {
    for (const user of gone) await sql`delete from held where user = ${user}`.execute(trx);
  });
  await overwritePerson(db);
  const found = () => {
    const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    return (id: string) => bytes.some((all) => all.includes(id));
  };
  // Pages that SQLite has filled anew keep the rest of what was in them: `secure_delete` does not reach that.
  expect(gone.filter(found())).not.toEqual([]);
  expect(await overwriteErased(db)).toBe(true);
  expect(gone.filter(found())).toEqual([]);
  expect(people.filter(found()).length).toBe(people.length - gone.length);
});
