/** The documented rules for application commands: Interactions → Application Commands. */
import { badLength, notAChoice, required, tooLong, type Fault, type Walk } from './faults.ts';
import * as limits from './limits.ts';

type Texts = Readonly<Record<string, string>> | null;

interface CommandOption {
  readonly type: number;
  readonly name: string;
  readonly name_localizations?: Texts;
  readonly description: string;
  readonly description_localizations?: Texts;
  readonly required?: boolean | null;
  readonly autocomplete?: boolean | null;
  readonly choices?:
    readonly { readonly name: string; readonly name_localizations?: Texts; readonly value: string | number }[] | null;
  readonly options?: readonly CommandOption[] | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly min_value?: number | null;
  readonly max_value?: number | null;
}

interface Command {
  readonly type?: number | null;
  readonly name?: string;
  readonly name_localizations?: Texts;
  readonly description?: string | null;
  readonly description_localizations?: Texts;
  readonly options?: readonly CommandOption[] | null;
}

const CHAT_INPUT = 1;
const PRIMARY_ENTRY_POINT = 4;
const SUBCOMMAND = 1;
const SUBCOMMAND_GROUP = 2;

const invalidName: Fault = { code: 'APPLICATION_COMMAND_INVALID_NAME', message: 'Command name is invalid' };
const requiredFirst: Fault = {
  code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  message: 'Required options must be placed before non-required options',
};
const duplicateOption: Fault = {
  code: 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
  message: 'Option name already exists in these options',
};
const duplicateChoice: Fault = {
  code: 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
  message: 'Choice name already exists in these choices',
};
const duplicateCommand: Fault = {
  code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
  message: 'Application command names must be unique',
};
const mixedOptions: Fault = {
  code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  message: 'Sub-command and sub-command group option types are mutually exclusive to all other types',
};
const wronglyNested: Fault = {
  code: 'APPLICATION_COMMAND_OPTIONS_NESTING_INVALID',
  message: 'A group holds sub-commands only, and a sub-command holds neither',
};
const choicesAndAutocomplete: Fault = {
  code: 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
  message: 'Autocomplete cannot be used together with choices',
};

/** Reports what Discord would refuse in a whole list of commands. */
export function checkCommands(body: unknown, walk: Walk): void {
  const commands = body as readonly Command[];
  const counts = new Map<number, number>();
  const seen = new Set<string>();
  for (const [index, command] of commands.entries()) {
    const type = command.type ?? CHAT_INPUT;
    counts.set(type, (counts.get(type) ?? 0) + 1);
    const key = `${type} ${command.name}`;
    if (seen.has(key)) walk.report(duplicateCommand, index, 'name');
    seen.add(key);
    walk.at(index, () => checkCommand(command, walk));
  }
  for (const [type, count] of counts) {
    const most = limits.MAX_COMMANDS[type];
    if (most !== undefined && count > most) walk.report(tooLong(most));
  }
}

/** Reports what Discord would refuse in one command, or in a change to one. */
export function checkCommand(body: unknown, walk: Walk): void {
  const command = body as Command;
  const type = command.type ?? CHAT_INPUT;
  if (type === CHAT_INPUT) {
    if (command.name !== undefined) checkName(command.name, walk, 'name');
    // Only a change may leave it out; then it leaves out the name as well, or changes nothing else.
    if (command.description === '' || (command.name !== undefined && !command.description)) {
      walk.report(required, 'description');
    }
  } else if (type !== PRIMARY_ENTRY_POINT) {
    if (command.description) walk.report(tooLong(0), 'description');
    if (command.options && command.options.length > 0) walk.report(tooLong(0), 'options');
  }
  checkLocalizations(command, walk, type === CHAT_INPUT);
  if (command.options) checkOptions(command.options, 'command', walk);
  if (longestLength(command) > limits.MAX_COMMAND_CHARACTERS) {
    const text = `Command exceeds maximum size (${limits.MAX_COMMAND_CHARACTERS})`;
    walk.report({ code: 'APPLICATION_COMMAND_TOO_LARGE', message: text });
  }
}

