/** How a claim is shown to moderators, and the form in which they answer it. */
import {
  type APIModalInteractionResponseCallbackData,
  LabelBuilder,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { Claim, ClaimAsker } from '../../db/claims.ts';
import type { GuildAnswer } from '../../db/guild-answers.ts';
import { verdicts } from '../../db/schema.ts';
import { claimLimits } from '../../journey/claims/limits.ts';
import { ownLimits, type TypedAnswer } from '../../journey/guide/own.ts';
import { clip } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';
import { later } from '../../time.ts';
import type { Id } from '../buttons.ts';
import { customId } from '../custom-ids.ts';
import { chooser } from '../forms.ts';
import { showTyped } from '../text.ts';
import { hostOf } from './date.ts';
import { dayStamp, link } from './fact.ts';

/** Lines of askers on one card. */
const linesAtMost = 5;

/** Where an answer was read: its page by the host, which is what tells whose it is. */
export function answerSource(
  { link: address, checked }: GuildAnswer,
  say: (page: string, day: string) => string,
): string {
  return say(address === null ? '' : link({ name: hostOf(address), url: address }), dayStamp(checked));
}

/** What a claim says, for moderators: nobody's name, neither of who wrote the message nor of who asks. */
export function claimText(t: Texts, claim: Claim, askers: readonly ClaimAsker[]): string {
  const text = t.claims.card;
  const lines = askers.flatMap(({ line }) => (line === '' ? [] : [`- ${showTyped(line)}`])).slice(0, linesAtMost);
  const quoted = showTyped(claim.text ?? '')
    .split('\n')
    .map((each) => `> ${each}`)
    .join('\n');
  return [
    quoted,
    text.about(t.claims.kinds[claim.kind]),
    askers.length === 0 ? text.missed(claim.asked) : text.asked(claim.asked),
    ...(lines.length === 0 ? [] : [[`**${text.lines}**`, ...lines].join('\n')]),
    text.until(later(claim.created_at, { days: claimLimits.openDays })),
    `-# ${text.rule}`,
  ].join('\n\n');
}

/** What a claim was answered with. */
export function answeredText(t: Texts, answer: GuildAnswer): string {
  const verdict = answer.verdict === null ? [] : [`**${t.claims.verdicts[answer.verdict]}**`];
  return [...verdict, showTyped(answer.answer)].join('\n');
}

const input = (id: string, most: number, isLong: boolean, isRequired: boolean, value: string) => {
  const field = new TextInputBuilder()
    .setCustomId(id)
    .setStyle(isLong ? TextInputStyle.Paragraph : TextInputStyle.Short)
    .setMaxLength(most)
    .setRequired(isRequired);
  return value === '' ? field : field.setValue(clip(value, most));
};
const label = (heading: string, hint?: string) => {
  const made = new LabelBuilder().setLabel(heading);
  return hint === undefined ? made : made.setDescription(hint);
};

/** The form for an answer to a claim. @param id of the form. @param asked what the question is filled with. */
export function answerForm(t: Texts, id: Id, asked: string): APIModalInteractionResponseCallbackData {
  const text = t.claims.answerForm;
  const [key, ...args] = id;
  const menu = chooser(
    'verdict',
    verdicts.map((verdict) => ({
      id: verdict,
      name: t.claims.verdicts[verdict],
      description: t.claims.verdictHints[verdict],
    })),
  );
  return new ModalBuilder()
    .setCustomId(customId(key, ...args))
    .setTitle(text.title)
    .addLabelComponents(
      label(text.question, text.questionHint).setTextInputComponent(
        input('question', ownLimits.question, false, true, asked),
      ),
      label(text.answer).setTextInputComponent(input('answer', claimLimits.answer, true, true, '')),
      label(text.link, text.linkHint).setTextInputComponent(input('link', claimLimits.link, false, true, '')),
      label(text.verdict).setStringSelectMenuComponent(menu),
    )
    .toJSON();
}

/** The form for an answer of the guild's own. @param known what stands there now. */
export function ownAnswerForm(t: Texts, id: Id, known: TypedAnswer): APIModalInteractionResponseCallbackData {
  const text = t.claims.own;
  const [key, ...args] = id;
  return new ModalBuilder()
    .setCustomId(customId(key, ...args))
    .setTitle(text.formTitle)
    .addLabelComponents(
      label(text.question).setTextInputComponent(input('question', ownLimits.question, false, true, known.question)),
      label(text.answer, text.answerHint).setTextInputComponent(
        input('answer', ownLimits.answer, true, true, known.answer),
      ),
      label(text.link).setTextInputComponent(input('link', ownLimits.link, false, false, known.link)),
      label(text.words, text.wordsHint).setTextInputComponent(
        input('words', ownLimits.words, false, false, known.words),
      ),
    )
    .toJSON();
}

/** An answer of the guild's own, with who says so and when. */
export function ownText(t: Texts, answer: GuildAnswer): string {
  return [answeredText(t, answer), answerSource(answer, t.claims.own.source)].join('\n');
}
