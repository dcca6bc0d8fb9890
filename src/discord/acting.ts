import type { BaseInteraction } from 'discord.js';
import type { Acting } from '../guild/acting.ts';
import { placeOf } from './place.ts';

/**
 * The member who acts, as Discord says: never as a custom id or an option says.
 * @throws UserError outside a guild.
 */
export function memberOf(interaction: BaseInteraction): Acting {
  if (interaction.guildId !== null) return { guildId: interaction.guildId, userId: interaction.user.id };
  return { guildId: placeOf(interaction).guild.id, userId: interaction.user.id };
}
