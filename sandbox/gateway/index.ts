/** The gateway: WebSocket connections, the sessions on them, and the delivery of events. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { shardOf } from '../world/snowflakes.ts';
import type { Guild } from '../world/state.ts';
import type { World, WorldEvent } from '../world/world.ts';
import { compressed, plain } from './connection.ts';
import { knownIntents, privilegedIntents } from './intents.ts';
import { sendMembers, type MembersRequest } from './members.ts';
import { guildCreatePayload, readyPayload } from './payloads.ts';
import { Session, type Connection } from './session.ts';

const heartbeatIntervalMs = 41_250;
const ops = {
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voiceState: 4,
  resume: 6,
  reconnect: 7,
  requestMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
  requestSoundboard: 31,
} as const;
const closeCodes = {
  unknownError: 4000,
  unknownOp: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidShard: 4010,
  shardingRequired: 4011,
  invalidVersion: 4012,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

/** Discord refuses a connection that would hold more guilds than this. */
const guildsPerShard = 2500;
/** How long one of `max_concurrency` places is taken by an identify, in milliseconds. */
const identifyMs = 5000;

/** How a bot may begin sessions. */
interface IdentifyLimits {
  /** How many shards may identify at the same time: those with the same `shard % maxConcurrency` one after the other. */
  readonly maxConcurrency: number;
  /** Whether who comes too soon is sent away (opcode 9), as Discord does. */
  readonly isEnforced: boolean;
  readonly perDay: number;
}

interface Payload {
  readonly op?: number;
  readonly d?: unknown;
}

interface Identify {
  readonly token?: string;
  readonly intents?: number;
  readonly shard?: readonly [number, number];
  readonly large_threshold?: number;
  readonly compress?: boolean;
}

export class Gateway {
  readonly #world: World;
  readonly #token: string;
  readonly #sessions = new Map<string, Session>();
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #limits: IdentifyLimits;
  /** When a place was last taken, by real time: bots wait by that. */
  readonly #identified = new Map<number, number>();
  #identifies = 0;

