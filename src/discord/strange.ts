import type { Logger } from 'pino';
import { Buckets, type Rate } from './bounds.ts';

/** Lines of one kind in the log: so many at once, and then so many an hour. */
const linesOf = (anHour: number): Rate => ({ atOnce: anHour, perSecond: anHour / 3_600 });

/**
 * Presses of what is somebody else's, or nobody's: custom ids that were made up, or buttons of an older version. Each is a
 * line in the log, without who pressed, where, or what they sent; of a flood only as many as leave the log readable, and
 * the next line says how many were left out.
 */
export class StrangePresses {
  readonly #lines: Buckets;
  #leftOut = 0;

  /** @param now milliseconds of a clock that only goes forward. */
  constructor(now?: () => number, anHour = 20) {
    this.#lines = new Buckets(linesOf(anHour), now);
  }

  /** @param what the key of a handler; never what came from outside. */
  note(log: Pick<Logger, 'warn'>, what: string): void {
    if (this.#lines.take('all') > 0) {
      this.#leftOut += 1;
      return;
    }
    const leftOut = this.#leftOut;
    this.#leftOut = 0;
    log.warn({ what, ...(leftOut > 0 ? { leftOut } : {}) }, 'somebody pressed what is not theirs');
  }
}
