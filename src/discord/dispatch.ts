import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  Interaction,
  RepliableInteraction,
} from 'discord.js';
import type { Context } from '../context.ts';
import { StorageTrouble } from '../db/trouble.ts';
import { NotTheirs, UserError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { InteractionOutcome } from '../measures.ts';
import { stamp } from '../marks.ts';
import { type Texts, texts as english } from '../texts/en.ts';
import { later } from '../time.ts';
import { type Audience, audiences } from './audience.ts';
import { cleanInput } from './border.ts';
import { countAct } from './bounds.ts';
import type { ActContext, Command, Handler } from './command.ts';
import { readCustomId } from './custom-ids.ts';
import { againRow } from './form-again.ts';
import { formerKeys } from './keys.ts';
import { noteReader } from './next-steps.ts';
import { pathOf } from './path.ts';
import { findPlace } from './place.ts';
import { inPlace } from './places.ts';
import { answer, AnswerLost, defer, type Foreword, precede, suggest } from './replies.ts';
import { StrangePresses } from './strange.ts';
import { withTyped } from './typed.ts';
import { deferAfterMs } from './acknowledge.ts';

/** How figures name what has no handler: a button of an older version, or of nobody's. */
const unknownName = 'unknown';

/**
 * Finds the handler for an interaction, lets only its audience reach it, and turns whatever it throws into an answer.
 * @param since when it arrived, by `performance.now()`: Discord's three seconds began before; now when absent.
 * @param arrived what is done about whoever acts, and has to be over before their handler runs.
 */
type Dispatch = (ctx: Context, interaction: Interaction, since?: number, arrived?: Promise<void>) => Promise<void>;

/** A handler with its audience and everything it is called with, ready to run. */
interface Route {
  readonly for: Audience;
  readonly atOnce: boolean;
  /** The guild that a component below a direct message is about. */
  readonly about?: string | undefined;
  readonly run: (ctx: ActContext) => Promise<void>;
}

/**
 * Builds the dispatcher from the list of commands.
 * @param unheard what somebody who may manage the server has to hear, whichever command they use; nothing else waits for it.
 * @throws when two commands share a name or two handlers a key: each would hide the other.
 */
export function createDispatch(
  commands: readonly Command[],
  unheard: (
    ctx: ActContext,
    interaction: ChatInputCommandInteraction<'cached'>,
  ) => Promise<Foreword | undefined> = () => Promise.resolve(undefined),
): Dispatch {
  const byName = unique(commands.map((command) => [command.name, command]));
  // By the English name: that is the one under which it is deployed, whatever language shows it.
  const byMenu = unique(
    commands.flatMap((command) => (command.userMenu ? [[command.userMenu.name(english), command] as const] : [])),
  );
  const byMessageMenu = unique(
    commands.flatMap((command) =>
      (command.messageMenus ?? []).map((menu) => [menu.name(english), { command, menu }] as const),
    ),
  );
  const buttons = unique(commands.flatMap((command) => handlersOf(command, command.buttons)));
  const menus = unique(commands.flatMap((command) => handlersOf(command, command.menus)));
  const strange = new StrangePresses();
  const modals = unique(commands.flatMap((command) => handlersOf(command, command.modals)));

  function route(interaction: RepliableInteraction): Route | undefined {
    if (interaction.isChatInputCommand()) {
      const command = byName.get(interaction.commandName);
      if (!command) return undefined;
      const path = pathOf(interaction);
      const free = command.anywhere?.[path];
      if (free) return bound(command, free, interaction);
      if (!interaction.inCachedGuild()) throw new UserError((t) => t.common.notInGuild);
      const handler = path === '' ? command.execute : (command.subcommands?.[path] ?? command.execute);
      return handler && bound(command, handler, interaction);
    }
    if (interaction.isUserContextMenuCommand()) {
      const command = byMenu.get(interaction.commandName);
      if (!command?.userMenu) return undefined;
      if (!interaction.inCachedGuild()) throw new UserError((t) => t.common.notInGuild);
      return bound(command, command.userMenu.run, interaction);
    }
    if (interaction.isMessageContextMenuCommand()) {
      const found = byMessageMenu.get(interaction.commandName);
      if (!found) return undefined;
      const { command, menu } = found;
      if ('anywhere' in menu) return bound(command, menu.anywhere, interaction);
      if (!interaction.inCachedGuild()) throw new UserError((t) => t.common.notInGuild);
      return bound(command, menu.run, interaction);
    }
    if (interaction.isButton()) return component(buttons, interaction);
    if (interaction.isStringSelectMenu()) return component(menus, interaction);
    if (interaction.isModalSubmit()) return component(modals, interaction);
    return undefined;
  }

  function remind(ctx: ActContext, interaction: RepliableInteraction): void {
    if (!interaction.isChatInputCommand() || !interaction.inCachedGuild()) return;
    if (audiences.moderators.admits(interaction)) precede(interaction, () => unheard(ctx, interaction));
  }

  return async (ctx, interaction, from = performance.now(), arrived = Promise.resolve()) => {
    const t = ctx.languages.textsIn(interaction.locale);
    noteReader(interaction, t, 'everyone');
    const measured = (what: string, outcome: InteractionOutcome) =>
      ctx.measures?.interaction(what, outcome, (performance.now() - from) / 1000);
    cleanInput(interaction);
    const waitMs = countAct(ctx.config, interaction);
    if (interaction.isAutocomplete()) {
      if (waitMs > 0) return await suggest(interaction, []).catch(() => undefined);
      const command = byName.get(interaction.commandName);
      const outcome = await complete({ ...ctx, t }, command, interaction);
      return measured(command ? `/${command.name} (typing)` : unknownName, outcome);
    }
    if (!interaction.isRepliable()) return;
    // Somebody waits at the other end whatever takes long here, so the defer is on a clock of its own, from the first moment.
    const deferInMs = deferAfterMs - (performance.now() - from);
    const timer = setTimeout(() => void defer(interaction).catch(() => undefined), deferInMs);
    let [name, outcome]: [string, InteractionOutcome] = [unknownName, 'ok'];
    try {
      const found = route(interaction);
      // Whoever is behind a custom id may have made it up: only what has a handler is a name.
      if (found) {
        name = describe(interaction);
        noteReader(interaction, t, found.for);
      }
      if (found?.atOnce) return await found.run({ ...ctx, t });
      if (waitMs > 0)
        throw new UserError((texts) => texts.common.tooMuch(stamp(later(ctx.now(), { ms: waitMs }), 'R')));
      // A button or form of an older version, or of nobody's: what it meant has moved on.
      if (!found) throw new NotTheirs((texts) => texts.common.outdated);
      await inPlace(interaction.guildId ?? interaction.user.id, async () => {
        if (found.about !== undefined && interaction.guildId === null) await findPlace(ctx, interaction, found.about);
        if (!audiences[found.for].admits(interaction)) throw new NotTheirs(audiences[found.for].refusal);
        await arrived;
        remind({ ...ctx, t }, interaction);
        await found.run({ ...ctx, t });
      });
    } catch (error) {
      if (error instanceof NotTheirs && !interaction.isCommand()) strange.note(ctx.log, name);
      outcome = await explain(ctx, t, interaction, error);
    } finally {
      clearTimeout(timer);
      measured(name, outcome);
    }
  };
}

function unique<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  const map = new Map(entries);
  const twice = entries.find(([key, value]) => map.get(key) !== value);
  if (twice) throw new Error(`two handlers share the name ${twice[0]}`);
  return map;
}

