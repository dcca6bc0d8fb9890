import { isDeepStrictEqual } from 'node:util';
import { ApplicationCommandType, type Client, Routes } from 'discord.js';
import type { Context } from '../context.ts';
import { commandBody } from './command-body.ts';
import type { Command } from './command.ts';
import { retry } from './retry.ts';

/** Deploys the commands, but only when Discord's differ: a PUT at every start would use up the daily allowance. */
export async function deployCommands(ctx: Context, client: Client<true>, commands: readonly Command[]): Promise<void> {
  const application = client.application.id;
  const guild = ctx.config.devGuildId;
  const route = guild ? Routes.applicationGuildCommands(application, guild) : Routes.applicationCommands(application);
  const wanted = commands.map((command) => {
    const body = commandBody(command, ctx.languages);
    // Where a command may be used, and how the bot was installed, is for global commands only to say.
    return guild ? { ...body, contexts: undefined, integration_types: undefined } : body;
  });
  const deployed = await retry(() =>
    client.rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) }),
  );
  if (isDeployed(wanted, deployed)) return;
  await retry(() => client.rest.put(route, { body: wanted }));
  ctx.log.info({ commands: wanted.length, guild }, 'commands deployed');
}

/**
 * Whether Discord's answer says the same as our commands. It tells them in its own way: with ids and versions, with
 * every default spelled out or left out, lists without a meaningful order in any order, and new properties at any time.
 * So what we set must be there, and what we leave out must be absent or at its default; what we know nothing of is
 * ignored.
 */
export function isDeployed(wanted: readonly object[], deployed: unknown): boolean {
  if (!Array.isArray(deployed) || deployed.length !== wanted.length) return false;
  return wanted.every((command) => {
    const { name, type } = withDefaults(command, commandDefaults);
    const theirs: unknown = deployed.find((other) => {
      const known = withDefaults(other, commandDefaults);
      return known['name'] === name && known['type'] === type;
    });
    return isSame(command, theirs, commandDefaults);
  });
}

type Fields = Readonly<Record<string, unknown>>;

/** What absent means: for a command, for an option, for a choice. */
const commandDefaults: Fields = {
  type: ApplicationCommandType.ChatInput,
  options: [],
  name_localizations: {},
  description_localizations: {},
  default_member_permissions: null,
  nsfw: false,
};
const optionDefaults: Fields = {
  options: [],
  choices: [],
  channel_types: [],
  name_localizations: {},
  description_localizations: {},
  required: false,
  autocomplete: false,
  min_value: null,
  max_value: null,
  min_length: null,
  max_length: null,
};
const choiceDefaults: Fields = { name_localizations: {} };

/** Lists in which order means nothing. */
const sets: ReadonlySet<string> = new Set(['channel_types', 'contexts', 'integration_types']);

/** The parts of a list that have defaults of their own. */
const defaultsWithin: Readonly<Record<string, Fields>> = { options: optionDefaults, choices: choiceDefaults };

function isSame(ours: unknown, theirs: unknown, defaults: Fields): boolean {
  const mine = withDefaults(ours, defaults);
  const other = withDefaults(theirs, defaults);
  return Object.keys(mine).every((key) => isSameValue(key, mine[key], other[key]));
}

function isSameValue(key: string, mine: unknown, other: unknown): boolean {
  const within = defaultsWithin[key];
  if (within && Array.isArray(mine) && Array.isArray(other)) {
    return mine.length === other.length && mine.every((entry, index) => isSame(entry, other[index], within));
  }
  if (sets.has(key) && Array.isArray(mine) && Array.isArray(other)) {
    return isDeepStrictEqual(new Set(mine), new Set(other));
  }
  return isDeepStrictEqual(mine, other);
}

/** What is said, and the default of what is not. */
function withDefaults(value: unknown, defaults: Fields): Fields {
  if (typeof value !== 'object' || value === null) return defaults;
  const said = Object.entries(value).filter(([, entry]) => entry !== undefined && entry !== null);
  return { ...defaults, ...(Object.fromEntries(said) as Fields) };
}
