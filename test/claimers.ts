/**
 * Posts of many guilds that come due in the same minute, claimed by four processes at once, of which two are killed midway:
 * once where each has the guilds of its own shard, and once where each may have all. What the killed ones leave, others of
 * the same shards claim. In the end no guild's post is owed twice, and none is left unclaimed. Where no PostgreSQL can be
 * started it says so.
 *
 *   node test/claimers.ts [--guilds 10000] [--kills 2]
 */
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openDatabase } from '../src/db/open.ts';
import { afterDue, guildIds, seedDue } from './support/due.ts';
import { startPostgres } from './support/postgres/server.ts';

const { values } = parseArgs({
  options: { guilds: { type: 'string', default: '10000' }, kills: { type: 'string', default: '2' } },
});
const [guilds, kills] = [Number(values.guilds), Number(values.kills)];
const processes = 4;
const module = new URL('./support/claimer.ts', import.meta.url).pathname;
/** Each lives for a good part of what it has to claim, and no longer. */
const lifeMs = 60 + guilds / 60;

const server = await startPostgres({ durable: true });
if (server) {
  const address = server.addressOf('postgres');
  try {
    for (const isShared of [false, true]) await claimAll(address, isShared);
  } finally {
    await server.stop();
  }
} else {
  console.log('No PostgreSQL can be started on this machine: nothing was tried.');
}

/** @param isShared whether each process may claim for all guilds, and not for those of its shard alone. */
async function claimAll(address: string, isShared: boolean): Promise<void> {
  const db = await openDatabase(address);
  for (const table of ['notices', 'slots', 'schedules', 'guilds'] as const) await db.deleteFrom(table).execute();
  await seedDue(db, guildIds(guilds).map((id) => ({ id, channelId: '1' }))); // prettier-ignore

  const every = Array.from({ length: processes }, (_, shard) => shard);
  const start = async (shard: number): Promise<ChildProcess> => {
    const child = fork(module, [address, String(processes), isShared ? every.join() : String(shard)]);
    await once(child, 'message');
    return child;
  };
  const children = await Promise.all(every.map((shard) => start(shard)));
  const from = performance.now();
  const claimed = children.map((child) => claimedBy(child));
  for (const child of children.slice(0, kills)) {
    await delay(lifeMs / kills);
    child.kill('SIGKILL');
  }
  const owed = await Promise.all(claimed);
  const ms = performance.now() - from;
  // Their supervisor starts them again.
  const again = await Promise.all((await Promise.all(every.slice(0, kills).map((shard) => start(shard)))).map((child) => claimedBy(child))); // prettier-ignore

  const count = async (query: { execute(): Promise<unknown[]> }) => (await query.execute()).length;
  const notices = await db.selectFrom('notices').select('subject_id').execute();
  const slots = await count(db.selectFrom('slots').select('id'));
  const left = await count(db.selectFrom('schedules').select('id').where('next_due_at', '<=', afterDue));
  await db.destroy();
  const who = isShared ? 'each process for all' : 'each process for its shard';
  console.log(`${guilds} guilds due, ${who}: ${ms.toFixed(0)} ms, claimed ${owed.map((n) => n ?? 'killed').join(', ')}, and by their successors ${again.join(', ')}; ${slots} slots, ${notices.length} posts owed, ${left} left.`); // prettier-ignore
  assert.equal(owed.filter((n) => n === undefined).length, kills, 'they were killed midway');
  assert.equal(left, 0, 'none is left');
  assert.equal(slots, guilds, 'each slot is there once');
  assert.equal(notices.length, guilds, 'each post is owed once');
  assert.equal(new Set(notices.map(({ subject_id }) => subject_id)).size, guilds, 'no post is owed twice');
}

/** Tells it to begin. Gives how many it claimed; undefined when it was killed before it could say so. */
async function claimedBy(child: ChildProcess): Promise<number | undefined> {
  const said = once(child, 'message').then(([owed]) => owed as number);
  const ended = once(child, 'exit').then(() => undefined);
  child.send('go');
  return await Promise.race([said, ended]);
}
