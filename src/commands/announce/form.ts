import {
  type APIModalInteractionResponseCallbackData,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { Announcement } from '../../db/announcements.ts';
import { type Content, contentLimits, contentOf } from '../../posts/announcements/content.ts';
import { customId } from '../../discord/custom-ids.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';

/** The form for an announcement, filled in with what the draft says so far. */
export function announcementForm(t: Texts, draft: Announcement): APIModalInteractionResponseCallbackData {
  const text = t.announcements.form;
  const content = contentOf(draft);
  const input = (name: keyof Content, style: TextInputStyle, isRequired: boolean) => {
    const field = new TextInputBuilder()
      .setCustomId(name)
      .setStyle(style)
      .setMaxLength(contentLimits[name])
      .setRequired(isRequired);
    // A client can have sent more than the form allows, and Discord refuses a form that holds too much.
    const filled = content[name].slice(0, contentLimits[name]);
    return filled === '' ? field : field.setValue(filled);
  };
  const label = (heading: string, hint: string) => new LabelBuilder().setLabel(heading).setDescription(hint);
  const address = (name: 'link' | 'image') => input(name, TextInputStyle.Short, false).setPlaceholder(text.address);
  return new ModalBuilder()
    .setCustomId(customId(keys.announce.form, draft.id))
    .setTitle(draft.changes_id === null ? text.title : text.editTitle)
    .addLabelComponents(
      label(text.heading, text.headingHint).setTextInputComponent(input('title', TextInputStyle.Short, true)),
      label(text.text, text.textHint).setTextInputComponent(input('text', TextInputStyle.Paragraph, true)),
      label(text.link, text.linkHint).setTextInputComponent(address('link')),
      label(text.image, text.imageHint).setTextInputComponent(address('image')),
    )
    .toJSON();
}

/** What a moderator typed. A field that is missing counts as empty: clients can send anything. */
export function readForm(interaction: ModalSubmitInteraction): Content {
  return {
    title: textIn(interaction, 'title'),
    text: textIn(interaction, 'text'),
    link: textIn(interaction, 'link'),
    image: textIn(interaction, 'image'),
  };
}
