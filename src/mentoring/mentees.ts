import { findMember, type Member } from '../db/members.ts';
import type { Db } from '../db/open.ts';
import { findProfile, type Profile } from '../db/profiles.ts';
import { UserError } from '../errors.ts';
import { isRefused } from '../guild/standing.ts';

/**
 * Somebody who looks for a mentor.
 * @throws UserError for whoever is not registered as a mentee, has left, or has paused.
 */
export async function requireMentee(
  db: Db,
  guildId: string,
  userId: string,
): Promise<{ profile: Profile; member: Member }> {
  const [profile, member] = await Promise.all([
    findProfile(db, guildId, userId, 'mentee'),
    findMember(db, guildId, userId),
  ]);
  if (!profile || !member || member.left_at !== null) throw new UserError((t) => t.mentor.notRegistered);
  if (isRefused(profile)) throw new UserError((t) => t.mentor.youAreSuspended);
  if (profile.state === 'paused') throw new UserError((t) => t.mentor.youPaused);
  return { profile, member };
}
