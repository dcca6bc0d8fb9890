/**
 * What the sandbox offers to tests, demos and benchmarks: the types of its TypeScript API.
 * A sandbox is one local Discord with one application (the bot) and any number of guilds and people.
 */
import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIEmbed,
  APIMessage,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';

/** How a sandbox starts. Everything has a default. */
export interface SandboxOptions {
  /** A free port when absent. */
  readonly port?: number;
  /** The instant that it is in the sandbox at first, in milliseconds since 1970; real time when absent. */
  readonly startAt?: number;
  readonly token?: string;
  readonly botName?: string;
  /** How many shards `GET /gateway/bot` recommends; 1 when absent. */
  readonly shards?: number;
  /** How many shards may identify at the same time. */
  readonly maxConcurrency?: number;
  /** Sends away whoever identifies sooner than that allows, by real time. */
  readonly identifyLimiter?: boolean;
  /** Bits of the privileged intents that the application is allowed; all three when absent. */
  readonly privilegedIntents?: number;
  /**
   * Real milliseconds that people need to react to what has just appeared; 20 when absent. A bot that waits for a press
   * with a collector starts to wait only after its own request has returned: nobody is faster than that on Discord.
   */
  readonly reactionMs?: number;
  /** Enforces Discord's real global limit of 50 requests per second. */
  readonly limiter?: boolean;
}

/** One refusal by the local Discord: a request that the real Discord would not have taken either. */
export interface Refusal {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly errors?: unknown;
  /** True for refusals that a fault or a closed DM caused on purpose: they do not fail a test run. */
  readonly expected: boolean;
}

export interface GuildSpec {
  readonly name: string;
  /** Names of the text channels to start with; `general` when absent. */
  readonly channels?: readonly string[];
  /** Permissions of the bot's own managed role, as a bit field; absent: those in the sandbox' invite. */
  readonly botPermissions?: bigint;
  /** Discord locale that the guild prefers, `en-US` when absent. */
  readonly locale?: string;
}

export interface PersonSpec {
  readonly name: string;
  /** Permissions given by a role of their own, for example `PermissionFlagsBits.ManageGuild` for a moderator. */
  readonly permissions?: bigint;
  readonly acceptsDms?: boolean;
  /** Installed the app for themselves: its commands for that are offered in servers without the bot, too. */
  readonly hasInstalled?: boolean;
  /** Discord locale of the client, `en-US` when absent. */
  readonly locale?: string;
}

/** What a person sees after acting: the answer of the bot, as Discord shows it to that person. */
export interface Answer {
  /** `message`: a new message (perhaps ephemeral); `update`: the message acted on has changed; `modal`: a form opened. */
  readonly kind: 'message' | 'update' | 'modal';
  readonly message?: APIMessage;
  readonly modal?: APIModalInteractionResponseCallbackData;
  readonly ephemeral: boolean;
  /** Follow-up messages sent within the same interaction so far; grows when more come. */
  readonly followUps: readonly APIMessage[];
  /** All text of the message or modal in reading order (content, embeds, components), for assertions and transcripts. */
  readonly text: string;
  /** Milliseconds from the dispatch of the interaction to its first response. */
  readonly ackMs: number;
  /** Custom id of the opened modal, kept so that `submit` needs none. */
  readonly interactionId: string;
}

export type OptionValue = string | number | boolean | Person | Channel | Role;
export interface Person {
  readonly id: string;
  readonly name: string;
}
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel';
}
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly kind: 'role';
}

/** A person acting in one guild. Every method resolves when the bot has given its final answer (a deferral is waited out). */
export interface Actor {
  readonly id: string;
  readonly name: string;
  /**
   * Runs `/register mentor timezone:Asia/Karachi` as `slash('register mentor', { timezone: 'Asia/Karachi' })`. Refuses what
   * the client would refuse (required options, choices, permissions). `where.channelId` is a channel or thread by id or
   * name, or `dm`; the first visible text channel when absent.
   */
  slash(
    command: string,
    options?: Readonly<Record<string, OptionValue>>,
    where?: { channelId?: string },
  ): Promise<Answer>;
  /**
   * Chooses an entry of the context menu of a person or a message. A message's menu is where the message is; a person's
   * where `where.channelId` says, as for `slash`.
   */
  contextMenu(command: string, target: Person | APIMessage, where?: { channelId?: string }): Promise<Answer>;
  /** Types into an option with autocomplete and returns the choices shown. */
  complete(
    command: string,
    option: string,
    typed: string,
    others?: Readonly<Record<string, OptionValue>>,
  ): Promise<readonly APIApplicationCommandOptionChoice[]>;
  /**
   * Presses a button found by its label or custom id, or else by words that only its label has; on the newest visible
   * message that has it, or on the one given.
   */
  press(button: string, on?: APIMessage | Answer): Promise<Answer>;
  /** Chooses values (by value or by label) in a select menu found by custom id or placeholder. */
  select(menu: string, values: readonly string[], on?: APIMessage | Answer): Promise<Answer>;
  /** Submits the modal that was opened last. Fields are found by custom id or label; arrays for menus and checkbox groups. A field not named keeps what the modal filled in. */
  submit(fields: Readonly<Record<string, string | boolean | readonly string[]>>): Promise<Answer>;
  /** Sends whatever a hostile client could send: a component or modal interaction with any custom id. */
  forge(interaction: {
    customId: string;
    kind: 'button' | 'menu' | 'modal';
    on?: APIMessage;
    fields?: Readonly<Record<string, string>>;
    /** What a menu says was chosen. */
    values?: readonly string[];
  }): Promise<Answer>;
  /** What this person can see in a channel or thread, oldest first; ephemeral messages only their own. Throws where they may not look. */
  messages(channel: string | { id: string }): readonly APIMessage[];
  /** Direct messages with the bot, oldest first. */
  dms(): readonly APIMessage[];
  /** Ephemeral messages that are still on this person's screen, oldest first. */
  ephemerals(): readonly APIMessage[];
  /** Writes a message as a person would. */
  say(channel: string | { id: string }, content: string): APIMessage;
  leave(): void;
}

