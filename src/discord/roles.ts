import type { Guild, GuildMember, Role, RoleCreateOptions } from 'discord.js';
import { moderatingPermissions } from './permissions.ts';
import { createOnce } from './retry.ts';

/** Why the bot cannot or must not give a role to members. */
export type RoleFault = 'everyone' | 'managed' | 'powerful' | 'aboveMe' | 'aboveYou';

/**
 * Whether members may get this role by registering.
 * @param me the bot as a member of the guild.
 * @param chooser the moderator who chooses it: nobody hands out through the bot what they could not give themselves.
 */
export function findRoleFault(role: Role, me: GuildMember, chooser?: GuildMember): RoleFault | undefined {
  if (role.id === role.guild.id) return 'everyone';
  if (role.managed) return 'managed';
  if (role.permissions.any(moderatingPermissions, false)) return 'powerful';
  if (!isBelow(role, me)) return 'aboveMe';
  if (chooser && chooser.id !== role.guild.ownerId && !isBelow(role, chooser)) return 'aboveYou';
  return undefined;
}

function isBelow(role: Role, member: GuildMember): boolean {
  return member.roles.highest.comparePositionTo(role) > 0;
}

/** The bot as a member of the guild. */
export async function ownMember(guild: Guild): Promise<GuildMember> {
  return guild.members.me ?? (await guild.members.fetchMe());
}

/** Creates a role, once: should the answer be lost, the new one of that name is looked for. */
export async function createRole(guild: Guild, options: RoleCreateOptions & { readonly name: string }): Promise<Role> {
  const before = new Set(guild.roles.cache.keys());
  return await createOnce(
    () => guild.roles.create(options),
    async () => (await guild.roles.fetch()).find((role) => role.name === options.name && !before.has(role.id)),
  );
}
