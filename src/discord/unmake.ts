/** Takes away what a set-up made on Discord. */
import { DiscordAPIError, type Guild, RESTJSONErrorCodes } from 'discord.js';
import type { SetupMade } from '../db/setups.ts';
import { retry } from './retry.ts';

const gone: readonly unknown[] = [RESTJSONErrorCodes.UnknownChannel, RESTJSONErrorCodes.UnknownRole];

/**
 * Deletes the channels and roles of a set-up. Safe to do twice: what is gone already counts as deleted.
 * @param reason stands in the guild's audit log.
 * @returns mentions of what Discord does not let the bot delete.
 * @throws when Discord is away: then it is to be done again.
 */
export async function unmake(guild: Guild, made: SetupMade, reason: string): Promise<string[]> {
  const left: string[] = [];
  const channels = Object.values(made.channels).filter((id) => guild.channels.cache.has(id));
  const roles = Object.values(made.roles).filter((id) => guild.roles.cache.has(id));
  for (const id of channels) {
    if (!(await isDeleted(() => guild.channels.delete(id, reason)))) left.push(`<#${id}>`);
  }
  for (const id of roles) {
    if (!(await isDeleted(() => guild.roles.delete(id, reason)))) left.push(`<@&${id}>`);
  }
  return left;
}

async function isDeleted(work: () => Promise<void>): Promise<boolean> {
  try {
    await retry(work);
    return true;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    return gone.includes(error.code);
  }
}
