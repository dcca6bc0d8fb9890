import type { Context } from '../context.ts';
import { touchPool } from '../db/guilds.ts';
import { markMemberLeft } from '../db/members.ts';
import { voidNoticesTo } from '../db/notices.ts';
import { releaseMember } from './release.ts';

/**
 * A member has left the guild, or can no longer be found in it: mentorships end, requests are released, partners are
 * told, and nothing more is sent to them. Learning it twice changes nothing. Their data is purged 30 days later
 * (`jobs/purge-leavers.ts`), unless they register again before.
 */
export async function memberLeft(ctx: Context, guildId: string, userId: string): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await markMemberLeft(trx, guildId, userId, ctx.now());
    await voidNoticesTo(trx, guildId, userId);
    // Also when the member was not known to be there: whoever is paired with somebody absent must not wait.
    await releaseMember(ctx, trx, { guildId, userId, why: 'left' });
    await touchPool(trx, guildId);
  });
}
