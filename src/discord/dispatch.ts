import type { AutocompleteInteraction, Interaction, RepliableInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';
import { newId } from '../ids.ts';
import { texts } from '../texts/en.ts';
import type { Command } from './command.ts';
import { readCustomId } from './custom-ids.ts';
import { answer, defer, deferAfterMs } from './replies.ts';
import { withTyped } from './typed.ts';

/** Finds the handler for an interaction, runs it, and turns whatever it throws into an answer. */
export type Dispatch = (ctx: Context, interaction: Interaction) => Promise<void>;

/**
 * Builds the dispatcher from the list of commands.
 * @throws when two commands share a name or two handlers a key: each would hide the other.
 */
export function createDispatch(commands: readonly Command[]): Dispatch {
  const byName = unique(commands.map((command) => [command.data.name, command]));
  const buttons = unique(commands.flatMap((command) => Object.entries(command.buttons ?? {})));
  const menus = unique(commands.flatMap((command) => Object.entries(command.menus ?? {})));
  const modals = unique(commands.flatMap((command) => Object.entries(command.modals ?? {})));

  /** What is to be done, or undefined where nothing answers to that name or key. */
  function route(ctx: Context, interaction: Interaction): (() => Promise<void>) | undefined {
    if (interaction.isChatInputCommand()) {
      const command = byName.get(interaction.commandName);
      if (!command) return undefined;
      return async () => {
        if (!interaction.inCachedGuild()) throw new UserError(texts.common.notInGuild);
        await command.execute(ctx, interaction);
      };
    }
    if (interaction.isButton()) return bind(buttons, ctx, interaction);
    if (interaction.isStringSelectMenu()) return bind(menus, ctx, interaction);
    if (interaction.isModalSubmit()) return bind(modals, ctx, interaction);
    return undefined;
  }

  return async (ctx, interaction) => {
    if (interaction.isAutocomplete()) return await complete(ctx, byName.get(interaction.commandName), interaction);
    if (!interaction.isRepliable()) return;
    const run = route(ctx, interaction);
    // Somebody waits at the other end whatever takes long here, so the defer is on a clock of its own.
    const timer = setTimeout(() => void defer(interaction).catch(() => undefined), deferAfterMs);
    try {
      if (!run) throw new Error(`nothing handles ${describe(interaction)}`);
      await run();
    } catch (error) {
      await explain(ctx, interaction, error);
    } finally {
      clearTimeout(timer);
    }
  };
}

function unique<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  const map = new Map(entries);
  const twice = entries.find(([key, value]) => map.get(key) !== value);
  if (twice) throw new Error(`two handlers share the name ${twice[0]}`);
  return map;
}

function bind<I extends { customId: string }>(
  handlers: ReadonlyMap<string, (ctx: Context, interaction: I, args: readonly string[]) => Promise<void>>,
  ctx: Context,
  interaction: I,
): (() => Promise<void>) | undefined {
  const { key, args } = readCustomId(interaction.customId);
  const handler = handlers.get(key);
  return handler && (() => handler(ctx, interaction, args));
}

async function complete(
  ctx: Context,
  command: Command | undefined,
  interaction: AutocompleteInteraction,
): Promise<void> {
  try {
    if (interaction.inCachedGuild() && command?.autocomplete) await command.autocomplete(ctx, interaction);
    else await interaction.respond([]);
  } catch (error) {
    ctx.log.error({ err: error, command: interaction.commandName }, 'autocomplete failed');
    if (!interaction.responded) await interaction.respond([]).catch(() => undefined);
  }
}

async function explain(ctx: Context, interaction: RepliableInteraction, error: unknown): Promise<void> {
  try {
    if (error instanceof UserError) {
      await answer(interaction, withTyped(interaction, error.message));
      return;
    }
    const id = newId(ctx.random);
    ctx.log.error({ err: error, id, what: describe(interaction) }, 'an interaction failed');
    await answer(interaction, withTyped(interaction, texts.common.somethingWentWrong(id)));
  } catch (failure) {
    // The token may have run out or Discord be away: there is nobody left to tell.
    ctx.log.warn({ err: failure, what: describe(interaction) }, 'an answer could not be given');
  }
}

/** For the log: which handler, never what a person typed. */
function describe(interaction: Interaction): string {
  if (interaction.isCommand()) return `/${interaction.commandName}`;
  if (interaction.isMessageComponent() || interaction.isModalSubmit()) return readCustomId(interaction.customId).key;
  return `interaction of type ${interaction.type}`;
}
