import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../src/db/open.ts';
import { insertNotice } from '../src/db/notices.ts';
import { seededRandom } from './support/context.ts';
import { openTown, type Town } from './support/town.ts';

let town: Town;
afterEach(async () => await town.close());

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

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
  const db = await openDatabase(town.databaseFile);
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
