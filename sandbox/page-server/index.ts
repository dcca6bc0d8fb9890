/**
 * The page's server: serves the page and the bot's attachments, and plays the people for it over a WebSocket.
 *
 * It listens on 127.0.0.1 only. Other pages in the same browser can reach that address too, so a request has to name it
 * as its host (a rebound domain name cannot), a WebSocket has to come from the page's own origin, and it has to know the
 * key of this start, which is only in the printed address.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { WebSocketServer, type WebSocket } from 'ws';
import type { GuildHandle, Sandbox } from '../api.ts';
import { worldOf } from '../index.ts';
import { buildPage, type Asset } from './assets.ts';
import { forwardClock } from './clock.ts';
import type { NumberedAsk, PageIdentity, Told, TourStep } from './protocol.ts';
import { ReadMarks } from './view.ts';
import { type HasOpened, Visitor, type Shared } from './visitor.ts';

export type { PageIdentity, TourStep, TourTarget } from './protocol.ts';
export type { HasOpened } from './visitor.ts';

interface PageOptions {
  readonly sandbox: Sandbox;
  readonly guild: GuildHandle;
  readonly people: readonly PageIdentity[];
  /** The bot that follows the clock; absent: the clock cannot be moved. */
  readonly bot?: { settled(): Promise<void>; tick(): Promise<void> };
  /** The steps of a guided tour. @param hasOpened whether the visitor, as this person, has looked at that place. */
  readonly tour?: (hasOpened: HasOpened) => readonly TourStep[];
  /** A free port when absent. */
  readonly port?: number;
}

export interface Page {
  /** The address to open, with the key of this start. */
  readonly url: string;
  close(): Promise<void>;
}

/** Changes come in bursts; the pages hear of them together. */
const gatherMs = 30;
/** More than the longest form. */
const longestAskBytes = 256 * 1024;
const imageType = /^image\/(png|jpeg|gif|webp|avif|svg\+xml)$/;

/** Starts the page for a guild; resolves when it can be opened. */
export async function startPage(options: PageOptions): Promise<Page> {
  const { sandbox, guild, people, bot, tour } = options;
  const world = worldOf(sandbox);
  const key = randomBytes(18).toString('base64url');
  const shared: Shared = {
    world,
    guild,
    people,
    marks: new ReadMarks(),
    tour: tour ?? (() => []),
    moveClock: bot && ((forward) => forwardClock(sandbox, world, guild.id, bot, forward)),
  };
  const assets = await buildPage();
  const server = createAdaptorServer({ fetch: createApp(assets, shared, () => hosts).fetch }) as Server;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestAskBytes });
  const visitors = new Map<WebSocket, Visitor>();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { host = '', origin = '' } = request.headers;
    if (!hosts.has(host) || origin !== `http://${host}` || request.url !== '/live') {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => welcome(connection, key, shared, visitors));
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);

  let due: NodeJS.Timeout | undefined;
  const unwatch = world.watch(() => {
    due ??= setTimeout(() => {
      due = undefined;
      for (const visitor of visitors.values()) visitor.refresh();
    }, gatherMs);
  });
  return {
    url: `http://127.0.0.1:${port}/#key=${key}`,
    async close() {
      unwatch();
      clearTimeout(due);
      for (const connection of visitors.keys()) connection.close(1001);
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

function createApp(assets: ReadonlyMap<string, Asset>, { world }: Shared, hosts: () => ReadonlySet<string>): Hono {
  const app = new Hono();
  app.use(async (http, next) => {
    const host = http.req.header('host') ?? '';
    if (!hosts().has(host)) return http.text('This address is not the page’s own.', 403);
    await next();
    http.header('X-Content-Type-Options', 'nosniff');
    http.header('Referrer-Policy', 'no-referrer');
    http.header('Cross-Origin-Resource-Policy', 'same-origin');
    http.header('Cache-Control', 'no-store');
    if (!http.res.headers.has('Content-Security-Policy')) {
      http.header('Content-Security-Policy', contentSecurityPolicy(host));
    }
    return undefined;
  });
  app.get('/attachments/:channel/:id/:name', (http) => {
    const path = decoded(http.req.path);
    if (path === undefined) return http.text('This address is malformed.', 400);
    const file = world.files.get(path);
    if (!file) return http.body(null, 404);
    const isImage = imageType.test(file.contentType);
    return http.body(new Uint8Array(file.bytes), 200, {
      'Content-Type': isImage ? file.contentType : 'application/octet-stream',
      // A picture may be looked at; nothing that somebody attached is ever run.
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      ...(isImage ? {} : { 'Content-Disposition': `attachment; filename="${file.name}"` }),
    });
  });
  app.get('*', (http) => {
    if (decoded(http.req.path) === undefined) return http.text('This address is malformed.', 400);
    const asset = assets.get(http.req.path === '/' ? '/index.html' : http.req.path);
    if (!asset) return http.text('There is nothing here.', 404);
    return http.body(new Uint8Array(asset.body), 200, { 'Content-Type': asset.contentType });
  });
  return app;
}

/** The path as it was before it was encoded; undefined where a `%` has no code behind it. */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Nothing but the page's own files, and no address but this one. */
function contentSecurityPolicy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // The color at the edge of a card is an attribute of its own.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** A page has connected: the first thing that it says has to be the key. */
function welcome(connection: WebSocket, key: string, shared: Shared, visitors: Map<WebSocket, Visitor>): void {
  const tell = (told: Told): void => {
    if (connection.readyState === connection.OPEN) connection.send(JSON.stringify(told));
  };
  connection.on('close', () => visitors.delete(connection));
  connection.on('error', () => connection.terminate());
  connection.on('message', (data: Buffer) => {
    const ask = parse(data);
    if (!ask) return connection.close(1003);
    const visitor = visitors.get(connection);
    if (ask.do !== 'hello') return visitor ? void answer(visitor, ask, tell) : connection.close(1008);
    if (!matches(ask.key, key)) return connection.close(1008);
    const fresh = new Visitor(shared, ask.as, tell);
    visitors.set(connection, fresh);
    tell({ type: 'welcome', attachmentOrigin: shared.world.origin });
    fresh.refresh();
    return undefined;
  });
}

async function answer(
  visitor: Visitor,
  { number, ...ask }: Exclude<NumberedAsk, { do: 'hello' }>,
  tell: (told: Told) => void,
): Promise<void> {
  try {
    const done = await visitor.carryOut(ask);
    visitor.refresh();
    tell({ type: 'reply', number, ...done });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell({ type: 'reply', number, error: message, late: /^the application (did not respond|deferred)/.test(message) });
  }
}

function parse(data: Buffer): NumberedAsk | undefined {
  try {
    const ask: unknown = JSON.parse(data.toString());
    return typeof ask === 'object' && ask !== null && 'do' in ask && 'number' in ask ? (ask as NumberedAsk) : undefined;
  } catch {
    return undefined;
  }
}

function matches(given: unknown, key: string): boolean {
  const [a, b] = [Buffer.from(String(given)), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}
