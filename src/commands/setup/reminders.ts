import { ChannelType, type ChatInputCommandInteraction, SlashCommandSubcommandBuilder } from 'discord.js';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext } from '../../discord/command.ts';
import { wholeNumber } from '../../discord/options.ts';
import { answer } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { reminderHours, saveDatesChannel, saveReminderHour } from '../../journey/dates/hour.ts';
import type { Texts } from '../../texts/en.ts';
import { requirePostChannel } from './channel.ts';

/** `/setup reminders`: at which hour of their morning members are reminded of dates. */
export function remindersData(t: Texts): SlashCommandSubcommandBuilder {
  const text = t.deadlines.reminderHour;
  return new SlashCommandSubcommandBuilder()
    .setName('reminders')
    .setDescription(text.command)
    .addIntegerOption(wholeNumber('hour', text.hour(reminderHours.min, reminderHours.max), reminderHours))
    .addChannelOption((option) =>
      option
        .setName('channel')
        .setDescription(t.datesPost.settings.channel)
        .addChannelTypes(ChannelType.GuildText, ChannelType.GuildAnnouncement),
    )
    .addBooleanOption((option) => option.setName('post').setDescription(t.datesPost.settings.post));
}

/** Changes what is named, and says how it now is. @throws UserError for a channel that cannot be used, or where one is needed. */
export async function reminders(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options } = interaction;
  const by = memberOf(interaction);
  const isWanted = options.getBoolean('post') ?? undefined;
  const channelId = isWanted === false ? null : options.getChannel('channel')?.id;
  if (typeof channelId === 'string') requirePostChannel(ctx.t, interaction, channelId);
  let settings = await saveReminderHour(ctx, by, options.getInteger('hour') ?? undefined);
  if (isWanted === true && channelId === undefined && settings.dates_channel_id === null) {
    throw new UserError((t) => t.datesPost.settings.needsChannel);
  }
  if (channelId !== undefined) settings = await saveDatesChannel(ctx, by, channelId);
  const { hour, posted, notPosted } = ctx.t.datesPost.settings;
  const posts = settings.dates_channel_id === null ? notPosted : posted(`<#${settings.dates_channel_id}>`, hour(settings.reminder_hour)); // prettier-ignore
  await answer(interaction, {
    content: [ctx.t.deadlines.reminderHour.shown(settings.reminder_hour), posts].join('\n'),
  });
}
