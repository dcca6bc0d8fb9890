import { findGuild, type Guild } from '../db/guilds.ts';
import type { Db } from '../db/open.ts';
import { UserError } from '../errors.ts';
import { texts } from '../texts/en.ts';

/**
 * The settings of a guild in which something is about to be done.
 * @throws UserError when the guild has not been set up, or was left by the bot and not set up again since.
 */
export async function requireGuild(db: Db, guildId: string): Promise<Guild> {
  const guild = await findGuild(db, guildId);
  if (!guild || guild.left_at !== null) throw new UserError(texts.common.notSetUp);
  return guild;
}
