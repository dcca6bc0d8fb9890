/** Finding what a path names, and checking that the bot may do what it asks. Each throws Discord's own refusal. */
import { canManageRole, permissionBits, permissionsIn, sendingPermission } from '../permissions.ts';
import { missingAccess, missingPermissions, Refused, unknown } from '../refusals.ts';
import { isThread } from '../world/render.ts';
import type { Channel, Guild, Member, Message, Role, User } from '../world/state.ts';
import type { World } from '../world/world.ts';
import type { Call } from './call.ts';

/** A guild that the bot is in. */
export function guildOf({ world, params }: Call): Guild {
  const id = params['guild'] ?? '';
  const guild = world.guilds.get(id);
  if (!guild) throw unknown('guild');
  if (!guild.hasBot) throw missingAccess(world.removedOnPurpose.has(id));
  return guild;
}

/** A channel that the bot can see. */
export function channelOf(call: Call): Channel {
  return findChannel(call.world, call.params['channel'] ?? '');
}

function findChannel(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw unknown('channel', world.removedOnPurpose.has(id));
  if (channel.guild) {
    if (!channel.guild.hasBot) throw missingAccess(world.removedOnPurpose.has(channel.guild.id));
    need(world, channel.guild, 0n, channel);
  }
  return channel;
}

/** A channel of a guild, and the guild: for what does not exist in direct messages. */
export function guildChannelOf(call: Call): { channel: Channel; guild: Guild } {
  const channel = channelOf(call);
  if (!channel.guild) throw new Refused(403, 50003, 'Cannot execute action on a DM channel');
  return { channel, guild: channel.guild };
}

/** A thread that the bot can see. */
export function threadOf(call: Call): { channel: Channel; guild: Guild; thread: NonNullable<Channel['thread']> } {
  const { channel, guild } = guildChannelOf(call);
  if (!channel.thread) throw new Refused(400, 50024, 'Cannot execute action on this channel type');
  return { channel, guild, thread: channel.thread };
}

export function messageOf({ params, world }: Call, channel: Channel, name = 'message'): Message {
  const id = params[name] ?? '';
  const message = channel.messages.get(id);
  if (!message) throw unknown('message', world.removedOnPurpose.has(id));
  return message;
}

export function roleOf({ params }: Call, guild: Guild): Role {
  const role = guild.roles.get(params['role'] ?? '');
  if (!role) throw unknown('role');
  return role;
}

export function memberOf(call: Call, guild: Guild): Member {
  const user = userOf(call);
  const member = guild.members.get(user.id);
  if (!member) throw unknown('member', call.world.removedOnPurpose.has(`${guild.id}:${user.id}`));
  return member;
}

export function userOf({ world, params }: Call): User {
  const id = params['user'] ?? '';
  const user = id === '@me' ? world.bot : world.users.get(id);
  if (!user) throw unknown('user');
  return user;
}

/** Refuses unless the bot has all of the permissions, in the channel if one is given. */
export function need(world: World, guild: Guild, permissions: bigint, channel?: Channel): void {
  const wanted = channel ? permissions | permissionBits.VIEW_CHANNEL : permissions;
  const has = permissionsIn(guild, world.bot.id, channel?.id);
  const missing = wanted & ~has;
  if (missing === 0n) return;
  const expected = (missing & takenOnPurpose(guild, channel)) !== 0n;
  if (channel && missing & permissionBits.VIEW_CHANNEL) throw missingAccess(expected);
  throw missingPermissions(expected);
}

function takenOnPurpose(guild: Guild, channel: Channel | undefined): bigint {
  const parent = channel && isThread(channel) ? guild.channels.get(channel.parentId ?? '') : undefined;
  return guild.deniedToBot | (channel?.deniedToBot ?? 0n) | (parent?.deniedToBot ?? 0n);
}

/** Refuses unless the bot may give, take or change this role. */
export function needRole(world: World, guild: Guild, role: Role): void {
  need(world, guild, permissionBits.MANAGE_ROLES);
  if (!canManageRole(guild, world.bot.id, role.id)) throw missingPermissions(guild.botLowered);
}

/** Refuses unless the bot may write in a channel or to a person. */
export function needToWrite(world: World, channel: Channel, further = 0n): void {
  const { guild, recipient, thread } = channel;
  if (recipient) return needToReach(recipient);
  if (!guild) return;
  need(world, guild, sendingPermission(channel.type) | further, channel);
  if (thread?.locked) {
    const has = permissionsIn(guild, world.bot.id, channel.id);
    if (!(has & permissionBits.MANAGE_THREADS))
      throw thread.archived
        ? new Refused(400, 50083, 'Thread is archived')
        : new Refused(400, 160005, 'Thread is locked');
  }
}

/** Refuses unless a person takes direct messages from the bot in one of the guilds that they share. */
function needToReach(user: User): void {
  const shared = [...user.guilds].filter(({ hasBot }) => hasBot);
  if (shared.length === 0) {
    throw new Refused(403, 50278, 'Cannot send messages to this user due to having no mutual guilds', {
      expected: true,
    });
  }
  if (!shared.some(({ members }) => members.get(user.id)?.acceptsDms)) {
    throw new Refused(403, 50007, 'Cannot send messages to this user', { expected: true });
  }
}
