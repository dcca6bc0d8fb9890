import { SlashCommandBuilder } from 'discord.js';
import { findCountry, searchCountries } from '../../content/countries.ts';
import { supportCard } from '../../discord/cards/support.ts';
import type { Command } from '../../discord/command.ts';
import { keys } from '../../discord/keys.ts';
import { answer, change, suggest } from '../../discord/replies.ts';
import type { Texts } from '../../texts/en.ts';

const data = (t: Texts) =>
  new SlashCommandBuilder()
    .setName('support')
    .setDescription(t.support.command)
    .addStringOption((country) => country.setName('country').setDescription(t.support.country).setAutocomplete(true));

/** Who listens, now: for everybody, everywhere, whatever else of the bot is broken. Nothing is stored or counted. */
export default {
  name: 'support',
  for: 'everyone',
  atOnce: true,
  data,

  anywhere: {
    '': async (ctx, interaction) => {
      const typed = interaction.options.getString('country') ?? '';
      await answer(interaction, supportCard(ctx.t, ctx.now(), findCountry(typed, ctx.t.locale)?.code));
    },
  },

  async autocompleteAnywhere(ctx, interaction) {
    await suggest(interaction, searchCountries(interaction.options.getFocused(), ctx.t.locale));
  },

  buttons: {
    /** Below what may be hard to read: in a message of its own. */
    [keys.support.show]: async (ctx, interaction) => {
      await answer(interaction, supportCard(ctx.t, ctx.now()));
    },
    /** All lines, in place of those of one country. */
    [keys.support.card]: async (ctx, interaction) => {
      await change(interaction, supportCard(ctx.t, ctx.now()));
    },
  },
} satisfies Command;
