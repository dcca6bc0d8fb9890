/** Discord's documented global limit. */
const requestsPerSecond = 50;
const windowMs = 1000;

/** Counts requests in windows of one second of real time. */
export class GlobalLimit {
  #windowEnds = 0;
  #left = requestsPerSecond;

  /** Takes one request from the window. Gives the milliseconds to wait when nothing is left, otherwise 0. */
  take(): number {
    const now = performance.now();
    if (now >= this.#windowEnds) {
      this.#windowEnds = now + windowMs;
      this.#left = requestsPerSecond;
    }
    if (this.#left === 0) return this.#windowEnds - now;
    this.#left -= 1;
    return 0;
  }
}
