import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  StringSelectMenuInteraction,
  UserContextMenuCommandInteraction,
} from 'discord.js';
import type { Context } from '../context.ts';
import type { Texts } from '../texts/en.ts';
import type { Languages } from '../texts/languages.ts';
import type { Audience } from './audience.ts';

/** What a handler works with: the context, and the texts in the language of whoever acts. */
export interface ActContext extends Context {
  readonly t: Texts;
}

/** `args` are the parts of the custom id behind its key: from the client, so not to be trusted. */
type Run<Interaction> = (ctx: ActContext, interaction: Interaction, args: readonly string[]) => Promise<void>;

/** What answers an interaction: for whoever its command is for, or for an audience of its own. */
export type Handler<Interaction> = Run<Interaction> | { readonly for: Audience; readonly run: Run<Interaction> };

/** By the key of a custom id, see `keys.ts`. */
type Handlers<Interaction> = Readonly<Record<string, Handler<Interaction>>>;

/** An entry in the menu of a message; with `anywhere` in place of `run` it needs no server. */
type MessageMenu = { readonly name: (t: Texts) => string } & (
  | { readonly run: Run<MessageContextMenuCommandInteraction<'cached'>> }
  | { readonly anywhere: Run<MessageContextMenuCommandInteraction> }
);

/**
 * A slash command with everything that belongs to it. The dispatcher lets nobody reach a handler whom `for` does not
 * admit, whether they come by the command, while typing, or by a button, menu or form.
 */
export interface Command {
  /** Who may use it, and everything of it that names no audience of its own. */
  readonly for: Audience;
  readonly name: string;
  /** What Discord shows of it, with descriptions in one language; its audience and the other languages are added by `command-body.ts`. */
  readonly data: (t: Texts, languages: Languages) => { toJSON(): RESTPostAPIChatInputApplicationCommandsJSONBody };
  /** A command without subcommands. */
  readonly execute?: Run<ChatInputCommandInteraction<'cached'>>;
  /** By name; in a group by both, `group name`. */
  readonly subcommands?: Readonly<Record<string, Handler<ChatInputCommandInteraction<'cached'>>>>;
  /**
   * Handlers that need no server: they also run in direct messages and, where a person installed the bot for themselves,
   * in servers that know nothing of it. Under the names that `subcommands` has; `''` for a command without any.
   */
  readonly anywhere?: Readonly<Record<string, Run<ChatInputCommandInteraction>>>;
  /** Answered out of memory, before anything is read, counted or waited for: whatever else is broken or busy. */
  readonly atOnce?: true;
  /** An entry in the menu of a person, of the same audience; Discord knows it as a command of its own, by its name. */
  readonly userMenu?: {
    readonly name: (t: Texts) => string;
    readonly run: Run<UserContextMenuCommandInteraction<'cached'>>;
  };
  /** Entries in the menu of a message, likewise. */
  readonly messageMenus?: readonly MessageMenu[];
  readonly autocomplete?: (ctx: ActContext, interaction: AutocompleteInteraction<'cached'>) => Promise<void>;
  /** The same for what runs anywhere. */
  readonly autocompleteAnywhere?: (ctx: ActContext, interaction: AutocompleteInteraction) => Promise<void>;
  /** Buttons also arrive from direct messages, where there is no guild: the row their id names tells which. */
  readonly buttons?: Handlers<ButtonInteraction>;
  readonly menus?: Handlers<StringSelectMenuInteraction>;
  readonly modals?: Handlers<ModalSubmitInteraction>;
}
