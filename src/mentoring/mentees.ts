import type { Db } from '../db/open.ts';
import { findSeekingMentee, type SeekingMentee } from '../db/profiles.ts';
import { UserError } from '../errors.ts';
import { isRefused } from '../guild/standing.ts';

/**
 * Somebody who looks for a mentor.
 * @throws UserError for whoever is not registered as a mentee, has left, or has paused.
 */
export async function requireMentee(db: Db, guildId: string, userId: string): Promise<SeekingMentee> {
  const mentee = await findSeekingMentee(db, guildId, userId);
  if (!mentee || mentee.left_at !== null) throw new UserError((t) => t.mentor.notRegistered);
  if (isRefused(mentee)) throw new UserError((t) => t.mentor.youAreSuspended);
  if (mentee.state === 'paused') throw new UserError((t) => t.mentor.youPaused);
  return mentee;
}