/**
 * One thing that goes wrong on purpose. `route` is tried on the path without `/api/v10` and on `METHOD path`, as in
 * `/^POST \/channels\/\d+\/messages$/`. `skip` lets that many matching requests pass first, `times` bounds how many it
 * then meets (default 1; Infinity: until cleared).
 */
export type Fault = FaultKind & { readonly route?: RegExp; readonly skip?: number; readonly times?: number };

type FaultKind =
  | { readonly kind: 'rate-limit'; readonly global?: boolean; readonly shared?: boolean; readonly retryAfterMs: number }
  /** With `afterEffect` the request is carried out and only its answer is lost. */
  | { readonly kind: 'error'; readonly status: 500 | 502 | 503; readonly afterEffect?: boolean }
  /** Discord says no with a code of its own, whatever the request is. */
  | { readonly kind: 'refusal'; readonly status: 400 | 403 | 404; readonly code: number; readonly afterEffect?: false }
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection is cut instead of an answer; with `afterEffect` once the request was carried out. */
  | { readonly kind: 'cut'; readonly afterEffect?: boolean }
  /** The request is never answered (until `clear`, which drops it); a test kills the bot meanwhile. With `afterEffect` it was carried out. */
  | { readonly kind: 'hold'; readonly afterEffect?: boolean };

/** A fault that is in force. */
export interface FaultHandle {
  /** Resolves when the fault has met its first request. */
  readonly reached: Promise<void>;
  clear(): void;
}

export interface RequestRecord {
  /** Sandbox time. */
  readonly at: number;
  readonly method: string;
  /** Without `/api/v10` and without the query. */
  readonly path: string;
  /** The query with its question mark, or nothing. */
  readonly query: string;
  /** 0: the connection was cut instead of an answer, or the request was held. */
  readonly status: number;
  readonly body?: unknown;
}

export interface Sandbox {
  /** For `DISCORD_API_URL`, for example `http://127.0.0.1:43117/api`. discord.js adds `/v10`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly botUserId: string;
  createGuild(spec: GuildSpec): GuildHandle;
  readonly guilds: readonly GuildHandle[];
  /** Resolves when the bot has identified and every guild was sent to it. */
  botReady(timeoutMs?: number): Promise<void>;
  /** Numbers of the bot's shards that are connected and have their guilds. */
  shards(): readonly number[];
  readonly refusals: readonly Refusal[];
  /** Throws with every unexpected refusal so far; call it in `afterEach`. */
  assertNoRefusals(): void;
  /** Marks the refusals so far that satisfy the predicate as expected (a test that provokes one on purpose). */
  expectRefusal(matches: (refusal: Refusal) => boolean): void;
  /** Every REST request in order, for "exactly once" assertions. */
  readonly requests: readonly RequestRecord[];
  fault(fault: Fault): FaultHandle;
  /** The global commands deployed by the bot, or those of one guild. */
  commands(guildId?: string): readonly APIApplicationCommand[];
  /**
   * Ends gateway connections: `resumable` (4000), `invalid` (the session is forgotten), `cut` (the TCP connection breaks),
   * `reconnect` (Discord asks for it, opcode 7).
   * @param shard only those of this shard; absent: all.
   */
  dropGateway(how: 'resumable' | 'invalid' | 'cut' | 'reconnect', shard?: number): void;
  readonly clock: { now(): number; advance(ms: number): void; onAdvance(listener: (offsetMs: number) => void): void };
  /** Waits until `condition` gives something truthy, looking after every change in this Discord; explains itself on time-out. */
  until<T>(what: string, condition: () => T | undefined | false | null, timeoutMs?: number): Promise<T>;
  close(): Promise<void>;
}

