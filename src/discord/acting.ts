import type { BaseInteraction } from 'discord.js';
import { UserError } from '../errors.ts';
import type { Whose } from '../mentoring/profiles/save.ts';
import { texts } from '../texts/en.ts';

/**
 * The member who acts, as Discord says: never as a custom id or an option says.
 * @throws UserError outside a guild.
 */
export function memberOf(interaction: BaseInteraction): Whose {
  if (interaction.guildId === null) throw new UserError(texts.common.notInGuild);
  return { guildId: interaction.guildId, userId: interaction.user.id };
}
