import { DiscordAPIError, type Guild, RESTJSONErrorCodes } from 'discord.js';
import { retry } from './retry.ts';

const goneCodes: readonly unknown[] = [RESTJSONErrorCodes.UnknownMember, RESTJSONErrorCodes.UnknownUser];

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
