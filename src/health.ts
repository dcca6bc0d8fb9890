import { statfs } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { type Client, Status } from 'discord.js';
import { isEveryShardReady } from './discord/shards.ts';
import type { Context } from './context.ts';
import { areFilesThere, tryWrite } from './db/open.ts';
import { isPostgresAddress } from './db/postgres/address.ts';
import type { Metrics } from './metrics.ts';
import { StorageTrouble, type Trouble } from './db/trouble.ts';
import { findOldestOwed } from './db/notices/claims.ts';

/** What `/healthz` says. */
interface Health {
  readonly ok: boolean;
  readonly gateway: string;
  readonly database: 'ok' | Trouble;
  /** Seconds that the oldest due notice has been waiting; null when nothing waits. */
  readonly oldestOwedNoticeSeconds: number | null;
}

/** A notice that waits longer than this means that delivery is stuck. */
const longestHealthyWaitSeconds = 600;

/** How long an answer about the database holds: whoever asks more often must not wear out the disk. */
const databaseKeptMs = 5_000;

/** How long figures hold: counting what is owed takes the database some work. */
const figuresKeptMs = 1_000;

/** With less than this much free the next thing may not be stored any more. */
const leastFreeBytes = 1024 * 1024;

/** Where `/healthz` is to be had. */
interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Serves `/healthz`: 200 when everything works, 503 otherwise (also while still starting); and `/metrics`.
 * @throws when the address cannot be had.
 */
export async function serveHealth(
  ctx: Context,
  client: Client,
  address: Address,
  metrics: Metrics,
): Promise<{ close(): Promise<void> }> {
  const database = keep(() => examineDatabase(ctx), databaseKeptMs);
  const figures = keep(() => metrics.read(ctx, client), figuresKeptMs);
  // Queries are timed from the start.
  await figures();
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url?.split('?')[0];
    if (path === '/metrics') {
      const text = await figures();
      response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
      return;
    }
    if (path !== '/healthz') {
      response.writeHead(404).end();
      return;
    }
    const health = await measure(ctx, client, await database());
    response.writeHead(health.ok ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify(health));
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(address.port, address.host, resolve);
  });
  server.on('error', (error) => ctx.log.warn({ err: error }, 'the health server reported an error'));
  return {
    close: () =>
      new Promise((resolve) => {
        metrics.close();
        server.close(() => resolve());
        // A monitor that keeps its connection open must not keep the program alive.
        server.closeAllConnections();
      }),
  };
}

/** Does something no more often than this; whoever asks in between gets what came of it. */
function keep<T>(work: () => Promise<T>, ms: number): () => Promise<T> {
  let latest: Promise<T> | undefined;
  let until = -Infinity;
  return () => {
    const now = performance.now();
    if (latest === undefined || now >= until) {
      until = now + ms;
      latest = work();
    }
    return latest;
  };
}

/** The state of the connections: of the first that is not ready, where one is not. */
function gatewayOf(client: Client): string {
  if (isEveryShardReady(client)) return 'Ready';
  const worst = client.ws.shards.find(({ status }) => status !== Status.Ready)?.status ?? client.ws.status;
  return worst === Status.Ready ? 'Nearly' : (Status[worst] ?? 'unknown');
}

async function measure(ctx: Context, client: Client, examined: Health['database']): Promise<Health> {
  const gateway = gatewayOf(client);
  let database = examined;
  let oldest: string | undefined;
  try {
    oldest = await findOldestOwed(ctx.db, ctx.now());
  } catch (error) {
    database = troubleIn(ctx, error);
  }
  const waits = oldest === undefined ? null : Math.round((Date.parse(ctx.now()) - Date.parse(oldest)) / 1000);
  return {
    ok: gateway === 'Ready' && database === 'ok' && (waits ?? 0) < longestHealthyWaitSeconds,
    gateway,
    database,
    oldestOwedNoticeSeconds: waits,
  };
}

/** Stores something, since reading goes on for long after storing does not. */
async function examineDatabase(ctx: Context): Promise<Health['database']> {
  try {
    if (!areFilesThere(ctx.db)) return 'gone';
    await tryWrite(ctx.db);
    // A small write may still fit into space the log has reserved.
    if (isPostgresAddress(ctx.config.database)) return 'ok';
    const { bavail, bsize } = await statfs(dirname(ctx.config.database));
    return bavail * bsize < leastFreeBytes ? 'full' : 'ok';
  } catch (error) {
    return troubleIn(ctx, error);
  }
}

function troubleIn(ctx: Context, error: unknown): Trouble {
  ctx.log.error({ err: error }, error instanceof StorageTrouble ? error.says : 'the database does not answer');
  return error instanceof StorageTrouble ? error.what : 'failing';
}
