import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Saying } from '../errors.ts';
import { permissionsIn } from './place.ts';

/** Who may use a command or one of its handlers. */
export type Audience = 'everyone' | 'moderators';

interface Rule {
  /** By the permissions that Discord sends along with the interaction, or answers for a direct message about a guild. */
  readonly admits: (interaction: BaseInteraction) => boolean;
  readonly refusal: Saying;
  /** Whom Discord offers the command by itself. Not enough alone: a guild can hand it to anyone, and buttons have none. */
  readonly defaultPermissions: bigint | null;
}

/** Every audience, once: who belongs to it, what others read, whom Discord shows the command. */
export const audiences: Readonly<Record<Audience, Rule>> = {
  everyone: { admits: () => true, refusal: (t) => t.common.outdated, defaultPermissions: null },
  moderators: {
    admits: (interaction) => permissionsIn(interaction)?.has(PermissionFlagsBits.ManageGuild) ?? false,
    refusal: (t) => t.common.moderatorsOnly,
    defaultPermissions: PermissionFlagsBits.ManageGuild,
  },
};
