import { isDeepStrictEqual } from 'node:util';
import type { Client, RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import { Routes } from 'discord.js';
import type { Context } from '../context.ts';
import type { Command } from './command.ts';

/** Deploys the commands, but only when Discord's differ: a PUT at every start would use up the daily allowance. */
export async function deployCommands(ctx: Context, client: Client<true>, commands: readonly Command[]): Promise<void> {
  const application = client.application.id;
  const guild = ctx.config.devGuildId;
  const route = guild ? Routes.applicationGuildCommands(application, guild) : Routes.applicationCommands(application);
  const wanted = commands.map((command) => command.data.toJSON());
  const deployed = (await client.rest.get(route, {
    query: new URLSearchParams({ with_localizations: 'true' }),
  })) as RESTPostAPIChatInputApplicationCommandsJSONBody[];
  if (isDeepStrictEqual(comparable(wanted), comparable(deployed))) return;
  await client.rest.put(route, { body: wanted });
  ctx.log.info({ commands: wanted.length, guild }, 'commands deployed');
}

/** The parts that we set, without what Discord adds (ids, versions) or says differently (absent, null, empty, false). */
function comparable(commands: readonly RESTPostAPIChatInputApplicationCommandsJSONBody[]): unknown {
  return commands
    .map((command) => strip(command, ['id', 'application_id', 'version', 'guild_id', 'dm_permission', 'handler']))
    .toSorted((a, b) => String(a['name']).localeCompare(String(b['name'])));
}

function strip(value: object, drop: readonly string[] = []): Record<string, unknown> {
  const kept = Object.entries(value)
    .filter(([key, entry]) => !drop.includes(key) && !isAbsent(entry))
    .map(([key, entry]) => [key, Array.isArray(entry) ? entry.map(stripItem) : stripItem(entry)]);
  // Discord adds the defaults of a global command for servers; we say them only where they differ.
  return Object.fromEntries(kept) as Record<string, unknown>;
}

function stripItem(item: unknown): unknown {
  return typeof item === 'object' && item !== null && !Array.isArray(item) ? strip(item) : item;
}

function isAbsent(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isAbsent);
}
