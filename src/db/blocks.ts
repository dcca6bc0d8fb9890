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
