/** A word at the end, and the words that somebody kept. */
import { LabelBuilder, ModalBuilder, RadioGroupBuilder, TextInputBuilder, TextInputStyle } from 'discord.js';
import { listKeptWords } from '../../db/closings.ts';
import type { Mentorship } from '../../db/mentorships.ts';
import { memberOf } from '../../discord/acting.ts';
import { button, row } from '../../discord/buttons.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { customId } from '../../discord/custom-ids.ts';
import { embed } from '../../discord/embeds.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { answer, type Card, change, openForm } from '../../discord/replies.ts';
import { mention, showTyped } from '../../discord/text.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { goalsReached, keepWordOf, sayAtTheEnd, waysItWent, wordLimit } from '../../mentoring/closings.ts';
import type { Texts } from '../../texts/en.ts';
import type { Acting } from '../../guild/acting.ts';
import type { Slash } from './meant.ts';

/** Words on one card: five buttons beside each other. */
const keptShown = 5;

/** The button that opens the form. */
export const closingRow = (t: Texts, { id }: Pick<Mentorship, 'id'>) =>
  row(button([keys.mentorship.closing, id], t.closings.button));

const fields = { different: 'different', goals: 'goals', went: 'went', word: 'word' } as const;

function closingForm(t: Texts, mentorshipId: string) {
  const text = t.closings.form;
  const input = (id: string) =>
    new TextInputBuilder()
      .setCustomId(id)
      .setStyle(TextInputStyle.Paragraph)
      .setMaxLength(wordLimit)
      .setRequired(false);
  const radio = (id: string, options: { label: string; value: string }[]) =>
    new RadioGroupBuilder().setCustomId(id).setRequired(true).addOptions(options);
  return new ModalBuilder()
    .setCustomId(customId(keys.mentorship.closingForm, mentorshipId))
    .setTitle(text.title)
    .addLabelComponents(
      new LabelBuilder().setLabel(text.different).setTextInputComponent(input(fields.different)),
      new LabelBuilder().setLabel(text.goals).setRadioGroupComponent(
        radio(
          fields.goals,
          goalsReached.map((value) => ({ label: text.goalsReached[value], value })),
        ),
      ),
      new LabelBuilder().setLabel(text.went).setRadioGroupComponent(
        radio(
          fields.went,
          waysItWent.map((value) => ({ label: text.ways[value], value })),
        ),
      ),
      new LabelBuilder().setLabel(text.word).setDescription(text.wordHint).setTextInputComponent(input(fields.word)),
    )
    .toJSON();
}

async function keptCard(ctx: ActContext, whose: Acting): Promise<Card> {
  const text = ctx.t.closings;
  const words = await listKeptWords(ctx.db, whose, keptShown);
  if (words.length === 0) return { content: text.keptNone };
  const entries = words.map(({ user_id: from, kept_at: at, filled_at: filledAt, word }, i) =>
    text.keptEntry(i + 1, mention(ctx.t, from), at ?? filledAt, showTyped(word)),
  );
  return {
    embeds: [embed(ctx.t, text.keptTitle, entries.join('\n\n'))],
    components: [
      row(...words.map(({ mentorship_id: id }, i) => button([keys.mentorship.unkeep, id], text.remove(i + 1)))),
    ],
  };
}

export async function kept(ctx: ActContext, interaction: Slash): Promise<void> {
  const whose = memberOf(interaction);
  await requireGuild(ctx.db, whose.guildId);
  await answer(interaction, await keptCard(ctx, whose));
}

export const closingButtons = {
  [keys.mentorship.closing]: async (ctx, interaction, [id = '']) => await openForm(interaction, closingForm(ctx.t, id)),
  [keys.mentorship.keepWord]: async (ctx, interaction, [id = '']) => {
    await keepWordOf(ctx, interaction.user.id, id, true);
    await answer(interaction, { content: ctx.t.closings.keptNow });
  },
  [keys.mentorship.unkeep]: async (ctx, interaction, [id = '']) => {
    await keepWordOf(ctx, interaction.user.id, id, false);
    await change(interaction, await keptCard(ctx, memberOf(interaction)));
  },
} satisfies Command['buttons'];

export const closingModals = {
  [keys.mentorship.closingForm]: async (ctx, interaction, [id = '']) => {
    const word = textIn(interaction, fields.word);
    await sayAtTheEnd(ctx, interaction.user.id, id, {
      different: textIn(interaction, fields.different),
      goals: textIn(interaction, fields.goals),
      went: textIn(interaction, fields.went),
      word,
    });
    await answer(interaction, { content: ctx.t.closings.saved(word.trim() !== '') });
  },
} satisfies Command['modals'];
