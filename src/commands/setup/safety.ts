import { type ChatInputCommandInteraction, SlashCommandSubcommandBuilder } from 'discord.js';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext } from '../../discord/command.ts';
import { wholeNumber } from '../../discord/options.ts';
import { answer } from '../../discord/replies.ts';
import { caseDays } from '../../mentoring/cases/limits.ts';
import { saveSafety } from '../../mentoring/cases/settings.ts';
import type { Texts } from '../../texts/en.ts';

/** `/setup safety`: who handles reports. */
export function safetyData(t: Texts): SlashCommandSubcommandBuilder {
  const text = t.cases.safety;
  return new SlashCommandSubcommandBuilder()
    .setName('safety')
    .setDescription(text.description)
    .addRoleOption((option) => option.setName('role').setDescription(text.role))
    .addBooleanOption((option) => option.setName('everyone').setDescription(text.everyone))
    .addIntegerOption(wholeNumber('days', text.days(caseDays.min, caseDays.max), caseDays));
}

/** Changes what is named, and says how it now is. */
export async function safety(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options, guildId } = interaction;
  const role = options.getRole('role');
  // Everybody has that role: it would be none.
  const isEveryone = options.getBoolean('everyone') === true || role?.id === guildId;
  const changes = {
    ...(isEveryone ? { roleId: null } : role ? { roleId: role.id } : {}),
    days: options.getInteger('days') ?? undefined,
  };
  const settings = await saveSafety(ctx, memberOf(interaction), changes);
  await answer(interaction, { content: ctx.t.cases.safety.shown(settings.safety_role_id, settings.case_days) });
}
