/**
 * What of Discord's state stays in memory. In thousands of guilds the channels alone are hundreds of megabytes, most of it
 * empty collections and texts that nobody reads here: those are left out as they come in.
 */
import { setFlagsFromString } from 'node:v8';
import { type CacheFactory, type Client, Collection, type GuildMember, LimitedCollection, Options } from 'discord.js';

/**
 * By how much the heap may grow, in percent, before the engine looks through all of it. By itself it lets a large heap
 * double: what thousands of guilds leave behind while they come in would stay for good.
 */
const heapGrowthPercent = 15;

/** Members kept in memory, of all guilds together: some 700 bytes each. The others are asked of Discord when needed. */
const membersAtMost = 10_000;
/** Users kept beside them: whoever acts is among the members. */
const usersAtMost = 200;

/** What discord.js would keep and the bot asks of Discord, or never needs. One empty collection serves all of them. */
const neverKept: ReadonlySet<string> = new Set([
  'AutoModerationRuleManager',
  'DMMessageManager',
  'GuildApplicationCommandManager',
  'GuildBanManager',
  'GuildEmojiManager',
  'GuildForumThreadManager',
  'GuildInviteManager',
  'GuildMessageManager',
  'GuildSoundboardSoundManager',
  'GuildStickerManager',
  'GuildTextThreadManager',
  'MessageManager',
  'PresenceManager',
  'ReactionManager',
  'StageInstanceManager',
  'VoiceStateManager',
]);

/**
 * Says what discord.js keeps of what. Guilds, channels, roles and overwrites are as it wants them: it counts on those.
 * @param most how many members of all guilds together.
 */
export function cacheFactory(most: number = membersAtMost): CacheFactory {
  const never = new LimitedCollection({ maxSize: 0 });
  const kept = new Set<GuildMember>();
  const usual = Options.cacheWithLimits({
    UserManager: { maxSize: usersAtMost, keepOverLimit: (user) => user.id === user.client.user?.id },
  });
  return ((type, holds, manager) => {
    if (neverKept.has(manager.name)) return never;
    return manager.name === 'GuildMemberManager' ? new Members(kept, most) : usual(type, holds, manager);
  }) as CacheFactory;
}

/** The members of a guild who are kept. All guilds share one bound: where there are few, each has room for many. */
class Members extends Collection<string, GuildMember> {
  readonly #kept: Set<GuildMember>;
  readonly #most: number;

  /** @param kept those of all guilds, the oldest first. */
  constructor(kept: Set<GuildMember>, most: number) {
    super();
    this.#kept = kept;
    this.#most = most;
  }

  override set(id: string, member: GuildMember): this {
    // The bot itself stays: by its roles it is known what it may do.
    if (id === member.client.user.id) return super.set(id, member);
    this.#kept.add(member);
    const [oldest] = this.#kept.size > this.#most ? this.#kept : [];
    oldest?.guild.members.cache.delete(oldest.id);
    return super.set(id, member);
  }

  override delete(id: string): boolean {
    const member = this.get(id);
    if (member) this.#kept.delete(member);
    return super.delete(id);
  }

  override clear(): void {
    for (const member of this.values()) this.#kept.delete(member);
    super.clear();
  }

  /** What is filtered out of them is an ordinary collection. */
  static override get [Symbol.species](): typeof Collection {
    return Collection;
  }
}

/** Keeps the heap close to what it holds, at the price of looking through it more often: for a process of many guilds. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${heapGrowthPercent}`);
}

type Json = Record<string, unknown>;

/** Fields of a guild that nobody here reads. */
const ofGuild =
  'emojis stickers soundboard_sounds presences voice_states stage_instances features description icon banner splash discovery_splash vanity_url_code hub_type incidents_data'.split(
    ' ',
  );
/** Fields of a channel that nobody here reads: topics alone can be a kilobyte each. */
const ofChannel =
  'topic last_message_id last_pin_timestamp icon_emoji theme_color template version default_reaction_emoji rtc_region user_limit bitrate video_quality_mode'.split(
    ' ',
  );

/** Within a guild it need not say whose it is: discord.js takes the guild's own id, which is there once. */
const ofChannelOfGuild = [...ofChannel, 'guild_id'];

/** What was said in a message, and with it. */
const ofMessage = 'content attachments embeds components poll referenced_message message_snapshots sticker_items'.split(
  ' ',
);

/** Names of channels that are kept once for all guilds: most have a "general". More are not worth looking for. */
const sharedNamesAtMost = 2_000;

/**
 * Leaves out of what Discord sends whatever would only take memory, before discord.js sees it, and lets what is the same
 * be kept once: each text that comes in is a new one, also the same id of a category in forty of its channels.
 */
export function thinIncoming(client: Client): void {
  const names = new Map<string, string>();
  const listen = client.on.bind(client) as (event: 'raw', listener: (packet: { t?: string; d?: Json }) => void) => void;
  listen('raw', ({ t, d }) => {
    if (!d) return;
    // What somebody writes to the bot is nobody's to read.
    if (t === 'MESSAGE_CREATE') leaveOut(d, ofMessage);
    if (t === 'CHANNEL_CREATE' || t === 'CHANNEL_UPDATE') leaveOut(d, ofChannel);
    if (t !== 'GUILD_CREATE' && t !== 'GUILD_UPDATE') return;
    leaveOut(d, ofGuild);
    const channels = (d['channels'] ?? []) as IncomingChannel[];
    const roles = (d['roles'] ?? []) as { id: string }[];
    const ids = new Map([...channels, ...roles].map(({ id }) => [id, id]));
    for (const channel of channels) {
      leaveOut(channel, ofChannelOfGuild);
      channel.name = sharedName(names, channel.name);
      if (typeof channel.parent_id === 'string') channel.parent_id = ids.get(channel.parent_id) ?? channel.parent_id;
      for (const overwrite of channel.permission_overwrites ?? []) overwrite.id = ids.get(overwrite.id) ?? overwrite.id;
    }
  });
}

interface IncomingChannel extends Json {
  readonly id: string;
  name?: unknown;
  parent_id?: unknown;
  readonly permission_overwrites?: { id: string }[];
}

/** The text that is kept for all who have this name; the name itself where there are too many. */
function sharedName(names: Map<string, string>, name: unknown): unknown {
  if (typeof name !== 'string') return name;
  const shared = names.get(name);
  if (shared === undefined && names.size < sharedNamesAtMost) names.set(name, name);
  return shared ?? name;
}

function leaveOut(from: Json, fields: readonly string[]): void {
  for (const field of fields) if (field in from) delete from[field];
}
