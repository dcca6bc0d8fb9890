/** What Discord is told of a command: one shape, described in every language. */
import {
  ApplicationCommandType,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIApplicationCommandOptionChoice,
  type APIApplicationCommandStringOption,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Texts } from '../texts/en.ts';
import type { Languages } from '../texts/languages.ts';
import { audiences } from './audience.ts';
import type { Command } from './command.ts';
import { limits } from './limits.ts';

const inServers = { contexts: [InteractionContextType.Guild] };
/** What runs anywhere: in servers, in direct messages with the bot, and among people who talk without it. */
const everyContext = [
  InteractionContextType.Guild,
  InteractionContextType.BotDM,
  InteractionContextType.PrivateChannel,
];
const eitherInstalled = [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall];
const anywhere = { contexts: everyContext, integration_types: eitherInstalled };

type Body = RESTPostAPIChatInputApplicationCommandsJSONBody;

/**
 * The body with which a command is deployed: for its audience, in servers unless it runs anywhere, with the names
 * and descriptions of every catalogue beside the English ones.
 */
export function commandBody(command: Command, languages: Languages): Body {
  const permissions = audiences[command.for].defaultPermissions;
  const english = command.data(languages.textsIn(null), languages).toJSON();
  const body: Body = {
    ...english,
    ...(command.anywhere ? anywhere : inServers),
    default_member_permissions: permissions === null ? null : String(permissions),
  };
  boundSearches(body);
  for (const [locale, t] of languages.translations) addLanguage(body, command.data(t, languages).toJSON(), locale, t);
  return body;
}

/** Lets Discord refuse what is longer than any choice, where choices are looked for while somebody types. */
function boundSearches(part: Named): void {
  if (isSearch(part)) part.max_length ??= limits.choiceValue;
  for (const option of optionsOf(part)) boundSearches(option);
}

function isSearch(part: Named): part is APIApplicationCommandStringOption {
  return part.type === ApplicationCommandOptionType.String && 'autocomplete' in part && part.autocomplete === true;
}

/** The bodies of a command's entries in the menus of a person and of a message, as far as it has them. */
export function menuBodies(
  { for: audience, userMenu, messageMenus = [] }: Command,
  languages: Languages,
): RESTPostAPIContextMenuApplicationCommandsJSONBody[] {
  const permissions = audiences[audience].defaultPermissions;
  const menus = [
    ...(userMenu ? [[ApplicationCommandType.User, userMenu] as const] : []),
    ...messageMenus.map((menu) => [ApplicationCommandType.Message, menu] as const),
  ];
  return menus.map(([type, menu]) => {
    return {
      type,
      name: menu.name(languages.textsIn(null)),
      name_localizations: Object.fromEntries([...languages.translations].map(([locale, t]) => [locale, menu.name(t)])),
      ...('anywhere' in menu ? anywhere : inServers),
      default_member_permissions: permissions === null ? null : String(permissions),
    };
  });
}

type Named = Body | APIApplicationCommandOption;

/** Adds one language to a command and everything below it: the translated body has the same shape. */
function addLanguage(part: Named, translated: Named, locale: string, t: Texts): void {
  const name = t.commandNames[part.name];
  if (name !== undefined) part.name_localizations = { ...part.name_localizations, [locale]: name };
  part.description_localizations = { ...part.description_localizations, [locale]: translated.description };
  for (const [index, choice] of choicesOf(part).entries()) {
    const theirs = choicesOf(translated)[index];
    if (theirs) choice.name_localizations = { ...choice.name_localizations, [locale]: theirs.name };
  }
  for (const [index, option] of optionsOf(part).entries()) {
    const theirs = optionsOf(translated)[index];
    if (theirs) addLanguage(option, theirs, locale, t);
  }
}

function optionsOf(part: Named): readonly APIApplicationCommandOption[] {
  return 'options' in part ? (part.options ?? []) : [];
}

function choicesOf(part: Named): readonly APIApplicationCommandOptionChoice[] {
  const option = part as Partial<APIApplicationCommandBasicOption>;
  return 'choices' in option ? (option.choices ?? []) : [];
}
