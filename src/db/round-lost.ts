/** Pairs of a preview whose mentor is not available to the mentee any more. */
import { sql } from 'kysely';

/** The mentor has left, paused, or may not be asked. */
const isMentorAway = sql<boolean>`not exists (select 1 from profiles
  join members on members.guild_id = profiles.guild_id and members.user_id = profiles.user_id
    and members.left_at is null
  join guilds on guilds.id = profiles.guild_id
  where profiles.guild_id = round_pairs.guild_id and profiles.user_id = round_pairs.mentor_id
    and profiles.role = 'mentor' and profiles.state = 'active'
    and (profiles.verification = 'verified'
      or (guilds.mentor_verification = 0 and profiles.verification in ('none', 'waiting'))))`;

/** Either of the two does not want the other. */
const isBlocked = sql<boolean>`exists (select 1 from blocks where blocks.guild_id = round_pairs.guild_id
    and ((blocks.member_id = round_pairs.mentee_id and blocks.blocked_id = round_pairs.mentor_id)
      or (blocks.member_id = round_pairs.mentor_id and blocks.blocked_id = round_pairs.mentee_id)))`;

/** One condition, so that whoever reads what is left of a round cannot tell a block from a pause. */
export const isLost = sql<boolean>`(${isMentorAway} or ${isBlocked})`;
