/** A word at the end, and the words that somebody kept. */
import { LabelBuilder, ModalBuilder, RadioGroupBuilder, TextInputBuilder, TextInputStyle } from 'discord.js';
import { type Closing, listWords } from '../../db/closings.ts';
import type { Mentorship } from '../../db/mentorships.ts';
import { memberOf } from '../../discord/acting.ts';
import { button, row } from '../../discord/buttons.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { customId } from '../../discord/custom-ids.ts';
import { embed } from '../../discord/embeds.ts';
import { textIn } from '../../discord/forms.ts';
import { rowsOf } from '../../discord/home/index.ts';
import { keys } from '../../discord/keys.ts';
import { answer, type Card, change, openForm } from '../../discord/replies.ts';
import { mention, showTyped } from '../../discord/text.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { clip } from '../../marks.ts';
import {
  closingDays,
  goalsReached,
  keepWordOf,
  listUnsaid,
  sayAtTheEnd,
  waysItWent,
  wordLimit,
} from '../../mentoring/closings.ts';
import { partnerIn } from '../../mentoring/mentorships.ts';
import { later } from '../../time.ts';
import type { Texts } from '../../texts/en.ts';
import type { Acting } from '../../guild/acting.ts';
import type { Slash } from './meant.ts';

/** Words on one card: five buttons beside each other. */
const keptShown = 5;
/** Those that are not kept have a field each. */
const looseShown = 2;
/** Characters of a kept word on the card: five, and two in fields, fit into one message however they are escaped. */
const keptLength = 700;

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

/** The words that somebody kept, those that they were given and did not keep so far, and the ends of which they can still speak. */
async function keptCard(ctx: ActContext, whose: Acting): Promise<Card> {
  const text = ctx.t.closings;
  const kept = await listWords(ctx.db, whose, { isKept: true, limit: keptShown });
  const loose = await listWords(ctx.db, whose, { isKept: false, limit: looseShown });
  const unsaid = await listUnsaid(ctx, whose, keptShown);
  const said = (closing: Closing, most: number) =>
    [
      mention(ctx.t, closing.user_id),
      closing.kept_at ?? closing.filled_at,
      clip(showTyped(closing.word), most),
    ] as const;
  const ends = unsaid.map((mentorship, i) =>
    text.unsaidEntry(
      i + 1,
      mention(ctx.t, partnerIn(mentorship, whose.userId)),
      later(mentorship.ended_at ?? ctx.now(), { days: closingDays }),
    ),
  );
  const fields = [
    ...loose.map((closing, i) => ({
      name: text.looseTitle(i + 1),
      value: text.looseEntry(...said(closing, keptLength)),
    })),
    ...(ends.length > 0 ? [{ name: text.unsaidTitle, value: ends.join('\n') }] : []),
  ];
  const words = kept.map((closing, i) => text.keptEntry(i + 1, ...said(closing, keptLength)));
  if (words.length === 0 && fields.length === 0) return { content: text.keptNone };
  return {
    embeds: [embed(ctx.t, text.keptTitle, words.length > 0 ? words.join('\n\n') : text.keptNone, fields)],
    components: rowsOf([
      kept.map(({ mentorship_id: id }, i) => button([keys.mentorship.unkeep, id], text.remove(i + 1))),
      loose.map(({ mentorship_id: id }, i) => button([keys.mentorship.keepWord, id], text.keepOf(i + 1))),
      unsaid.map(({ id }, i) => button([keys.mentorship.closing, id], text.buttonOf(i + 1))),
    ]),
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
