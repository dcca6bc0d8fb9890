import type { Context } from '../context.ts';
import {
  findMember,
  listMembersGoneSince,
  markMemberLeft,
  markMemberReturned,
  markMemberSeen,
  type Member,
  recordLocale,
} from '../db/members.ts';
import { type Instant, later } from '../time.ts';
import { forEachInTurn } from '../guild/each.ts';
import { inTurn } from '../guild/turn.ts';
import { areas } from './areas.ts';
import { deleteMemberData } from './personal-data.ts';

/** How long the data of somebody who left is kept, in case they come back. */
export const keptDays = 30;

/**
 * A member has left the guild, or can no longer be found in it: mentorships end, requests are released, partners are
 * told, and nothing more is sent to them. Learning it twice changes nothing. Their data is kept for 30 days, in case
 * they come back.
 */
export async function memberLeft(ctx: Context, guildId: string, userId: string): Promise<void> {
  await inTurn(ctx.db, guildId, async (trx) => {
    const marked = await markMemberLeft(trx, guildId, userId, ctx.now());
    // Known already. Somebody who never registered has nothing to leave, but is released all the same.
    if (!marked && (await findMember(trx, guildId, userId))) return;
    for (const area of areas) await area.memberGone?.(trx, ctx, { guildId, userId }, 'left');
  });
  for (const area of areas) await area.letGo?.(ctx, { guildId, userId }, 'left');
}

/**
 * Somebody is in the guild: if they had left, their profiles count again, and their roles are owed. Mentorships and
 * requests that ended with their leaving stay ended.
 * @param locale in which they read, where Discord says so: what is written to them later is in that language.
 */
export async function memberPresent(ctx: Context, guildId: string, userId: string, locale?: string): Promise<void> {
  // Read first: this runs before every command, and hardly ever has anything to write.
  const member = await findMember(ctx.db, guildId, userId);
  if (!member) return;
  if (member.left_at !== null) await memberBack(ctx, guildId, userId);
  if (locale !== undefined && member.locale !== locale) await recordLocale(ctx.db, guildId, userId, locale);
}

/**
 * Somebody has joined the guild again. What was read a moment ago does not count here: when people leave and come back
 * at once, their leaving may still be under way, and this has to come after it.
 */
export async function memberBack(ctx: Context, guildId: string, userId: string): Promise<void> {
  await inTurn(ctx.db, guildId, async (trx) => {
    if (!(await markMemberReturned(trx, guildId, userId, ctx.now()))) return;
    for (const area of areas) await area.memberBack?.(trx, ctx, { guildId, userId });
  });
}

/**
 * Somebody was out of the guild and is back, and nobody heard of either: Discord took their roles and threads from them,
 * and they get them again. Nobody else is told anything.
 * @param joinedAt when they came back, as Discord says.
 */
export async function memberReturned(ctx: Context, guildId: string, userId: string, joinedAt: Instant): Promise<void> {
  await inTurn(ctx.db, guildId, async (trx) => {
    const member = await findMember(trx, guildId, userId);
    if (!member || member.left_at !== null || (member.seen_at ?? member.created_at) >= joinedAt) return;
    const now = ctx.now();
    // Discord's clock may be ahead of ours; it is one return all the same.
    await markMemberSeen(trx, guildId, userId, now > joinedAt ? now : joinedAt);
    for (const area of areas) await area.memberBack?.(trx, ctx, { guildId, userId });
  });
}

/**
 * Purges those who left 30 days ago, as `/profile delete` does.
 * @param limit how many at most.
 * @param isBack whether somebody is in the guild after all; what it throws leaves all for the next time.
 */
export async function purgeMembersGone(
  ctx: Context,
  limit: number,
  isBack: (member: Member) => Promise<boolean>,
): Promise<void> {
  const due = later(ctx.now(), { days: -keptDays });
  const gone = await listMembersGoneSince(ctx.db, due, limit);
  const back = new Set(await Promise.all(gone.map(async (member) => ((await isBack(member)) ? member : undefined))));
  await forEachInTurn(ctx, 'purge-leaver', gone, async (member) => {
    const whose = { guildId: member.guild_id, userId: member.user_id };
    if (back.has(member)) await memberPresent(ctx, whose.guildId, whose.userId);
    else await deleteMemberData(ctx, whose);
  });
}
