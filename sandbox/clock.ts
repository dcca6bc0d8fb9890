/** The time of this Discord: real time plus an offset, which only ever grows. */
export class Clock {
  #offset: number;
  readonly #listeners: ((offsetMs: number) => void)[] = [];

  /** @param startAt the instant that it is now in the sandbox; real time when absent. */
  constructor(startAt?: number) {
    this.#offset = startAt === undefined ? 0 : startAt - Date.now();
  }

  now(): number {
    return Date.now() + this.#offset;
  }

  /** Moves time forward. Listeners hear the whole offset from real time, so that another process can follow. */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`time only moves forward, and ${ms} ms is not forward`);
    this.#offset += ms;
    for (const listener of this.#listeners) listener(this.#offset);
  }

  onAdvance(listener: (offsetMs: number) => void): void {
    this.#listeners.push(listener);
  }
}

/** Longer at once, and a bot would take it for an outage: it does not make up for posts that are hours late. */
const longestStepMs = 3_600_000;

/** Lets time pass as it passes in life: in steps after each of which the bot has done what fell due. */
export async function passTime(clock: Pick<Clock, 'advance'>, ms: number, settled: () => Promise<void>): Promise<void> {
  for (let left = ms; left > 0; left -= longestStepMs) {
    clock.advance(Math.min(left, longestStepMs));
    await settled();
  }
}
