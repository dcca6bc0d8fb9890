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

/** Everybody whom this member blocked or who blocked them: whose wish it was makes no difference to pairing. */
export async function listBlockedWith(db: Db, guildId: string, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('blocks')
    .select('blocked_id as id')
    .where('guild_id', '=', guildId)
    .where('member_id', '=', userId)
    .unionAll(
      db
        .selectFrom('blocks')
        .select('member_id as id')
        .where('guild_id', '=', guildId)
        .where('blocked_id', '=', userId),
    )
    .execute();
  return rows.map((row) => row.id);
}
