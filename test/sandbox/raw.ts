/** Discord's protocol by hand: a REST call is a fetch, a gateway session is a WebSocket. No library in between. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Sandbox } from '../../sandbox/api.ts';

export type Json = Record<string, unknown>;

interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Json;
}

/** Sends one request with the bot's token. */
export async function call(sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<RawAnswer> {
  const isForm = body instanceof FormData;
  const response = await fetch(`${sandbox.apiUrl}/v10${path}`, {
    method,
    headers: {
      Authorization: `Bot ${sandbox.token}`,
      ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? {} : (JSON.parse(text) as Json) };
}

interface Packet {
  readonly op: number;
  readonly t?: string;
  readonly s?: number;
  readonly d: Json;
}

export const intents = {
  guilds: 1,
  members: 2,
  guildMessages: 512,
  directMessages: 4096,
  content: 32768,
  events: 65536,
};
export const allIntents = Object.values(intents).reduce((all, bit) => all | bit);

/** One connection to the gateway that remembers everything it was sent. */
export class RawGateway {
  readonly packets: Packet[] = [];
  readonly #ws: WebSocket;
  readonly closed: Promise<number>;

  private constructor(ws: WebSocket) {
    this.#ws = ws;
    ws.on('message', (data) => this.packets.push(JSON.parse((data as Buffer).toString()) as Packet));
    this.closed = once(ws, 'close').then(([code]) => code as number);
  }

  static async open(sandbox: Sandbox): Promise<RawGateway> {
    const { json } = await call(sandbox, 'GET', '/gateway/bot');
    const ws = new WebSocket(`${String(json['url'])}/?v=10&encoding=json`);
    const gateway = new RawGateway(ws);
    await once(ws, 'open');
    await gateway.until(({ op }) => op === 10);
    return gateway;
  }

  /** Identifies and waits for READY. */
  static async identify(sandbox: Sandbox, wanted = allIntents, shard: readonly number[] = [0, 1]): Promise<RawGateway> {
    const gateway = await RawGateway.open(sandbox);
    gateway.send(2, { token: sandbox.token, intents: wanted, properties: {}, shard });
    await gateway.event('READY');
    await sandbox.botReady();
    return gateway;
  }

  send(op: number, d: unknown): void {
    this.#ws.send(JSON.stringify({ op, d }));
  }

  sendText(text: string): void {
    this.#ws.send(text);
  }

  /** The first packet, past or future, that fits. */
  async until(fits: (packet: Packet) => boolean): Promise<Packet> {
    for (;;) {
      const found = this.packets.find(fits);
      if (found) return found;
      await Promise.race([once(this.#ws, 'message'), this.closed.then((code) => this.#gone(code))]);
    }
  }

  /** The data of the first event of this name that fits. */
  async event(t: string, fits: (d: Json) => boolean = () => true): Promise<Json> {
    return (await this.until((packet) => packet.t === t && fits(packet.d))).d;
  }

  /** All events of this name so far, after everything that was sent before has arrived. */
  async events(t: string): Promise<Json[]> {
    const acks = () => this.packets.filter(({ op }) => op === 11).length;
    const before = acks();
    this.send(1, null);
    while (acks() === before) await once(this.#ws, 'message');
    return this.packets.filter((packet) => packet.t === t).map(({ d }) => d);
  }

  get sequence(): number {
    return Math.max(0, ...this.packets.map(({ s }) => s ?? 0));
  }

  cut(): void {
    this.#ws.terminate();
  }

  close(code: number): void {
    this.#ws.close(code);
  }

  #gone(code: number): never {
    throw new Error(`the gateway closed with ${code}`);
  }
}
