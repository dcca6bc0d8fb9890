import {
  type Guild,
  type GuildMember,
  PermissionFlagsBits,
  type PermissionOverwrites,
  type Role,
  type RoleCreateOptions,
} from 'discord.js';
import { moderatingPermissions } from './permissions.ts';
import { createOnce } from './retry.ts';

/** Why the bot cannot or must not give a role to members. */
type RoleFault = 'everyone' | 'managed' | 'powerful' | 'aboveMe' | 'aboveYou' | 'notYours';

/**
 * Whether members may get this role by registering.
 * @param me the bot as a member of the guild.
 * @param chooser the moderator who chooses it: nobody hands out through the bot what they could not give themselves.
 */
export function findRoleFault(role: Role, me: GuildMember, chooser?: GuildMember): RoleFault | undefined {
  if (role.id === role.guild.id) return 'everyone';
  if (role.managed) return 'managed';
  if (isPowerful(role)) return 'powerful';
  if (!isBelow(role, me)) return 'aboveMe';
  if (chooser && chooser.id !== role.guild.ownerId && !isBelow(role, chooser)) return 'aboveYou';
  if (chooser && !chooser.permissions.has(PermissionFlagsBits.ManageRoles)) return 'notYours';
  return undefined;
}

/** Whether whoever has this role moderates something: the whole server, or a channel that lets them. */
export function isPowerful(role: Role): boolean {
  if (role.permissions.any(moderatingPermissions, false)) return true;
  return overwritesFor(role).some(({ allow }) => allow.any(moderatingPermissions, false));
}

/** Whether a role is no more than a name: nobody gets anything by having it, whoever gives it. */
export function opensNothing(role: Role): boolean {
  const everyone = role.guild.roles.everyone.permissions;
  return everyone.has(role.permissions.bitfield) && overwritesFor(role).every(({ allow }) => allow.bitfield === 0n);
}

function overwritesFor({ id, guild }: Role): PermissionOverwrites[] {
  return [...guild.channels.cache.values()].flatMap((channel) =>
    'permissionOverwrites' in channel ? (channel.permissionOverwrites.cache.get(id) ?? []) : [],
  );
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
