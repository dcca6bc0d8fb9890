import {
  type APIModalInteractionResponseCallbackData,
  LabelBuilder,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { declineChoices, messageLimit, noteLimit } from '../../mentoring/requests/rules.ts';
import { customId } from '../../discord/custom-ids.ts';
import { chooser } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import { clip } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';

/** In the id of a form: they have read whom they ask. */
export const aware = 'aware';

/**
 * The form for a message to a mentor.
 * @param to what is handed on: the mentor, or the offer by which they were heard of.
 * @param name the mentor's, where it is known. @param isAware that the mentee has read what they read before it.
 * @param typed what they have written already.
 */
export function requestForm(
  t: Texts,
  to: { readonly mentorId: string } | { readonly offerId: string },
  name: string | undefined,
  { isAware = false, typed = '' }: { readonly isAware?: boolean; readonly typed?: string } = {},
): APIModalInteractionResponseCallbackData {
  const text = t.mentor.form;
  const more = isAware ? [aware] : [];
  const message = new TextInputBuilder()
    .setCustomId('message')
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(messageLimit)
    .setPlaceholder(text.placeholder)
    .setRequired(false);
  return new ModalBuilder()
    .setCustomId(
      'mentorId' in to
        ? customId(keys.mentor.requestForm, to.mentorId, ...more)
        : customId(keys.mentor.offerForm, to.offerId, ...more),
    )
    .setTitle(clip(text.title(name), limits.modalTitle))
    .addLabelComponents(
      new LabelBuilder()
        .setLabel(text.label)
        .setDescription(text.hint)
        .setTextInputComponent(typed === '' ? message : message.setValue(clip(typed, messageLimit))),
    )
    .toJSON();
}

/** The form for a decline: a reason, and a word to the mentee. */
export function declineForm(
  t: Texts,
  requestId: string,
  name: string | undefined,
): APIModalInteractionResponseCallbackData {
  const text = t.mentor.answer.form;
  return new ModalBuilder()
    .setCustomId(customId(keys.mentor.declineForm, requestId))
    .setTitle(clip(text.title(name), limits.modalTitle))
    .addLabelComponents(
      new LabelBuilder()
        .setLabel(text.reason)
        .setDescription(text.reasonHint)
        .setStringSelectMenuComponent(
          chooser(
            'reason',
            declineChoices.map((id) => ({
              id,
              name: text.reasons[id],
              ...(id === 'never-again' ? { description: text.neverAgainHint } : {}),
            })),
            { placeholder: text.placeholder },
          ),
        ),
      new LabelBuilder()
        .setLabel(text.note)
        .setDescription(text.noteHint)
        .setTextInputComponent(
          new TextInputBuilder()
            .setCustomId('note')
            .setStyle(TextInputStyle.Paragraph)
            .setMaxLength(noteLimit)
            .setRequired(false),
        ),
    )
    .toJSON();
}
