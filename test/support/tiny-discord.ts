/**
 * The few routes of Discord that delivery uses, over real HTTP, with the state of one guild behind them and faults on
 * demand. It forgets nonces, as Discord does after minutes: what keeps messages from doubling here is the outbox.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

interface TinyMessage {
  id: string;
  channel_id: string;
  author: { id: string };
  content: string;
  embeds: { title?: string; description?: string; footer?: { text: string } }[];
  components: unknown[];
  nonce?: string;
  timestamp: string;
  edits: number;
}

export interface TinyThread {
  id: string;
  parent_id: string;
  owner_id: string;
  name: string;
  type: number;
  members: Set<string>;
  thread_metadata: { archived: boolean; locked: boolean };
}

interface TinyEvent {
  id: string;
  creator_id: string;
  status: number;
  name: string;
  description: string;
  scheduled_start_time: string;
}

export interface TinyFault {
  /** Matched against `METHOD /path`. */
  readonly route: RegExp;
  readonly how: 'cut' | 'hold' | 500 | 502 | 429 | { readonly status: number; readonly code: number };
  /** The request is carried out, only its answer is lost. */
  readonly afterEffect?: boolean;
  readonly retryAfterSeconds?: number;
  /** How often; once when absent. */
  times?: number;
  /** Only after so many that match were let through. */
  skip?: number;
  /** Called once it has met a request. */
  readonly reached?: () => void;
}

export interface TinyDiscord {
  readonly apiUrl: string;
  readonly botId: string;
  readonly requests: string[];
  /** The body of each request, as text. */
  readonly bodies: string[];
  readonly messages: TinyMessage[];
  readonly threads: TinyThread[];
  readonly events: TinyEvent[];
  readonly closedDms: Set<string>;
  readonly roles: Map<string, Set<string>>;
  /** Who owns every guild, and may do everything in it. */
  guildOwnerId: string;
  readonly channels: Set<string>;
  /** Ids of messages that were published. */
  readonly published: Set<string>;
  /** Ids of messages that were taken away. */
  readonly removed: Set<string>;
  /** User ids of those who are not in the guild. */
  readonly strangers: Set<string>;
  fault(fault: TinyFault): void;
  clearFaults(): void;
  /** What becomes of requests that were held: they are answered, or their connections are cut. */
  letGo(how: 'answer' | 'cut'): void;
  /** Messages in this person's direct messages. */
  dmsOf(userId: string): TinyMessage[];
  /** Moves the clock of the messages' time stamps. */
  now: () => string;
  close(): Promise<void>;
}

const botId = '800000000000000001';

