/** The forms for tips and prompts: what a moderator writes, what a member suggests, what is edited. */
import {
  type APIModalInteractionResponseCallbackData,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { promptExams, promptLimits, tipCategories, tipLimits } from '../../content/library.ts';
import type { ContentKind, GuildContent } from '../../db/guild-contents.ts';
import { promptBody, seeLimit, tipBody } from '../../posts/content/entries.ts';
import { noteLimit } from '../../posts/content/suggestions.ts';
import { readPrompt, readTip, type Written } from '../../posts/content/write.ts';
import { chooser, textIn, valuesIn } from '../../discord/forms.ts';
import type { Texts } from '../../texts/en.ts';

/** Characters of all key points together: each at its longest, with its line break. */
const checkpointsLimit = promptLimits.checkpoints * (promptLimits.checkpoint + 1);

/**
 * The form for an entry.
 * @param id custom id of the form. @param current what it is filled in with.
 */
export function entryForm(
  t: Texts,
  id: string,
  title: string,
  kind: ContentKind,
  current?: Pick<GuildContent, 'category' | 'body'>,
): APIModalInteractionResponseCallbackData {
  const filled = current === undefined ? {} : valuesOf(kind, current);
  const labels = kind === 'tip' ? tipLabels(t, filled) : promptLabels(t, filled);
  return new ModalBuilder()
    .setCustomId(id)
    .setTitle(title)
    .addLabelComponents(...labels)
    .toJSON();
}

/** A form's answers, by field name. */
type Values = Readonly<Record<string, string | undefined>>;

function valuesOf(kind: ContentKind, { category, body }: Pick<GuildContent, 'category' | 'body'>): Values {
  const stored: unknown = JSON.parse(body);
  if (kind === 'tip') return { ...tipBody.parse(stored), see: tipBody.parse(stored).see ?? undefined, category };
  const { checkpoints, ...rest } = promptBody.parse(stored);
  return { ...rest, checkpoints: checkpoints.join('\n'), exam: category };
}

function tipLabels(t: Texts, filled: Values): LabelBuilder[] {
  const text = t.content.form;
  return [
    menu('category', text.category, tipCategories, filled.category),
    input('title', text.title, { hint: text.titleHint, most: tipLimits.title, value: filled.title, isShort: true }),
    input('text', text.text, { hint: text.textHint, most: tipLimits.text, value: filled.text }),
    input('see', text.see, {
      hint: text.seeHint,
      most: seeLimit,
      value: filled.see,
      isShort: true,
      isOptional: true,
    }),
  ];
}

function promptLabels(t: Texts, filled: Values): LabelBuilder[] {
  const text = t.content.form;
  const { question, checkpoint: _, checkpoints, answer, why } = promptLimits;
  return [
    menu('exam', text.exam, promptExams, filled.exam),
    input('question', text.question, { hint: text.questionHint, most: question, value: filled.question }),
    input('checkpoints', text.checkpoints, {
      hint: text.checkpointsHint(checkpoints),
      most: checkpointsLimit,
      value: filled.checkpoints,
    }),
    input('answer', text.answer, { hint: text.answerHint, most: answer, value: filled.answer }),
    input('why', text.why, { hint: text.whyHint, most: why, value: filled.why }),
  ];
}

function menu(
  id: string,
  label: string,
  entries: readonly { readonly id: string; readonly name: string }[],
  chosen: string | undefined,
): LabelBuilder {
  // The value may not be on the list any more.
  const options = entries.some((each) => each.id === chosen) && chosen !== undefined ? { chosen: [chosen] } : {};
  return new LabelBuilder().setLabel(label).setStringSelectMenuComponent(chooser(id, entries, options));
}

interface Field {
  readonly hint: string;
  /** Characters. */
  readonly most: number;
  readonly value?: string | undefined;
  readonly isShort?: boolean;
  readonly isOptional?: boolean;
}

function input(id: string, label: string, field: Field): LabelBuilder {
  const box = new TextInputBuilder()
    .setCustomId(id)
    .setStyle(field.isShort ? TextInputStyle.Short : TextInputStyle.Paragraph)
    .setMaxLength(field.most)
    .setRequired(!field.isOptional);
  if (field.value !== undefined && field.value !== '') box.setValue(field.value);
  return new LabelBuilder().setLabel(label).setDescription(field.hint).setTextInputComponent(box);
}

/** Asks for a word to somebody whose suggestion is declined. */
export function declineForm(t: Texts, id: string): APIModalInteractionResponseCallbackData {
  const text = t.content.form;
  return new ModalBuilder()
    .setCustomId(id)
    .setTitle(text.declineTitle)
    .addLabelComponents(input('note', text.note, { hint: text.noteHint, most: noteLimit, isOptional: true }))
    .toJSON();
}

/** What a form answered, as it is kept. @throws UserError that names the field at fault. */
export function readEntry(interaction: ModalSubmitInteraction, kind: ContentKind): Written {
  const typed = (id: string) => textIn(interaction, id);
  const [chosen = ''] = valuesIn(interaction, kind === 'tip' ? 'category' : 'exam');
  return kind === 'tip'
    ? readTip({ category: chosen, title: typed('title'), text: typed('text'), see: typed('see') })
    : readPrompt({
        exam: chosen,
        question: typed('question'),
        checkpoints: typed('checkpoints'),
        answer: typed('answer'),
        why: typed('why'),
      });
}
