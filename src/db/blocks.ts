import type { Instant } from '../time.ts';
import type { Db } from './open.ts';

/** Notes that a member does not want to be paired with another. Silent, and safe to do twice. */
export async function insertBlock(
  db: Db,
  block: { guildId: string; memberId: string; blockedId: string },
  at: Instant,
): Promise<void> {
  await db
    .insertInto('blocks')
    .values({ guild_id: block.guildId, member_id: block.memberId, blocked_id: block.blockedId, created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
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