export async function startTinyDiscord(options: { channels: readonly string[] }): Promise<TinyDiscord> {
  const faults: TinyFault[] = [];
  const held: { socket: Socket; resolve: () => void }[] = [];
  let nextId = 700_000_000_000_000_000n;
  const id = () => String((nextId += 1n));
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const discord: TinyDiscord = {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    botId,
    requests: [],
    bodies: [],
    messages: [],
    threads: [],
    events: [],
    closedDms: new Set(),
    roles: new Map(),
    guildOwnerId: '0',
    channels: new Set(options.channels),
    published: new Set(),
    removed: new Set(),
    strangers: new Set(),
    now: () => new Date().toISOString(),
    fault: (fault) => void faults.push({ times: 1, ...fault }),
    clearFaults: () => void faults.splice(0),
    dmsOf: (userId) => discord.messages.filter((message) => message.channel_id === dmOf(userId)),
    letGo(how) {
      for (const { socket, resolve } of held.splice(0)) {
        if (how === 'cut') socket.destroy();
        resolve();
      }
    },
    close: () =>
      new Promise((resolve) => {
        discord.letGo('cut');
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://tiny');
    const path = url.pathname.replace('/api/v10', '');
    const route = `${request.method} ${path}`;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = (chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {}) as Record<string, unknown>;
    discord.requests.push(route);
    discord.bodies.push(JSON.stringify(body));
    const fault = faults.find(
      (one) => one.route.test(route) && (one.times ?? 0) > 0 && (one.skip = (one.skip ?? 0) - 1) < 0,
    );
    if (fault) fault.times = (fault.times ?? 1) - 1;
    const carriesOut = !fault || fault.afterEffect === true;
    const [status, answer] = carriesOut ? act(request.method ?? 'GET', path, url.searchParams, body) : [200, {}];
    if (!fault) return send(response, status, answer);
    fault.reached?.();
    if (fault.how === 'hold') {
      await new Promise<void>((resolve) => void held.push({ socket: request.socket, resolve }));
      return request.socket.destroyed ? undefined : send(response, status, answer);
    }
    if (fault.how === 'cut') return void request.socket.destroy();
    if (fault.how === 429) {
      const seconds = fault.retryAfterSeconds ?? 60;
      response.setHeader('retry-after', String(seconds));
      return send(response, 429, { message: 'slow down', retry_after: seconds, global: false });
    }
    if (typeof fault.how === 'number') return send(response, fault.how, {});
    return send(response, fault.how.status, { code: fault.how.code, message: 'refused' });
  }

  type Reply = readonly [number, unknown];
  const refuse = (status: number, code: number): Reply => [status, { code, message: 'refused' }];

  function act(method: string, path: string, query: URLSearchParams, body: Record<string, unknown>): Reply {
    const [root, first = '', kind, second, third] = path.slice(1).split('/') as [string, ...string[]];
    if (path === '/users/@me') return [200, { id: botId }];
    if (path === '/users/@me/channels') return [200, { id: dmOf(String(body['recipient_id'])) }];
    if (root === 'guilds' && kind === undefined)
      return [200, { id: first, name: 'IMG Commons', owner_id: discord.guildOwnerId, roles: [] }];
    if (root === 'guilds' && kind === 'threads')
      return [200, { threads: discord.threads.filter((thread) => !thread.thread_metadata.archived) }];
    if (root === 'guilds' && kind === 'scheduled-events') return event(method, second, body);
    if (root === 'guilds' && kind === 'members' && second !== undefined)
      return member(method, second, path.split('/')[6]);
    if (root !== 'channels') return refuse(404, 0);
    const isDm = first.startsWith('6');
    if (!isDm && !discord.channels.has(first)) return refuse(404, 10_003);
    if (kind === 'messages' && method === 'GET') return [200, page(first, query)];
    if (kind === undefined) {
      const thread = discord.threads.find((one) => one.id === first);
      if (!thread) return [200, { id: first }];
      if (method === 'PATCH') Object.assign(thread.thread_metadata, body);
      return [200, { ...thread, members: undefined }];
    }
    if (kind === 'messages' && third === 'crosspost') {
      if (discord.published.has(second ?? '')) return refuse(400, 40_033);
      discord.published.add(second ?? '');
      return [200, { id: second }];
    }
    if (kind === 'messages' && method === 'DELETE') {
      discord.removed.add(second ?? '');
      return [204, undefined];
    }
    if (kind === 'messages' && method === 'POST') {
      if (isDm && discord.closedDms.has(`8${first.slice(1)}`)) return refuse(403, 50_007);
      return [200, write(first, body)];
    }
    if (kind === 'messages' && method === 'PATCH') {
      const message = discord.messages.find((one) => one.id === second);
      if (!message) return refuse(404, 10_008);
      Object.assign(message, { content: body['content'], embeds: body['embeds'], components: body['components'] });
      message.edits += 1;
      return [200, message];
    }
    if (kind === 'threads') {
      const thread = {
        id: id(),
        parent_id: first,
        owner_id: botId,
        name: String(body['name']),
        type: Number(body['type']),
      };
      discord.threads.push({
        ...thread,
        members: new Set([botId]),
        thread_metadata: { archived: false, locked: false },
      });
      discord.channels.add(thread.id);
      return [201, thread];
    }
    if (kind === 'users') return [200, { threads: [] }];
    if (kind === 'thread-members' && second !== undefined) {
      if (discord.strangers.has(second)) return refuse(404, 10_007);
      const members = discord.threads.find((thread) => thread.id === first)?.members;
      if (method === 'DELETE') members?.delete(second);
      else members?.add(second);
      return [204, undefined];
    }
    return refuse(404, third === undefined ? 0 : 1);
  }

  function event(method: string, eventId: string | undefined, body: Record<string, unknown>): Reply {
    const { events } = discord;
    if (eventId === undefined && method === 'GET') return [200, events];
    if (eventId === undefined) {
      const made = { ...body, id: id(), creator_id: botId, status: 1 } as TinyEvent;
      events.push(made);
      return [200, made];
    }
    const there = events.find((each) => each.id === eventId);
    if (!there) return refuse(404, 10_070);
    if (method === 'PATCH') Object.assign(there, body);
    if (method === 'DELETE') events.splice(events.indexOf(there), 1);
    return method === 'DELETE' ? [204, undefined] : [200, there];
  }

  function member(method: string, userId: string, roleId: string | undefined): Reply {
    if (discord.strangers.has(userId)) return refuse(404, 10_007);
    const roles = discord.roles.get(userId) ?? new Set<string>();
    discord.roles.set(userId, roles);
    if (roleId === undefined)
      return [200, { nick: null, user: { id: userId, username: `user-${userId.slice(-2)}` }, roles: [...roles] }];
    if (method === 'PUT') roles.add(roleId);
    else roles.delete(roleId);
    return [204, undefined];
  }

  function write(channelId: string, body: Record<string, unknown>): TinyMessage {
    const message: TinyMessage = {
      id: id(),
      channel_id: channelId,
      author: { id: botId },
      content: (body['content'] ?? '') as string,
      embeds: (body['embeds'] ?? []) as TinyMessage['embeds'],
      components: (body['components'] ?? []) as unknown[],
      nonce: body['nonce'] as string,
      timestamp: discord.now(),
      edits: 0,
    };
    discord.messages.push(message);
    return message;
  }

  function page(channelId: string, query: URLSearchParams): TinyMessage[] {
    const before = query.get('before');
    return discord.messages
      .filter((message) => message.channel_id === channelId && (before === null || message.id < before))
      .toReversed()
      .slice(0, Number(query.get('limit') ?? 50));
  }

  return discord;
}

function send(response: ServerResponse, status: number, answer: unknown): void {
  if (answer === undefined) response.writeHead(status).end();
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

/** The channel of direct messages with a person: recognizable by its first digit. */
function dmOf(userId: string): string {
  return `6${userId.slice(1)}`;
}
