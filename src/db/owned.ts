/**
 * Ownership: of several processes on one database each does what falls due by the clock for the guilds of its own shards.
 * It keeps them out of each other's way and nothing more; what is done once is decided by claims, so that owners may
 * overlap while one is replaced by another.
 */
import { type Expression, sql, type SqlBool } from 'kysely';
import type { Db } from './open.ts';
import { ServerAdapter } from './postgres/adapter.ts';
import { shardOf, type Shards } from './shards.ts';

/** The shards that this process serves, where they are a part; undefined for all, and always on SQLite. */
export function ownShards(db: Db): Shards | undefined {
  const { adapter } = db.getExecutor();
  return adapter instanceof ServerAdapter ? adapter.serves : undefined;
}

/** Says once, after opening, which shards are this process's. */
export function serveShards(db: Db, shards: Shards): void {
  const { adapter } = db.getExecutor();
  if (adapter instanceof ServerAdapter) adapter.serves = shards.own.length < shards.count ? shards : undefined;
}

/** Whether a guild is this process's. */
export function isOwnGuild(db: Db, guildId: string): boolean {
  const shards = ownShards(db);
  return shards === undefined || shards.own.includes(shardOf(guildId, shards.count));
}

/** Whether this process does what is done once for all guilds: the one with the first shard. */
export function servesFirstShard(db: Db): boolean {
  return ownShards(db)?.own.includes(0) ?? true;
}

interface Filterable {
  where(condition: Expression<SqlBool>): this;
}

/**
 * Limits a query to this process's guilds: `query.$call(owned(db, 'requests.guild_id'))`. Every query over many guilds
 * that the clock causes goes through it.
 * @param column holds a guild's id, or a person's where nothing is a guild's.
 */
export function owned(db: Db, column: string): <Query extends Filterable>(query: Query) => Query {
  const shards = ownShards(db);
  return (query) => (shards === undefined ? query : query.where(isOwned(shards, column)));
}

/** The same as `shardOf`, in words that both databases know. */
function isOwned({ count, own }: Shards, column: string): Expression<SqlBool> {
  const shards = sql.join(own.map((shard) => sql.lit(shard)));
  return sql<SqlBool>`(cast(${sql.ref(column)} as bigint) >> 22) % ${sql.lit(count)} in (${shards})`;
}
