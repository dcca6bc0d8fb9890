/** The shapes of everything that exists in the sandbox. Who changes them is in the files beside this one. */
import type { APIMessage, APIUser } from 'discord-api-types/v10';
import type { PermissionOverwrite } from '../permissions.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  readonly locale: string;
  /** As Discord sends it; a user never changes here, so it is made once. */
  readonly json: APIUser;
  readonly guilds: Set<Guild>;
  /** Whether they installed the app for themselves: then they use it also where the bot is not. */
  hasInstalled: boolean;
  /** The direct messages with the bot, once opened. */
  dm?: Channel;
  /** Ephemeral messages on this person's screen, by id, oldest first. */
  readonly ephemerals: Map<string, Message>;
  /** Direct and ephemeral messages that ever had components, oldest first: where to look for a button. */
  readonly interactive: Message[];
}

export interface Member {
  readonly user: User;
  readonly roleIds: Set<string>;
  readonly joinedAt: number;
  nick: string | null;
  timedOutUntil: number;
  readonly timedOut: boolean;
  acceptsDms: boolean;
}

export interface Role {
  readonly id: string;
  name: string;
  color: number;
  hoist: boolean;
  mentionable: boolean;
  permissions: bigint;
  position: number;
  readonly managed: boolean;
  /** Of a managed role: the bot that it belongs to. */
  readonly botId?: string;
}

/** A channel, thread, category or direct message. */
export interface Channel {
  readonly id: string;
  readonly type: number;
  /** Absent for direct messages. */
  readonly guild?: Guild;
  name: string;
  parentId: string | null;
  position: number;
  topic: string | null;
  nsfw: boolean;
  rateLimitPerUser: number;
  overwrites: PermissionOverwrite[];
  /** Of a forum: what its posts can be tagged with, and whether each must be. */
  tags?: readonly ForumTag[];
  requiresTag?: boolean;
  lastMessageId: string | null;
  lastPinAt: number | null;
  /** By id, oldest first. */
  readonly messages: Map<string, Message>;
  /** The person at the other end; only of direct messages. */
  readonly recipient?: User;
  readonly thread?: ThreadState;
  /** Who is in the thread, as `permissions.ts` wants to know. */
  readonly memberIds?: Set<string>;
  /** What the driver took from the bot here on purpose. */
  deniedToBot: bigint;
}

export interface ForumTag {
  readonly id: string;
  readonly name: string;
  /** Whether only those may use it who manage threads. */
  readonly moderated: boolean;
}

interface ThreadState {
  readonly ownerId: string;
  readonly createdAt: number;
  readonly joinedAt: Map<string, number>;
  archived: boolean;
  archiveChangedAt: number;
  locked: boolean;
  invitable: boolean;
  autoArchiveMinutes: number;
  lastActivityAt: number;
  messageCount: number;
  /** Only for a post in a forum. */
  appliedTags: readonly string[];
}

export interface Guild {
  readonly id: string;
  name: string;
  readonly ownerId: string;
  readonly locale: string;
  readonly joinedAt: number;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
  readonly memberByName: Map<string, Member>;
  /** Channels and threads by id. */
  readonly channels: Map<string, Channel>;
  readonly events: Map<string, ScheduledEvent>;
  /** Rules of AutoMod by id, oldest first. */
  readonly autoMod: Map<string, AutoModRule>;
  /** Messages of the guild's channels that ever had components, oldest first. */
  readonly interactive: Message[];
  botRoleId: string;
  hasBot: boolean;
  /** Names of commands that the guild's own settings hand to everybody, whatever their default. */
  readonly openCommands: Set<string>;
  /** What the driver took from the bot everywhere in this guild, on purpose. */
  deniedToBot: bigint;
  /** Whether the driver moved the bot's role down on purpose. */
  botLowered: boolean;
}

export interface Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  /** As Discord sends it, without the nonce. Replaced as a whole by an edit, so that a copy handed out stays as it was. */
  json: APIMessage;
  /** Who sees an ephemeral message; absent for everybody else's. */
  readonly ephemeralFor?: User;
  deleted: boolean;
  /** Real time of the last change, in milliseconds: nobody presses a button before they have seen it. */
  shownAt: number;
  /** Called after an edit, while somebody waits for what a silently acknowledged component does. */
  onEdited?: (() => void) | undefined;
}

export interface ScheduledEvent {
  readonly id: string;
  readonly guild: Guild;
  json: Record<string, unknown> & { status: number; entity_type: number };
}

/** A file that a message carries, kept in memory. */
export interface StoredFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A rule of AutoMod, as Discord sends it. A change replaces it as a whole. */
export interface AutoModRule {
  readonly id: string;
  readonly guild_id: string;
  readonly creator_id: string;
  readonly name: string;
  readonly event_type: number;
  readonly trigger_type: number;
  readonly trigger_metadata: { readonly keyword_filter?: readonly string[] } & Readonly<Record<string, unknown>>;
  readonly actions: readonly { readonly type: number; readonly metadata?: { readonly channel_id?: string } }[];
  readonly enabled: boolean;
  readonly exempt_roles: readonly string[];
  readonly exempt_channels: readonly string[];
}
