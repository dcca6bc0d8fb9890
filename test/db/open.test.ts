import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { upsertGuild } from '../../src/db/guilds.ts';
import { purgeProtections } from '../../src/db/protections.ts';
import { findSuspension } from '../../src/db/suspensions.ts';
import { keyedHashWith } from '../../src/protection-key.ts';
import { migrations } from '../../src/db/migrations/index.ts';
import { openDatabase, overwriteDeleted } from '../../src/db/open.ts';
import { explainFailure } from '../../src/failure.ts';
import { claimNotices } from '../../src/db/notices/claims.ts';

const run = promisify(execFile);

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'preceptor-db-'));
  file = join(folder, 'preceptor.db');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const at = '2026-11-23T12:00:00.000Z';

const tables = async (db: Awaited<ReturnType<typeof openDatabase>>) =>
  (await db.introspection.getTables()).map(({ name }) => name);

test('a migration that fails in the middle leaves nothing behind, and works once it is mended', async () => {
  const all = migrations as Record<string, (typeof migrations)[string]>;
  all['0002-broken'] = {
    async up(db) {
      await sql`create table half (id text)`.execute(db);
      throw new Error('no');
    },
  };
  try {
    await expect(openDatabase(file)).rejects.toThrow('no');
    all['0002-broken'] = { up: async (db) => void (await sql`create table half (id text)`.execute(db)) };
    const db = await openDatabase(file);
    expect(await tables(db)).toContain('half');
    await db.destroy();
  } finally {
    delete all['0002-broken'];
  }
});

test('a database of the first version is brought up to date with everything that is in it, or not at all', async () => {
  const all = migrations as Record<string, (typeof migrations)[string]>;
  const later = Object.entries(all).filter(([name]) => name !== '0001-initial');
  for (const [name] of later) delete all[name];
  try {
    const old = await openDatabase(file);
    const guild = { id: '1', zone: 'Etc/UTC', set_up_at: at };
    await upsertGuild(old, guild);
    await sql`insert into members (guild_id, user_id, zone, shows_country, created_at) values ('1', '2', 'Etc/UTC', 0, ${at})`.execute(old); // prettier-ignore
    await sql`insert into requests (id, guild_id, mentee_id, mentor_id, state, message, created_at, sent_at, expires_at)
      values ('r', '1', '2', '3', 'pending', 'Hello', ${at}, ${at}, ${at})`.execute(old);
    await sql`insert into notices (id, guild_id, kind, user_id, state, due_at, created_at)
      values ('n', '1', 'request-received', '3', 'owed', ${at}, ${at})`.execute(old);
    await old.destroy();

    Object.assign(all, Object.fromEntries(later));
    all['9999-broken'] = { up: () => Promise.reject(new Error('no')) };
    await expect(openDatabase(file)).rejects.toThrow('no');
    delete all['9999-broken'];
    for (const [name] of later) delete all[name];
    // None of the steps before the one that failed has stayed, so that the old version still opens it.
    const back = await openDatabase(file);
    expect(await tables(back)).not.toContain('rounds');
    await back.destroy();

    Object.assign(all, Object.fromEntries(later));
    const db = await openDatabase(file);
    expect(await db.selectFrom('guilds').selectAll().execute()).toMatchObject([{ ...guild, content_mix: 'both', weights: null }]); // prettier-ignore
    expect(await db.selectFrom('requests').selectAll().execute()).toMatchObject([{ id: 'r', round_id: null }]);
    const owed = await claimNotices(db, at, '2026-11-23T12:01:00.000Z', 10);
    expect(owed).toMatchObject([{ id: 'n', mass: 0 }]);
    expect((await sql<{ n: string }>`pragma foreign_key_check`.execute(db)).rows).toEqual([]);
    await db.destroy();
  } finally {
    Object.assign(all, Object.fromEntries(later));
    delete all['9999-broken'];
  }
});

test('a database that a newer version has used is refused in one line that says what to do, and stays as it is', async () => {
  const db = await openDatabase(file);
  await sql`insert into kysely_migration (name, timestamp) values ('0007-reports', '2027-01-01')`.execute(db);
  await db.destroy();
  const refused: unknown = await openDatabase(file).catch((error: unknown) => error);
  const { message, exitCode } = explainFailure(refused);
  expect(message).toMatch(/newer version \(it has 0007-reports\)\. Start that version again/);
  expect(message).not.toContain('\n');
  expect(exitCode).toBe(1);
});

test('two processes that start at once on no database both find one that is whole', async () => {
  const open = join(import.meta.dirname, '../../src/db/open.ts');
  const script = `const { openDatabase } = await import(${JSON.stringify(open)});
    const db = await openDatabase(${JSON.stringify(file)});
    console.log((await db.introspection.getTables()).length); await db.destroy();`;
  const start = () => run(process.execPath, ['--input-type=module', '-e', script]);
  const outcomes = await Promise.all([start(), start(), start()]);
  expect(new Set(outcomes.map(({ stdout }) => stdout)).size).toBe(1);
});

test('what was deleted is gone from the files, not just from the tables', async () => {
  const db = await openDatabase(file);
  await upsertGuild(db, { id: '1', zone: 'SECRET-zone', set_up_at: '2026-11-23T12:00:00.000Z' });
  await overwriteDeleted(db);
  const found = () => readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes('SECRET-zone'));
  expect(found()).not.toEqual([]);
  await db.deleteFrom('guilds').execute();
  await overwriteDeleted(db);
  expect(found()).toEqual([]);
  await db.destroy();
});

