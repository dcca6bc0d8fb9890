/** Says on a shared database that this process runs, so that others, and the operator's scripts, know. */
import type { Context } from './context.ts';
import { isPostgres } from './db/open.ts';
import { listRunning, markEnded, markRunning } from './db/processes.ts';
import type { Shards } from './db/shards.ts';
import { newId } from './ids.ts';
import { later } from './time.ts';

/** How often it says so. */
const everyMs = 30_000;

/** A process that has said nothing for so many minutes is taken for ended. */
export const silentMinutes = 2;

/**
 * Says it now and from time to time, and warns where another process counts shards differently.
 * @returns what is done at the end.
 */
export async function sayRunning(ctx: Context, shards: Shards): Promise<() => Promise<void>> {
  if (!isPostgres(ctx.db)) return () => Promise.resolve();
  const own = { id: newId(ctx.random), shards };
  const others = await listRunning(ctx.db, later(ctx.now(), { minutes: -silentMinutes }));
  const counts = [...new Set(others.map((other) => other.shards.count))].filter((count) => count !== shards.count);
  if (counts.length > 0) {
    ctx.log.warn({ shardCount: shards.count, others: counts }, differentCounts);
  }
  await markRunning(ctx.db, own, ctx.now());
  const timer = setInterval(() => {
    markRunning(ctx.db, own, ctx.now()).catch((error: unknown) => {
      ctx.log.warn({ err: error }, 'that this process runs could not be noted');
    });
  }, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await markEnded(ctx.db, own.id).catch(() => undefined);
  };
}

const differentCounts =
  'another process on this database has another SHARD_COUNT. While processes are replaced one by one that is as it should be; for good it leaves servers to two processes, or to none: set the same for all';
