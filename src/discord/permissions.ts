import { type Guild, type GuildBasedChannel, PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import type { ChannelPurpose } from '../guild/settings.ts';
import type { Texts } from '../texts/en.ts';

/** The permissions that the bot uses anywhere, by Discord's names; the texts name each as people know it. */
export type PermissionName = keyof Texts['setup']['permissionNames'];

const toPost = ['ViewChannel', 'SendMessages', 'EmbedLinks'] as const satisfies readonly PermissionName[];
/** After a crash the bot looks whether a message has arrived already, instead of sending it twice. */
const toPostOnce = [...toPost, 'ReadMessageHistory'] as const;

/**
 * What the bot needs in the channel for each purpose, and nothing more. Managing threads is not needed: whoever opened a
 * thread may add members to it and write in it.
 */
export const channelPermissions: Readonly<Record<ChannelPurpose, readonly PermissionName[]>> = {
  mentoring: [...toPostOnce, 'CreatePrivateThreads', 'SendMessagesInThreads'],
  staff: toPostOnce,
  tips: toPostOnce,
  study: toPostOnce,
  announcements: toPostOnce,
};

/** What it needs in the guild as a whole: to give the roles for mentors and mentees. */
export const guildPermissions: readonly PermissionName[] = ['ManageRoles'];

/** What `/setup start` needs besides, and only where it is to create channels. */
export const creatingPermissions: readonly PermissionName[] = ['ManageChannels'];

/** What the invitation asks for: everything above, as the bit field of Discord's invite link. */
export const invitePermissions: bigint = PermissionsBitField.resolve([
  ...new Set([...Object.values(channelPermissions).flat(), ...guildPermissions, ...creatingPermissions]),
]);

/** What mentors and mentees need in the mentoring channel, to take part in the private thread in it. */
export const threadMemberPermissions = [
  'ViewChannel',
  'SendMessagesInThreads',
] as const satisfies readonly PermissionName[];

/**
 * A role with any of these makes its members moderators of some kind. Members get the mentor and mentee roles by
 * registering, so those may have none.
 */
export const moderatingPermissions = new PermissionsBitField([
  'Administrator',
  'ManageGuild',
  'ManageRoles',
  'ManageChannels',
  'ManageWebhooks',
  'ManageMessages',
  'ManageThreads',
  'ManageNicknames',
  'ManageEvents',
  'ManageGuildExpressions',
  'KickMembers',
  'BanMembers',
  'ModerateMembers',
  'MentionEveryone',
  'ViewAuditLog',
  'MuteMembers',
  'DeafenMembers',
  'MoveMembers',
]).freeze();

/** Pure: which of the wanted permissions are missing from those held. */
export function missingPermissions(
  held: Readonly<PermissionsBitField>,
  wanted: readonly PermissionName[],
): PermissionName[] {
  return wanted.filter((each) => !held.has(each));
}

/**
 * Whether a member sees a channel, by the roles that they have: for members whom the bot does not keep in memory.
 * In the order of https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export function seesChannel(
  guild: Guild,
  channel: GuildBasedChannel,
  { userId, roleIds }: { readonly userId: string; readonly roleIds: readonly string[] },
): boolean {
  if (userId === guild.ownerId) return true;
  const ids = [guild.id, ...roleIds];
  const held = ids.reduce((bits, id) => bits | (guild.roles.cache.get(id)?.permissions.bitfield ?? 0n), 0n);
  if (held & PermissionFlagsBits.Administrator) return true;
  if (!('permissionOverwrites' in channel)) return (held & PermissionFlagsBits.ViewChannel) !== 0n;
  let sees = (held & PermissionFlagsBits.ViewChannel) !== 0n;
  // Everyone's overwrite first, then those of all roles together, then the member's own: each decides over the last.
  for (const layer of [[guild.id], roleIds, [userId]]) {
    const overwrites = layer.flatMap((id) => channel.permissionOverwrites.cache.get(id) ?? []);
    if (overwrites.some(({ deny }) => deny.has(PermissionFlagsBits.ViewChannel, false))) sees = false;
    if (overwrites.some(({ allow }) => allow.has(PermissionFlagsBits.ViewChannel, false))) sees = true;
  }
  return sees;
}
