/** The forms for tips and prompts: what a moderator writes, what a member suggests, what is edited. */
import {
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
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
import { button, row } from '../../discord/buttons.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import type { Card } from '../../discord/replies.ts';
import { clip } from '../../marks.ts';
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
  return formWith(t, id, title, kind, current === undefined ? {} : valuesOf(kind, current));
}

/** A form's answers, by field name. */
type Values = Readonly<Record<string, string | undefined>>;

function valuesOf(kind: ContentKind, { category, body }: Pick<GuildContent, 'category' | 'body'>): Values {
  const stored: unknown = JSON.parse(body);
  if (kind === 'tip') return { ...tipBody.parse(stored), see: tipBody.parse(stored).see ?? undefined, category };
  const { checkpoints, ...rest } = promptBody.parse(stored);
  return { ...rest, checkpoints: checkpoints.join('\n'), exam: category };
}

function formWith(
  t: Texts,
  id: string,
  title: string,
  kind: ContentKind,
  values: Values,
): APIModalInteractionResponseCallbackData {
  const labels = kind === 'tip' ? tipLabels(t, values) : promptLabels(t, values);
  return new ModalBuilder()
    .setCustomId(id)
    .setTitle(title)
    .addLabelComponents(...labels)
    .toJSON();
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

const fieldNames = {
  tip: ['category', 'title', 'text', 'see'],
  prompt: ['exam', 'question', 'checkpoints', 'answer', 'why'],
} as const;

/**
 * Why an entry was not taken, with everything that was typed, and a button that gives the form back with it. It stands in
 * the message itself, which only its writer sees: each field of the form fits into one of the card's.
 * @param id of the draft that was being changed; empty for a new entry.
 */
export function refusedCard(
  t: Texts,
  interaction: ModalSubmitInteraction,
  kind: ContentKind,
  id: string,
  why: string,
): Card {
  const typed = fieldNames[kind].map((name) => {
    const isMenu = name === 'category' || name === 'exam';
    return {
      name: t.content.form[name],
      value: isMenu ? (valuesIn(interaction, name)[0] ?? '') : textIn(interaction, name),
    };
  });
  const fields = typed.filter(({ value }) => value.trim() !== '').map(({ name, value }) => ({ name, value: clip(value, limits.embedField) })); // prettier-ignore
  return {
    content: why,
    embeds: [{ title: t.content.form.typed, fields }],
    components: [row(button([keys.content.again, kind, id], t.content.form.again, ButtonStyle.Primary))],
  };
}

/** The form with what such a card holds. */
export function formAgain(
  t: Texts,
  id: string,
  title: string,
  kind: ContentKind,
  card: {
    readonly embeds: readonly { readonly fields: readonly { readonly name: string; readonly value: string }[] }[];
  },
): APIModalInteractionResponseCallbackData {
  const typed = new Map(card.embeds[0]?.fields.map(({ name, value }) => [name, value]));
  const values = Object.fromEntries(fieldNames[kind].map((name) => [name, typed.get(t.content.form[name])]));
  return formWith(t, id, title, kind, values);
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
