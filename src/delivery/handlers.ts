/** What goes to those who handle reports, and reaches nobody else: asked of Discord before it is sent. */
import { PermissionFlagsBits } from 'discord.js';
import { findCase } from '../db/cases/cases.ts';
import { listParties } from '../db/cases/sight.ts';
import { permissionsOf } from '../discord/permissions.ts';
import { askGuild } from './asked.ts';
import type { Attempt } from './attempt.ts';
import { askMember, askPlace } from './clearance.ts';
import { toPerson } from './messages.ts';
import type { Render } from './notices/scene.ts';
import type { Outcome } from './outcome.ts';
import { toStaff } from './staff.ts';

/** Delivers to a handler, while Discord calls them one. */
export async function toHandler(attempt: Attempt, render: Render): Promise<Outcome> {
  const { notice } = attempt;
  if (notice.user_id === null) return { is: 'void', why: 'no-recipient' };
  if (notice.message_id === null && !(await handlesReports(attempt, notice.user_id)))
    return { is: 'void', why: 'nothing-to-say' };
  return await toPerson(attempt, render, true);
}

async function handlesReports(attempt: Attempt, userId: string): Promise<boolean> {
  const { safety_role_id: role } = attempt.guild;
  if (role === null) return await managesServer(attempt, userId);
  const member = await attempt.member(userId);
  const { ownerId } = await askGuild(attempt);
  return userId === ownerId || member.roles.includes(role);
}

/** Whether somebody may manage the server now, as Discord says. @throws MemberGone when they are not in it. */
export async function managesServer(attempt: Attempt, userId: string): Promise<boolean> {
  const member = await attempt.member(userId);
  const { ownerId, roles } = await askGuild(attempt);
  const grants = { guildId: attempt.guild.id, ownerId, roles, overwrites: [] };
  return (permissionsOf(grants, { userId, roleIds: member.roles }) & PermissionFlagsBits.ManageGuild) !== 0n;
}

/** Delivers a line to the staff channel, where nobody reads it who may not see the case. */
export async function toHandlersChannel(attempt: Attempt, render: Render): Promise<Outcome> {
  const { notice, guild } = attempt;
  const channelId = guild.staff_channel_id;
  // Without a channel they hear of it by direct message, and a line that waits would only say that there was something.
  if (channelId === null) return { is: 'void', why: 'nothing-to-say' };
  if (notice.message_id === null && (await isReadByParty(attempt, channelId)))
    return { is: 'void', why: 'nothing-to-say' };
  return await toStaff(attempt, render);
}

async function isReadByParty(attempt: Attempt, channelId: string): Promise<boolean> {
  const { notice, guild, ctx } = attempt;
  const found = notice.subject_id === null ? undefined : await findCase(ctx.db, guild.id, notice.subject_id);
  if (!found) return true;
  const parties = await listParties(ctx.db, found);
  const [place] = await askPlace(attempt, channelId);
  for (const userId of parties) {
    const member = await askMember(attempt, userId);
    if (!member) continue;
    const held = permissionsOf(place, { userId, roleIds: member.roles });
    if ((held & PermissionFlagsBits.ViewChannel) !== 0n) return true;
  }
  return false;
}
