import {
  type Client,
  DiscordAPIError,
  type Guild,
  type GuildMember,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import { retry } from './retry.ts';

const goneCodes: readonly unknown[] = [RESTJSONErrorCodes.UnknownMember, RESTJSONErrorCodes.UnknownUser];

const goneMessageCodes: readonly unknown[] = [RESTJSONErrorCodes.UnknownMessage, RESTJSONErrorCodes.UnknownChannel];

/** Whether a message was deleted, by asking Discord; false where that cannot be learned. */
export async function isMessageDeleted(client: Client, channelId: string, messageId: string): Promise<boolean> {
  try {
    await retry(() => client.rest.get(Routes.channelMessage(channelId, messageId)));
    return false;
  } catch (error) {
    return error instanceof DiscordAPIError && goneMessageCodes.includes(error.code);
  }
}

/**
 * A member as Discord has them now, with their roles; undefined when they are not in the guild. Without the members
 * intent the bot does not hear of it when people come and go.
 * @throws what discord.js throws where Discord does not know or does not say.
 */
export async function findMemberNow(guild: Guild, userId: string): Promise<GuildMember | undefined> {
  try {
    return await retry(() => guild.members.fetch({ user: userId, force: true, cache: false }));
  } catch (error) {
    if (error instanceof DiscordAPIError && goneCodes.includes(error.code)) return undefined;
    throw error;
  }
}

/** Whether somebody is a moderator of a guild now, by asking Discord; undefined where it does not say. */
export async function isModeratorNow(client: Client, guildId: string, userId: string): Promise<boolean | undefined> {
  const guild = client.guilds.cache.get(guildId);
  if (!guild?.available) return undefined;
  // Nobody can be asked about who has deleted their data.
  if (!/^\d+$/.test(userId)) return false;
  try {
    const member = await findMemberNow(guild, userId);
    return member?.permissions.has(PermissionFlagsBits.ManageGuild) ?? false;
  } catch {
    return undefined;
  }
}

/** Whether somebody is in the guild, by asking Discord. @throws as `findMemberNow`. */
export async function isInGuild(guild: Guild, userId: string): Promise<boolean> {
  return (await findMemberNow(guild, userId)) !== undefined;
}

/** Whether nobody else may confirm a date, as far as Discord has told of its members. */
export function isAloneIn(guild: Guild): boolean {
  const may = guild.members.cache.filter(
    (member) => !member.user.bot && member.permissions.has(PermissionFlagsBits.ManageGuild),
  );
  return may.size <= 1;
}
