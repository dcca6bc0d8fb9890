/** How long mentees waited for the mentors whom they have by now, and who waits. */
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';
import { readProfile } from './profiles.ts';

/** A wait that came to its end: how long it was, and where its mentee stands. */
interface WaitOver {
  readonly since: Instant;
  readonly until: Instant;
  readonly stage: string;
  readonly specialties: readonly string[];
}

/** Waits of a guild that ended with a mentor after this moment, the latest first; of mentees who still have a profile. */
export async function listWaitsOver(db: Db, guildId: string, after: Instant, limit: number): Promise<WaitOver[]> {
  const rows = await db
    .selectFrom('mentorships')
    .innerJoin('requests', 'requests.id', 'mentorships.request_id')
    .innerJoin('profiles', (join) =>
      join
        .onRef('profiles.guild_id', '=', 'mentorships.guild_id')
        .onRef('profiles.user_id', '=', 'mentorships.mentee_id')
        .on('profiles.role', '=', 'mentee'),
    )
    .select(['requests.looking_since', 'requests.created_at', 'mentorships.started_at'])
    .select(['profiles.stage', 'profiles.specialties', 'profiles.languages', 'profiles.topics'])
    .where('mentorships.guild_id', '=', guildId)
    .where('mentorships.started_at', '>', after)
    .orderBy('mentorships.started_at', 'desc')
    .orderBy('mentorships.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    since: row.looking_since ?? row.created_at,
    until: row.started_at,
    stage: row.stage,
    specialties: readProfile(row).specialties,
  }));
}
