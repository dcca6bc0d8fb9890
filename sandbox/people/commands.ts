/** Typing a command: which ones somebody is offered, and whether what they typed can be sent. As Discord's client does it. */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type APIApplicationCommand,
  type APIApplicationCommandOption,
} from 'discord-api-types/v10';
import type { OptionValue } from '../api.ts';
import { optionTypes } from '../types.ts';
import { permissionBits, permissionsIn } from '../permissions.ts';
import { storeFiles } from '../world/files.ts';
import type { Resolved } from '../world/resolved.ts';
import type { Channel, Guild, User } from '../world/state.ts';
import type { World } from '../world/world.ts';

/** Options of all types, seen as the fields that matter here. */
interface Option {
  readonly type: number;
  readonly name: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
  readonly options?: readonly Option[];
  readonly channel_types?: readonly number[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_length?: number;
  readonly max_length?: number;
}

export interface Typist {
  readonly world: World;
  readonly user: User;
  readonly guild: Guild | undefined;
  readonly channel: Channel;
}

/** A command found by what was typed: the command, the subcommands on the way, and the options that can be filled in. */
interface FoundCommand {
  readonly command: APIApplicationCommand;
  readonly path: readonly Option[];
  readonly options: readonly Option[];
}

/** The commands of a type that Discord would offer here. */
export function offeredCommands(
  { world, user, guild, channel }: Typist,
  type: ApplicationCommandType = ApplicationCommandType.ChatInput,
): APIApplicationCommand[] {
  const permissions = guild ? permissionsIn(guild, user.id, channel.id) : 0n;
  if (guild && !(permissions & permissionBits.USE_APPLICATION_COMMANDS)) return [];
  const isOwn = guild?.hasBot === false;
  if (isOwn && !user.hasInstalled) return [];
  const context = guild ? InteractionContextType.Guild : InteractionContextType.BotDM;
  return world.commands.usableIn(isOwn ? undefined : guild?.id).filter((command) => {
    if (command.type !== type) return false;
    if (isOwn && !command.integration_types?.includes(ApplicationIntegrationType.UserInstall)) return false;
    if (command.contexts && !command.contexts.includes(context)) return false;
    if (!guild) return command.contexts ? true : command.dm_permission !== false;
    if (guild.openCommands.has(command.name)) return true;
    const needed = command.default_member_permissions;
    if (needed === null || needed === undefined) return true;
    // "0" stands for administrators only.
    const bits = needed === '0' ? permissionBits.ADMINISTRATOR : BigInt(needed);
    return (permissions & bits) === bits;
  });
}

/** Finds `mentor request` among what is offered. */
export function findCommand(typist: Typist, typed: string): FoundCommand {
  const [name = '', ...rest] = typed.replace(/^\//, '').trim().split(/\s+/);
  const offered = offeredCommands(typist);
  const command = offered.find((candidate) => candidate.name === name);
  if (!command) {
    const deployed = typist.world.commands.usableIn(typist.guild?.id).some((candidate) => candidate.name === name);
    const why = deployed ? 'is not offered to' : 'is not deployed; offered to';
    throw new Error(`/${name} ${why} ${typist.user.name} here; there is ${list(offered.map((one) => `/${one.name}`))}`);
  }
  const path: Option[] = [];
  let options = (command.options ?? []) as readonly APIApplicationCommandOption[] as readonly Option[];
  while (options.some(isSubcommand)) {
    const word = rest.shift();
    const next = options.find((option) => option.name === word);
    if (!next)
      throw new Error(`/${typed} names no subcommand of /${command.name}: ${list(options.map((one) => one.name))}`);
    path.push(next);
    options = next.options ?? [];
  }
  if (rest.length > 0) throw new Error(`/${typed}: "${rest.join(' ')}" is more than /${command.name} has`);
  return { command, path, options };
}

function isSubcommand({ type }: Option): boolean {
  return type === optionTypes.subcommand || type === optionTypes.group;
}

/** The data of a command interaction from what was typed. Throws what Discord's client would show in red. */
export function commandData(
  typist: Typist,
  { command, path, options }: FoundCommand,
  values: Readonly<Record<string, OptionValue>>,
  resolved: Resolved,
  focused?: { readonly option: string; readonly typed: string },
): Record<string, unknown> {
  const where = `/${[command.name, ...path.map(({ name }) => name)].join(' ')}`;
  for (const name of Object.keys(values)) {
    if (!options.some((option) => option.name === name)) {
      throw new Error(`${where} has no option "${name}": ${list(options.map((option) => option.name))}`);
    }
  }
  const filled: object[] = [];
  for (const option of options) {
    if (focused?.option === option.name) {
      if (!option.autocomplete) throw new Error(`${where} ${option.name} has no autocomplete`);
      filled.push({ type: option.type, name: option.name, value: focused.typed, focused: true });
      continue;
    }
    const value = values[option.name];
    if (value !== undefined) {
      filled.push({
        type: option.type,
        name: option.name,
        value: optionValue(typist, option, value, resolved, `${where} ${option.name}`),
      });
    } else if (option.required && !focused) throw new Error(`${where} needs the option "${option.name}"`);
  }
  if (focused && !options.some((option) => option.name === focused.option)) {
    throw new Error(`${where} has no option "${focused.option}": ${list(options.map((option) => option.name))}`);
  }
  let nested: object[] = filled;
  for (const part of path.toReversed()) nested = [{ type: part.type, name: part.name, options: nested }];
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guild_id ? { guild_id: command.guild_id } : {}),
    ...(nested.length > 0 ? { options: nested } : {}),
    ...resolved.toData(),
  };
}

