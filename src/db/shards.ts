/** Pure: which guilds are whose, where several processes share a database. */

/** Some of the bot's connections to Discord, and how many there are in all. */
export interface Shards {
  readonly count: number;
  readonly own: readonly number[];
}

/** The shard of a guild, as Discord has it. https://docs.discord.com/developers/events/gateway#sharding */
export function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}

/** What is amiss in how processes share out the bot's guilds; nothing where both lists are empty. */
interface SharingFaults {
  /** How many shards they count, lowest first, where they do not agree. */
  readonly counts: readonly number[];
  /** Shards that no process serves, where they agree on how many there are. */
  readonly missing: readonly number[];
}

/** Looks whether these processes agree on the number of shards, and serve each. */
export function findSharingFaults(processes: readonly Shards[]): SharingFaults {
  const counts = [...new Set(processes.map(({ count }) => count))].toSorted((a, b) => a - b);
  const [count = 0, ...others] = counts;
  if (others.length > 0) return { counts, missing: [] };
  const served = new Set(processes.flatMap(({ own }) => own));
  return {
    counts: [],
    missing: Array.from({ length: count }, (_, shard) => shard).filter((shard) => !served.has(shard)),
  };
}
