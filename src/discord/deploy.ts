import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ApplicationCommandType, type Client, DiscordAPIError, RateLimitError, Routes } from 'discord.js';
import type { Context } from '../context.ts';
import { deleteCommandScope, insertCommandScope, listCommandScopes } from '../db/command-scopes.ts';
import { commandBody, menuBodies } from './command-body.ts';
import type { Command } from './command.ts';
import { isUnknown, retry } from './retry.ts';

/** Seconds before each further attempt while Discord does not let the commands be deployed; the last again and again. */
const againAfterSeconds = [5, 15, 60, 300, 900] as const;

/** Commands on their way to Discord. */
interface Deployment {
  /** Resolves after the first attempt, whatever came of it. */
  readonly tried: Promise<void>;
  /** Tries no more. */
  stop(): void;
}

/**
 * Deploys the commands, trying again for as long as it takes. Nobody waits for that: members go on with those that are
 * deployed already, and everything else the bot does needs none.
 */
export function startDeployment(ctx: Context, client: Client<true>, commands: readonly Command[]): Deployment {
  const stopping = new AbortController();
  const attempt = async (failures: number): Promise<void> => {
    try {
      await deployCommands(ctx, client, commands);
    } catch (error) {
      if (stopping.signal.aborted) return;
      const planned = againAfterSeconds[Math.min(failures, againAfterSeconds.length - 1)] ?? 0;
      const seconds = Math.max(planned, secondsAsked(error));
      ctx.log.warn({ err: error, againInSeconds: seconds }, explain(error, ctx.config.devGuildId));
      void delay(seconds * 1000, undefined, { ref: false, signal: stopping.signal }).then(
        () => attempt(failures + 1),
        () => undefined,
      );
    }
  };
  return { tried: attempt(0), stop: () => stopping.abort() };
}

/** How long Discord wants to be left alone, where it says so. */
function secondsAsked(error: unknown): number {
  return error instanceof RateLimitError ? Math.ceil(Math.max(error.retryAfter, error.timeToReset) / 1000) : 0;
}

/** The log line about a failed attempt. */
function explain(error: unknown, devGuild: string | undefined): string {
  const meanwhile = 'members go on with the commands that are deployed; it is tried again';
  if (error instanceof RateLimitError) return `Discord limits how often commands are deployed: ${meanwhile}`;
  if (isUnknown(error)) return `Discord does not answer about the commands: ${meanwhile}`;
  if (devGuild !== undefined && error instanceof DiscordAPIError && [403, 404].includes(error.status)) {
    return `DISCORD_DEV_GUILD names a server that the bot may not deploy commands to: ${meanwhile}`;
  }
  return `the commands could not be deployed: ${meanwhile}`;
}

/**
 * Deploys the commands where the settings say, and clears them where they were before: a member would see each twice.
 * Only where Discord's differ: a PUT at every start would use up the daily allowance.
 */
export async function deployCommands(ctx: Context, client: Client<true>, commands: readonly Command[]): Promise<void> {
  const application = client.application.id;
  const guild = ctx.config.devGuildId;
  const ofGuild = (id: string) => Routes.applicationGuildCommands(application, id);
  const everywhere = Routes.applicationCommands(application);
  const bodies = commands
    .flatMap((command) => [commandBody(command, ctx.languages), ...menuBodies(command, ctx.languages)])
    .filter((body) => body !== undefined);
  const wanted = bodies.map((body) => {
    // Where a command may be used, and how the bot was installed, is for global commands only to say.
    return guild ? { ...body, contexts: undefined, integration_types: undefined } : body;
  });
  if (guild) await insertCommandScope(ctx.db, guild);
  if (await replaceCommands(client, guild ? ofGuild(guild) : everywhere, wanted)) {
    ctx.log.info({ commands: wanted.length, guild }, 'commands deployed');
  }
  if (guild && (await replaceCommands(client, everywhere, []))) {
    ctx.log.warn({ guild }, 'DISCORD_DEV_GUILD is set: the commands of all other servers were taken away');
  }
  for (const former of await listCommandScopes(ctx.db)) {
    if (former === guild) continue;
    await clearFormer(client, ofGuild(former));
    await deleteCommandScope(ctx.db, former);
    ctx.log.info({ guild: former }, 'commands of a server that DISCORD_DEV_GUILD named before were cleared');
  }
}

/** @returns false when Discord has just these already. */
async function replaceCommands(client: Client<true>, route: `/${string}`, wanted: readonly object[]): Promise<boolean> {
  const query = new URLSearchParams({ with_localizations: 'true' });
  const deployed = await retry(() => client.rest.get(route, { query }));
  if (isDeployed(wanted, deployed)) return false;
  await retry(() => client.rest.put(route, { body: wanted }));
  return true;
}

/** Clears the commands of a guild that had its own. One that the bot has left shows none to anybody. */
async function clearFormer(client: Client<true>, route: `/${string}`): Promise<void> {
  try {
    await replaceCommands(client, route, []);
  } catch (error) {
    const isGone = error instanceof DiscordAPIError && [403, 404].includes(error.status);
    if (!isGone) throw error;
  }
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
