/** Where posts can go: channels, forums, in which each begins a thread with a title, and public threads. */
import {
  type AnyThreadChannel,
  ChannelFlags,
  ChannelType,
  type ForumChannel,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  type NewsChannel,
  PermissionFlagsBits,
  type TextChannel,
} from 'discord.js';
import { missingPermissions, type PermissionName } from './permissions.ts';

/** The kinds of channel that posts go to. What is said in a private thread is for those in it. */
export const postChannelTypes = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.PublicThread,
  ChannelType.AnnouncementThread,
] as const;

/** A place for posts, from the bot's memory. */
export interface PostPlace {
  readonly kind: 'channel' | 'forum' | 'thread';
  /** The channel whose permissions count: of a thread the one that it hangs on. */
  readonly holder: TextChannel | NewsChannel | ForumChannel;
  /** The thread; undefined for an archived one, which nobody keeps in memory, and for what is none. */
  readonly thread: AnyThreadChannel | undefined;
}

/**
 * A place for posts; undefined where nobody posts, or when it is gone.
 * @param parentId the channel that it is known to hang on, where it is a thread.
 */
export function findPostPlace(guild: Guild, channelId: string, parentId: string | null = null): PostPlace | undefined {
  const channel = guild.channels.cache.get(channelId);
  if (channel === undefined) {
    const holder = parentId === null ? undefined : holderOf(guild.channels.cache.get(parentId));
    return holder && { kind: 'thread', holder, thread: undefined };
  }
  if (!channel.isThread()) {
    const holder = holderOf(channel);
    return holder && { kind: holder.type === ChannelType.GuildForum ? 'forum' : 'channel', holder, thread: undefined };
  }
  const holder = holderOf(channel.parent ?? undefined);
  return channel.type === ChannelType.PrivateThread || !holder
    ? undefined
    : { kind: 'thread', holder, thread: channel };
}

function holderOf(channel: GuildBasedChannel | undefined): PostPlace['holder'] | undefined {
  switch (channel?.type) {
    case ChannelType.GuildText:
    case ChannelType.GuildAnnouncement:
    case ChannelType.GuildForum:
      return channel;
    default:
      return undefined;
  }
}

/** What the bot needs to post once: after a crash it looks whether a post has arrived already. */
const needs: Readonly<Record<PostPlace['kind'], readonly PermissionName[]>> = {
  channel: ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory'],
  // Clients call the second one Create Posts there.
  forum: ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory'],
  thread: ['ViewChannel', 'SendMessagesInThreads', 'EmbedLinks', 'ReadMessageHistory'],
};

/** What the bot lacks to post in a place. */
export function missingAt({ kind, holder }: PostPlace, me: GuildMember): PermissionName[] {
  return missingPermissions(holder.permissionsFor(me), needs[kind]);
}

/** Whether a thread is locked to the bot, as far as it knows: one who manages threads may write there all the same. */
export function isLockedTo({ holder, thread }: PostPlace, me: GuildMember): boolean {
  return thread?.locked === true && !holder.permissionsFor(me).has(PermissionFlagsBits.ManageThreads);
}

/** A tag of a forum that the bot may use. */
export interface Tag {
  readonly id: string;
  readonly name: string;
}

/** The tags of a forum that the bot may use, and whether each post needs one; undefined for what is no forum. */
export function forumOf(
  { holder, kind }: PostPlace,
  me: GuildMember,
): { readonly tags: readonly Tag[]; readonly requiresTag: boolean } | undefined {
  if (kind !== 'forum' || holder.type !== ChannelType.GuildForum) return undefined;
  const mayAll = holder.permissionsFor(me).has(PermissionFlagsBits.ManageThreads);
  return {
    tags: holder.availableTags.filter(({ moderated }) => mayAll || !moderated).map(({ id, name }) => ({ id, name })),
    requiresTag: holder.flags.has(ChannelFlags.RequireTag),
  };
}