/** A handler with the command that it belongs to. */
interface Owned<I> {
  readonly command: Command;
  readonly handler: Handler<I>;
}

function handlersOf<I>(
  command: Command,
  handlers: Readonly<Record<string, Handler<I>>> = {},
): (readonly [string, Owned<I>])[] {
  return Object.entries(handlers).map(([key, handler]) => [key, { command, handler }] as const);
}

function component<I extends RepliableInteraction & { customId: string }>(
  handlers: ReadonlyMap<string, Owned<I>>,
  interaction: I,
): Route | undefined {
  const { key, guildId, args } = readCustomId(interaction.customId);
  const owned = handlers.get(Object.hasOwn(formerKeys, key) ? (formerKeys[key] ?? key) : key);
  return owned && { ...bound(owned.command, owned.handler, interaction, args), about: guildId };
}

function bound<I>(command: Command, handler: Handler<I>, interaction: I, args: readonly string[] = []): Route {
  const run = typeof handler === 'function' ? handler : handler.run;
  return {
    for: typeof handler === 'function' ? command.for : handler.for,
    atOnce: command.atOnce === true,
    run: (ctx) => run(ctx, interaction, args),
  };
}

async function complete(
  ctx: ActContext,
  command: Command | undefined,
  interaction: AutocompleteInteraction,
): Promise<InteractionOutcome> {
  try {
    const admitted = command && audiences[audienceOf(command, interaction)].admits(interaction);
    if (admitted && command.autocompleteAnywhere && command.anywhere?.[pathOf(interaction)]) {
      await command.autocompleteAnywhere(ctx, interaction);
    } else if (admitted && command.autocomplete && interaction.inCachedGuild()) {
      await command.autocomplete(ctx, interaction);
    } else await suggest(interaction, []);
    return 'ok';
  } catch (error) {
    ctx.log.error({ err: error, command: interaction.commandName }, 'autocomplete failed');
    await suggest(interaction, []).catch(() => undefined);
    return 'failed';
  }
}

/** For whom a subcommand is whose options are being typed. */
function audienceOf(command: Command, interaction: AutocompleteInteraction): Audience {
  const handler = command.subcommands?.[pathOf(interaction)];
  return typeof handler === 'object' ? handler.for : command.for;
}

async function explain(
  ctx: Context,
  t: Texts,
  interaction: RepliableInteraction,
  error: unknown,
): Promise<InteractionOutcome> {
  // Whatever keeps a form from being taken, nobody has to fill it in twice.
  const refusal = (why: string) => {
    const components = againRow(t, ctx.random, interaction);
    return { ...withTyped(t, interaction, why), ...(components.length > 0 ? { components } : {}) };
  };
  try {
    if (error instanceof UserError) {
      await answer(interaction, refusal(error.say(t)));
      return 'refused';
    }
    if (error instanceof AnswerLost) {
      ctx.log.warn({ err: error, what: describe(interaction) }, 'an answer may not have arrived');
      return 'lost';
    }
    if (error instanceof StorageTrouble) {
      ctx.log.error({ err: error, what: describe(interaction) }, error.says);
      await answer(interaction, refusal(t.common.cannotStore));
      return 'not-stored';
    }
    const id = newId(ctx.random);
    ctx.log.error({ err: error, id, what: describe(interaction) }, 'an interaction failed');
    await answer(interaction, refusal(t.common.somethingWentWrong(id)));
    return 'failed';
  } catch (failure) {
    // The token may have run out or Discord be away: there is nobody left to tell.
    ctx.log.warn({ err: failure, what: describe(interaction) }, 'an answer could not be given');
    return 'lost';
  }
}

/** For the log: which handler, never what a person typed. */
function describe(interaction: Interaction): string {
  if (interaction.isCommand()) return `/${interaction.commandName}`;
  if (interaction.isMessageComponent() || interaction.isModalSubmit()) return readCustomId(interaction.customId).key;
  return `interaction of type ${interaction.type}`;
}
