import type { Guild } from '../../db/guilds.ts';
import type { Profile } from '../../db/profiles.ts';
import { standingOf } from '../../guild/standing.ts';

/** Pure: which of the guild's roles fit a member with these profiles, and which do not. */
export function fittingRoles(guild: Guild, profiles: readonly Profile[]): ReadonlyMap<string, boolean> {
  // A paused mentor keeps the role: it says who somebody is, not whether they are free.
  const isMentor = profiles.some((profile) => profile.role === 'mentor' && standingOf(profile, guild) === 'accepted');
  const isMentee = profiles.some((profile) => profile.role === 'mentee');
  // A guild may use one role for both.
  const fits = new Map<string, boolean>();
  if (guild.mentor_role_id !== null) fits.set(guild.mentor_role_id, isMentor);
  if (guild.mentee_role_id !== null) {
    fits.set(guild.mentee_role_id, isMentee || (fits.get(guild.mentee_role_id) ?? false));
  }
  return fits;
}
