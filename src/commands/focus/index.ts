import { LabelBuilder, ModalBuilder, SlashCommandBuilder, TextInputBuilder, TextInputStyle } from 'discord.js';
import { memberOf } from '../../discord/acting.ts';
import type { Command } from '../../discord/command.ts';
import { customId } from '../../discord/custom-ids.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { wholeNumber } from '../../discord/options.ts';
import { answer, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { endFocus, focusLengths, focusRounds, joinFocus, sayFocusDone, startFocus } from '../../study/focus.ts';
import { lineLength } from '../../study/limits.ts';
import type { Texts } from '../../texts/en.ts';

/** Open co-working in the study channel. */
export default {
  name: 'focus',
  for: 'everyone',
  data: (t: Texts) =>
    new SlashCommandBuilder()
      .setName('focus')
      .setDescription(t.focus.command.description)
      .addSubcommand((command) =>
        command
          .setName('start')
          .setDescription(t.focus.command.start)
          .addIntegerOption((option) =>
            option
              .setName('minutes')
              .setDescription(t.focus.command.minutes)
              .setRequired(true)
              .addChoices(focusLengths.map(({ work, pause }) => ({ name: t.focus.lengths(work, pause), value: work }))),
          )
          .addIntegerOption(wholeNumber('rounds', t.focus.command.rounds, focusRounds))
          .addStringOption((option) =>
            option.setName('what').setDescription(t.focus.command.what).setMaxLength(lineLength),
          ),
      ),

  subcommands: {
    start: async (ctx, interaction) => {
      const { options } = interaction;
      await startFocus(ctx, memberOf(interaction), {
        minutes: options.getInteger('minutes', true),
        rounds: options.getInteger('rounds') ?? focusRounds.usual,
        what: options.getString('what') ?? '',
      });
      await answer(interaction, { content: ctx.t.focus.started });
    },
  },

  modals: {
    [keys.focus.lineForm]: async (ctx, interaction, [id = '']) => {
      await joinFocus(ctx, memberOf(interaction), id, textIn(interaction, 'line'));
      await answer(interaction, { content: ctx.t.focus.lineDone });
    },
  },

  buttons: {
    [keys.focus.join]: async (ctx, interaction, [id = '']) => {
      await joinFocus(ctx, memberOf(interaction), id);
      await answer(interaction, { content: ctx.t.focus.joined });
    },
    [keys.focus.line]: async (ctx, interaction, [id = '']) => {
      const text = ctx.t.study.session;
      const line = new TextInputBuilder().setCustomId('line').setStyle(TextInputStyle.Short).setMaxLength(lineLength);
      const modal = new ModalBuilder()
        .setCustomId(customId(keys.focus.lineForm, id))
        .setTitle(text.lineTitle)
        .addLabelComponents(new LabelBuilder().setLabel(text.lineLabel).setTextInputComponent(line));
      await openForm(interaction, modal.toJSON());
    },
    [keys.focus.end]: async (ctx, interaction, [id = '']) => {
      await endFocus(ctx, memberOf(interaction), id);
      await answer(interaction, { content: ctx.t.focus.ended });
    },
    [keys.focus.done]: async (ctx, interaction, [id = '', said]) => {
      const done = (['done', 'partly', 'not'] as const).find((each) => each === said);
      if (!done) throw new UserError((t) => t.common.outdated);
      await sayFocusDone(ctx, memberOf(interaction), id, done);
      await answer(interaction, { content: ctx.t.study.session.doneSaid });
    },
  },
} satisfies Command;
