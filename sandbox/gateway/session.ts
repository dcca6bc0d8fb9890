import { randomUUID } from 'node:crypto';
import { permissionBits, permissionsIn } from '../permissions.ts';
import { readableByBot, withoutContent } from '../world/messages/tell.ts';
import { shardOf } from '../world/snowflakes.ts';
import type { World, WorldEvent } from '../world/world.ts';
import { intentBits } from './intents.ts';

/** How many events a session can fall behind and still resume. */
const replayLimit = 5000;

/** Where a session's payloads go while it is connected. */
export interface Connection {
  send(json: string): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

interface Identity {
  readonly shard: number;
  readonly shardCount: number;
  readonly intents: number;
  readonly largeThreshold: number;
}

/** One session of one shard. It outlives its connection, and remembers what was sent so that a resume can replay it. */
export class Session {
  readonly id = randomUUID().replaceAll('-', '');
  readonly shard: number;
  readonly shardCount: number;
  readonly intents: number;
  readonly largeThreshold: number;
  connection: Connection | undefined;
  /** Whether the guilds were sent. */
  ready = false;
  #sequence = 0;
  readonly #sent: { readonly sequence: number; readonly json: string }[] = [];

  constructor(identity: Identity, connection: Connection) {
    this.shard = identity.shard;
    this.shardCount = identity.shardCount;
    this.intents = identity.intents;
    this.largeThreshold = identity.largeThreshold;
    this.connection = connection;
  }

  /** Sends an event and keeps it for a replay. */
  send(t: string, d: object): void {
    this.sendJson(t, JSON.stringify(d));
  }

  sendJson(t: string, data: string): void {
    this.#sequence += 1;
    const json = `{"op":0,"t":"${t}","s":${this.#sequence},"d":${data}}`;
    this.#sent.push({ sequence: this.#sequence, json });
    // Trimmed in blocks: moving the whole array for every event would cost more than the memory is worth.
    if (this.#sent.length > replayLimit * 2) this.#sent.splice(0, replayLimit);
    this.connection?.send(json);
  }

  /** Replays everything after `sequence`. False when that is too long ago, or never happened. */
  resume(sequence: number, connection: Connection): boolean {
    const oldest = this.#sent[0]?.sequence ?? this.#sequence + 1;
    if (sequence > this.#sequence || sequence < oldest - 1) return false;
    this.connection = connection;
    for (const entry of this.#sent) if (entry.sequence > sequence) connection.send(entry.json);
    this.send('RESUMED', { _trace: [] });
    return true;
  }

  /** Whether this shard, with these intents and what the bot can see, is told of an event. */
  wants(world: World, { guild, intents, channel }: WorldEvent): boolean {
    if ((guild ? shardOf(guild.id, this.shardCount) : 0) !== this.shard) return false;
    if (intents !== undefined && !(this.intents & intents)) return false;
    if (!channel?.guild) return true;
    return (permissionsIn(channel.guild, world.bot.id, channel.id) & permissionBits.VIEW_CHANNEL) !== 0n;
  }

  /** Sends an event of the world if this session wants it, and gives whether it does. */
  deliver(world: World, event: WorldEvent): boolean {
    if (!this.wants(world, event)) return false;
    const { t, d, channel } = event;
    const hasWords = t === 'MESSAGE_CREATE' || t === 'MESSAGE_UPDATE';
    const mayRead = !channel?.guild || (this.intents & intentBits.messageContent) !== 0 || readableByBot(world, d);
    this.send(t, hasWords && !mayRead ? withoutContent(d) : d);
    return true;
  }
}
