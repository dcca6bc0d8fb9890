/** What the page and its server say to each other over the WebSocket, as JSON. Types only: both sides import it. */
import type {
  APIApplicationCommandOptionChoice,
  APIMessage,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';

/** Somebody whom the visitor can be. */
export interface PageIdentity {
  readonly name: string;
  /** IANA name of the zone in which times are shown to them. */
  readonly timeZone: string;
  readonly story?: string;
}

/** One of them, as the switch at the bottom shows them. */
export interface ShownPerson extends PageIdentity {
  readonly id: string;
  /** Names of their roles, the highest first. */
  readonly roles: readonly string[];
  readonly unread: number;
}

/** A channel, a thread or the direct messages with the bot. */
export interface Place {
  readonly id: string;
  readonly kind: 'text' | 'voice' | 'announcement' | 'forum' | 'thread' | 'private-thread' | 'dm';
  readonly name: string;
  readonly topic: string;
  /** Of a thread: the channel that it hangs on. */
  readonly parentId: string | null;
  readonly canWrite: boolean;
  /** A thread that was closed: it is shown to whoever has it open. */
  readonly archived: boolean;
  readonly unread: boolean;
}

export interface ShownMember {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  /** Names of their roles, the highest first. */
  readonly roles: readonly string[];
}

/** Also one that the page does not open, a voice channel say: it can be named and chosen. */
export interface ShownChannel {
  readonly id: string;
  readonly name: string;
  /** Discord's number of the type. */
  readonly type: number;
}

interface ShownRole {
  readonly id: string;
  readonly name: string;
}

/** A step of the guided tour, and what to point at while it is the current one. */
export interface TourStep {
  readonly title: string;
  readonly text: string;
  readonly done: boolean;
  /** In order: the first that does not hold yet is pointed at. */
  readonly targets: readonly TourTarget[];
}

export type TourTarget =
  | { readonly kind: 'person'; readonly name: string }
  | { readonly kind: 'place'; readonly name: string }
  /** `otherwise`: the command that brings such a button, where none is in sight. */
  | { readonly kind: 'button'; readonly label: string; readonly otherwise: string }
  | { readonly kind: 'command'; readonly text: string }
  /** An entry in the menu of a message, by who wrote it. */
  | { readonly kind: 'menu'; readonly of: string; readonly entry: string }
  | { readonly kind: 'clock' };

/** Apps can add entries to the menus of these. */
export type MenuKind = 'message' | 'member';

/** Everything around the messages, as one person sees it. */
export interface Surroundings {
  readonly type: 'surroundings';
  readonly me: ShownPerson;
  readonly people: readonly ShownPerson[];
  readonly bot: { readonly id: string; readonly name: string };
  readonly guild: { readonly id: string; readonly name: string };
  /** Id of the place that is open; when it is another than before, its messages follow at once. */
  readonly open: string;
  readonly places: readonly Place[];
  readonly channels: readonly ShownChannel[];
  readonly members: readonly ShownMember[];
  readonly roles: readonly ShownRole[];
  /** The apps' entries in the menus of messages and members, as far as this person is offered them in the open place. */
  readonly apps: Readonly<Record<MenuKind, readonly string[]>>;
  /** Milliseconds from real time to the time of this Discord. */
  readonly clockOffsetMs: number;
  readonly tour: readonly TourStep[];
  /** Whether the clock can be moved: the bot has to follow it. */
  readonly canMoveClock: boolean;
}

/** What has changed in the place that is open: new and edited messages, and the ids of all that are there, in order. */
interface MessagesChanged {
  readonly type: 'messages';
  readonly place: string;
  readonly changed: readonly APIMessage[];
  readonly order: readonly string[];
}

/** One option of a command. */
export interface ShownOption {
  readonly name: string;
  readonly description: string;
  /** Discord's number of the type. */
  readonly type: number;
  readonly required: boolean;
  readonly autocomplete: boolean;
  readonly choices: readonly { readonly name: string; readonly value: string | number }[];
  readonly channelTypes: readonly number[] | null;
}

/** A command with its subcommand, as the list behind `/` offers it. */
export interface ShownCommand {
  readonly path: string;
  readonly description: string;
  readonly options: readonly ShownOption[];
}

export type FieldValue = string | boolean | readonly string[];

/** What the page asks for. The first message has to be `hello`. */
export type Ask =
  | { readonly do: 'hello'; readonly key: string; readonly as: string | null }
  | { readonly do: 'become'; readonly name: string }
  | { readonly do: 'open'; readonly place: string }
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'commands' }
  | {
      readonly do: 'complete';
      readonly command: string;
      readonly option: string;
      readonly typed: string;
      readonly others: Readonly<Record<string, string | number | boolean>>;
    }
  | {
      readonly do: 'slash';
      readonly command: string;
      readonly options: Readonly<Record<string, string | number | boolean>>;
    }
  /** An app's entry in the menu of the message or member with this id. */
  | { readonly do: 'app'; readonly name: string; readonly kind: MenuKind; readonly id: string }
  | { readonly do: 'press'; readonly message: string; readonly customId: string }
  | {
      readonly do: 'select';
      readonly message: string;
      readonly customId: string;
      readonly values: readonly string[];
    }
  | { readonly do: 'submit'; readonly fields: Readonly<Record<string, FieldValue>> }
  | { readonly do: 'dismiss'; readonly message: string }
  | { readonly do: 'clock'; readonly forward: Forward };

/** How far the clock is moved: `next` to the next message of the bot’s. */
export type Forward = 'hour' | 'day' | 'week' | 'next';

export type NumberedAsk = Ask & { readonly number: number };

/** What came of it. `late`: the bot did not answer in time. */
export interface Reply {
  readonly type: 'reply';
  readonly number: number;
  readonly error?: string;
  readonly late?: boolean;
  readonly modal?: APIModalInteractionResponseCallbackData;
  readonly choices?: readonly APIApplicationCommandOptionChoice[];
  readonly commands?: readonly ShownCommand[];
  /** A sentence about what happened, for the status line. */
  readonly said?: string;
}

/** Sent once, after a `hello` with the right key. */
export interface Welcome {
  readonly type: 'welcome';
  /** Where the bot's attachments are; the page asks its own server for them instead. */
  readonly attachmentOrigin: string;
}

export type Told = Welcome | Surroundings | MessagesChanged | Reply;
