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
