/**
 * Posts of many guilds that come due in the same minute: how long claiming takes beside inserting as many rows alone, how
 * close deliveries come to the 50 requests a second that Discord permits (its limiter is on, a 429 is a failure), how long
 * a person's message waits among them, and memory.
 *
 *   node bench/posts.ts [--guilds 10000] [--seconds 60]
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startBot } from '../sandbox/bot.ts';
import { startSandbox } from '../sandbox/index.ts';
import { openDatabase } from '../src/db/open.ts';
import { claimDue } from '../src/posts/claim.ts';
import { later } from '../src/time.ts';
import { insertNotice } from '../src/db/notices/write.ts';
import { beforeDue, claimerContext, seedDue } from '../test/support/due.ts';

const { values } = parseArgs({
  options: { guilds: { type: 'string', default: '10000' }, seconds: { type: 'string', default: '60' } },
});
const count = Number(values.guilds);
const seconds = Number(values.seconds);
const permitted = 50;

const folder = mkdtempSync(join(tmpdir(), 'preceptor-posts-'));
const databaseFile = join(folder, 'preceptor.db');
const sandbox = await startSandbox({ limiter: true, startAt: Date.parse(beforeDue) });
const guilds = Array.from({ length: count }, (_, i) => sandbox.createGuild({ name: `Community ${i}` }));
const db = await openDatabase(databaseFile);
const ctx = claimerContext(db, () => new Date(sandbox.clock.now()).toISOString());

try {
  await seedDue(db, guilds.map(({ id, channels }) => ({ id, channelId: channels[0]?.id ?? '' }))); // prettier-ignore
  sandbox.clock.advance(31_000);
  const yardstick = await insertAlone();
  const before = performance.now();
  assert.equal(await claimDue(ctx), count);
  const claimMs = performance.now() - before;
  console.log(`claim ${count} slots: ${claimMs.toFixed(0)} ms, ${(claimMs / yardstick).toFixed(1)} times inserting as many bare rows (${yardstick.toFixed(0)} ms)`); // prettier-ignore
  await deliver();
} finally {
  await db.destroy();
  await sandbox.close();
  rmSync(folder, { recursive: true });
}

/** The yardstick: as many rows of two short columns, in as many transactions. */
async function insertAlone(): Promise<number> {
  const bare = await openDatabase(join(folder, 'bare.db'));
  await bare.schema.createTable('bare').addColumn('id', 'text').addColumn('at', 'text').execute();
  const table = bare.withTables<{ bare: { id: string; at: string } }>();
  const before = performance.now();
  for (let from = 0; from < count; from += 500) {
    await table.insertInto('bare').values(Array.from({ length: 500 }, (_, i) => ({ id: `${from + i}`, at: ctx.now() }))).execute(); // prettier-ignore
  }
  const ms = performance.now() - before;
  await bare.destroy();
  return ms;
}

async function deliver(): Promise<void> {
  const person = guilds[0]?.join({ name: 'Noor' });
  assert.ok(person);
  const dueAt = await oweLater(person.id);
  const module = new URL('../test/support/post-bot.ts', import.meta.url).pathname;
  const bot = await startBot(sandbox, { databaseFile, module, env: { LOG_LEVEL: 'warn' } });
  const atRest = residentMb(bot.pid);
  // Without the gateway it has no channel in memory, and asks for each what kind it is before it posts: both count.
  const made = () => sandbox.requests.filter(({ path }) => path.startsWith('/channels/'));
  void bot.tick().catch(() => undefined);
  // The first seconds open connections and read the library.
  await delay(3_000);
  const before = made().length;
  const began = performance.now();
  await delay(seconds * 1_000);
  const rate = (made().length - before) / ((performance.now() - began) / 1_000);
  const peak = residentMb(bot.pid);
  const limited = sandbox.requests.filter(({ status }) => status === 429).length;
  const direct = sandbox.requests.find(({ path }) => path === '/users/@me/channels');
  await bot.kill();
  console.log(`requests: ${rate.toFixed(1)} a second of the ${permitted} permitted (${((100 * rate) / permitted).toFixed(0)} %), ${limited} answered 429`); // prettier-ignore
  assert.ok(direct, 'the message to a person went out');
  console.log(`a message to a person, due among them: on its way after ${direct.at - dueAt} ms`);
  console.log(
    `memory: ${peak.toFixed(0)} MB, ${(peak / atRest).toFixed(2)} times that at rest (${atRest.toFixed(0)} MB)`,
  );
  assert.equal(limited, 0);
}

/** Owes a person a message that comes due in the middle of the run. Gives when, in milliseconds since 1970. */
async function oweLater(userId: string): Promise<number> {
  const at = ctx.now();
  const guildId = guilds[0]?.id ?? '';
  const dueAt = later(at, { ms: seconds * 500 });
  await db.insertInto('members').values({ guild_id: guildId, user_id: userId, zone: 'Etc/UTC', created_at: at }).execute(); // prettier-ignore
  await db
    .insertInto('profiles')
    .values({
      id: 'paused', guild_id: guildId, user_id: userId, role: 'mentor', state: 'paused', paused_by: 'expiries',
      specialties: '[]', stage: 'resident', languages: '["en"]', topics: '[]', about: '', capacity: 1,
      verification: 'verified', created_at: at, updated_at: at,
    })
    .execute(); // prettier-ignore
  const notice = { guildId, kind: 'mentor-paused', userId, subjectId: 'paused', dueAt } as const;
  await db.transaction().execute((trx) => insertNotice(trx, ctx, notice));
  return Date.parse(dueAt);
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
