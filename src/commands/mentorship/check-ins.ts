/** Answers to what the bot asks, and for how long it asks nothing. */
import {
  ButtonStyle,
  LabelBuilder,
  ModalBuilder,
  RadioGroupBuilder,
  type SlashCommandSubcommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { button, row } from '../../discord/buttons.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { customId } from '../../discord/custom-ids.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { wholeNumber } from '../../discord/options.ts';
import { answer, type Card, change, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import {
  addStaffLine,
  type Answer,
  answerCheckIn,
  type Answered,
  answersTo,
  quietWeeks,
  setQuiet,
  staffLineLimit,
  untilWeeks,
} from '../../mentoring/care/answer.ts';
import { meetingMinutes } from '../../mentoring/meetings/limits.ts';
import type { Texts } from '../../texts/en.ts';
import { closingRow } from './closing.ts';
import { requireMeant, type Slash } from './meant.ts';
import { timesCard } from './times.ts';

/** An answer out of a custom id. @throws UserError when it is none. */
function requireAnswer(value: string | undefined): Answer {
  const known = Object.values(answersTo)
    .flat()
    .find((each) => each === value);
  if (!known) throw new UserError((t) => t.common.outdated);
  return known;
}

/** What one reads after an answer. */
async function notedCard(
  ctx: ActContext,
  { checkIn, mentorship, isExtended }: Answered,
  userId: string,
): Promise<Card> {
  const text = ctx.t.checkIns.noted;
  const line = row(button([keys.mentorship.line, checkIn.id], ctx.t.checkIns.lineButton));
  switch (checkIn.answer as Answer) {
    case 'find': {
      const times = await timesCard(ctx, mentorship, userId, meetingMinutes.usual);
      return { ...times, content: `${text.find}\n${times.content ?? ''}` };
    }
    case 'until':
      return { content: text.until(checkIn.until ?? ctx.now()) };
    case 'weeks-4':
    case 'weeks-8':
      return { content: isExtended ? text.extended(mentorship.due_at) : text.waits(mentorship.due_at) };
    case 'close':
      return checkIn.kind === 'due' && mentorship.ended_at === null
        ? { content: text.done }
        : { content: text.close, components: [closingRow(ctx.t, mentorship)] };
    case 'not-fit':
      return { content: text['not-fit'], components: [closingRow(ctx.t, mentorship), line] };
    case 'good':
      return { content: text.good, components: [line] };
    case 'deciding':
      return { content: text.deciding, components: [line] };
    case 'staff':
      return { content: text.staff };
    case 'met':
      return { content: text.met };
    case 'going':
      return { content: text.going };
    case 'pause':
      return { content: text.pause };
  }
}

const fields = { weeks: 'weeks', line: 'line' } as const;

function untilForm(t: Texts, checkInId: string) {
  const text = t.checkIns;
  const options = untilWeeks.map((weeks) => ({ label: text.weeks(weeks), value: String(weeks) }));
  return new ModalBuilder()
    .setCustomId(customId(keys.mentorship.untilForm, checkInId))
    .setTitle(text.untilTitle)
    .addLabelComponents(
      new LabelBuilder()
        .setLabel(text.untilLabel)
        .setRadioGroupComponent(
          new RadioGroupBuilder().setCustomId(fields.weeks).setRequired(true).addOptions(options),
        ),
    )
    .toJSON();
}

function lineForm(t: Texts, checkInId: string) {
  const text = t.checkIns;
  return new ModalBuilder()
    .setCustomId(customId(keys.mentorship.lineForm, checkInId))
    .setTitle(text.lineTitle)
    .addLabelComponents(
      new LabelBuilder()
        .setLabel(text.lineLabel)
        .setTextInputComponent(
          new TextInputBuilder()
            .setCustomId(fields.line)
            .setStyle(TextInputStyle.Paragraph)
            .setMaxLength(staffLineLimit),
        ),
    )
    .toJSON();
}

export const checkInButtons = {
  [keys.mentorship.answer]: async (ctx, interaction, [id = '', value]) => {
    const answered = await answerCheckIn(ctx, interaction.user.id, id, requireAnswer(value));
    await answer(interaction, await notedCard(ctx, answered, interaction.user.id));
  },
  [keys.mentorship.until]: async (ctx, interaction, [id = '']) => await openForm(interaction, untilForm(ctx.t, id)),
  /** Asks first: it ends. */
  [keys.mentorship.notFit]: async (ctx, interaction, [id = '', really]) => {
    if (really === 'yes') {
      const answered = await answerCheckIn(ctx, interaction.user.id, id, 'not-fit');
      return await change(interaction, await notedCard(ctx, answered, interaction.user.id));
    }
    await answer(interaction, {
      content: ctx.t.checkIns.confirmNotFit,
      components: [
        row(
          button([keys.mentorship.notFit, id, 'yes'], ctx.t.checkIns.confirmNotFitButton, ButtonStyle.Danger),
          button([keys.mentorship.keep], ctx.t.mentorship.keep),
        ),
      ],
    });
  },
  [keys.mentorship.line]: async (ctx, interaction, [id = '']) => await openForm(interaction, lineForm(ctx.t, id)),
} satisfies Command['buttons'];

export const checkInModals = {
  [keys.mentorship.untilForm]: async (ctx, interaction, [id = '']) => {
    const weeks = Number(textIn(interaction, fields.weeks));
    const answered = await answerCheckIn(ctx, interaction.user.id, id, 'until', weeks);
    await answer(interaction, await notedCard(ctx, answered, interaction.user.id));
  },
  [keys.mentorship.lineForm]: async (ctx, interaction, [id = '']) => {
    await addStaffLine(ctx, interaction.user.id, id, textIn(interaction, fields.line));
    await answer(interaction, { content: ctx.t.checkIns.lineSaved });
  },
} satisfies Command['modals'];

export const quietCommand = (t: Texts, command: SlashCommandSubcommandBuilder) =>
  command
    .setName('quiet')
    .setDescription(t.checkIns.quietCommand)
    .addIntegerOption(wholeNumber('weeks', t.checkIns.quietWeeksOption, quietWeeks).setRequired(true))
    .addUserOption((option) => option.setName('member').setDescription(t.mentorship.command.endMember));

export async function quiet(ctx: ActContext, interaction: Slash): Promise<void> {
  const { id } = await requireMeant(ctx, interaction);
  const mentorship = await setQuiet(ctx, interaction.user.id, id, interaction.options.getInteger('weeks', true));
  await answer(interaction, { content: ctx.t.checkIns.quietNow(mentorship.quiet_until ?? ctx.now()) });
}