  constructor(world: World, token: string, limits: IdentifyLimits) {
    this.#world = world;
    this.#token = token;
    this.#limits = limits;
    world.onDispatch((event) => this.#deliver(event));
  }

  /** Takes over the upgrade requests of an HTTP server. */
  listen(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#server.handleUpgrade(request, socket, head, (ws) => this.#connect(ws, request));
    });
  }

  get url(): string {
    return `${this.#world.origin.replace('http', 'ws')}/gateway`;
  }

  /** As `GET /gateway/bot` tells it. */
  get startLimit(): object {
    const { perDay, maxConcurrency } = this.#limits;
    const remaining = Math.max(0, perDay - this.#identifies);
    return { total: perDay, remaining, reset_after: 86_400_000, max_concurrency: maxConcurrency };
  }

  /** The shards that are connected and have their guilds, in order. */
  get shards(): number[] {
    const connected = [...this.#sessions.values()].filter((session) => session.connection && session.ready);
    return [...new Set(connected.map(({ shard }) => shard))].toSorted((a, b) => a - b);
  }

  /** Whether every shard of the bot is connected and has all its guilds. */
  get ready(): boolean {
    const connected = [...this.#sessions.values()].filter((session) => session.connection && session.ready);
    const wanted = connected[0]?.shardCount ?? 1;
    return new Set(connected.map(({ shard }) => shard)).size === wanted;
  }

  /** A guild that the bot has just joined. */
  announce(guild: Guild): void {
    for (const session of this.#sessions.values()) {
      if (session.ready && shardOf(guild.id, session.shardCount) === session.shard) {
        session.send('GUILD_CREATE', guildCreatePayload(this.#world, guild, session));
      }
    }
    this.#world.changed();
  }

  /** Ends connections in one of the ways in which Discord does. */
  drop(how: 'resumable' | 'invalid' | 'cut' | 'reconnect', shard?: number): void {
    for (const session of this.#sessions.values()) {
      if (shard !== undefined && session.shard !== shard) continue;
      const { connection } = session;
      if (how === 'invalid') this.#sessions.delete(session.id);
      if (how === 'reconnect') connection?.send(`{"op":${ops.reconnect},"d":null}`);
      else session.connection = undefined;
      if (how === 'cut') connection?.terminate();
      else if (how !== 'reconnect') connection?.close(closeCodes.unknownError, 'Unknown error');
    }
    this.#world.changed();
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
    this.#sessions.clear();
  }

  /** Sessions without a connection keep what they miss for a resume. */
  #deliver(event: WorldEvent): boolean {
    let arrives = false;
    for (const session of this.#sessions.values()) {
      if (session.ready && session.deliver(this.#world, event) && session.connection) arrives = true;
    }
    return arrives;
  }

  #connect(ws: WebSocket, request: IncomingMessage): void {
    const query = new URL(request.url ?? '/', 'ws://127.0.0.1').searchParams;
    const connection = query.get('compress') === 'zlib-stream' ? compressed(ws) : plain(ws);
    // Errors end in a close, which is handled; without a listener they would end the process.
    ws.on('error', () => undefined);
    if ((query.get('v') ?? '10') !== '10') return connection.close(closeCodes.invalidVersion, 'Invalid API version');
    if ((query.get('encoding') ?? 'json') !== 'json') {
      return connection.close(closeCodes.decodeError, 'The sandbox speaks JSON only.');
    }
    let session: Session | undefined;
    ws.on('message', (data) => {
      const payload = parse(data as Buffer);
      if (!payload) return connection.close(closeCodes.decodeError, 'Error while decoding payload.');
      session = this.#receive(payload, connection, session);
      this.#world.changed();
    });
    ws.on('close', (code) => {
      if (session?.connection === connection) session.connection = undefined;
      // A client that closes with 1000 or 1001 says that it will not resume.
      if (session && (code === 1000 || code === 1001)) this.#sessions.delete(session.id);
      this.#world.changed();
    });
    connection.send(`{"op":${ops.hello},"t":null,"s":null,"d":{"heartbeat_interval":${heartbeatIntervalMs}}}`);
  }

  #receive({ op, d }: Payload, connection: Connection, session: Session | undefined): Session | undefined {
    switch (op) {
      case ops.heartbeat:
        connection.send(`{"op":${ops.heartbeatAck}}`);
        return session;
      case ops.identify:
        if (session) connection.close(closeCodes.alreadyAuthenticated, 'Already authenticated.');
        else return this.#identify(d ?? {}, connection);
        return session;
      case ops.resume:
        return this.#resume(d as { token?: string; session_id?: string; seq?: number }, connection);
      case ops.requestMembers:
      case ops.presence:
      case ops.voiceState:
      case ops.requestSoundboard:
        if (!session) connection.close(closeCodes.notAuthenticated, 'Not authenticated.');
        else if (op === ops.requestMembers) sendMembers(this.#world, session, d as MembersRequest);
        return session;
      default:
        connection.close(closeCodes.unknownOp, 'Unknown opcode.');
        return session;
    }
  }

  #identify(identify: Identify, connection: Connection): Session | undefined {
    const [shard, shardCount] = identify.shard ?? [0, 1];
    const { intents } = identify;
    const refuse = (code: number, reason: string) => connection.close(code, reason);
    if (identify.token?.replace(/^Bot /, '') !== this.#token) {
      refuse(closeCodes.authenticationFailed, 'Authentication failed.');
    } else if (!(shard >= 0 && shard < shardCount)) refuse(closeCodes.invalidShard, 'Invalid shard.');
    else if (typeof intents !== 'number' || intents & ~knownIntents) {
      refuse(closeCodes.invalidIntents, 'Invalid intent(s).');
    } else if (intents & privilegedIntents & ~this.#world.privilegedIntents) {
      refuse(closeCodes.disallowedIntents, 'Disallowed intent(s).');
    } else if (this.#guildsOf(shard, shardCount).length > guildsPerShard) {
      refuse(closeCodes.shardingRequired, 'Sharding required.');
    } else if (this.#isTooSoon(shard)) {
      connection.send(`{"op":${ops.invalidSession},"d":false}`);
    } else {
      const session = new Session(
        { shard, shardCount, intents, largeThreshold: identify.large_threshold ?? 50 },
        connection,
      );
      this.#sessions.set(session.id, session);
      this.#welcome(session);
      return session;
    }
    return undefined;
  }

  #guildsOf(shard: number, shardCount: number): Guild[] {
    return [...this.#world.guilds.values()].filter(({ id, hasBot }) => hasBot && shardOf(id, shardCount) === shard);
  }

  /** Counts an identify, and says whether its place was still taken. */
  #isTooSoon(shard: number): boolean {
    const place = shard % this.#limits.maxConcurrency;
    const now = performance.now();
    const isTaken = now - (this.#identified.get(place) ?? -Infinity) < identifyMs;
    this.#identifies += 1;
    if (this.#limits.isEnforced && isTaken) return true;
    this.#identified.set(place, now);
    return false;
  }

  #welcome(session: Session): void {
    const guilds = this.#guildsOf(session.shard, session.shardCount);
    session.send('READY', readyPayload(this.#world, session, guilds, this.url));
    for (const guild of guilds) session.send('GUILD_CREATE', guildCreatePayload(this.#world, guild, session));
    session.ready = true;
  }

  #resume(
    { token, session_id: id = '', seq = 0 }: { token?: string; session_id?: string; seq?: number },
    connection: Connection,
  ): Session | undefined {
    if (token?.replace(/^Bot /, '') !== this.#token) {
      connection.close(closeCodes.authenticationFailed, 'Authentication failed.');
      return undefined;
    }
    const session = this.#sessions.get(id);
    if (session?.resume(seq, connection)) return session;
    this.#sessions.delete(id);
    connection.send(`{"op":${ops.invalidSession},"d":false}`);
    return undefined;
  }
}

function parse(data: Buffer): Payload | undefined {
  try {
    const payload: unknown = JSON.parse(data.toString());
    return typeof payload === 'object' && payload !== null ? payload : undefined;
  } catch {
    return undefined;
  }
}
