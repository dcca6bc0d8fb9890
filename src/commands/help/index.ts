import { SlashCommandBuilder } from 'discord.js';
import { audiences } from '../../discord/audience.ts';
import type { Command } from '../../discord/command.ts';
import { formAgain } from '../../discord/form-again.ts';
import { keys } from '../../discord/keys.ts';
import { answer, change, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import type { Texts } from '../../texts/en.ts';
import { findPage, firstPage, helpCard } from './pages.ts';

/** What there is to do, by task and by role. */
export default {
  name: 'help',
  for: 'everyone',
  data: (t: Texts) => new SlashCommandBuilder().setName('help').setDescription(t.help.command),

  async execute({ t }, interaction) {
    const isModerator = audiences.moderators.admits(interaction);
    await answer(interaction, helpCard(t, firstPage, { isModerator, isAway: false }));
  },

  buttons: {
    /** Shows a page: from elsewhere as an answer, from another page in its place. */
    [keys.help.open]: async ({ t }, interaction, [name]) => {
      const reader = { isModerator: audiences.moderators.admits(interaction), isAway: interaction.guildId === null };
      const card = helpCard(t, findPage(name, reader.isModerator), reader);
      if (name === undefined) await answer(interaction, card);
      else await change(interaction, card);
    },
    /** Gives a form back that was refused, with what was typed. */
    [keys.help.formAgain]: async (_ctx, interaction, [id = '']) => {
      const form = formAgain(interaction, id);
      if (!form) throw new UserError((texts) => texts.common.formForgotten);
      await openForm(interaction, form);
    },
  },
} satisfies Command;
