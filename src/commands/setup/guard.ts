import { type ChatInputCommandInteraction, SlashCommandSubcommandBuilder } from 'discord.js';
import { examPhrases } from '../../content/index.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { hidingPermissions, missingPermissions } from '../../discord/permissions.ts';
import { answer } from '../../discord/replies.ts';
import { ownMember } from '../../discord/roles.ts';
import { saveSafety } from '../../mentoring/cases/settings.ts';
import type { Texts } from '../../texts/en.ts';

/** `/setup guard`: what keeps exam content out. */
export function guardData(t: Texts): SlashCommandSubcommandBuilder {
  const text = t.guard.setup;
  return new SlashCommandSubcommandBuilder()
    .setName('guard')
    .setDescription(text.command)
    .addBooleanOption((option) => option.setName('hide').setDescription(text.hide));
}

/** Changes what is named, says how it now is, and prints phrases to copy. */
export async function guard(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const text = ctx.t.guard.setup;
  const hides = interaction.options.getBoolean('hide') ?? undefined;
  const settings = await saveSafety(ctx, memberOf(interaction), { hides });
  const isHiding = settings.hide_exam_content === 1;
  const me = await ownMember(interaction.guild);
  const lacks = isHiding && missingPermissions(me.permissions, hidingPermissions).length > 0;
  const lines = [isHiding ? text.hides : text.hidesNot, ...(lacks ? [text.lacks] : []), text.phrases];
  // As Discord's own field wants them: one after the other, with commas.
  const phrases = `\`\`\`\n${examPhrases.join(', ')}\n\`\`\``;
  await answer(interaction, { embeds: [embed(ctx.t, text.title, [...lines, phrases].join('\n\n'))] });
}
