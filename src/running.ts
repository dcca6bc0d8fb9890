/** Says on a shared database that this process runs, so that others, and the operator's scripts, know. */
import type { Context } from './context.ts';
import { isPostgres } from './db/open.ts';
import { listRunning, markEnded, markRunning } from './db/processes.ts';
import { findSharingFaults, type Shards } from './db/shards.ts';
import { newId } from './ids.ts';
import { later } from './time.ts';

/** How often it says so. */
const everyMs = 30_000;

/** A process that has said nothing for so many minutes is taken for ended. */
export const silentMinutes = 2;

/** For so long processes that are replaced one by one, by others that count differently, run side by side. */
const replacedMs = 15 * 60_000;

/**
 * Says it now and from time to time. Warns where processes count shards differently or leave one to nobody; where that
 * stays so, it is an error.
 * @returns what is done at the end.
 */
export async function sayRunning(ctx: Context, shards: Shards): Promise<() => Promise<void>> {
  if (!isPostgres(ctx.db)) return () => Promise.resolve();
  const own = { id: newId(ctx.random), shards };
  let wereAtOdds = false;
  let since: number | undefined;
  let isSaid = false;
  const say = async () => {
    await markRunning(ctx.db, own, ctx.now());
    const running = await listRunning(ctx.db, later(ctx.now(), { minutes: -silentMinutes }));
    const { counts, missing } = findSharingFaults(running.map((each) => each.shards));
    const areAtOdds = counts.length > 0;
    // Whoever serves a missing shard may be on their way; that counts differ is worth a word at once.
    if (areAtOdds && !wereAtOdds) ctx.log.warn({ shardCount: shards.count, counts }, differentCounts);
    wereAtOdds = areAtOdds;
    if (!areAtOdds && missing.length === 0) [since, isSaid] = [undefined, false];
    else since ??= performance.now();
    if (isSaid || since === undefined || performance.now() - since < replacedMs) return;
    isSaid = true;
    if (areAtOdds) ctx.log.error({ shardCount: shards.count, counts }, differentCounts);
    else ctx.log.error({ missing }, missingShards);
  };
  await say();
  const timer = setInterval(() => {
    say().catch((error: unknown) => ctx.log.warn({ err: error }, 'that this process runs could not be noted'));
  }, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await markEnded(ctx.db, own.id).catch(() => undefined);
  };
}

const differentCounts =
  'another process on this database has another SHARD_COUNT. While processes are replaced one by one that is as it should be; for good it leaves servers to two processes, or to none: set the same for all';

const missingShards =
  'some shards are served by no process on this database, and nobody in their servers is answered: start one with SHARDS for them';
