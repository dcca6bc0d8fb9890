/** Threads: who is in them, and when they are archived. */
import { intentBits } from '../gateway/intents.ts';
import { permissionBits, permissionsIn } from '../permissions.ts';
import { makeChannel } from './channels.ts';
import { channelJson, channelTypes, memberJson, threadMemberJson } from './render.ts';
import type { Channel, Guild, User } from './state.ts';
import type { World } from './world.ts';

const oneDayInMinutes = 1440;
const minuteMs = 60_000;

interface ThreadSpec {
  readonly name: string;
  readonly type: number;
  readonly autoArchiveMinutes?: number;
  readonly invitable?: boolean;
  readonly rateLimitPerUser?: number;
  /** The id of a thread made from a message is the message's. */
  readonly id?: string;
  /** Only for a post in a forum. */
  readonly tags?: readonly string[];
}

/** Opens a thread with its creator in it. */
export function createThread(world: World, parent: Channel, owner: User, spec: ThreadSpec): Channel {
  const { guild } = parent;
  if (!guild) throw new Error('there are no threads in direct messages');
  const now = world.clock.now();
  const channel = makeChannel(world, spec.type, {
    ...(spec.id === undefined ? {} : { id: spec.id }),
    guild,
    name: spec.name,
    parentId: parent.id,
    rateLimitPerUser: spec.rateLimitPerUser ?? parent.rateLimitPerUser,
    memberIds: new Set([owner.id]),
    thread: {
      ownerId: owner.id,
      createdAt: now,
      joinedAt: new Map([[owner.id, now]]),
      archived: false,
      archiveChangedAt: now,
      locked: false,
      invitable: spec.invitable ?? true,
      autoArchiveMinutes: spec.autoArchiveMinutes ?? oneDayInMinutes,
      lastActivityAt: now,
      messageCount: 0,
      appliedTags: spec.tags ?? [],
    },
  });
  guild.channels.set(channel.id, channel);
  world.channels.set(channel.id, channel);
  const d = { ...channelJson(world, channel), newly_created: true };
  world.dispatch({ t: 'THREAD_CREATE', d, guild, channel, intents: intentBits.guilds });
  return channel;
}

export function tellThreadUpdate(world: World, channel: Channel): void {
  world.dispatch({
    t: 'THREAD_UPDATE',
    d: channelJson(world, channel),
    guild: channel.guild,
    channel,
    intents: intentBits.guilds,
  });
}

/** Puts somebody into a thread. Nothing happens when they are in it. */
export function joinThread(world: World, channel: Channel, user: User): void {
  const { guild, thread, memberIds } = channel;
  if (!guild || !thread || !memberIds || memberIds.has(user.id)) return;
  memberIds.add(user.id);
  thread.joinedAt.set(user.id, world.clock.now());
  const own = user === world.bot;
  if (own && channel.type === channelTypes.privateThread) {
    world.dispatch({ t: 'THREAD_CREATE', d: channelJson(world, channel), guild, intents: intentBits.guilds });
  }
  const member = guild.members.get(user.id);
  const added = {
    ...threadMemberJson(channel, user.id),
    presence: null,
    ...(member ? { member: memberJson(member) } : {}),
  };
  tellMembers(world, channel, own, { added_members: [added] });
  if (own) {
    const d = { ...threadMemberJson(channel, user.id), guild_id: guild.id };
    world.dispatch({ t: 'THREAD_MEMBER_UPDATE', d, guild, intents: intentBits.guilds });
  }
}

export function leaveThread(world: World, channel: Channel, user: User): void {
  const { thread, memberIds } = channel;
  if (!thread || !memberIds?.delete(user.id)) return;
  thread.joinedAt.delete(user.id);
  tellMembers(world, channel, user === world.bot, { removed_member_ids: [user.id] });
}

/** Who leaves the guild leaves its threads. */
export function leaveThreads(world: World, guild: Guild, user: User): void {
  for (const channel of guild.channels.values()) if (channel.memberIds?.has(user.id)) leaveThread(world, channel, user);
}

function tellMembers(world: World, channel: Channel, own: boolean, change: object): void {
  const d = {
    id: channel.id,
    guild_id: channel.guild?.id,
    member_count: Math.min(50, channel.memberIds?.size ?? 0),
    ...change,
  };
  // Without the members intent a bot only hears of its own coming and going.
  const intents = own ? intentBits.guilds : intentBits.guildMembers;
  world.dispatch({ t: 'THREAD_MEMBERS_UPDATE', d, guild: channel.guild, ...(own ? {} : { channel }), intents });
}

export function setArchived(world: World, channel: Channel, archived: boolean): void {
  const { thread } = channel;
  if (!thread) return;
  const now = world.clock.now();
  thread.archived = archived;
  thread.archiveChangedAt = now;
  if (!archived) thread.lastActivityAt = now;
}

/** Archives every thread in which nothing was written for as long as it says. Called when time moves. */
export function archiveStaleThreads(world: World): void {
  const now = world.clock.now();
  for (const channel of world.channels.values()) {
    const { thread } = channel;
    if (!thread || thread.archived || now < thread.lastActivityAt + thread.autoArchiveMinutes * minuteMs) continue;
    setArchived(world, channel, true);
    tellThreadUpdate(world, channel);
  }
}

/** Active threads that somebody can see, for example when a channel becomes visible to the bot. */
export function activeThreads(guild: Guild, userId: string, parentId?: string): Channel[] {
  return [...guild.channels.values()].filter(
    (channel) =>
      channel.thread &&
      !channel.thread.archived &&
      (parentId === undefined || channel.parentId === parentId) &&
      (permissionsIn(guild, userId, channel.id) & permissionBits.VIEW_CHANNEL) !== 0n,
  );
}
