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
  study: [...toPostOnce, 'CreatePrivateThreads', 'SendMessagesInThreads'],
  announcements: toPostOnce,
};

/** What it needs where the panel for newcomers stands; not asked for before there is one. */
export const panelPermissions: readonly PermissionName[] = [...toPostOnce, 'PinMessages'];

/** What it needs in the guild as a whole: to give the roles for mentors and mentees. */
export const guildPermissions: readonly PermissionName[] = ['ManageRoles'];

/** What taking away reported exam content needs, where a guild wants that. */
export const hidingPermissions: readonly PermissionName[] = ['ManageMessages'];

/** What making the rule against exam content in AutoMod needs, and keeping it. */
export const guardingPermissions: readonly PermissionName[] = ['ManageGuild'];
/** What putting something among the server's events needs, where that is wanted: in the guild, and in a voice channel. */
export const eventPermissions: readonly PermissionName[] = ['CreateEvents'];
export const voicePermissions: readonly PermissionName[] = ['ViewChannel', 'Connect'];

/** What it needs in the forum of open study groups, where there is one; tags it adds where it may manage the channel. */
export const listingPermissions: readonly PermissionName[] = [...toPostOnce, 'SendMessagesInThreads'];

/** What `/setup start` needs besides, and only where it is to create channels. */
const creatingPermissions: readonly PermissionName[] = ['ManageChannels'];

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
 * What makes whoever has it a moderator of some kind: power over members, over others' messages, over the server, or a
 * look into what moderators keep to themselves. Members get roles through the bot by registering or with `/notify`, so
 * no role that it gives may have any of these. The one list: when a role is chosen, when it is given, in `/setup check`.
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
  'ViewGuildInsights',
  'PinMessages',
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

/** The facts that decide permissions, as plain data from memory or from Discord's answer. */
export interface Grants {
  readonly guildId: string;
  readonly ownerId: string;
  /** The permissions of each role; that of everyone has the guild's id. */
  readonly roles: ReadonlyMap<string, bigint>;
  readonly overwrites: readonly { readonly id: string; readonly allow: bigint; readonly deny: bigint }[];
}

/** Somebody by the roles that they have; `userId` is absent for whoever has just these. */
interface Holder {
  readonly userId?: string;
  readonly roleIds: readonly string[];
}

/**
 * Pure: what somebody may do in a channel, or in the guild where there are no overwrites.
 * In the order of https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export function permissionsOf({ guildId, ownerId, roles, overwrites }: Grants, { userId, roleIds }: Holder): bigint {
  if (userId === ownerId) return PermissionsBitField.All;
  let held = [guildId, ...roleIds].reduce((bits, id) => bits | (roles.get(id) ?? 0n), 0n);
  if (held & PermissionFlagsBits.Administrator) return PermissionsBitField.All;
  // Everyone's overwrite first, then those of all roles together, then the member's own: each decides over the last.
  for (const layer of [[guildId], roleIds, userId === undefined ? [] : [userId]]) {
    const own = overwrites.filter(({ id }) => layer.includes(id));
    for (const { deny } of own) held &= ~deny;
    for (const { allow } of own) held |= allow;
  }
  return held;
}

/** Whether every member can read this channel. */
export function isOpenToAll(channel: GuildBasedChannel): boolean {
  return channel.permissionsFor(channel.guild.roles.everyone).has(PermissionFlagsBits.ViewChannel);
}

/** Whether a member sees a channel, by the roles that they have: for members whom the bot does not keep in memory. */
export function seesChannel(
  guild: Guild,
  channel: GuildBasedChannel,
  holder: { readonly userId: string; readonly roleIds: readonly string[] },
): boolean {
  return (mayInChannel(guild, channel, holder) & PermissionFlagsBits.ViewChannel) !== 0n;
}

/** What somebody may do in a channel, by the roles that they have. */
export function mayInChannel(guild: Guild, channel: GuildBasedChannel, holder: Holder): bigint {
  const grants = {
    guildId: guild.id,
    ownerId: guild.ownerId,
    roles: new Map(guild.roles.cache.map(({ id, permissions }) => [id, permissions.bitfield])),
    overwrites:
      'permissionOverwrites' in channel
        ? channel.permissionOverwrites.cache.map(({ id, allow, deny }) => ({
            id,
            allow: allow.bitfield,
            deny: deny.bitfield,
          }))
        : [],
  };
  return permissionsOf(grants, holder);
}