function optionValue(
  typist: Typist,
  option: Option,
  value: OptionValue,
  resolved: Resolved,
  where: string,
): string | number | boolean {
  const refuse = (why: string) => new Error(`${where}: ${why}, not ${describe(value)}`);
  switch (option.type) {
    case optionTypes.string: {
      if (typeof value !== 'string') throw refuse('takes a text');
      if (option.choices) return choose(option, value, refuse);
      if (option.min_length !== undefined && value.length < option.min_length)
        throw refuse(`at least ${option.min_length} characters`);
      if (option.max_length !== undefined && value.length > option.max_length)
        throw refuse(`at most ${option.max_length} characters`);
      return value;
    }
    case optionTypes.integer:
    case optionTypes.number: {
      if (option.choices && (typeof value === 'string' || typeof value === 'number'))
        return choose(option, value, refuse);
      if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse('takes a number');
      if (option.type === optionTypes.integer && !Number.isSafeInteger(value)) throw refuse('takes a whole number');
      if (option.min_value !== undefined && value < option.min_value) throw refuse(`at least ${option.min_value}`);
      if (option.max_value !== undefined && value > option.max_value) throw refuse(`at most ${option.max_value}`);
      return value;
    }
    case optionTypes.boolean:
      if (typeof value !== 'boolean') throw refuse('takes true or false');
      return value;
    case optionTypes.attachment: {
      if (typeof value !== 'string') throw refuse('takes the name of a file');
      const bytes = new TextEncoder().encode(value);
      const file = { index: '0', name: value, contentType: 'text/plain', bytes };
      const [attachment] = storeFiles(typist.world, typist.channel, [file], [], true);
      if (!attachment) throw refuse('takes the name of a file');
      resolved.attachment(attachment);
      return attachment.id;
    }
    default:
      return entity(typist, option, value, resolved, refuse);
  }
}

function choose(option: Option, value: string | number, refuse: (why: string) => Error): string | number {
  const choice = option.choices?.find((candidate) => candidate.value === value || candidate.name === value);
  if (!choice) throw refuse(`offers ${list((option.choices ?? []).map(({ name }) => name))}`);
  return choice.value;
}

/** A person, channel or role, given as one or by id or name. */
function entity(
  { world, user: viewer, guild }: Typist,
  option: Option,
  value: OptionValue,
  resolved: Resolved,
  refuse: (why: string) => Error,
): string {
  const key = typeof value === 'object' ? value.id : String(value);
  const takesUsers = option.type === optionTypes.user || option.type === optionTypes.mentionable;
  const takesRoles = option.type === optionTypes.role || option.type === optionTypes.mentionable;
  if (takesUsers) {
    const user = world.users.get(key) ?? guild?.memberByName.get(key)?.user;
    if (user) {
      resolved.user(user);
      return user.id;
    }
  }
  if (takesRoles) {
    const role = guild?.roles.get(key) ?? [...(guild?.roles.values() ?? [])].find(({ name }) => name === key);
    if (role) {
      resolved.role(role);
      return role.id;
    }
  }
  if (option.type === optionTypes.channel) {
    const channel = guild?.channels.get(key) ?? [...(guild?.channels.values() ?? [])].find(({ name }) => name === key);
    if (channel && option.channel_types && !option.channel_types.includes(channel.type)) {
      throw refuse(`takes channels of type ${option.channel_types.join(', ')}`);
    }
    if (channel) {
      resolved.channel(channel, viewer.id);
      return channel.id;
    }
  }
  throw refuse(takesUsers ? 'takes a person' : takesRoles ? 'takes a role' : 'takes a channel');
}

function describe(value: OptionValue): string {
  return typeof value === 'object' ? `"${value.name}"` : JSON.stringify(value);
}

function list(names: readonly string[]): string {
  return names.length > 0 ? names.join(', ') : 'nothing';
}
