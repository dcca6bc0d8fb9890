/** `npm run doctor` as an operator runs it, and reads it. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { openDatabase } from '../../src/db/open.ts';
import { discordOf, runDoctor } from '../support/doctor.ts';

let folder: string;
let sandbox: Sandbox;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'preceptor-doctor-'));
});
afterEach(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

const doctor = (env: Readonly<Record<string, string>> = {}) =>
  runDoctor(folder, { DATABASE_URL: `file:${join(folder, 'preceptor.db')}`, ...discordOf(sandbox), ...env });

test('where all is well it says so point by point, and that nothing has to be done', async () => {
  sandbox = await startSandbox();
  sandbox.createGuild({ name: 'House' });
  const db = await openDatabase(join(folder, 'preceptor.db'));
  await db.destroy();
  mkdirSync(join(folder, 'backups'));
  writeFileSync(join(folder, 'backups', 'preceptor-2026-11-23T12-00-00.db'), '');
  const { code, said } = await doctor();
  expect(said).not.toContain('WRONG');
  for (const point of ['Settings: complete', 'whole.', 'Disk:', 'less than a day old', 'the token is that of Preceptor', 'Clock: it agrees', 'about 1 server on 1 connection', '1000 of 1000 sessions left', 'Intents:', 'Nothing has to be done']) expect(said).toContain(point); // prettier-ignore
  expect(said).not.toContain(sandbox.token);
  expect(code).toBe(0);
});

test('what has to be done it names, with what to do', async () => {
  // An hour off, in more servers than one connection holds, without the intent that the settings ask for.
  sandbox = await startSandbox({ startAt: Date.now() + 3_600_000, shards: 3, privilegedIntents: 0 });
  for (let i = 0; i <= 2_500; i += 1) sandbox.createGuild({ name: `Guild ${i}`, channels: [] });
  writeFileSync(join(folder, 'preceptor.db'), 'no database at all'.repeat(100));
  mkdirSync(join(folder, 'backups'));
  const old = join(folder, 'backups', 'preceptor-2026-11-03T12-00-00.db');
  writeFileSync(old, '');
  utimesSync(old, new Date(), new Date(Date.now() - 20 * 86_400_000));
  const { code, said } = await doctor({ SHARD_COUNT: '1', DISCORD_MEMBER_INTENT: 'on' });
  expect(said).toMatch(/WRONG Database: .*/);
  expect(said).toMatch(/note {2}Backup: .* is 20 days old/);
  expect(said).toMatch(/WRONG Clock: this machine's is 3\d\d\d seconds behind Discord's/);
  expect(said).toContain(
    'WRONG Shards: about 2501 servers on 1 connection; Discord takes 2500 on each. Set SHARD_COUNT to 3',
  );
  expect(said).toContain('WRONG Intents: DISCORD_MEMBER_INTENT=on needs');
  expect(code).toBe(1);
});

test('before anything is set up it says what is missing, and makes nothing', async () => {
  sandbox = await startSandbox();
  const { code, said } = await doctor({ DISCORD_TOKEN: '' });
  expect(said).toContain('WRONG Settings: DISCORD_TOKEN is missing');
  expect(said).toMatch(/note {2}Database: .* is not there\. The first start makes it/);
  expect(code).toBe(1);
});
