import type { BaseInteraction } from 'discord.js';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';

/**
 * The member who acts, as Discord says: never as a custom id or an option says.
 * @throws UserError outside a guild.
 */
export function memberOf(interaction: BaseInteraction): Acting {
  if (interaction.guildId === null) throw new UserError((t) => t.common.notInGuild);
  return { guildId: interaction.guildId, userId: interaction.user.id };
}
