/** Channels, categories and direct messages. Threads have a file of their own. */
import { intentBits } from '../gateway/intents.ts';
import type { PermissionOverwrite } from '../permissions.ts';
import { channelJson, channelTypes, isThread } from './render.ts';
import type { Channel, ForumTag, Guild, User } from './state.ts';
import type { World } from './world.ts';

/** A tag of a forum. `moderated`: only those may use it who manage threads. */
export interface TagSpec {
  readonly name: string;
  readonly moderated?: boolean;
}

export interface ChannelSpec {
  readonly name: string;
  readonly type?: number;
  readonly parentId?: string | null;
  readonly topic?: string | null;
  readonly nsfw?: boolean;
  readonly rateLimitPerUser?: number;
  readonly position?: number;
  readonly overwrites?: readonly PermissionOverwrite[];
  /** Of a forum. */
  readonly tags?: readonly TagSpec[];
  readonly requiresTag?: boolean;
}

/** An empty channel of any type; the caller puts it where it belongs. */
export function makeChannel(world: World, type: number, more: Partial<Channel> = {}): Channel {
  return {
    id: world.ids.next(),
    type,
    name: '',
    parentId: null,
    position: 0,
    topic: null,
    nsfw: false,
    rateLimitPerUser: 0,
    overwrites: [],
    lastMessageId: null,
    lastPinAt: null,
    messages: new Map(),
    deniedToBot: 0n,
    ...more,
  };
}

export function createChannel(world: World, guild: Guild, spec: ChannelSpec): Channel {
  const parent = guild.channels.get(spec.parentId ?? '');
  // Without overwrites of its own a channel starts with those of its category.
  const overwrites = [...(spec.overwrites ?? parent?.overwrites ?? [])];
  if (guild.deniedToBot) overwrites.push({ id: guild.botRoleId, type: 0, allow: 0n, deny: guild.deniedToBot });
  const channel = makeChannel(world, spec.type ?? channelTypes.text, {
    guild,
    name: spec.name,
    parentId: spec.parentId ?? null,
    topic: spec.topic ?? null,
    nsfw: spec.nsfw ?? false,
    rateLimitPerUser: spec.rateLimitPerUser ?? 0,
    position: spec.position ?? guild.channels.size,
    overwrites,
    ...(spec.type === channelTypes.forum
      ? { tags: tagsOf(world, spec.tags ?? []), requiresTag: spec.requiresTag ?? false }
      : {}),
  });
  guild.channels.set(channel.id, channel);
  world.channels.set(channel.id, channel);
  tellChannel(world, channel, 'CHANNEL_CREATE');
  return channel;
}

/** The tags of a forum, each with an id of its own. */
export function tagsOf(world: World, tags: readonly TagSpec[]): readonly ForumTag[] {
  return tags.map(({ name, moderated = false }) => ({ id: world.ids.next(), name, moderated }));
}

export function tellChannel(
  world: World,
  channel: Channel,
  t: 'CHANNEL_CREATE' | 'CHANNEL_UPDATE' | 'CHANNEL_DELETE',
): void {
  world.dispatch({ t, d: channelJson(world, channel), guild: channel.guild, intents: intentBits.guilds });
}

/** Deletes a channel, its threads and its messages. Of a category only the category itself goes. */
export function deleteChannel(world: World, channel: Channel, onPurpose: boolean): void {
  const { guild } = channel;
  if (!guild) return;
  for (const child of guild.channels.values()) {
    if (child.parentId !== channel.id) continue;
    if (isThread(child)) forget(world, guild, child, onPurpose);
    else {
      child.parentId = null;
      tellChannel(world, child, 'CHANNEL_UPDATE');
    }
  }
  forget(world, guild, channel, onPurpose);
  if (isThread(channel)) {
    const d = { id: channel.id, guild_id: guild.id, parent_id: channel.parentId, type: channel.type };
    world.dispatch({ t: 'THREAD_DELETE', d, guild, intents: intentBits.guilds });
  } else tellChannel(world, channel, 'CHANNEL_DELETE');
}

function forget(world: World, guild: Guild, channel: Channel, onPurpose: boolean): void {
  guild.channels.delete(channel.id);
  world.channels.delete(channel.id);
  for (const message of channel.messages.values()) message.deleted = true;
  if (onPurpose) world.removedOnPurpose.add(channel.id);
}

/** The direct messages between the bot and a person; opened on first use. */
export function openDm(world: World, user: User): Channel {
  if (!user.dm) {
    user.dm = makeChannel(world, channelTypes.dm, { recipient: user });
    world.channels.set(user.dm.id, user.dm);
  }
  return user.dm;
}
