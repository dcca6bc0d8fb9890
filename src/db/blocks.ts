import { type Keeper, hashOf } from './protections.ts';
import type { Instant } from '../time.ts';
import type { Whose } from './members.ts';
import type { Db, Trx } from './open.ts';

/** Notes that a member does not want to be paired with another. Silent. Returns false when it is noted already. */
export async function insertBlock(
  db: Db,
  block: { guildId: string; memberId: string; blockedId: string },
  at: Instant,
): Promise<boolean> {
  const result = await db
    .insertInto('blocks')
    .values({ guild_id: block.guildId, member_id: block.memberId, blocked_id: block.blockedId, created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Whom a member has blocked. */
export interface Block {
  /** Undefined for somebody who has deleted their data since: the block is known again when they are back. */
  readonly blockedId: string | undefined;
  readonly since: Instant;
}

/** A member's blocks, the latest first. */
export async function listBlocks(db: Db, { guildId, userId }: Whose): Promise<Block[]> {
  const rows = await db
    .selectFrom('blocks')
    .select(['blocked_id', 'created_at'])
    .where('guild_id', '=', guildId)
    .where('member_id', '=', userId)
    .execute();
  const gone = await db
    .selectFrom('protections')
    .select('created_at')
    .where('guild_id', '=', guildId)
    .where('one', '=', userId)
    .where('kind', '=', 'blocked')
    .execute();
  return [
    ...rows.map((row) => ({ blockedId: row.blocked_id, since: row.created_at })),
    ...gone.map((row) => ({ blockedId: undefined, since: row.created_at })),
  ].toSorted((a, b) => (a.since < b.since ? 1 : -1));
}

/** How many members a member has blocked. */
export async function countBlocks(db: Db, whose: Whose): Promise<number> {
  return (await listBlocks(db, whose)).length;
}

/** Takes a block back, also one of somebody who has deleted their data since. Returns false when there is none. */
export async function deleteBlock(trx: Trx, keeper: Keeper, whose: Whose, otherId: string): Promise<boolean> {
  const { guildId, userId } = whose;
  const here = await trx
    .deleteFrom('blocks')
    .where('guild_id', '=', guildId)
    .where('member_id', '=', userId)
    .where('blocked_id', '=', otherId)
    .executeTakeFirst();
  const gone = await trx
    .deleteFrom('protections')
    .where('guild_id', '=', guildId)
    .where('kind', '=', 'blocked')
    .where('one', '=', userId)
    .where('other', 'in', [otherId, hashOf(keeper, { guildId, userId: otherId })])
    .executeTakeFirst();
  return here.numDeletedRows + gone.numDeletedRows > 0n;
}

/** Removes everything that a member blocked. */
export async function deleteBlocksOf(trx: Trx, { guildId, userId }: Whose): Promise<bigint> {
  const result = await trx
    .deleteFrom('blocks')
    .where('guild_id', '=', guildId)
    .where('member_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows;
}

/** Whether either of two members blocked the other: whose wish it was makes no difference. */
export async function isBlockedBetween(db: Db, guildId: string, one: string, other: string): Promise<boolean> {
  const row = await db
    .selectFrom('blocks')
    .select('created_at')
    .where('guild_id', '=', guildId)
    .where((is) =>
      is.or([
        is.and([is('member_id', '=', one), is('blocked_id', '=', other)]),
        is.and([is('member_id', '=', other), is('blocked_id', '=', one)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Those of some members between whom and somebody a block stands, whoever blocked. */
export async function listBlocksAmong(
  db: Db,
  { guildId, userId }: Whose,
  others: readonly string[],
): Promise<string[]> {
  if (others.length === 0) return [];
  const rows = await db
    .selectFrom('blocks')
    .select(['member_id', 'blocked_id'])
    .where('guild_id', '=', guildId)
    .where((is) =>
      is.or([
        is.and([is('member_id', '=', userId), is('blocked_id', 'in', [...others])]),
        is.and([is('blocked_id', '=', userId), is('member_id', 'in', [...others])]),
      ]),
    )
    .execute();
  return rows.map((block) => (block.member_id === userId ? block.blocked_id : block.member_id));
}

/** Whom each member of a guild has blocked, by member. @param only of these members; of all when absent. */
export async function listBlocksIn(
  db: Db,
  guildId: string,
  only?: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = db
    .selectFrom('blocks')
    .select(['member_id', 'blocked_id'])
    .where('guild_id', '=', guildId)
    .orderBy('member_id')
    .orderBy('blocked_id');
  const rows = await (only ? all.where('member_id', 'in', only) : all).execute();
  const blocked = new Map<string, string[]>();
  for (const row of rows) blocked.set(row.member_id, [...(blocked.get(row.member_id) ?? []), row.blocked_id]);
  return blocked;
}
