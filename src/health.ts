import { createServer } from 'node:http';
import { type Client, Status } from 'discord.js';
import type { Context } from './context.ts';
import { findOldestOwed } from './db/notices.ts';

/** What `/healthz` says. */
interface Health {
  readonly ok: boolean;
  readonly gateway: string;
  readonly database: 'ok' | 'failing';
  /** Seconds that the oldest due notice has been waiting; null when nothing waits. */
  readonly oldestOwedNoticeSeconds: number | null;
}

/** A notice that waits longer than this means that delivery is stuck. */
const longestHealthyWaitSeconds = 600;

/** Serves `/healthz` on all interfaces: 200 when everything works, 503 otherwise. */
export async function serveHealth(ctx: Context, client: Client, port: number): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void (async () => {
      if (request.url !== '/healthz') {
        response.writeHead(404).end();
        return;
      }
      const health = await measure(ctx, client);
      response.writeHead(health.ok ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify(health));
    })();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, resolve);
  });
  return { close: () => new Promise((resolve) => void server.close(() => resolve())) };
}

async function measure(ctx: Context, client: Client): Promise<Health> {
  const gateway = client.ws.status;
  let database: Health['database'] = 'ok';
  let oldest: string | undefined;
  try {
    oldest = await findOldestOwed(ctx.db, ctx.now());
  } catch (error) {
    ctx.log.error({ err: error }, 'the database does not answer');
    database = 'failing';
  }
  const waits = oldest === undefined ? null : Math.round((Date.parse(ctx.now()) - Date.parse(oldest)) / 1000);
  return {
    ok: gateway === Status.Ready && database === 'ok' && (waits ?? 0) < longestHealthyWaitSeconds,
    gateway: Status[gateway] ?? 'unknown',
    database,
    oldestOwedNoticeSeconds: waits,
  };
}
