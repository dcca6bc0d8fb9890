import { Routes } from 'discord.js';
import type { Guild } from '../db/guilds.ts';
import { findMember } from '../db/members.ts';
import { listProfiles } from '../db/profiles.ts';
import { fittingRoles } from '../mentoring/profiles/roles.ts';
import { isOffered, type RoleOrder } from '../posts/notify.ts';
import { moderatingPermissions } from '../discord/permissions.ts';
import { isPowerful } from '../discord/roles.ts';
import { askGuild, type GuildNow } from './asked.ts';
import type { Attempt } from './attempt.ts';
import { codesOf } from './refusals.ts';
import { isRefusal } from './request-failure.ts';
import type { Outcome } from './outcome.ts';
import { readDetail } from '../db/notices/write.ts';

/** Gives and takes a member's roles so that they match the profiles: nothing is sent where they already do. */
export async function syncRoles(attempt: Attempt): Promise<Outcome> {
  const { guild, notice } = attempt;
  const userId = notice.user_id;
  if (userId === null) return { is: 'void', why: 'no-recipient' };
  const order = readDetail('member-roles', notice);
  const wanted = order ? await chosenRole(attempt, order) : await rolesOf(attempt, guild, userId);
  if (wanted.length === 0) return { is: 'void', why: 'no-roles-set' };
  const has = new Set((await attempt.member(userId)).roles);
  const worked: string[] = [];
  const powerful: string[] = [];
  for (const { roleId, given } of wanted) {
    if (has.has(roleId) === given) continue;
    if (given && (await isPowerfulNow(attempt, roleId))) {
      powerful.push(roleId);
      continue;
    }
    attempt.concerns = roleId;
    try {
      await attempt.request(given ? 'put' : 'delete', Routes.guildMemberRole(guild.id, userId, roleId), {
        reason: order ? attempt.t.notices.auditReasons.chosen : attempt.t.notices.auditReasons.profile,
      });
    } catch (error) {
      // Nobody has a role that is gone, which is what the member sees in `/notify`, too.
      if (order && isRefusal(error, codesOf('role-gone'))) return { is: 'void', why: 'role-deleted' };
      throw error;
    }
    worked.push(roleId);
  }
  const [first] = powerful;
  if (first !== undefined) {
    const problem = 'role-powerful';
    return { is: 'again', waits: 'mending', problem, tells: { problem, id: first } };
  }
  return { is: 'delivered', channelId: null, messageId: null, worked };
}

/**
 * Whether a role has come to moderate since it was chosen: then nobody gets it by registering. By what Discord answers,
 * and for single channels by the bot's memory.
 */
async function isPowerfulNow(attempt: Attempt, roleId: string): Promise<boolean> {
  const known = attempt.sender.client.guilds.cache.get(attempt.guild.id)?.roles.cache.get(roleId);
  if (known && isPowerful(known)) return true;
  const hasPower = ({ roles }: GuildNow) => ((roles.get(roleId) ?? 0n) & moderatingPermissions.bitfield) !== 0n;
  // It may have been mended within those seconds.
  return hasPower(await askGuild(attempt, true)) && hasPower(await askGuild(attempt));
}

/** The one role that a member chose, as long as the guild offers it. */
async function chosenRole(
  { ctx, guild }: Attempt,
  { role, given }: RoleOrder,
): Promise<readonly { roleId: string; given: boolean }[]> {
  return (await isOffered(ctx.db, guild.id, role)) ? [{ roleId: role, given }] : [];
}

/** Which of the guild's roles the member should and should not have. */
async function rolesOf(
  attempt: Attempt,
  guild: Guild,
  userId: string,
): Promise<readonly { roleId: string; given: boolean }[]> {
  const { db } = attempt.ctx;
  const member = await findMember(db, guild.id, userId);
  const profiles = member?.left_at === null ? await listProfiles(db, guild.id, userId) : [];
  return [...fittingRoles(guild, profiles)].map(([roleId, given]) => ({ roleId, given }));
}
