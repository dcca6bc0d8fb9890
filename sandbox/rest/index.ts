/** The REST server: one way through for every request, from the log over faults and checks to the route and back. */
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import type { RefusalLog } from '../refusals.ts';
import { notFound, Refused, unauthorized } from '../refusals.ts';
import type { RequestRecord } from '../api.ts';
import type { Faults, Trouble } from '../faults.ts';
import { checkBody, hasRoute } from '../validate/index.ts';
import type { World } from '../world/world.ts';
import { Reply, type Call, type Route } from './call.ts';
import { GlobalLimit } from './limit.ts';
import { readBody } from './multipart.ts';
import { routes } from './routes/index.ts';

const base = '/api/v10';

interface RestOptions {
  readonly world: World;
  readonly token: string;
  readonly faults: Faults;
  readonly refusals: RefusalLog;
  readonly requests: RequestRecord[];
  /** Where clients find the gateway. */
  readonly gatewayUrl: () => string;
  readonly startLimit: () => object;
  readonly shards: number;
  /** Enforces Discord's global limit of 50 requests per second. */
  readonly limiter: boolean;
}

type Http = Context<{ Bindings: HttpBindings }>;

/** Builds the application that answers everything below `/api/v10`, and serves attachments. */
export function createRest(options: RestOptions): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const server = new RestServer(options);
  for (const [index, route] of routes(options).entries()) {
    app.on(route.method, `${base}${route.path}`, (http) => server.serve(http, route, index));
  }
  app.get('/attachments/:channel/:id/:name', (http) => {
    const file = options.world.files.get(decodeURIComponent(http.req.path));
    if (!file) return http.body(null, 404);
    return http.body(new Uint8Array(file.bytes), 200, { 'Content-Type': file.contentType });
  });
  app.notFound((http) => server.serve(http, undefined, -1));
  return app;
}

/** What a request has come to: everything that the log and the answer need. */
interface Progress {
  readonly method: string;
  readonly path: string;
  body: unknown;
  /** Whether a fault had its hand in it: what follows from it is expected. */
  disturbed: boolean;
}

class RestServer {
  readonly #options: RestOptions;
  readonly #authorization: string;
  readonly #limit: GlobalLimit | undefined;
  /** Requests that a fault has met: the client repeats them, and what was carried out already is then refused. */
  readonly #disturbed = new Set<string>();

  constructor(options: RestOptions) {
    this.#options = options;
    this.#authorization = `Bot ${options.token}`;
    this.#limit = options.limiter ? new GlobalLimit() : undefined;
  }

  async serve(http: Http, route: Route | undefined, bucket: number): Promise<Response> {
    const { world, requests } = this.#options;
    const { method } = http.req;
    const path = pathOf(http.req.path);
    const progress: Progress = { method, path, body: undefined, disturbed: false };
    const at = world.clock.now();
    let response: Response | undefined;
    try {
      response = await this.#carryOut(http, route, progress);
    } catch (error) {
      // A bot that is killed while it sends leaves half a request behind: nobody is refused anything.
      if (!http.env.incoming.complete && http.env.incoming.destroyed) response = undefined;
      else response = this.#refuse(progress, error instanceof Refused ? error : brokenBy(error));
    }
    const query = new URL(http.req.url).search;
    requests.push({ at, method, path, query, status: response?.status ?? 0, body: progress.body });
    world.changed();
    if (!response) {
      // Cut: the socket is gone, and this only ends the bookkeeping of the server.
      http.env.incoming.socket.destroy();
      return new Response(null, { status: 503 });
    }
    addLimitHeaders(response, bucket);
    // Discord's clock is the sandbox' own, and bots may go by it.
    response.headers.set('Date', new Date(world.clock.now()).toUTCString());
    return response;
  }

  /** Undefined: the connection is to be cut. */
  async #carryOut(http: Http, route: Route | undefined, progress: Progress): Promise<Response | undefined> {
    const { world, faults } = this.#options;
    const { method, path } = progress;
    const { slowMs, trouble } = faults.next(method, path);
    const fault = trouble?.fault;
    const key = `${method} ${path}`;
    progress.disturbed = this.#disturbed.delete(key) || slowMs > 0 || fault !== undefined;
    if (fault) this.#disturbed.add(key);
    if (slowMs > 0) await new Promise((resolve) => void setTimeout(resolve, slowMs));
    const { body, files } = await readBody(http.req.raw);
    progress.body = body;

