import type { Clock } from '../clock.ts';

/** Discord's epoch: the first second of 2015. */
const epoch = 1_420_070_400_000;
const sequenceBits = 22n;

/** Makes ids as Discord does: they carry the sandbox' time, never repeat, and a later one is always greater. */
export class Snowflakes {
  readonly #clock: Clock;
  #lastMs = 0;
  #sequence = 0n;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  next(): string {
    const now = this.#clock.now() - epoch;
    if (now > this.#lastMs) {
      this.#lastMs = now;
      this.#sequence = 0n;
    } else {
      this.#sequence += 1n;
    }
    return ((BigInt(this.#lastMs) << sequenceBits) | this.#sequence).toString();
  }

  /** An id in a millisecond of its own: guilds made at once still spread over the shards. */
  nextApart(): string {
    this.#lastMs = Math.max(this.#lastMs + 1, this.#clock.now() - epoch);
    this.#sequence = 0n;
    return (BigInt(this.#lastMs) << sequenceBits).toString();
  }
}

/** Which is older: snowflakes of the same length compare as text. */
export function compareSnowflakes(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The instant in which a snowflake was made. */
export function timeOf(id: string): number {
  return Number(BigInt(id) >> sequenceBits) + epoch;
}

/** The shard that a guild belongs to, as Discord computes it. */
export function shardOf(guildId: string, shardCount: number): number {
  return shardCount === 1 ? 0 : Number((BigInt(guildId) >> sequenceBits) % BigInt(shardCount));
}
