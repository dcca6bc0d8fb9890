import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  SlashCommandBooleanOption,
  SlashCommandIntegerOption,
  SlashCommandStringOption,
  SlashCommandSubcommandBuilder,
} from 'discord.js';
import { findCountry, searchCountries } from '../../content/countries.ts';
import { stages } from '../../content/index.ts';
import { searchZones } from '../../content/zones.ts';
import type { ProfileRole } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import type { Draft } from '../../mentoring/profiles/draft.ts';
import { capacity, firstStage, lastStage, priorities } from '../../mentoring/profiles/limits.ts';
import { requireZone } from '../../mentoring/profiles/zones.ts';
import { texts } from '../../texts/en.ts';
import { epochMs, type Instant } from '../../time.ts';

const text = texts.profiles;

/** The value of a choice that stands for none. */
const none = 'none';

const timezone = (option: SlashCommandStringOption) =>
  option.setName('timezone').setDescription(text.options.timezone).setAutocomplete(true);
const places = (option: SlashCommandIntegerOption) =>
  option.setName('capacity').setMinValue(capacity.min).setMaxValue(capacity.max);
const country = (option: SlashCommandStringOption) =>
  option.setName('country').setDescription(text.options.country).setAutocomplete(true);
const showCountry = (option: SlashCommandBooleanOption) =>
  option.setName('show_country').setDescription(text.options.showCountry);
const acceptsFrom = (option: SlashCommandStringOption) =>
  option
    .setName('accepts_from')
    .setDescription(text.options.acceptsFrom)
    .addChoices(
      { name: text.choices.anyStage, value: none },
      // The first stage is "any", and nobody is a mentee at the last.
      ...stages.filter(({ id }) => id !== firstStage && id !== lastStage).map(({ id, name }) => ({ name, value: id })),
    );
const priority = (option: SlashCommandStringOption) =>
  option
    .setName('priority')
    .setDescription(text.options.priority)
    .addChoices(
      { name: text.choices.noPriority, value: none },
      ...priorities.map((part) => ({ name: text.choices.priorities[part], value: part })),
    );

/** Which of one's two profiles is meant. */
export const roleOption = (option: SlashCommandStringOption): SlashCommandStringOption =>
  option
    .setName('role')
    .setDescription(text.options.role)
    .addChoices(
      { name: text.choices.roles.mentor, value: 'mentor' },
      { name: text.choices.roles.mentee, value: 'mentee' },
    );

/** The options of `/register mentor` and `/register mentee`. */
export function addRegistrationOptions(
  command: SlashCommandSubcommandBuilder,
  role: ProfileRole,
): SlashCommandSubcommandBuilder {
  command.addStringOption((option) => timezone(option).setRequired(true));
  if (role === 'mentor') {
    command.addIntegerOption((option) => places(option).setDescription(text.options.capacity));
    command.addStringOption(acceptsFrom);
  } else {
    command.addStringOption(priority);
  }
  return command.addStringOption(country).addBooleanOption(showCountry);
}

/** The options of `/profile edit`: all of both roles, none required. */
export function addEditOptions(command: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return command
    .addStringOption(roleOption)
    .addStringOption(timezone)
    .addIntegerOption((option) => places(option).setDescription(text.options.capacityEdit))
    .addStringOption(acceptsFrom)
    .addStringOption(priority)
    .addStringOption(country)
    .addBooleanOption(showCountry);
}

/** Answers autocomplete for the options above. */
export async function completeProfileOption(interaction: AutocompleteInteraction, now: Instant): Promise<void> {
  const { name, value } = interaction.options.getFocused(true);
  if (name === 'timezone') return await interaction.respond(searchZones(value, epochMs(now)));
  if (name !== 'country') return await interaction.respond([]);
  const isEdit = interaction.options.getSubcommand() === 'edit';
  const keepNone = isEdit && value.trim() === '' ? [{ name: text.choices.noCountry, value: none }] : [];
  await interaction.respond([...keepNone, ...searchCountries(value, 25 - keepNone.length)]);
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
    country: readCountry(options.getString('country'), base?.country ?? null),
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

function readCountry(typed: string | null, before: string | null): string | null {
  if (typed === null) return before;
  if (typed.trim().toLowerCase() === none) return null;
  const found = findCountry(typed);
  if (!found) throw new UserError((t) => t.profiles.refused.country);
  return found.code;
}

function orNone(chosen: string | null, before: string | null): string | null {
  if (chosen === null) return before;
  return chosen === none ? null : chosen;
}
