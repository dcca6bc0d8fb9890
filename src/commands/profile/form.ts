import {
  type APIModalInteractionResponseCallbackData,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { languages, specialties, stages, topics } from '../../content/index.ts';
import type { Profile } from '../../db/profiles.ts';
import { type Draft, encodeDraft, type FormAnswers } from '../../mentoring/profiles/draft.ts';
import { aboutLimit, mostChosen } from '../../mentoring/profiles/limits.ts';
import { texts } from '../../texts/en.ts';
import { customId } from '../../discord/custom-ids.ts';

const text = texts.profiles.form;

/** The key of the form's custom id. */
export const formKey = 'register-form';

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
}

/**
 * The form for a profile: four menus and a text, filled in with what `current` has. The draft travels in its id, and is
 * checked again when the form comes back.
 */
export function profileForm(
  draft: Draft,
  current?: Pick<Profile, 'specialties' | 'stage' | 'languages' | 'topics' | 'about'>,
): APIModalInteractionResponseCallbackData {
  const { role } = draft;
  const field = (name: keyof typeof text.labels) =>
    new LabelBuilder().setLabel(text.labels[name]).setDescription(text.hints[role][name]);
  const menu = (name: 'specialties' | 'stage' | 'languages' | 'topics', entries: readonly Entry[], most: number) =>
    field(name).setStringSelectMenuComponent(
      chooser(name, entries, { most, placeholder: text.placeholders[name], chosen: chosenIn(current, name) }),
    );
  const about = new TextInputBuilder()
    .setCustomId('about')
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(aboutLimit)
    .setPlaceholder(text.placeholders.about)
    .setRequired(false);
  if (current && current.about !== '') about.setValue(current.about);
  return new ModalBuilder()
    .setCustomId(customId(formKey, ...encodeDraft(draft)))
    .setTitle(text.title[role])
    .addLabelComponents(
      menu('specialties', specialties, mostChosen.specialties),
      // Also the stages that are refused for this role: choosing one is answered with what to do instead.
      menu('stage', stages, 1),
      menu('languages', languages, mostChosen.languages),
      menu('topics', topics, mostChosen.topics),
      field('about').setTextInputComponent(about),
    )
    .toJSON();
}

function chosenIn(
  current: Parameters<typeof profileForm>[1],
  name: 'specialties' | 'stage' | 'languages' | 'topics',
): readonly string[] {
  if (!current) return [];
  return name === 'stage' ? [current.stage] : current[name];
}

/** A required menu for a form, with some entries chosen already. */
export function chooser(
  id: string,
  entries: readonly Entry[],
  { most = 1, placeholder, chosen = [] }: { most?: number; placeholder?: string; chosen?: readonly string[] } = {},
): StringSelectMenuBuilder {
  const menu = new StringSelectMenuBuilder()
    .setCustomId(id)
    .setMinValues(1)
    .setMaxValues(Math.min(most, entries.length))
    .setRequired(true)
    .addOptions(
      entries.map((entry) => ({
        label: entry.name,
        value: entry.id,
        ...(entry.description === undefined ? {} : { description: entry.description }),
        ...(chosen.includes(entry.id) ? { default: true } : {}),
      })),
    );
  return placeholder === undefined ? menu : menu.setPlaceholder(placeholder);
}

/** What a person answered. A field that is missing or of another kind counts as empty: clients can send anything. */
export function readForm(interaction: ModalSubmitInteraction): FormAnswers {
  return {
    specialties: valuesIn(interaction, 'specialties'),
    stage: valuesIn(interaction, 'stage')[0] ?? '',
    languages: valuesIn(interaction, 'languages'),
    topics: valuesIn(interaction, 'topics'),
    about: textIn(interaction, 'about'),
  };
}

/** The values chosen in a form's menu; none when there is no such menu. */
export function valuesIn(interaction: ModalSubmitInteraction, id: string): readonly string[] {
  const field = interaction.fields.fields.get(id);
  return field && 'values' in field && Array.isArray(field.values) ? field.values : [];
}

/** The text typed into a form's field; empty when there is no such field. */
export function textIn(interaction: ModalSubmitInteraction, id: string): string {
  const field = interaction.fields.fields.get(id);
  return field && 'value' in field && typeof field.value === 'string' ? field.value : '';
}
