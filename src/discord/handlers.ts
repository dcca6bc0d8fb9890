/** Who handles reports: those with the role that the guild chose, else whoever may manage the server; the owner always. */
import { type Client, type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import { findGuild, type Guild } from '../db/guilds.ts';
import type { Acting } from '../guild/acting.ts';
import { fetchMember } from './sweep/look.ts';

/** Whether a member handles reports, by what Discord sent along with what they do. */
export function isHandler(settings: Pick<Guild, 'safety_role_id'>, member: GuildMember): boolean {
  const { safety_role_id: role } = settings;
  if (member.id === member.guild.ownerId) return true;
  return role === null ? member.permissions.has(PermissionFlagsBits.ManageGuild) : member.roles.cache.has(role);
}

/**
 * Whether somebody still handles reports: one request. Undefined while the server is away.
 * @throws when Discord does not answer.
 */
export async function stillHandles(
  ctx: Context,
  client: Client,
  { guildId, userId }: Acting,
): Promise<boolean | undefined> {
  const [guild, settings] = [client.guilds.cache.get(guildId), await findGuild(ctx.db, guildId)];
  if (guild?.available !== true || !settings) return undefined;
  const member = await fetchMember(guild, userId);
  return member !== undefined && isHandler(settings, member);
}
