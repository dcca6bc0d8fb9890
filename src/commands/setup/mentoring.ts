import { type ChatInputCommandInteraction, SlashCommandSubcommandBuilder } from 'discord.js';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext } from '../../discord/command.ts';
import { wholeNumber } from '../../discord/options.ts';
import { answer } from '../../discord/replies.ts';
import { requestsAWeek, waitingDays } from '../../guild/settings.ts';
import { saveWeeks } from '../../mentoring/requests/week-settings.ts';
import type { Texts } from '../../texts/en.ts';

/** `/setup mentoring`: how many new requests reach a mentor, and when moderators hear of who waits. */
export function mentoringData(t: Texts): SlashCommandSubcommandBuilder {
  const text = t.weeks.setup;
  return new SlashCommandSubcommandBuilder()
    .setName('mentoring')
    .setDescription(text.description)
    .addIntegerOption(wholeNumber('requests', text.requests(requestsAWeek.min, requestsAWeek.max), requestsAWeek))
    .addIntegerOption(wholeNumber('waiting_days', text.days(waitingDays.min, waitingDays.max), waitingDays));
}

/** Changes what is named, and says how it now is. */
export async function mentoring(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options } = interaction;
  const settings = await saveWeeks(ctx, memberOf(interaction), {
    requests: options.getInteger('requests') ?? undefined,
    waitingDays: options.getInteger('waiting_days') ?? undefined,
  });
  await answer(interaction, { content: ctx.t.weeks.setup.shown(settings.requests_a_week, settings.waiting_days) });
}
