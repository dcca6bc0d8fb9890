import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  SlashCommandBooleanOption,
  SlashCommandIntegerOption,
  SlashCommandStringOption,
  SlashCommandSubcommandBuilder,
} from 'discord.js';
import { findCountry, searchCountries } from '../../content/countries.ts';
import { languages, stages } from '../../content/index.ts';
import { searchZones } from '../../content/zones/index.ts';
import type { ProfileRole } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import type { Draft } from '../../mentoring/profiles/draft.ts';
import { capacity, firstStage, lastStage, priorities } from '../../mentoring/profiles/limits.ts';
import { requireZone } from '../../guild/zones.ts';
import { epochMs, type Instant } from '../../time.ts';
import { suggest } from '../../discord/replies.ts';
import type { Texts } from '../../texts/en.ts';
import { limits } from '../../discord/limits.ts';

/** The value of a choice that stands for none. */
const none = 'none';

const timezone = (t: Texts, option: SlashCommandStringOption) =>
  option.setName('timezone').setDescription(t.profiles.options.timezone).setAutocomplete(true);
const places = (option: SlashCommandIntegerOption) =>
  option.setName('capacity').setMinValue(capacity.min).setMaxValue(capacity.max);
const country = (t: Texts, option: SlashCommandStringOption) =>
  option.setName('country').setDescription(t.profiles.options.country).setAutocomplete(true);
const showCountry = (t: Texts, option: SlashCommandBooleanOption) =>
  option.setName('show_country').setDescription(t.profiles.options.showCountry);
const acceptsFrom = (t: Texts, option: SlashCommandStringOption) =>
  option
    .setName('accepts_from')
    .setDescription(t.profiles.options.acceptsFrom)
    .addChoices(
      { name: t.profiles.choices.anyStage, value: none },
      // The first stage is "any", and nobody is a mentee at the last.
      ...stages
        .filter(({ id }) => id !== firstStage && id !== lastStage)
        .map(({ id }) => ({ name: t.stages[id]?.name ?? id, value: id })),
    );
const priority = (t: Texts, option: SlashCommandStringOption) =>
  option
    .setName('priority')
    .setDescription(t.profiles.options.priority)
    .addChoices(
      { name: t.profiles.choices.noPriority, value: none },
      ...priorities.map((part) => ({ name: t.profiles.choices.priorities[part], value: part })),
    );

/** Which of one's two profiles is meant. */
export const roleOption = (t: Texts, option: SlashCommandStringOption): SlashCommandStringOption =>
  option
    .setName('role')
    .setDescription(t.profiles.options.role)
    .addChoices(
      { name: t.profiles.choices.roles.mentor, value: 'mentor' },
      { name: t.profiles.choices.roles.mentee, value: 'mentee' },
    );

/** The options of `/register mentor` and `/register mentee`. */
export function addRegistrationOptions(
  t: Texts,
  command: SlashCommandSubcommandBuilder,
  role: ProfileRole,
): SlashCommandSubcommandBuilder {
  command.addStringOption((option) => timezone(t, option).setRequired(true));
  if (role === 'mentor') {
    command.addIntegerOption((option) => places(option).setDescription(t.profiles.options.capacity));
    command.addStringOption((each) => acceptsFrom(t, each));
  } else {
    command.addStringOption((each) => priority(t, each));
  }
  return command.addStringOption((each) => country(t, each)).addBooleanOption((each) => showCountry(t, each));
}

/** The options of `/profile edit`: all of both roles, none required. */
export function addEditOptions(t: Texts, command: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return command
    .addStringOption((each) => roleOption(t, each))
    .addStringOption((each) => timezone(t, each))
    .addIntegerOption((option) => places(option).setDescription(t.profiles.options.capacityEdit))
    .addStringOption((each) => acceptsFrom(t, each))
    .addStringOption((each) => priority(t, each))
    .addStringOption((each) => country(t, each))
    .addBooleanOption((each) => showCountry(t, each));
}

