import type { Guild } from '../db/guilds.ts';
import type { Profile } from '../db/profiles.ts';

/**
 * Pure: what a mentor's registration counts for in a guild. A guild may do without verification, but not without its
 * moderators' no. `db/round-publish.ts` asks the same in SQL.
 */
export function standingOf(
  { verification }: Pick<Profile, 'verification'>,
  guild: Pick<Guild, 'mentor_verification'>,
): 'accepted' | 'waiting' | 'refused' {
  if (isRefused({ verification })) return 'refused';
  return verification === 'verified' || guild.mentor_verification === 0 ? 'accepted' : 'waiting';
}

/** Pure: whether the moderators have said no to a mentor. */
export function isRefused({ verification }: Pick<Profile, 'verification'>): boolean {
  return verification === 'suspended' || verification === 'declined';
}
