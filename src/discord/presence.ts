import { type Client, DiscordAPIError, type Guild, RESTJSONErrorCodes, Routes } from 'discord.js';
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
 * Whether somebody is in the guild, by asking Discord: without the members intent the bot does not hear of it when
 * people come and go.
 * @throws what discord.js throws where Discord does not know or does not say.
 */
export async function isInGuild(guild: Guild, userId: string): Promise<boolean> {
  try {
    await retry(() => guild.members.fetch({ user: userId, force: true, cache: false }));
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && goneCodes.includes(error.code)) return false;
    throw error;
  }
}
