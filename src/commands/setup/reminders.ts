import { type ChatInputCommandInteraction, SlashCommandSubcommandBuilder } from 'discord.js';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext } from '../../discord/command.ts';
import { answer } from '../../discord/replies.ts';
import { reminderHours, saveReminderHour } from '../../journey/dates/hour.ts';
import type { Texts } from '../../texts/en.ts';

/** `/setup reminders`: at which hour of their morning members are reminded of dates. */
export function remindersData(t: Texts): SlashCommandSubcommandBuilder {
  const text = t.deadlines.reminderHour;
  return new SlashCommandSubcommandBuilder()
    .setName('reminders')
    .setDescription(text.command)
    .addIntegerOption((option) =>
      option
        .setName('hour')
        .setDescription(text.hour(reminderHours.min, reminderHours.max))
        .setMinValue(reminderHours.min)
        .setMaxValue(reminderHours.max),
    );
}

/** Changes the hour where one is named, and says which it is. */
export async function reminders(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const hour = interaction.options.getInteger('hour') ?? undefined;
  const settings = await saveReminderHour(ctx, memberOf(interaction), hour);
  await answer(interaction, { content: ctx.t.deadlines.reminderHour.shown(settings.reminder_hour) });
}
