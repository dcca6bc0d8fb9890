import type { Clock } from '../clock.ts';
import { CommandStore } from './commands.ts';
import type { Interaction } from './interactions/state.ts';
import { Snowflakes } from './snowflakes.ts';
import type { Channel, Guild, StoredFile, User } from './state.ts';

/** Something that the bot is told through the gateway. */
export interface WorldEvent {
  /** Discord's name of the event, for example `MESSAGE_CREATE`. */
  readonly t: string;
  readonly d: object;
  /** Absent: not about a guild, so it goes to shard 0. */
  readonly guild?: Guild | undefined;
  /** Gateway intents of which the session needs one; absent: everybody gets it. */
  readonly intents?: number;
  /** Only told when the bot can see this channel. */
  readonly channel?: Channel;
}

interface WorldOptions {
  readonly clock: Clock;
  readonly botName: string;
  /** Privileged intents that the application is allowed. */
  readonly privilegedIntents: number;
  /** Real milliseconds that a person needs to react to what has just appeared. */
  readonly reactionMs: number;
}

/** The whole state of one local Discord, and the way in which changes become known. */
export class World {
  readonly clock: Clock;
  readonly ids: Snowflakes;
  readonly bot: User;
  readonly privilegedIntents: number;
  readonly reactionMs: number;
  readonly users = new Map<string, User>();
  readonly userByName = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  /** All channels, threads and direct messages by id. */
  readonly channels = new Map<string, Channel>();
  readonly commands: CommandStore;
  readonly interactionById = new Map<string, Interaction>();
  readonly interactionByToken = new Map<string, Interaction>();
  /** Where a nonce was used last: the message that it made. */
  readonly nonces = new Map<string, { readonly messageId: string; readonly at: number }>();
  readonly files = new Map<string, StoredFile>();
  /** Ids of what the driver removed on purpose: asking for them is then expected to fail. */
  readonly removedOnPurpose = new Set<string>();
  /** `http://127.0.0.1:port`, known once the server listens. */
  origin = '';
  #deliver: (event: WorldEvent) => boolean = () => false;
  readonly #watchers = new Set<() => void>();

  constructor({ clock, botName, privilegedIntents, reactionMs }: WorldOptions) {
    this.clock = clock;
    this.reactionMs = reactionMs;
    this.privilegedIntents = privilegedIntents;
    this.ids = new Snowflakes(clock);
    this.commands = new CommandStore(this.ids);
    this.bot = this.createUser(botName, { bot: true });
  }

  /** The application has the id of its bot, as every newer application on Discord does. */
  get applicationId(): string {
    return this.bot.id;
  }

  createUser(name: string, { bot = false, locale = 'en-US' } = {}): User {
    const id = this.ids.next();
    const user: User = {
      id,
      name,
      bot,
      locale,
      json: {
        id,
        username: name,
        discriminator: bot ? '0001' : '0',
        global_name: bot ? null : name,
        avatar: null,
        banner: null,
        accent_color: null,
        avatar_decoration_data: null,
        ...(bot ? { bot: true } : {}),
      },
      guilds: new Set(),
      hasInstalled: false,
      ephemerals: new Map(),
      interactive: [],
    };
    this.users.set(id, user);
    this.userByName.set(name, user);
    return user;
  }

  /** Tells the bot, as far as its intents and permissions allow. Gives whether a connection took it. */
  dispatch(event: WorldEvent): boolean {
    const isMember = !event.guild || event.guild.hasBot || event.t === 'GUILD_DELETE';
    const delivered = isMember && this.#deliver(event);
    this.changed();
    return delivered;
  }

  /** Who delivers events: the gateway. */
  onDispatch(deliver: (event: WorldEvent) => boolean): void {
    this.#deliver = deliver;
  }

  /** Says that something may have changed, for those who wait for a condition. */
  changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** Calls back after every change until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}
