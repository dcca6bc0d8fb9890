/**
 * What a member may do, computed as Discord documents it (Topics → Permissions): roles first, then the channel's
 * overwrites, then what one missing permission takes away implicitly. Pure: it reads the state that it is given.
 */

/** Every permission that Discord documents, by its documented name. Bit 47 is unassigned. */
export const permissionBits = {
  CREATE_INSTANT_INVITE: 1n << 0n,
  KICK_MEMBERS: 1n << 1n,
  BAN_MEMBERS: 1n << 2n,
  ADMINISTRATOR: 1n << 3n,
  MANAGE_CHANNELS: 1n << 4n,
  MANAGE_GUILD: 1n << 5n,
  ADD_REACTIONS: 1n << 6n,
  VIEW_AUDIT_LOG: 1n << 7n,
  PRIORITY_SPEAKER: 1n << 8n,
  STREAM: 1n << 9n,
  VIEW_CHANNEL: 1n << 10n,
  SEND_MESSAGES: 1n << 11n,
  SEND_TTS_MESSAGES: 1n << 12n,
  MANAGE_MESSAGES: 1n << 13n,
  EMBED_LINKS: 1n << 14n,
  ATTACH_FILES: 1n << 15n,
  READ_MESSAGE_HISTORY: 1n << 16n,
  MENTION_EVERYONE: 1n << 17n,
  USE_EXTERNAL_EMOJIS: 1n << 18n,
  VIEW_GUILD_INSIGHTS: 1n << 19n,
  CONNECT: 1n << 20n,
  SPEAK: 1n << 21n,
  MUTE_MEMBERS: 1n << 22n,
  DEAFEN_MEMBERS: 1n << 23n,
  MOVE_MEMBERS: 1n << 24n,
  USE_VAD: 1n << 25n,
  CHANGE_NICKNAME: 1n << 26n,
  MANAGE_NICKNAMES: 1n << 27n,
  MANAGE_ROLES: 1n << 28n,
  MANAGE_WEBHOOKS: 1n << 29n,
  MANAGE_GUILD_EXPRESSIONS: 1n << 30n,
  USE_APPLICATION_COMMANDS: 1n << 31n,
  REQUEST_TO_SPEAK: 1n << 32n,
  MANAGE_EVENTS: 1n << 33n,
  MANAGE_THREADS: 1n << 34n,
  CREATE_PUBLIC_THREADS: 1n << 35n,
  CREATE_PRIVATE_THREADS: 1n << 36n,
  USE_EXTERNAL_STICKERS: 1n << 37n,
  SEND_MESSAGES_IN_THREADS: 1n << 38n,
  USE_EMBEDDED_ACTIVITIES: 1n << 39n,
  MODERATE_MEMBERS: 1n << 40n,
  VIEW_CREATOR_MONETIZATION_ANALYTICS: 1n << 41n,
  USE_SOUNDBOARD: 1n << 42n,
  CREATE_GUILD_EXPRESSIONS: 1n << 43n,
  CREATE_EVENTS: 1n << 44n,
  USE_EXTERNAL_SOUNDS: 1n << 45n,
  SEND_VOICE_MESSAGES: 1n << 46n,
  SET_VOICE_CHANNEL_STATUS: 1n << 48n,
  SEND_POLLS: 1n << 49n,
  USE_EXTERNAL_APPS: 1n << 50n,
  PIN_MESSAGES: 1n << 51n,
  BYPASS_SLOWMODE: 1n << 52n,
} as const satisfies Record<string, bigint>;

export type PermissionName = keyof typeof permissionBits;

/** All permissions at once: what an owner and an administrator have. */
export const allPermissions: bigint = Object.values(permissionBits).reduce((all, bit) => all | bit, 0n);

export interface PermissionOverwrite {
  /** A role's id (the guild's own id for @everyone) or a member's. */
  readonly id: string;
  /** 0: a role, 1: a member. */
  readonly type: 0 | 1;
  readonly allow: bigint;
  readonly deny: bigint;
}

export interface RoleState {
  readonly id: string;
  readonly permissions: bigint;
  readonly position: number;
}

export interface ChannelState {
  readonly id: string;
  readonly type: number;
  /** The category of a channel, or the channel of a thread. */
  readonly parentId?: string | null;
  readonly overwrites: readonly PermissionOverwrite[];
  /** Who is in the thread; only threads have it. */
  readonly memberIds?: ReadonlySet<string>;
}

/** The least that the rules need to know of a guild. Every richer guild fits by its shape. */
export interface GuildState {
  readonly id: string;
  readonly ownerId: string;
  readonly roles: ReadonlyMap<string, RoleState>;
  /** Role ids without @everyone, which everybody has. A timed-out member keeps only what looking needs. */
  readonly members: ReadonlyMap<string, { readonly roleIds: Iterable<string>; readonly timedOut?: boolean }>;
  readonly channels: ReadonlyMap<string, ChannelState>;
}

const GUILD_VOICE = 2;
const GUILD_STAGE_VOICE = 13;
const PRIVATE_THREAD = 12;
const threadTypes: ReadonlySet<number> = new Set([10, 11, PRIVATE_THREAD]);
const voiceTypes: ReadonlySet<number> = new Set([GUILD_VOICE, GUILD_STAGE_VOICE]);

/** What goes with the right to write: it takes these along when it is missing (documented as implicit permissions). */
const needsSending =
  permissionBits.MENTION_EVERYONE |
  permissionBits.SEND_TTS_MESSAGES |
  permissionBits.ATTACH_FILES |
  permissionBits.EMBED_LINKS;