/** Answers autocomplete for the options above. */
export async function completeProfileOption(
  t: Texts,
  interaction: AutocompleteInteraction,
  now: Instant,
): Promise<void> {
  const { name, value } = interaction.options.getFocused(true);
  if (name === 'timezone') return await suggest(interaction, searchZones(value, epochMs(now)));
  if (name === 'language') return await suggest(interaction, searchLanguages(t, value));
  if (name !== 'country') return await suggest(interaction, []);
  const isEdit = interaction.options.getSubcommand() === 'edit';
  const keepNone = isEdit && value.trim() === '' ? [{ name: t.profiles.choices.noCountry, value: none }] : [];
  await suggest(interaction, [...keepNone, ...searchCountries(value, t.locale, limits.choices - keepNone.length)]);
}

/** Languages whose name, as the reader writes it, has what was typed in it: those that forms do not show first. */
function searchLanguages(t: Texts, typed: string) {
  const wanted = typed.trim().toLocaleLowerCase(t.locale);
  return languages
    .map(({ id, often }) => ({ often, name: t.words.language(id), value: id }))
    .filter(({ name }) => name.toLocaleLowerCase(t.locale).includes(wanted))
    .toSorted((a, b) => Number(a.often) - Number(b.often))
    .slice(0, limits.choices)
    .map(({ name, value }) => ({ name, value }));
}

/** The language that was chosen, or typed by name. @throws UserError when the list has none like it. */
export function findLanguage(t: Texts, typed: string): string {
  const wanted = typed.trim().toLocaleLowerCase(t.locale);
  const found = languages.find(
    ({ id }) => id === wanted || t.words.language(id).toLocaleLowerCase(t.locale) === wanted,
  );
  if (!found) throw new UserError((t) => t.profiles.refused.language);
  return found.id;
}

/** The role that was chosen, if any. */
export function readRole({ options }: ChatInputCommandInteraction): ProfileRole | undefined {
  return (options.getString('role') as ProfileRole | null) ?? undefined;
}

/**
 * Reads the options of a command into a draft.
 * @param base what holds where an option was left out; a new profile has defaults, but must have a zone.
 * @throws UserError for a zone or country that is none, and for options of the other role.
 */
export function readDraft(
  t: Texts,
  { options }: ChatInputCommandInteraction,
  role: ProfileRole,
  now: Instant,
  base: Draft | undefined,
): Draft {
  const typedZone = options.getString('timezone');
  const zone = typedZone === null ? (base?.zone ?? '') : requireZone(typedZone, now);
  const isMentor = role === 'mentor';
  refuseForeign(options, isMentor ? ['priority'] : ['capacity', 'accepts_from'], role);
  return {
    role,
    zone,
    country: readCountry(t, options.getString('country'), base?.country ?? null),
    showsCountry: options.getBoolean('show_country') ?? base?.showsCountry ?? false,
    capacity: isMentor ? (options.getInteger('capacity') ?? base?.capacity ?? capacity.usual) : 0,
    acceptsFrom: isMentor ? orNone(options.getString('accepts_from'), base?.acceptsFrom ?? null) : null,
    priority: isMentor ? null : orNone(options.getString('priority'), base?.priority ?? null),
  };
}

function refuseForeign(
  options: ChatInputCommandInteraction['options'],
  foreign: readonly string[],
  role: ProfileRole,
): void {
  const given = foreign.find((name) => options.get(name) !== null);
  if (given !== undefined) {
    throw new UserError((t) => t.profiles.refused.otherRolesOption(given, role === 'mentor' ? 'mentee' : 'mentor'));
  }
}

function readCountry(t: Texts, typed: string | null, before: string | null): string | null {
  if (typed === null) return before;
  if (typed.trim().toLowerCase() === none) return null;
  const found = findCountry(typed, t.locale);
  if (!found) throw new UserError((t) => t.profiles.refused.country);
  return found.code;
}

function orNone(chosen: string | null, before: string | null): string | null {
  if (chosen === null) return before;
  return chosen === none ? null : chosen;
}
