import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { Context } from '../context.ts';

/** `args` are the parts of the custom id behind its key: from the client, so not to be trusted. */
type Handler<Interaction> = (ctx: Context, interaction: Interaction, args: readonly string[]) => Promise<void>;

/**
 * A slash command with everything that belongs to it. Handlers are found by the key of a custom id; keys are unique
 * across all commands (`commands/index.ts` checks), and by custom they start with the command's name.
 */
export interface Command {
  readonly data: { readonly name: string; toJSON(): RESTPostAPIChatInputApplicationCommandsJSONBody };
  execute(ctx: Context, interaction: ChatInputCommandInteraction<'cached'>): Promise<void>;
  autocomplete?(ctx: Context, interaction: AutocompleteInteraction<'cached'>): Promise<void>;
  /** Buttons also arrive from direct messages, where there is no guild: the row their id names tells which. */
  readonly buttons?: Readonly<Record<string, Handler<ButtonInteraction>>>;
  readonly menus?: Readonly<Record<string, Handler<StringSelectMenuInteraction>>>;
  readonly modals?: Readonly<Record<string, Handler<ModalSubmitInteraction>>>;
}
