/** The bot's commands as it deployed them, and how typed options become the values that Discord's client would send. */
import { optionTypes } from '../types.ts';
import type { Actor, GuildHandle, OptionValue, Sandbox } from '../api.ts';
import { findByName, fold, TypingError } from './names.ts';

export interface OptionDefinition {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
  readonly options?: readonly OptionDefinition[];
}

interface CommandDefinition {
  readonly name: string;
  readonly type?: number;
  readonly description?: string;
  readonly options?: readonly OptionDefinition[];
}

const CHAT_INPUT = 1;

/** A command with its subcommand, ready to be typed. */
export interface Leaf {
  /** As in `actor.slash`: the words of the command. */
  readonly path: string;
  readonly description: string;
  readonly options: readonly OptionDefinition[];
}

/** What the client offers in a guild: the commands deployed for it, and those for everybody. */
export function deployedCommands(sandbox: Pick<Sandbox, 'commands'>, guildId: string): readonly Leaf[] {
  const commands = [...sandbox.commands(guildId), ...sandbox.commands()] as readonly CommandDefinition[];
  const chatInput = commands.filter((command) => (command.type ?? CHAT_INPUT) === CHAT_INPUT);
  return chatInput.flatMap((command) => leavesOf(command, ''));
}

function leavesOf(command: CommandDefinition | OptionDefinition, before: string): Leaf[] {
  const path = `${before}${command.name}`;
  const nested = (command.options ?? []).filter((option) => option.type <= optionTypes.group);
  if (nested.length > 0) return nested.flatMap((option) => leavesOf(option, `${path} `));
  return [{ path, description: command.description ?? '', options: command.options ?? [] }];
}

export interface Called {
  readonly path: string;
  readonly options: Readonly<Record<string, OptionValue>>;
  /** What was chosen for the person, to be shown to them: `timezone: Asia/Karachi`. */
  readonly notes: readonly string[];
}

/**
 * Finds the command and turns what was typed into its options.
 * Words that are left over fill the first option that is not named, so that `/mentor request Hamza` works.
 * @throws TypingError when the command, an option or a value is not there.
 */
export async function resolveCall(
  words: readonly string[],
  typed: ReadonlyMap<string, string>,
  leaves: readonly Leaf[],
  actor: Actor,
  guild: GuildHandle,
  people: readonly Actor[],
): Promise<Called> {
  const [leaf, left] = findLeaf(words, leaves);
  const given = new Map(typed);
  if (left.length > 0) {
    const free =
      leaf.options.find((option) => option.required && !given.has(option.name)) ??
      leaf.options.find((option) => !given.has(option.name));
    if (!free) throw new TypingError(`/${leaf.path} takes no "${left.join(' ')}".`);
    given.set(free.name, left.join(' '));
  }
  const options: Record<string, OptionValue> = {};
  const searched: OptionDefinition[] = [];
  for (const [name, text] of given) {
    const option = findByName(name, leaf.options, (each) => each.name, `option of /${leaf.path}`);
    options[option.name] = resolveValue(option, text, guild, people);
    if (option.autocomplete) searched.push(option);
  }
  // The bot may suggest by what the other options hold, so these come last.
  const notes: string[] = [];
  for (const { name } of searched) {
    const { [name]: typedValue, ...others } = options;
    if (typeof typedValue !== 'string') continue;
    const chosen = await resolveByAutocomplete(actor, leaf.path, name, typedValue, others);
    if (chosen === undefined || chosen.value === typedValue) continue;
    options[name] = chosen.value;
    notes.push(`${name}: ${chosen.name}`);
  }
  return { path: leaf.path, options, notes };
}

/** The command that the words name, and the words that are left over. */
export function findLeaf(words: readonly string[], leaves: readonly Leaf[]): readonly [Leaf, readonly string[]] {
  const typed = words.map(fold);
  const found = leaves
    .filter((leaf) => leaf.path.split(' ').every((part, index) => part === typed[index]))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  if (found) return [found, words.slice(found.path.split(' ').length)];
  const begun = leaves.filter((leaf) => leaf.path.split(' ')[0] === typed[0]);
  if (begun.length > 0) throw new TypingError(`Go on with one of: ${begun.map((leaf) => `/${leaf.path}`).join(', ')}.`);
  if (leaves.length === 0) throw new TypingError('The bot has not deployed any commands.');
  const names = new Set(leaves.map((leaf) => `/${leaf.path.split(' ')[0]}`));
  throw new TypingError(`There is no command /${words.join(' ')}. There is: ${[...names].join(' ')}.`);
}

function resolveValue(
  option: OptionDefinition,
  text: string,
  guild: GuildHandle,
  people: readonly Actor[],
): OptionValue {
  if (option.choices && option.choices.length > 0) {
    const byValue = option.choices.find((choice) => String(choice.value) === text);
    return (byValue ?? findByName(text, option.choices, (choice) => choice.name, `choice for ${option.name}`)).value;
  }
  switch (option.type) {
    case optionTypes.integer:
    case optionTypes.number: {
      const value = Number(text);
      const fits =
        text.trim() !== '' && (option.type === optionTypes.number ? Number.isFinite(value) : Number.isInteger(value));
      if (!fits) throw new TypingError(`${option.name} is a number, and "${text}" is none.`);
      return value;
    }
    case optionTypes.boolean:
      return resolveYesOrNo(text, option.name);
    case optionTypes.user:
    case optionTypes.mentionable:
      return findByName(text.replace(/^@/, ''), people, (person) => person.name, 'person');
    case optionTypes.channel:
      return findByName(text.replace(/^#/, ''), guild.channels, (channel) => channel.name, 'channel');
    case optionTypes.role:
      return findByName(text.replace(/^@/, ''), guild.roles, (role) => role.name, 'role');
    default:
      return text;
  }
}

/** @throws TypingError when it is neither. */
export function resolveYesOrNo(text: string, name: string): boolean {
  if (['yes', 'y', 'true', 'on', '1'].includes(fold(text))) return true;
  if (['no', 'n', 'false', 'off', '0'].includes(fold(text))) return false;
  throw new TypingError(`${name} is yes or no.`);
}

/** As a person picks a suggestion: the one that is it, or else the first. Without any, what was typed is sent. */
async function resolveByAutocomplete(
  actor: Actor,
  path: string,
  option: string,
  typed: string,
  others: Readonly<Record<string, OptionValue>>,
): Promise<{ readonly name: string; readonly value: string | number } | undefined> {
  const choices = await actor.complete(path, option, typed, others);
  const wanted = fold(typed);
  return choices.find((choice) => String(choice.value) === typed || fold(choice.name) === wanted) ?? choices[0];
}
