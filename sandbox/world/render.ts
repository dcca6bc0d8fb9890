/** Discord's JSON of what exists. Messages and users carry theirs with them. */
import type { World } from './world.ts';
import type { Channel, ForumTag, Guild, Member, Role } from './state.ts';

export const channelTypes = {
  text: 0,
  dm: 1,
  voice: 2,
  category: 4,
  announcement: 5,
  announcementThread: 10,
  publicThread: 11,
  privateThread: 12,
  stage: 13,
  forum: 15,
  media: 16,
} as const;

export const isThread = (channel: Channel): boolean => channel.thread !== undefined;
const iso = (at: number): string => new Date(at).toISOString();

export function roleJson(role: Role): object {
  return {
    id: role.id,
    name: role.name,
    description: null,
    color: role.color,
    colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
    hoist: role.hoist,
    icon: null,
    unicode_emoji: null,
    position: role.position,
    permissions: role.permissions.toString(),
    managed: role.managed,
    mentionable: role.mentionable,
    flags: 0,
    ...(role.botId ? { tags: { bot_id: role.botId } } : {}),
  };
}

/** A member as in events and lists; `user` is left out where Discord leaves it out. */
export function memberJson(member: Member, { withUser = true } = {}): Record<string, unknown> {
  return {
    ...(withUser ? { user: member.user.json } : {}),
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: [...member.roleIds],
    joined_at: iso(member.joinedAt),
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    communication_disabled_until: member.timedOut ? iso(member.timedOutUntil) : null,
  };
}

function overwritesJson(channel: Channel): object[] {
  return channel.overwrites.map(({ id, type, allow, deny }) => ({
    id,
    type,
    allow: allow.toString(),
    deny: deny.toString(),
  }));
}

/** A channel, thread or direct message, with the bot's own membership where it is in the thread. */
export function channelJson(world: World, channel: Channel): Record<string, unknown> {
  const base = { id: channel.id, type: channel.type, last_message_id: channel.lastMessageId, flags: 0 };
  if (channel.recipient) return { ...base, recipients: [channel.recipient.json] };
  const guildId = channel.guild?.id;
  if (channel.thread) return { ...base, ...threadFields(world, channel), guild_id: guildId };
  return {
    ...base,
    guild_id: guildId,
    name: channel.name,
    parent_id: channel.parentId,
    position: channel.position,
    topic: channel.topic,
    nsfw: channel.nsfw,
    rate_limit_per_user: channel.rateLimitPerUser,
    permission_overwrites: overwritesJson(channel),
    ...(channel.tags ? forumFields(channel, channel.tags) : {}),
    ...(channel.lastPinAt === null ? {} : { last_pin_timestamp: iso(channel.lastPinAt) }),
  };
}

/** Bit 4 of a channel's flags: each post needs a tag. */
const requireTag = 1 << 4;

function forumFields({ requiresTag }: Channel, tags: readonly ForumTag[]): object {
  return {
    flags: requiresTag ? requireTag : 0,
    available_tags: tags.map(({ id, name, moderated }) => ({ id, name, moderated, emoji_id: null, emoji_name: null })),
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
  };
}

function threadFields(world: World, channel: Channel): object {
  const { thread } = channel;
  if (!thread) return {};
  const own = threadMemberJson(channel, world.bot.id);
  return {
    name: channel.name,
    parent_id: channel.parentId,
    owner_id: thread.ownerId,
    rate_limit_per_user: channel.rateLimitPerUser,
    message_count: thread.messageCount,
    total_message_sent: thread.messageCount,
    // Discord stops counting at 50.
    member_count: Math.min(50, channel.memberIds?.size ?? 0),
    ...(thread.appliedTags.length > 0 ? { applied_tags: [...thread.appliedTags] } : {}),
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: iso(thread.archiveChangedAt),
      auto_archive_duration: thread.autoArchiveMinutes,
      create_timestamp: iso(thread.createdAt),
      locked: thread.locked,
      ...(channel.type === channelTypes.privateThread ? { invitable: thread.invitable } : {}),
    },
    ...(own ? { member: own } : {}),
  };
}

export function threadMemberJson(channel: Channel, userId: string): Record<string, unknown> | undefined {
  const joinedAt = channel.thread?.joinedAt.get(userId);
  if (joinedAt === undefined) return undefined;
  return { id: channel.id, user_id: userId, join_timestamp: iso(joinedAt), flags: 1 };
}

/** A guild as `GET /guilds/:id` has it; the gateway adds channels, members and threads. */
export function guildJson(guild: Guild): Record<string, unknown> {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: ['COMMUNITY', 'NEWS'],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 1,
    roles: [...guild.roles.values()].map(roleJson),
    emojis: [],
    stickers: [],
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 2,
    max_presences: null,
    max_members: 25_000_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    nsfw_level: 0,
    nsfw: false,
    hub_type: null,
    incidents_data: null,
    latest_onboarding_question_id: null,
  };
}
