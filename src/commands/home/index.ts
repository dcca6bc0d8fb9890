import { SlashCommandBuilder } from 'discord.js';
import { button, row } from '../../discord/buttons.ts';
import type { Command } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { registerDoors } from '../../discord/home/doors.ts';
import { homeCard } from '../../discord/home/index.ts';
import { keys } from '../../discord/keys.ts';
import { answer } from '../../discord/replies.ts';
import type { Texts } from '../../texts/en.ts';

/** The one door. */
export default {
  name: 'home',
  for: 'everyone',
  data: (t: Texts) => new SlashCommandBuilder().setName('home').setDescription(t.home.command),

  execute: async (ctx, interaction) => await answer(interaction, await homeCard(ctx, interaction)),

  buttons: {
    /** Shows it, like the command. */
    [keys.home.open]: async (ctx, interaction) => await answer(interaction, await homeCard(ctx, interaction)),
    /** Says what the bot is, to somebody new. */
    [keys.home.what]: async ({ t }, interaction) => {
      const text = t.home.what;
      await answer(interaction, {
        embeds: [embed(t, text.title, text.text)],
        components: [row(...registerDoors(t), button([keys.profile.privacy], t.profiles.privacy.button))],
      });
    },
  },
} satisfies Command;