    if (fault?.kind === 'rate-limit') return this.#rateLimited(progress, fault);
    if (trouble && fault && !fault.afterEffect) return this.#lose(progress, fault, trouble.cleared);
    const overMs = route?.isPublic ? 0 : (this.#limit?.take() ?? 0);
    if (overMs > 0) return this.#rateLimited(progress, { retryAfterMs: overMs, global: true });

    if (!route) throw notFound(hasRoute(method, path) ? ' (Discord has this route, the sandbox does not)' : '');
    if (!route.isPublic && http.req.header('authorization') !== this.#authorization) throw unauthorized();
    const params = http.req.param() as Record<string, string>;
    const error = checkBody(method, path, body, {
      files: files.length,
      now: world.clock.now(),
      ...flagsOfEdited(world, method, params),
    });
    if (error) throw new Refused(error.status, error.code, error.message, { errors: error.errors });

    const call: Call = { world, params, query: new URL(http.req.url).searchParams, body: body ?? {}, files };
    const result = await route.handle(call as Call<never>);
    if (trouble && fault) return this.#lose(progress, fault, trouble.cleared);
    if (result instanceof Reply) return json(result.status, result.json);
    return result === undefined ? new Response(null, { status: 204 }) : json(200, result);
  }

  #refuse({ method, path, disturbed }: Progress, error: Refused): Response {
    this.#options.refusals.add({
      method,
      route: path,
      status: error.status,
      code: error.code,
      message: error.message,
      ...(error.errors === undefined ? {} : { errors: error.errors }),
      expected: error.expected || disturbed,
    });
    return json(error.status, error);
  }

  async #lose(
    progress: Progress,
    fault: Exclude<Trouble['fault'], { kind: 'rate-limit' }>,
    cleared: Promise<void>,
  ): Promise<Response | undefined> {
    if (fault.kind === 'hold') await cleared;
    if (fault.kind === 'refusal')
      return this.#refuse(progress, new Refused(fault.status, fault.code, 'No, on purpose'));
    if (fault.kind !== 'error') return undefined;
    return this.#refuse(progress, new Refused(fault.status, 0, `${fault.status}: lost on purpose`));
  }

  #rateLimited(
    progress: Progress,
    { retryAfterMs, global = false, shared = false }: { retryAfterMs: number; global?: boolean; shared?: boolean },
  ): Response {
    progress.disturbed = true;
    const seconds = retryAfterMs / 1000;
    this.#refuse(progress, new Refused(429, 0, 'You are being rate limited.'));
    const response = json(429, { message: 'You are being rate limited.', retry_after: seconds, global });
    // Discord rounds this header up to whole seconds; here it is exact, so that tests need not wait that long.
    response.headers.set('Retry-After', String(seconds));
    response.headers.set('X-RateLimit-Scope', global ? 'global' : shared ? 'shared' : 'user');
    if (global) response.headers.set('X-RateLimit-Global', 'true');
    else {
      response.headers.set('X-RateLimit-Remaining', '0');
      response.headers.set('X-RateLimit-Reset-After', String(seconds));
    }
    return response;
  }
}

/** A fault of the sandbox itself: it must not pass for a refusal of Discord's, nor be overlooked. */
function brokenBy(error: unknown): Refused {
  console.error(error);
  return new Refused(500, 0, `The sandbox itself failed: ${String(error)}`);
}

/** Whether a message is in components v2 decides what an edit of it may say. */
function flagsOfEdited(world: World, method: string, params: Readonly<Record<string, string>>): { flags?: number } {
  if (method !== 'PATCH' || params['message'] === undefined) return {};
  const interaction = world.interactionByToken.get(params['token'] ?? '');
  const id = params['message'];
  const message = interaction
    ? id === '@original'
      ? interaction.original
      : (interaction.user.ephemerals.get(id) ?? interaction.channel.messages.get(id))
    : world.channels.get(params['channel'] ?? '')?.messages.get(id);
  return message ? { flags: message.json.flags ?? 0 } : {};
}

/** The path as people write it: without the version, and `@me` rather than `%40me`. */
function pathOf(path: string): string {
  const short = path.startsWith(base) ? path.slice(base.length) : path;
  if (!short.includes('%')) return short;
  try {
    return decodeURIComponent(short);
  } catch {
    return short;
  }
}

function json(status: number, value: unknown): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } });
}

/** Every answer tells of its bucket; here it is never used up, unless a fault says so. */
function addLimitHeaders({ headers }: Response, bucket: number): void {
  if (bucket < 0) return;
  headers.set('X-RateLimit-Bucket', `sandbox-${bucket}`);
  headers.set('X-RateLimit-Limit', '1000');
  if (!headers.has('X-RateLimit-Remaining')) headers.set('X-RateLimit-Remaining', '999');
  if (!headers.has('X-RateLimit-Reset-After')) headers.set('X-RateLimit-Reset-After', '1');
  headers.set('X-RateLimit-Reset', String(Date.now() / 1000 + Number(headers.get('X-RateLimit-Reset-After'))));
}
