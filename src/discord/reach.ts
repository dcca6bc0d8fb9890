import { type BaseInteraction, ChannelType, type Guild, type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { Poster, Reach, ReadReach } from '../posts/announcements/reach.ts';
import { missingPermissions } from './permissions.ts';
import { placeOf } from './place.ts';
import { findPostPlace, forumOf, isLockedTo, missingAt, type PostPlace } from './post-places.ts';

/**
 * What a moderator needs in a channel to post there through the bot. Not to write: channels for announcements are closed
 * to members, and moderators speak there as the community.
 */
const toPost = ['ViewChannel'] as const;

/**
 * Reads from the bot's memory what Discord allows the member who acts, and the bot, for one announcement.
 * @throws UserError outside a guild.
 */
export function reachReader(interaction: BaseInteraction): ReadReach {
  return readerFor(placeOf(interaction).member);
}

function readerFor(member: GuildMember): ReadReach {
  const { guild } = member;
  return ({ channel_id: channelId, role_id: roleId, parent_id: parentId }) => {
    const place = findPostPlace(guild, channelId, parentId);
    const me = guild.members.me;
    if (!place || !me) return nowhere;
    const mine = place.holder.permissionsFor(me);
    const theirs = place.holder.permissionsFor(member);
    return {
      channel: placeReached(place, me),
      botLacks: missingAt(place, me),
      moderatorLacks: missingPermissions(theirs, toPost),
      moderatorMentions: theirs.has('MentionEveryone'),
      botMentions: mine.has('MentionEveryone'),
      role: roleId === null ? 'none' : roleOf(guild, roleId),
    };
  };
}

/**
 * The moderator who acts, with what they see and may do.
 * @throws UserError outside a guild.
 */
export function posterOf(interaction: BaseInteraction): Poster {
  return posterBy(placeOf(interaction).member);
}

/** The same of a member as Discord sends them along with what they do; channels are in the bot's memory. */
export function posterBy(member: GuildMember): Poster {
  const { guild } = member;
  return {
    guildId: guild.id,
    userId: member.id,
    sees(channelId, parentId) {
      const channel = guild.channels.cache.get(channelId) ?? guild.channels.cache.get(parentId ?? '');
      const holder = channel?.isThread() ? channel.parent : channel;
      return holder?.permissionsFor(member).has(PermissionFlagsBits.ViewChannel);
    },
    seesAll: member.permissions.has(PermissionFlagsBits.Administrator),
    readReach: readerFor(member),
  };
}

function placeReached(place: PostPlace, me: GuildMember): NonNullable<Reach['channel']> {
  const { kind, holder } = place;
  const forum = forumOf(place, me);
  return {
    isNews: kind === 'channel' && holder.type === ChannelType.GuildAnnouncement,
    ...(kind === 'thread' ? { parentId: holder.id, isLocked: isLockedTo(place, me) } : {}),
    ...(forum ? { forum } : {}),
  };
}

const nowhere: Reach = {
  channel: undefined,
  botLacks: [],
  moderatorLacks: [],
  moderatorMentions: false,
  botMentions: false,
  role: 'none',
};

/** Whether a role can be mentioned, from the bot's memory. */
export function roleOf(guild: Guild, roleId: string): Exclude<Reach['role'], 'none'> {
  const role = guild.roles.cache.get(roleId);
  if (!role) return 'gone';
  return role.mentionable ? 'open' : 'closed';
}
