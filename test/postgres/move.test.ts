import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compiled } from '../../sandbox/bot.ts';
import { openDatabase } from '../../src/db/open.ts';
import { markRunning } from '../../src/db/processes.ts';
import type { Schema } from '../../src/db/schema.ts';
import { fingerprintOf, keyFileOf } from '../../src/protection-key.ts';
import { addCrowd, strangers } from '../support/crowd.ts';
import { testGuildId } from '../support/context.ts';
import { onPostgres, placeOf, removePlace } from '../support/postgres/database.ts';

const key = 'the key of what is moved, long enough for one';
const script = new URL('../../src/operator/move.ts', import.meta.url).pathname;
let folder: string;
let file: string;
let address: string;

/** Runs the script as an operator does. */
async function move(args: readonly string[], env: Readonly<Record<string, string>> = { PROTECTION_KEY: key }) {
  const child = spawn(process.execPath, [script, ...args], { env: { PATH: process.env['PATH'], ...compiled, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

/** A database with people in two guilds, used with the key. */
async function fill(db: Kysely<Schema>, mentees: number): Promise<void> {
  await db.insertInto('guilds').values({ id: other, zone: 'Etc/UTC', set_up_at: at }).execute();
  await addCrowd(db, other, { mentees: strangers(mentees, 400_000_000_000_000_000n), mentors: [] });
  await addCrowd(db, testGuildId, { mentees: strangers(20, 600_000_000_000_000_000n), mentors: [] });
  const announcement = { guild_id: other, author_id: '1', channel_id: '1', zone: 'Etc/UTC', title: 'a', text: 'é 👩‍⚕️ \0b', state: 'scheduled' } as const; // prettier-ignore
  await db
    .insertInto('announcements')
    .values([
      { ...announcement, id: 'b', created_at: at, updated_at: at },
      { ...announcement, id: 'a', changes_id: 'b', state: 'draft', created_at: at, updated_at: at },
    ])
    .execute();
  await db
    .insertInto('protection_keys')
    .values({ only: 1, fingerprint: fingerprintOf(key), created_at: at })
    .execute();
}

const other = '900000000000000099';
const at = '2026-11-23T12:00:00.000Z';

describe.runIf(onPostgres)('npm run move', () => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'preceptor-move-'));
    file = join(folder, 'preceptor.db');
    address = await placeOf(folder);
    const db = await openDatabase(file);
    await db.insertInto('guilds').values({ id: testGuildId, zone: 'America/Chicago', set_up_at: at }).execute();
    await fill(db, 300);
    await db.destroy();
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await removePlace(folder);
  });

  test('brings everything to PostgreSQL and back, row by row the same', async () => {
    const there = await move([`file:${file}`, address]);
    expect(there.said).toMatch(/^Moved \d+ rows of 2 servers in .*: the same in both, row by row\.\n/);
    const back = join(folder, 'back.db');
    const again = await move([address, back]);
    expect(again.said.match(/\d+ rows/)?.[0]).toBe(there.said.match(/\d+ rows/)?.[0]);
    const [one, two] = [await openDatabase(file), await openDatabase(back)];
    for (const table of ['guilds', 'members', 'profiles', 'waitlist', 'protection_keys'] as const) {
      const rows = (db: Kysely<Schema>) => db.selectFrom(table).selectAll().execute();
      const sorted = (list: object[]) => list.map((row) => JSON.stringify(row)).toSorted();
      expect(sorted(await rows(two))).toEqual(sorted(await rows(one)));
    }
    const drafts = await two.selectFrom('announcements').select(['id', 'text', 'changes_id']).orderBy('id').execute();
    // What no database but SQLite takes is left out.
    expect(drafts).toEqual([
      { id: 'a', text: 'é 👩‍⚕️ b', changes_id: 'b' },
      { id: 'b', text: 'é 👩‍⚕️ b', changes_id: null },
    ]);
    await Promise.all([one.destroy(), two.destroy()]);
  });

  test('refuses a target with data, and changes nothing there', async () => {
    await move([file, address]);
    const again = await move([file, address]);
    expect(again).toMatchObject({ code: 78, said: expect.stringContaining('The target holds data already') });
  });

  test('refuses while a bot runs on either', async () => {
    const running = await openDatabase(file);
    expect(await move([file, address])).toMatchObject({ code: 78, said: expect.stringContaining('A bot is using') });
    await running.destroy();
    const server = await openDatabase(address);
    await markRunning(server, { id: 'a', shards: { count: 1, own: [0] } }, new Date().toISOString());
    expect(await move([file, address])).toMatchObject({ code: 78, said: expect.stringContaining('A bot is using') });
    await server.destroy();
  });

  test('names the key that belongs to the data, and refuses another', async () => {
    writeFileSync(keyFileOf(file), key);
    const none = await move([file, address], {});
    expect(none).toMatchObject({ code: 78, said: `Set PROTECTION_KEY to what ${keyFileOf(file)} holds, for this and for the bot from now on.\n` }); // prettier-ignore
    const wrong = await move([file, address], { PROTECTION_KEY: `${key} not` });
    expect(wrong).toMatchObject({ code: 78, said: expect.stringContaining('is not the one with which') });
  });

  test('moves one server alone, into a database that holds others, and lets it count as left where it was', async () => {
    const moved = await move([file, address, '--guild', other]);
    expect(moved.said).toContain(`of the server ${other}`);
    const [source, target] = [await openDatabase(file), await openDatabase(address)];
    expect(await target.selectFrom('guilds').select('id').execute()).toEqual([{ id: other }]);
    expect(await target.selectFrom('members').select('user_id').execute()).toHaveLength(300);
    const left = await source.selectFrom('guilds').select('id').where('left_at', 'is not', null).execute();
    expect(left).toEqual([{ id: other }]);
    await Promise.all([source.destroy(), target.destroy()]);
    const rest = await move([file, address, '--guild', testGuildId]);
    expect(rest.said).toContain(`of the server ${testGuildId}`);
    const unknown = await move([file, address, '--guild', '12345678901234567890']);
    expect(unknown).toMatchObject({ code: 78, said: expect.stringContaining('knows no server') });
  });

  test('says what it is for where nothing, or the same twice, is named', async () => {
    expect(await move([])).toMatchObject({ code: 78, said: expect.stringContaining('Name two databases') });
    expect(await move([file, file])).toMatchObject({ code: 78, said: expect.stringContaining('Name two databases') });
  });
});
