import {
  type APIModalInteractionResponseCallbackData,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { languages, specialties, stages, topics } from '../../content/index.ts';
import type { Profile } from '../../db/profiles.ts';
import { type Draft, encodeDraft, type FormAnswers } from '../../mentoring/profiles/draft.ts';
import { aboutLimit, anotherLanguage, mostChosen } from '../../mentoring/profiles/limits.ts';
import { customId } from '../../discord/custom-ids.ts';
import { chooser, type Entry, textIn, valuesIn } from '../../discord/forms.ts';
import { limits } from '../../discord/limits.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';

/**
 * The form for a profile: four menus and a text, filled in with what `current` has. The draft travels in its id, and is
 * checked again when the form comes back.
 */
export function profileForm(
  t: Texts,
  draft: Draft,
  current?: Pick<Profile, 'specialties' | 'stage' | 'languages' | 'topics' | 'about'>,
): APIModalInteractionResponseCallbackData {
  const text = t.profiles.form;
  const { role } = draft;
  const field = (name: keyof Texts['profiles']['form']['labels'], most: number) =>
    new LabelBuilder().setLabel(text.labels[name]).setDescription(text.hints[role][name](most));
  const menu = (name: 'specialties' | 'stage' | 'languages' | 'topics', entries: readonly Entry[], most: number) =>
    field(name, most).setStringSelectMenuComponent(
      chooser(name, entries, { most, placeholder: text.placeholders[name](most), chosen: chosenIn(current, name) }),
    );
  const about = new TextInputBuilder()
    .setCustomId('about')
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(aboutLimit)
    .setPlaceholder(text.placeholders.about)
    .setRequired(false);
  if (current && current.about !== '') about.setValue(current.about);
  return new ModalBuilder()
    .setCustomId(customId(keys.register.form, ...encodeDraft(draft)))
    .setTitle(text.title[role])
    .addLabelComponents(
      menu(
        'specialties',
        specialties.map(({ id }) => {
          const description = t.specialtyNotes[id];
          return { id, name: t.specialties[id] ?? id, ...(description === undefined ? {} : { description }) };
        }),
        mostChosen.specialties,
      ),
      // Also the stages that are refused for this role: choosing one is answered with what to do instead.
      menu(
        'stage',
        stages.map(({ id }) => ({ id, name: id, ...t.stages[id] })),
        1,
      ),
      menu('languages', languageEntries(t, current?.languages ?? []), mostChosen.languages),
      menu(
        'topics',
        topics.map(({ id }) => ({ id, name: id, ...t.topics[id] })),
        mostChosen.topics,
      ),
      field('about', 1).setTextInputComponent(about),
    )
    .toJSON();
}

/** The languages that most speak and the person's own, and a way to name another next. */
function languageEntries(t: Texts, own: readonly string[]): readonly Entry[] {
  const often = languages.filter(({ id, often }) => often || own.includes(id));
  // Where one of their own is rare, the last of the frequent that is not theirs makes room.
  const excess = often.length - (limits.choices - 1);
  const spared = new Set(
    excess > 0
      ? often
          .filter(({ id }) => !own.includes(id))
          .slice(-excess)
          .map(({ id }) => id)
      : [],
  );
  return [
    ...often.filter(({ id }) => !spared.has(id)).map(({ id }) => ({ id, name: t.words.language(id) })),
    { id: anotherLanguage, name: t.profiles.form.anotherLanguage, description: t.profiles.form.anotherLanguageHint },
  ];
}

function chosenIn(
  current: Parameters<typeof profileForm>[2],
  name: 'specialties' | 'stage' | 'languages' | 'topics',
): readonly string[] {
  if (!current) return [];
  return name === 'stage' ? [current.stage] : current[name];
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