test('what an earlier version gave up at one refusal is tried again: paused schedules, threads that could not be', async () => {
  const all = migrations as Record<string, (typeof migrations)[string]>;
  const later = Object.entries(all).filter(([name]) => name >= '0010');
  for (const [name] of later) delete all[name];
  try {
    const old = await openDatabase(file);
    await upsertGuild(old, { id: '1', zone: 'Etc/UTC', set_up_at: at });
    for (const [id, why] of [
      ['ours', 'channel-closed'],
      ['theirs', 'moderator'],
    ]) {
      await sql`insert into schedules (id, guild_id, kind, channel_id, cron, zone, state, paused_why, created_at, updated_at)
        values (${id}, '1', 'tip', '5', '0 9 * * 1', 'Etc/UTC', 'paused', ${why}, ${at}, ${at})`.execute(old);
      for (const due of ['2026-11-09T09:00:00.000Z', '2026-11-16T09:00:00.000Z']) {
        await sql`insert into slots (id, schedule_id, guild_id, kind, due_at, state, why, notice_id, created_at)
          values (${id + due}, ${id}, '1', 'tip', ${due}, 'failed', ${why}, ${`post ${id} ${due}`}, ${at})`.execute(
          old,
        );
        await sql`insert into notices (id, guild_id, kind, state, due_at, created_at)
          values (${`post ${id} ${due}`}, '1', 'post', 'void', ${at}, ${at})`.execute(old);
      }
    }
    for (const [id, state] of [
      ['live', 'active'],
      ['over', 'ended'],
    ]) {
      await sql`insert into mentorships (id, guild_id, mentor_id, mentee_id, state, started_at, due_at)
        values (${id}, '1', '2', ${id}, ${state}, ${at}, ${at})`.execute(old);
      await sql`insert into notices (id, guild_id, kind, subject_id, state, due_at, created_at)
        values (${`thread ${id}`}, '1', 'mentorship-thread', ${id}, 'void', ${at}, ${at})`.execute(old);
    }
    await old.destroy();
    for (const [name, migration] of later) all[name] = migration;
    const db = await openDatabase(file);
    const owed = await db.selectFrom('notices').select('id').where('state', '=', 'owed').orderBy('id').execute();
    expect(owed.map(({ id }) => id)).toEqual(['post ours 2026-11-16T09:00:00.000Z', 'thread live']);
    await db.destroy();
  } finally {
    for (const [name, migration] of later) all[name] = migration;
  }
});

test('suspensions that an earlier version kept beside an id still hold, and the first purge takes the id away', async () => {
  const all = migrations as Record<string, (typeof migrations)[string]>;
  const later = Object.entries(all).filter(([name]) => name >= '0011');
  for (const [name] of later) delete all[name];
  try {
    const old = await openDatabase(file);
    await upsertGuild(old, { id: '1', zone: 'Etc/UTC', set_up_at: at });
    await sql`insert into suspensions (guild_id, user_id, suspended_at) values ('1', '42', ${at})`.execute(old);
    await old.destroy();
    for (const [name, migration] of later) all[name] = migration;
    const db = await openDatabase(file);
    const keeper = {
      keyedHash: keyedHashWith('a key for tests, as long as it has to be'),
      now: () => at,
      random: () => 0.5,
    };
    const whose = { guildId: '1', userId: '42' };
    expect(await findSuspension(db, keeper, whose, 'mentor')).toBe(at);
    await purgeProtections(db, keeper, 10);
    expect(JSON.stringify(await db.selectFrom('protections').select(['one']).execute())).not.toContain('42"');
    expect(await findSuspension(db, keeper, whose, 'mentor')).toBe(at);
    await db.destroy();
  } finally {
    for (const [name, migration] of later) all[name] = migration;
  }
});

test('whoever chose diagnostic or interventional radiology, or both, has chosen radiology, beside what else they chose', async () => {
  const all = migrations as Record<string, (typeof migrations)[string]>;
  const later = Object.entries(all).filter(([name]) => name >= '0019');
  for (const [name] of later) delete all[name];
  const chosen = {
    a: ['diagnostic-radiology'],
    b: ['interventional-radiology', 'pathology'],
    c: ['pathology', 'diagnostic-radiology', 'interventional-radiology'],
    d: ['radiation-oncology'],
  };
  try {
    const old = await openDatabase(file);
    await upsertGuild(old, { id: '1', zone: 'Etc/UTC', set_up_at: at });
    for (const [id, specialties] of Object.entries(chosen)) {
      await sql`insert into members (guild_id, user_id, zone, created_at) values ('1', ${id}, 'Etc/UTC', ${at})`.execute(old); // prettier-ignore
      await sql`insert into profiles (id, guild_id, user_id, role, state, specialties, stage, languages, topics, about, capacity, verification, created_at, updated_at)
        values (${id}, '1', ${id}, 'mentee', 'active', ${JSON.stringify(specialties)}, 'applying', '["en"]', '["visas"]', '', 0, 'none', ${at}, ${at})`.execute(
        old,
      );
    }
    await old.destroy();
    for (const [name, migration] of later) all[name] = migration;
    const db = await openDatabase(file);
    const now = await db.selectFrom('profiles').select('specialties').orderBy('id').execute();
    expect(now.map(({ specialties }) => JSON.parse(specialties))).toEqual([
      ['radiology'],
      ['radiology', 'pathology'],
      ['pathology', 'radiology'],
      ['radiation-oncology'],
    ]);
    await db.destroy();
  } finally {
    for (const [name, migration] of later) all[name] = migration;
  }
});