/** What goes with the right to connect to a voice channel. */
const needsConnecting =
  permissionBits.SPEAK |
  permissionBits.STREAM |
  permissionBits.PRIORITY_SPEAKER |
  permissionBits.USE_VAD |
  permissionBits.MUTE_MEMBERS |
  permissionBits.DEAFEN_MEMBERS |
  permissionBits.MOVE_MEMBERS |
  permissionBits.USE_SOUNDBOARD |
  permissionBits.USE_EXTERNAL_SOUNDS |
  permissionBits.USE_EMBEDDED_ACTIVITIES |
  permissionBits.SET_VOICE_CHANNEL_STATUS |
  permissionBits.REQUEST_TO_SPEAK;

const leftInTimeout = permissionBits.VIEW_CHANNEL | permissionBits.READ_MESSAGE_HISTORY;

/**
 * What a member may do in the guild, or in one of its channels or threads.
 * Nobody who is not a member may do anything, and nothing is allowed in a channel that is not there.
 */
export function permissionsIn(guild: GuildState, memberId: string, channelId?: string): bigint {
  const member = guild.members.get(memberId);
  if (!member) return 0n;
  const channel = channelId === undefined ? undefined : guild.channels.get(channelId);
  if (channelId !== undefined && !channel) return 0n;
  if (memberId === guild.ownerId) return allPermissions;

  const roleIds = new Set(member.roleIds);
  let base = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const roleId of roleIds) base |= guild.roles.get(roleId)?.permissions ?? 0n;
  if (base & permissionBits.ADMINISTRATOR) return allPermissions;
  if (member.timedOut) base &= leftInTimeout;
  if (!channel) return base;

  const isThread = threadTypes.has(channel.type);
  // A thread has no overwrites of its own: the channel that it hangs on decides.
  const deciding = isThread ? guild.channels.get(channel.parentId ?? '') : channel;
  if (!deciding) return 0n;
  let granted = applyOverwrites(base, deciding.overwrites, guild.id, memberId, roleIds);
  if (member.timedOut) granted &= leftInTimeout;
  if (!(granted & permissionBits.VIEW_CHANNEL)) return 0n;
  if (channel.type === PRIVATE_THREAD && !channel.memberIds?.has(memberId)) {
    if (!(granted & permissionBits.MANAGE_THREADS)) return 0n;
  }
  if (!(granted & sendingPermission(channel.type))) granted &= ~needsSending;
  if (voiceTypes.has(channel.type) && !(granted & permissionBits.CONNECT)) granted &= ~needsConnecting;
  return granted;
}

/** Whether a member has all of the permissions given. */
export function may(guild: GuildState, memberId: string, permissions: bigint, channelId?: string): boolean {
  return (permissionsIn(guild, memberId, channelId) & permissions) === permissions;
}

/** The permission that writing needs in a channel of this type: threads have their own. */
export function sendingPermission(channelType: number): bigint {
  return threadTypes.has(channelType) ? permissionBits.SEND_MESSAGES_IN_THREADS : permissionBits.SEND_MESSAGES;
}

/** The position of a member's highest role; 0, the position of @everyone, without any. */
export function highestRolePosition(guild: GuildState, memberId: string): number {
  return highestRole(guild, memberId)?.position ?? 0;
}

/**
 * Whether a member may give, take or change a role: with MANAGE_ROLES, and only below their own highest role.
 * An administrator is bound by that order too; an owner is not.
 */
export function canManageRole(guild: GuildState, memberId: string, roleId: string): boolean {
  const role = guild.roles.get(roleId);
  if (!role || !guild.members.has(memberId)) return false;
  if (memberId === guild.ownerId) return true;
  if (!may(guild, memberId, permissionBits.MANAGE_ROLES)) return false;
  const highest = highestRole(guild, memberId);
  return highest !== undefined && compareRoles(highest, role) > 0;
}

/** Orders roles by rank. Of two in the same position the older one, with the lower id, ranks higher. */
export function compareRoles(a: RoleState, b: RoleState): number {
  if (a.position !== b.position) return a.position - b.position;
  if (a.id === b.id) return 0;
  return BigInt(a.id) < BigInt(b.id) ? 1 : -1;
}

function highestRole(guild: GuildState, memberId: string): RoleState | undefined {
  let highest = guild.roles.get(guild.id);
  for (const roleId of guild.members.get(memberId)?.roleIds ?? []) {
    const role = guild.roles.get(roleId);
    if (role && (!highest || compareRoles(role, highest) > 0)) highest = role;
  }
  return highest;
}

/** @everyone first, then all roles together (so that one role's allow beats another's deny), then the member. */
function applyOverwrites(
  base: bigint,
  overwrites: readonly PermissionOverwrite[],
  everyoneId: string,
  memberId: string,
  roleIds: ReadonlySet<string>,
): bigint {
  let allowedByRoles = 0n;
  let deniedByRoles = 0n;
  let everyone: PermissionOverwrite | undefined;
  let own: PermissionOverwrite | undefined;
  for (const overwrite of overwrites) {
    if (overwrite.type === 1) {
      if (overwrite.id === memberId) own = overwrite;
    } else if (overwrite.id === everyoneId) {
      everyone = overwrite;
    } else if (roleIds.has(overwrite.id)) {
      allowedByRoles |= overwrite.allow;
      deniedByRoles |= overwrite.deny;
    }
  }
  let granted = base;
  if (everyone) granted = (granted & ~everyone.deny) | everyone.allow;
  granted = (granted & ~deniedByRoles) | allowedByRoles;
  if (own) granted = (granted & ~own.deny) | own.allow;
  return granted;
}
