/** Where somebody acts: in a guild, or from a direct message about one. */
import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type BaseInteraction,
  DiscordAPIError,
  type Guild,
  type GuildMember,
  type PermissionsBitField,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';
import { placeId } from './custom-ids.ts';
import { retry } from './retry.ts';
import { findGuildOfAny } from './shards.ts';

/** A guild, and whoever acts as its member. */
export interface Place {
  readonly guild: Guild;
  readonly member: GuildMember;
}

/** Places that were looked up for direct messages. */
const found = new WeakMap<BaseInteraction, Place>();

/**
 * Finds out, for a component below a direct message, whether whoever presses it is in the guild that it names: Discord
 * sends neither member nor permissions along, and the id comes from the client. One request.
 * @throws UserError when the bot or the person is not there.
 */
export async function findPlace(ctx: Context, interaction: BaseInteraction, guildId: string): Promise<void> {
  const guild = await findGuildOfAny(ctx, interaction.client, guildId);
  if (!guild) throw new UserError((t) => t.home.away.botGone);
  try {
    const member = await retry(() => guild.members.fetch({ user: interaction.user.id, force: true, cache: false }));
    found.set(interaction, { guild, member });
  } catch (error) {
    const isGone =
      error instanceof DiscordAPIError &&
      (error.code === RESTJSONErrorCodes.UnknownMember || error.code === RESTJSONErrorCodes.UnknownUser);
    throw isGone ? new UserError((t) => t.home.away.youLeft) : error;
  }
}

/**
 * Where somebody acts, as Discord says: never as a custom id or an option says.
 * @throws UserError from a direct message that is about no guild.
 */
export function placeOf(interaction: BaseInteraction): Place {
  if (interaction.inCachedGuild()) return { guild: interaction.guild, member: interaction.member };
  const place = found.get(interaction);
  if (!place) throw new UserError((t) => t.common.notInGuild);
  return place;
}

/** Names of a guild's members, where they are known without asking Discord. */
export function namesKnownTo(guild: Guild): (userId: string) => string | undefined {
  return (userId) => guild.members.cache.get(userId)?.displayName ?? guild.client.users.cache.get(userId)?.displayName;
}

/** What whoever acts may do in the guild: as Discord sent it along, or answered; null where there is no guild. */
export function permissionsIn(interaction: BaseInteraction): Readonly<PermissionsBitField> | null {
  return interaction.memberPermissions ?? found.get(interaction)?.member.permissions ?? null;
}

type Rows = APIActionRowComponent<APIComponentInMessageActionRow>[];

/** The buttons and menus of a message that is read outside of the guild it is about: each tells which. */
export function placeRows(rows: Rows, guildId: string): Rows {
  return rows.map((row) => ({
    ...row,
    components: row.components.map((each) =>
      'custom_id' in each ? { ...each, custom_id: placeId(each.custom_id, guildId) } : each,
    ),
  }));
}

/** The guild that answers to an interaction have to name, because it came from a direct message about it. */
export function guildToName(interaction: BaseInteraction): string | undefined {
  return found.get(interaction)?.guild.id;
}
