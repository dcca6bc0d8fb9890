/** Who handles reports: those with the role that the guild chose, else whoever may manage the server; the owner always. */
import { type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { Guild } from '../db/guilds.ts';

/** Whether a member handles reports, by what Discord sent along with what they do. */
export function isHandler(settings: Pick<Guild, 'safety_role_id'>, member: GuildMember): boolean {
  const { safety_role_id: role } = settings;
  if (member.id === member.guild.ownerId) return true;
  return role === null ? member.permissions.has(PermissionFlagsBits.ManageGuild) : member.roles.cache.has(role);
}
