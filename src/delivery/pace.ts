import type { REST } from 'discord.js';
import type { Queue } from '../db/notices/claims.ts';

/**
 * Requests a second that leave as they come: Discord permits 50 in all, and some are kept for what is asked elsewhere in
 * the same second. https://docs.discord.com/developers/topics/rate-limits
 */
const requestsPerSecond = 44;
const intervalMs = 1_000 / requestsPerSecond;
/** A timer that rang late is made up for, by one request. */
const slackMs = intervalMs;
/** How far people's requests may run ahead: three at once, so that with the slack no second holds over 50. */
const aheadMs: Readonly<Record<Queue, number>> = { people: 3 * intervalMs, bulk: 0 };
/** While both wait, one request in this many is bulk: people go first without starving it. */
const bulkOneOf = 8;

/** Where several processes share the limit: places that one takes at a time. */
const placesAtOnce = 5;

/** How long a process waits between its places while it cannot learn how many others take. */
const withoutWordMs = 500;

/**
 * Takes places in a line that all processes share.
 * @returns in how many milliseconds the first of them is; the others follow, one interval each.
 */
type TakePlaces = (places: number, intervalMs: number, slackMs: number) => Promise<number>;

/** Who waits for a place, guild by guild: each gets one in turn, however many another waits for. */
class Line {
  readonly #waiting = new Map<string, (() => void)[]>();

  /** How many guilds wait. */
  get size(): number {
    return this.#waiting.size;
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  join(guildId: string, go: () => void): void {
    const ofGuild = this.#waiting.get(guildId);
    if (ofGuild) ofGuild.push(go);
    else this.#waiting.set(guildId, [go]);
  }

  /** Lets the first of the guild go whose turn it is; that guild's next turn comes after all the others'. */
  next(): void {
    const [first] = this.#waiting;
    if (!first) return;
    const [guildId, [go, ...others]] = first;
    this.#waiting.delete(guildId);
    if (others.length > 0) this.#waiting.set(guildId, others);
    go?.();
  }
}

/**
 * The gate that keeps all requests together under Discord's limit. What somebody has just caused goes before bulk, and
 * within both guild by guild, counted in requests.
 */
export class Pace {
  /** When the next request may go. */
  #next = 0;
  #timer: NodeJS.Timeout | undefined;
  #peopleInARow = 0;
  readonly #lines: Readonly<Record<Queue, Line>> = { people: new Line(), bulk: new Line() };
  readonly #shared: TakePlaces | undefined;
  /** When the requests may go whose places were taken from the shared line, in order. */
  readonly #places: number[] = [];
  #isTaking = false;

  /** @param shared where other processes send requests as the same bot; absent, this one has the whole limit. */
  constructor(shared?: TakePlaces) {
    this.#shared = shared;
  }

  #count(): void {
    this.#next = Math.max(this.#next, performance.now() - slackMs) + intervalMs;
  }

  /** Waits until a request of this guild may go, and counts it. */
  async wait(queue: Queue, guildId: string): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#lines[queue].join(guildId, resolve);
      if (!this.#timer) this.#letGo();
    });
  }

  /**
   * Lets what is asked beside the outbox through the same gate. Answers to interactions do not count at Discord, and
   * wait for nothing here.
   * @returns how to take that back.
   */
  guard(rest: REST): () => void {
    const send = rest.request.bind(rest);
    rest.request = async (options) => {
      const [, place = '', id = ''] = options.fullRoute.split('/');
      if (place !== 'interactions' && place !== 'webhooks') await this.wait('people', id);
      return await send(options);
    };
    return () => {
      rest.request = send;
    };
  }

  #letGo(): void {
    this.#timer = undefined;
    for (let queue = this.#first(); queue; queue = this.#first()) {
      const ms = this.#msUntil(queue);
      if (ms === undefined) return;
      if (ms > 0) {
        this.#timer = setTimeout(() => this.#letGo(), ms);
        return;
      }
      this.#peopleInARow = queue === 'people' ? this.#peopleInARow + 1 : 0;
      if (this.#shared) this.#places.shift();
      else this.#count();
      this.#lines[queue].next();
    }
  }

  /** How long the next request of a queue has to wait; undefined while its place is being taken. */
  #msUntil(queue: Queue): number | undefined {
    if (!this.#shared) return this.#next - performance.now() - aheadMs[queue];
    const [place] = this.#places;
    if (place !== undefined) return place - performance.now();
    if (!this.#isTaking) void this.#take(this.#shared);
    return undefined;
  }

  async #take(shared: TakePlaces): Promise<void> {
    this.#isTaking = true;
    const places = Math.min(placesAtOnce, this.#lines.people.size + this.#lines.bulk.size);
    let ahead: number;
    try {
      ahead = await shared(places, intervalMs, slackMs);
    } catch {
      // Whoever has to go on without the others' word goes slowly.
      ahead = withoutWordMs;
    }
    const first = performance.now() + ahead;
    for (let i = 0; i < places; i += 1) this.#places.push(first + i * intervalMs);
    this.#isTaking = false;
    if (!this.#timer) this.#letGo();
  }

  /** Whose turn it is; undefined when nobody waits. */
  #first(): Queue | undefined {
    const { people, bulk } = this.#lines;
    if (people.isEmpty) return bulk.isEmpty ? undefined : 'bulk';
    return !bulk.isEmpty && this.#peopleInARow >= bulkOneOf - 1 ? 'bulk' : 'people';
  }
}
