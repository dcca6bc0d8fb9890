import { PermissionFlagsBits } from 'discord.js';
import { listNotifyRoles } from '../db/notify.ts';
import { permissionsOf } from '../discord/permissions.ts';
import type { Attempt } from './attempt.ts';
import { askPlace } from './clearance.ts';
import { toChannel } from './messages.ts';
import type { Render } from './notices/scene.ts';
import type { Outcome } from './outcome.ts';

/**
 * Delivers a card about a member to the moderators. Where members can read the staff channel it waits until they cannot,
 * and the moderators hear why; alerts, which are about channels and roles, go there all the same.
 */
export async function toStaff(attempt: Attempt, render: Render): Promise<Outcome> {
  const { notice, guild } = attempt;
  const channelId = guild.staff_channel_id;
  if (channelId !== null && notice.message_id === null) {
    attempt.concerns = channelId;
    if (await isReadByMembers(attempt, channelId)) {
      const problem = 'staff-open';
      return { is: 'again', waits: 'mending', problem, tells: { problem, id: channelId } };
    }
  }
  return await toChannel(attempt, 'staff', render);
}

/** Whether everyone can read a channel, or whoever has a role that the bot gives: asked of Discord. */
async function isReadByMembers(attempt: Attempt, channelId: string): Promise<boolean> {
  const { guild, ctx } = attempt;
  const offered = (await listNotifyRoles(ctx.db, guild.id)).map(({ role_id: id }) => id);
  const given = [guild.mentor_role_id, guild.mentee_role_id, ...offered].filter((id) => id !== null);
  const [place] = await askPlace(attempt, channelId);
  const reads = (roleIds: readonly string[]) =>
    (permissionsOf(place, { roleIds }) & PermissionFlagsBits.ViewChannel) !== 0n;
  return reads([]) || given.some((id) => reads([id]));
}