/** A rule of AutoMod, as Discord sends it. */
export interface AutoModRule {
  readonly id: string;
  readonly name: string;
  readonly creator_id: string;
  /** 1: keywords. */
  readonly trigger_type: number;
  readonly trigger_metadata: { readonly keyword_filter?: readonly string[] };
  /** 1: blocks the message; 2: an alert to a channel. */
  readonly actions: readonly { readonly type: number; readonly metadata?: { readonly channel_id?: string } }[];
  readonly enabled: boolean;
}

export interface GuildHandle {
  readonly id: string;
  readonly name: string;
  /** Somebody joins. The same name is the same person, in every guild of this Discord. */
  join(person: PersonSpec): Actor;
  /** Many join at once, named `Member 1`, `Member 2` and so on. */
  joinMany(count: number, prefix?: string): readonly Actor[];
  /** An existing person in this guild, by name or id. */
  as(person: string | Person): Actor;
  channel(name: string): Channel;
  role(name: string): Role;
  readonly channels: readonly Channel[];
  readonly roles: readonly Role[];
  /** @param spec of a forum (type 15) also its tags, and whether each post needs one. */
  createChannel(spec: {
    readonly name: string;
    readonly type?: number;
    readonly topic?: string;
    readonly tags?: readonly { readonly name: string; readonly moderated?: boolean }[];
    readonly requiresTag?: boolean;
  }): Channel;
  /** A moderator gives a forum other tags: those before are gone. */
  changeTags(forum: Channel, tags: readonly { readonly name: string }[], requiresTag: boolean): void;
  /** The tags of a forum. */
  tagsOf(forum: Channel): readonly { readonly id: string; readonly name: string }[];
  /** The moderator who owns the guild opens a public thread in a channel. */
  openThread(channel: Channel, name: string): Channel;
  /** A moderator locks an open thread, or opens a locked one. */
  lockThread(thread: { readonly id: string }, locked: boolean): void;
  createRole(spec: { readonly name: string; readonly permissions?: bigint; readonly mentionable?: boolean }): Role;
  deleteRole(role: Role): void;
  giveRole(person: Person, role: Role): void;
  /** Somebody else takes a role from this person. */
  takeRole(person: Person, role: Role): void;
  /** Whoever may manage roles changes what one may do, or who may mention it. */
  changeRole(role: Role, change: { readonly permissions?: bigint; readonly mentionable?: boolean }): void;
  threads(): readonly {
    id: string;
    name: string;
    parentId: string;
    private: boolean;
    memberIds: readonly string[];
    archived: boolean;
    locked: boolean;
    /** Names of the tags of a post in a forum. */
    tags: readonly string[];
  }[];
  /** The server's events that have not ended. */
  events(): readonly {
    id: string;
    name: string;
    description: string;
    /** As ISO text. */
    startsAt: string;
    endsAt: string | null;
    /** The voice channel; null for an event held elsewhere. */
    channelId: string | null;
    location: string | null;
    isOn: boolean;
  }[];
  /** The owner plans an event of their own, a month ahead. */
  planEvent(name: string): { readonly id: string };
  /** A moderator deletes an event. */
  deleteEvent(event: { readonly id: string }): void;
  /** A moderator takes this person out of a thread, or they leave it themselves: Discord tells the two apart for nobody. */
  takeFromThread(thread: { readonly id: string }, person: Person): void;
  /** A moderator closes a thread: archived, and locked where it says so. */
  closeThread(thread: { readonly id: string }, locked?: boolean): void;
  /** A moderator deletes a thread, with everything in it. Also while no connection of the bot's is open. */
  deleteThread(thread: { readonly id: string }): void;
  /** A moderator deletes a message. */
  deleteMessage(message: { readonly id: string; readonly channel_id: string }): void;
  rolesOf(person: Person): readonly string[];
  closeDms(person: Person): void;
  openDms(person: Person): void;
  /** This person, or whoever has just this role, cannot see the channel any more. */
  hideChannel(channel: Channel, from: Person | Role): void;
  /** This person, or whoever has this role, may do these things in the channel. */
  allowIn(channel: Channel, whom: Person | Role, permissions: bigint): void;
  deleteChannel(channel: Channel): void;
  /** Rules of AutoMod, oldest first. */
  autoModRules(): readonly AutoModRule[];
  /** A moderator makes a rule for keywords themselves. */
  createAutoModRule(name: string, keywords: readonly string[]): AutoModRule;
  /** A moderator changes a rule. */
  changeAutoModRule(rule: { readonly id: string }, change: Partial<Omit<AutoModRule, 'id'>>): void;
  /** A moderator deletes a rule. */
  deleteAutoModRule(rule: { readonly id: string }): void;
  /** Hands a command to every member in the guild's own settings, whatever permissions it asks for by default. */
  openCommand(name: string): void;
  /** Takes permissions from the bot, in the whole guild or in one channel. */
  denyBot(permissions: bigint, channel?: Channel): void;
  /** Gives back what `denyBot` took, and more if it says so. */
  allowBot(permissions: bigint, channel?: Channel): void;
  /** Moves the bot's own role below another. */
  putBotRoleBelow(role: Role): void;
  /** The bot is removed from this guild. */
  kickBot(): void;
}

export type { APIEmbed, APIMessage };
