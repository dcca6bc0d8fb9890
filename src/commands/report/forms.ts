import {
  type APIModalInteractionResponseCallbackData,
  LabelBuilder,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';
import { caseCategories } from '../../db/schema.ts';
import { customId } from '../../discord/custom-ids.ts';
import { chooser } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import { clip } from '../../marks.ts';
import { excludedAtMost, statementLength, wordsLength } from '../../mentoring/cases/limits.ts';
import type { Texts } from '../../texts/en.ts';

/** Names of the fields of the report's form. */
export const fields = {
  category: 'category',
  words: 'words',
  today: 'today',
  excluded: 'excluded',
  mayName: 'may_name',
} as const;

/**
 * The form of a report.
 * @param draftId what it belongs to. @param name of whom it is about.
 */
export function reportForm(t: Texts, draftId: string, name: string): APIModalInteractionResponseCallbackData {
  const text = t.cases.form;
  const yesOrNo = [
    { id: 'no', name: text.no },
    { id: 'yes', name: text.yes },
  ];
  const mayName = chooser(fields.mayName, yesOrNo, { chosen: ['no'] });
  return new ModalBuilder()
    .setCustomId(customId(keys.report.form, draftId))
    .setTitle(clip(text.title(name), limits.modalTitle))
    .addLabelComponents(
      new LabelBuilder().setLabel(text.category).setStringSelectMenuComponent(
        chooser(
          fields.category,
          caseCategories.map((id) => ({ id, name: t.cases.categories[id] })),
        ),
      ),
      new LabelBuilder()
        .setLabel(text.words)
        .setDescription(text.wordsHint)
        .setTextInputComponent(paragraph(fields.words, statementLength)),
      new LabelBuilder()
        .setLabel(text.today)
        .setStringSelectMenuComponent(chooser(fields.today, yesOrNo, { chosen: ['no'] })),
      excludedField(t),
      new LabelBuilder().setLabel(text.mayName).setDescription(text.mayNameHint).setStringSelectMenuComponent(mayName),
    )
    .toJSON();
}

/** The form of a report of exam content, in which nothing has to be written. @param draftId what it belongs to. */
export function examForm(t: Texts, draftId: string): APIModalInteractionResponseCallbackData {
  const text = t.guard.form;
  const words = new TextInputBuilder()
    .setCustomId(fields.words)
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(statementLength.max)
    .setRequired(false);
  return new ModalBuilder()
    .setCustomId(customId(keys.report.examForm, draftId))
    .setTitle(text.title)
    .addLabelComponents(
      new LabelBuilder().setLabel(text.words).setDescription(text.hint).setTextInputComponent(words),
      excludedField(t),
    )
    .toJSON();
}

function excludedField(t: Texts): LabelBuilder {
  const { excluded, excludedHint } = t.cases.form;
  const menu = new UserSelectMenuBuilder()
    .setCustomId(fields.excluded)
    .setMinValues(0)
    .setMaxValues(excludedAtMost)
    .setRequired(false);
  return new LabelBuilder().setLabel(excluded).setDescription(excludedHint).setUserSelectMenuComponent(menu);
}

/** A form with one field: an answer to handlers. */
export function answerForm(t: Texts, statementId: string, guildId: string): APIModalInteractionResponseCallbackData {
  const text = t.cases.form;
  return new ModalBuilder()
    .setCustomId(customId(keys.report.answerForm, statementId, guildId))
    .setTitle(text.question)
    .addLabelComponents(
      new LabelBuilder()
        .setLabel(text.question)
        .setTextInputComponent(paragraph(fields.words, { min: 1, max: wordsLength })),
    )
    .toJSON();
}

/** A form with one field: what is new in a closed report. */
export function reopenForm(t: Texts, statementId: string): APIModalInteractionResponseCallbackData {
  const text = t.cases.form;
  return new ModalBuilder()
    .setCustomId(customId(keys.report.reopenForm, statementId))
    .setTitle(text.again)
    .addLabelComponents(
      new LabelBuilder().setLabel(text.again).setTextInputComponent(paragraph(fields.words, statementLength)),
    )
    .toJSON();
}

function paragraph(id: string, { min, max }: { readonly min: number; readonly max: number }): TextInputBuilder {
  return new TextInputBuilder()
    .setCustomId(id)
    .setStyle(TextInputStyle.Paragraph)
    .setMinLength(min)
    .setMaxLength(max)
    .setRequired(true);
}
