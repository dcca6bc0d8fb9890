import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
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

/**
 * Serves `/healthz` on all interfaces: 200 when everything works, 503 otherwise (also while still starting).
 * @throws when the port cannot be had.
 */
export async function serveHealth(ctx: Context, client: Client, port: number): Promise<{ close(): Promise<void> }> {
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url?.split('?')[0] !== '/healthz') {
      response.writeHead(404).end();
      return;
    }
    const health = await measure(ctx, client);
    response.writeHead(health.ok ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify(health));
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, resolve);
  });
  server.on('error', (error) => ctx.log.warn({ err: error }, 'the health server reported an error'));
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // A monitor that keeps its connection open must not keep the program alive.
        server.closeAllConnections();
      }),
  };
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
