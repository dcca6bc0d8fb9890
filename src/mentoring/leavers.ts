import type { Context } from '../context.ts';
import { touchPool } from '../db/guilds.ts';
import { findMember, listMembersGoneSince, markMemberLeft, markMemberReturned } from '../db/members.ts';
import { voidNoticesTo } from '../db/notices.ts';
import { later } from '../time.ts';
import { deleteMemberData } from './personal-data.ts';
import { oweRoles } from './profiles/save.ts';
import { releaseMember } from './release.ts';

/** How long the data of somebody who left is kept, in case they come back. */
export const keptDays = 30;

/**
 * A member has left the guild, or can no longer be found in it: mentorships end, requests are released, partners are
 * told, and nothing more is sent to them. Learning it twice changes nothing. Their data is kept for 30 days, in case
 * they come back.
 */
export async function memberLeft(ctx: Context, guildId: string, userId: string): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const marked = await markMemberLeft(trx, guildId, userId, ctx.now());
    // Known already. Somebody who never registered has nothing to leave, but is released all the same.
    if (!marked && (await findMember(trx, guildId, userId))) return;
    await voidNoticesTo(trx, guildId, userId);
    await releaseMember(ctx, trx, { guildId, userId, why: 'left' });
    await touchPool(trx, guildId);
  });
}

/**
 * Somebody is in the guild: if they had left, their profiles count again, and their roles are owed. Mentorships and
 * requests that ended with their leaving stay ended.
 */
export async function memberPresent(ctx: Context, guildId: string, userId: string): Promise<void> {
  // Read first: this runs before every command, and hardly ever has anything to write.
  const member = await findMember(ctx.db, guildId, userId);
  if (!member || member.left_at === null) return;
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await markMemberReturned(trx, guildId, userId, ctx.now()))) return;
    await oweRoles(ctx, trx, { guildId, userId });
    await touchPool(trx, guildId);
  });
}

/** Purges those who left 30 days ago, as `/profile delete` does. @param limit how many at most. */
export async function purgeMembersGone(ctx: Context, limit: number): Promise<void> {
  const due = later(ctx.now(), { days: -keptDays });
  for (const { guild_id: guildId, user_id: userId } of await listMembersGoneSince(ctx.db, due, limit)) {
    await deleteMemberData(ctx, { guildId, userId });
  }
}
