import { type RepliableInteraction, SlashCommandBuilder } from 'discord.js';
import type { ActContext, Command } from '../../discord/command.ts';
import { isHandler } from '../../discord/handlers.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import { placeOf } from '../../discord/place.ts';
import { answer, defer, suggest } from '../../discord/replies.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { isSeason, listPeriods, type Period, readCaseFigures, readFigures } from '../../mentoring/figures/read.ts';
import type { Texts } from '../../texts/en.ts';
import { aboutCard, figuresCard } from './cards.ts';

async function show(ctx: ActContext, interaction: RepliableInteraction, since: string | null): Promise<void> {
  const { guild, member } = placeOf(interaction);
  const settings = await requireGuild(ctx.db, guild.id);
  const view = await readFigures(ctx, guild.id, since);
  await defer(interaction);
  const by = { guildId: guild.id, userId: member.id };
  const cases = isHandler(settings, member) ? await readCaseFigures(ctx, by) : undefined;
  await answer(interaction, await figuresCard(ctx.t, view, cases));
}

function nameOf(t: Texts, period: Period): string {
  const { season, since } = t.stats.period;
  return (isSeason(period) ? season : since)(period.since, period.until);
}

/** Figures of whole months, for moderators. */
export default {
  name: 'stats',
  for: 'moderators',
  data: (t: Texts) =>
    new SlashCommandBuilder()
      .setName('stats')
      .setDescription(t.stats.command.description)
      .addStringOption((option) => option.setName('since').setDescription(t.stats.command.since).setAutocomplete(true))
      .addBooleanOption((option) => option.setName('about').setDescription(t.stats.command.about)),

  async execute(ctx, interaction) {
    const { options } = interaction;
    if (options.getBoolean('about') === true) return await answer(interaction, aboutCard(ctx.t));
    await show(ctx, interaction, options.getString('since'));
  },

  async autocomplete(ctx, interaction) {
    const typed = interaction.options.getFocused().trim().toLowerCase();
    const choices = (await listPeriods(ctx, interaction.guildId)).map((period) => ({
      name: nameOf(ctx.t, period),
      value: period.id,
    }));
    await suggest(interaction, choices.filter(({ name }) => name.toLowerCase().includes(typed)).slice(0, limits.choices)); // prettier-ignore
  },

  buttons: {
    [keys.stats.show]: async (ctx, interaction) => {
      await show(ctx, interaction, null);
    },
    [keys.stats.about]: async (ctx, interaction) => {
      await answer(interaction, aboutCard(ctx.t));
    },
  },
} satisfies Command;
