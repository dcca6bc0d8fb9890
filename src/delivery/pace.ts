import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'discord.js';

/**
 * Requests a second that posts leave as they come: Discord permits 50 in all, and a few are kept for what is asked
 * elsewhere in the same second. https://docs.discord.com/developers/topics/rate-limits
 */
const postsPerSecond = 47;
const intervalMs = 1_000 / postsPerSecond;
/** A timer that rang late is made up for, by no more than this: two requests, so that a second never holds over 50. */
const slackMs = 2 * intervalMs;

/**
 * Keeps all requests together under Discord's limit. What a person waits for goes at once and is counted; posts of
 * schedules take the places that are left, one after the other.
 */
export class Pace {
  /** When the next post may go. */
  #next = 0;
  #last: Promise<void> = Promise.resolve();

  /** Counts a request that does not wait. */
  count(): void {
    this.#next = Math.max(this.#next, performance.now() - slackMs) + intervalMs;
  }

  /** Waits for a place among the posts, first come first served. */
  async wait(): Promise<void> {
    const mine = this.#takePlace(this.#last);
    this.#last = mine;
    await mine;
  }

  /** Counts what goes out beside the outbox too. Answers to interactions do not count at Discord either. */
  watch(client: Client): () => void {
    const heard = ({ route }: { route: string }): void => {
      if (!/^\/(interactions|webhooks)\//.test(route)) this.count();
    };
    client.rest.on('response', heard);
    return () => client.rest.off('response', heard);
  }

  async #takePlace(before: Promise<void>): Promise<void> {
    await before;
    // Counted requests move the place while somebody waits for it.
    for (let ms = this.#ahead(); ms > 0; ms = this.#ahead()) await delay(ms);
    this.count();
  }

  #ahead(): number {
    return this.#next - performance.now();
  }
}
