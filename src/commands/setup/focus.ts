import { type ChatInputCommandInteraction, SlashCommandSubcommandBuilder } from 'discord.js';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { wholeNumber } from '../../discord/options.ts';
import { answer } from '../../discord/replies.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { dailyHours, emptyAtMost, listOpenings, saveDaily, zoneBands } from '../../study/daily.ts';
import { focusAtOnce } from '../../study/limits.ts';
import type { Texts } from '../../texts/en.ts';
import { requirePostChannel } from './channel.ts';

/** `/setup focus`: whether a room for co-working opens each day, and at which hour. */
export function focusData(t: Texts): SlashCommandSubcommandBuilder {
  const text = t.focusDaily.setup;
  return new SlashCommandSubcommandBuilder()
    .setName('focus')
    .setDescription(text.command)
    .addBooleanOption((option) => option.setName('daily').setDescription(text.daily))
    .addIntegerOption(wholeNumber('hour', text.hour(dailyHours.min, dailyHours.max), dailyHours));
}

/** Changes what is named, and says how it now is. @throws UserError where the study channel is missing, or closed to the bot. */
export async function focus(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const text = ctx.t.focusDaily.setup;
  const isOn = interaction.options.getBoolean('daily') ?? undefined;
  const channelId = (await requireGuild(ctx.db, interaction.guildId)).study_channel_id;
  if (isOn === true && channelId !== null) requirePostChannel(ctx.t, interaction, channelId);
  const hour = interaction.options.getInteger('hour') ?? undefined;
  const settings = await saveDaily(ctx, memberOf(interaction), { isOn, hour });
  const openings = listOpenings(settings, zoneBands.length);
  const off = settings.focus_empty >= emptyAtMost ? text.stopped(emptyAtMost) : text.off;
  const lines =
    openings.length === 0
      ? [off]
      : [
          text.on(`<#${settings.study_channel_id}>`, settings.focus_hour),
          openings.map(({ at, band }) => text.opening(at, band.id)).join('\n'),
          text.rules(focusAtOnce, emptyAtMost),
        ];
  await answer(interaction, { embeds: [embed(ctx.t, text.title, lines.join('\n\n'))] });
}
