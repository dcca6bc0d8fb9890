import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import { UserError } from '../errors.ts';
import { texts } from '../texts/en.ts';

/**
 * Lets only moderators pass: members who may manage the guild, by the permissions that Discord sends along with the
 * interaction. The default permissions of a command are not enough, because a guild can hand the command to anyone and
 * because buttons have none.
 * @throws UserError for everybody else, and outside a guild.
 */
export function requireModerator(interaction: BaseInteraction): void {
  if (!isModerator(interaction)) throw new UserError(texts.common.moderatorsOnly);
}

/** Whether whoever acts is a moderator, where a refusal would be too much: while they type. */
export function isModerator(interaction: BaseInteraction): boolean {
  return interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
}