type Place = 'command' | 'group' | 'subcommand';

function checkOptions(options: readonly CommandOption[], place: Place, walk: Walk): void {
  walk.enter('options');
  const names = new Set<string>();
  let optionalSeen = false;
  const nested = options.filter(isNesting).length;
  if (nested > 0 && nested < options.length)
    walk.report(
      mixedOptions,
      options.findIndex((each) => !isNesting(each)),
    );
  for (const [index, option] of options.entries()) {
    walk.enter(index);
    checkName(option.name, walk, 'name');
    checkLocalizations(option, walk, true);
    if (names.has(option.name)) walk.report(duplicateOption, 'name');
    names.add(option.name);
    const allowed = place === 'command' || (place === 'group' ? option.type === SUBCOMMAND : !isNesting(option));
    if (!allowed) walk.report(wronglyNested, 'type');
    if (option.required && optionalSeen) walk.report(requiredFirst);
    if (!isNesting(option) && !option.required) optionalSeen = true;
    if (isNesting(option)) {
      checkOptions(option.options ?? [], option.type === SUBCOMMAND ? 'subcommand' : 'group', walk);
    } else {
      checkValues(option, walk);
    }
    walk.leave();
  }
  walk.leave();
}

function isNesting(option: CommandOption): boolean {
  return option.type === SUBCOMMAND || option.type === SUBCOMMAND_GROUP;
}

function checkValues(option: CommandOption, walk: Walk): void {
  const choices = option.choices ?? [];
  if (option.autocomplete && choices.length > 0) walk.report(choicesAndAutocomplete, 'autocomplete');
  const names = new Set<string>();
  for (const [index, choice] of choices.entries()) {
    if (names.has(choice.name)) walk.report(duplicateChoice, 'choices', index, 'name');
    names.add(choice.name);
    if (
      typeof choice.value === 'string' &&
      (choice.value.length < 1 || choice.value.length > limits.MAX_CHOICE_VALUE)
    ) {
      walk.report(badLength(1, limits.MAX_CHOICE_VALUE), 'choices', index, 'value');
    }
  }
  checkRange(option.min_length, option.max_length, 'min_length', walk);
  checkRange(option.min_value, option.max_value, 'min_value', walk);
}

function checkRange(least: number | null | undefined, most: number | null | undefined, key: string, walk: Walk): void {
  if (typeof least !== 'number' || typeof most !== 'number' || least <= most) return;
  walk.report({ code: 'APPLICATION_COMMAND_OPTIONS_RANGE_INVALID', message: 'The minimum exceeds the maximum' }, key);
}

/** Letters that have a lower case have to be in it. */
function checkName(name: string, walk: Walk, ...below: readonly string[]): void {
  if (!limits.COMMAND_NAME.test(name) || name !== name.toLowerCase()) walk.report(invalidName, ...below);
}

function checkLocalizations(
  named: { readonly name_localizations?: Texts; readonly description_localizations?: Texts },
  walk: Walk,
  isChatInput: boolean,
): void {
  for (const key of ['name_localizations', 'description_localizations'] as const) {
    for (const [locale, text] of Object.entries(named[key] ?? {})) {
      if (!limits.locales.has(locale)) walk.report(notAChoice(limits.locales), key, locale);
      else if (key === 'name_localizations' && isChatInput) checkName(text, walk, key, locale);
    }
  }
}

/** Name, description and choices of a command with all below it; of translations the longest counts. */
function longestLength(part: Omit<Command, 'options'> & Partial<Pick<CommandOption, 'choices' | 'options'>>): number {
  let length = longest(part.name, part.name_localizations) + longest(part.description, part.description_localizations);
  for (const choice of part.choices ?? []) {
    length += longest(choice.name, choice.name_localizations) + String(choice.value).length;
  }
  for (const option of part.options ?? []) length += longestLength(option);
  return length;
}

function longest(text: string | null | undefined, translations: Texts | undefined): number {
  return Math.max(text?.length ?? 0, ...Object.values(translations ?? {}).map((each) => each.length));
}
