import { PermissionsBitField } from 'discord.js';
import type { ChannelPurpose } from '../guild/settings.ts';
import type { texts } from '../texts/en.ts';

/** The permissions that the bot uses anywhere, by Discord's names; the texts name each as people know it. */
export type PermissionName = keyof typeof texts.setup.permissionNames;

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
