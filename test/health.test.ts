import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../src/db/open.ts';
import { seededRandom } from './support/context.ts';
import { freePort } from './support/port.ts';
import { openTown, type Town } from './support/town.ts';
import { insertNotice } from '../src/db/notices/write.ts';

let town: Town;
afterEach(async () => await town.close());

async function open(): Promise<() => Promise<{ status: number; body: Record<string, unknown> }>> {
  const port = await freePort();
  town = await openTown({ setUp: true, env: { HEALTH_PORT: String(port) } });
  return async () => {
    const response = await fetch(`http://127.0.0.1:${port}/healthz?from=monitor`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
}

test('answers 200 while the gateway and the database are well and nothing waits', async () => {
  const health = await open();
  expect(await health()).toEqual({
    status: 200,
    body: { ok: true, gateway: 'Ready', database: 'ok', oldestOwedNoticeSeconds: null },
  });
});

test('answers 503 once a due notice has waited for ten minutes', async () => {
  const health = await open();
  const db = await openDatabase(town.database);
  const at = new Date(town.sandbox.clock.now()).toISOString();
  await db.transaction().execute(async (trx) => {
    const source = { now: () => at, random: seededRandom(1) };
    await insertNotice(trx, source, { guildId: town.guild.id, kind: 'mentor-review', dueAt: at });
    // Somebody has it in hand and does not come back.
    await trx.updateTable('notices').set({ claimed_until: '2999-01-01T00:00:00.000Z' }).execute();
  });
  await db.destroy();
  expect((await health()).status).toBe(200);
  town.sandbox.clock.advance(601_000);
  const late = await health();
  expect(late.status).toBe(503);
  expect(late.body).toMatchObject({ ok: false, gateway: 'Ready', oldestOwedNoticeSeconds: 601 });
});

test('answers 503 while the bot is still on its way to the gateway', async () => {
  const port = await freePort();
  town = await openTown({ env: { HEALTH_PORT: String(port) } });
  await town.bot.stop();
  town.sandbox.fault({ kind: 'slow', route: /gateway/, ms: 1_500 });
  const started = town.start();
  const ask = async () => (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined))?.status;
  await expect.poll(ask, { timeout: 10_000 }).toBe(503);
  await started;
  expect(await ask()).toBe(200);
});

test('knows no other page', async () => {
  const port = await freePort();
  town = await openTown({ env: { HEALTH_PORT: String(port) } });
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
});

/** Another program that keeps the database locked until it is let go. */
function lock(): () => void {
  const other = new SqliteDatabase(town.database);
  other.exec('begin immediate');
  return () => other.close();
}

test('answers 503 while nothing can be stored, and 200 again afterwards', async () => {
  const health = await open();
  const release = lock();
  expect(await health()).toMatchObject({ status: 503, body: { database: 'busy' } });
  release();
  await expect.poll(async () => (await health()).status, { timeout: 10_000 }).toBe(200);
});

test.each([
  ['deleted', (file: string) => rmSync(file)],
  ['replaced', (file: string) => { copyFileSync(file, `${file}.new`); renameSync(`${file}.new`, file); }], // prettier-ignore
])('answers 503 when the database was %s under it, and the bot can go on no longer', async (_, spoil) => {
  const health = await open();
  spoil(town.database);
  expect(await health()).toMatchObject({ status: 503, body: { database: 'gone' } });
  await town.bot.tick();
  await expect(town.bot.lost).rejects.toMatchObject({ what: 'gone' });
});

test('is for this machine alone unless HEALTH_HOST says otherwise', async () => {
  const port = await freePort();
  const others = Object.values(networkInterfaces()).flat().find((each) => each && !each.internal && each.family === 'IPv4'); // prettier-ignore
  town = await openTown({ env: { HEALTH_PORT: String(port) } });
  const status = async (host: string) => (await fetch(`http://${host}:${port}/healthz`).catch(() => undefined))?.status;
  expect(await status('127.0.0.1')).toBe(200);
  // 127.0.0.2 is this machine, too, and not the address it listens on.
  for (const host of ['127.0.0.2', ...(others ? [others.address] : [])]) expect(await status(host)).toBeUndefined();
});

test('somebody who acts while another program has the lock for seconds is answered in time, and nothing was stored', async () => {
  await open();
  const member = town.guild.join({ name: 'Sana' });
  const form = await member.slash('register mentee', { timezone: 'America/New_York' });
  await member.press('I agree', form);
  const release = lock();
  const said = await member.submit({
    Specialties: ['internal-medicine'],
    Stage: ['applying'],
    Languages: ['en'],
    Topics: ['interviews'],
    'About you': 'Sana likes ward rounds.',
  });
  release();
  expect(said.text).toContain('nothing has changed');
  expect((await member.slash('profile show')).text).not.toContain('ward rounds');
});
