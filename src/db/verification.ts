/** What moderators decide about mentors, and about whom they still have to. */
import { sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';
import { type Profile, readProfile } from './profiles.ts';
import type { Verification } from './schema.ts';

/**
 * Records what a moderator decided about a mentor, but only while `from` still holds: of two moderators at once one
 * decides, and the other reads who did. A decision's record (level, method) is overwritten, and emptied where the new
 * one has none.
 * @returns false when somebody else was faster.
 */
export async function decideVerification(
  db: Db,
  profileId: string,
  from: { verification: Verification; verifiedAt: Instant | null },
  decision: {
    verification: Exclude<Verification, 'none' | 'waiting'>;
    level: string | null;
    method: string | null;
    by: string;
  },
  at: Instant,
): Promise<boolean> {
  const result = await db
    .updateTable('profiles')
    .set({
      verification: decision.verification,
      verified_level: decision.level,
      verified_method: decision.method,
      verified_by: decision.by,
      verified_at: at,
      changed_at: null,
    })
    .where('id', '=', profileId)
    .where('role', '=', 'mentor')
    .where('verification', '=', from.verification)
    .where('verified_at', from.verifiedAt === null ? 'is' : '=', from.verifiedAt)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Puts a mentor who was declined, or whom nobody had to verify, into the queue. Returns false for all others. */
export async function reopenVerification(db: Db, profileId: string): Promise<boolean> {
  const result = await db
    .updateTable('profiles')
    .set({
      verification: 'waiting',
      verified_level: null,
      verified_method: null,
      verified_by: null,
      verified_at: null,
    })
    .where('id', '=', profileId)
    .where('role', '=', 'mentor')
    .where('verification', 'in', ['declined', 'none'])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes that a verified mentor changed what the verification spoke of. Returns false for a mentor who is not verified. */
export async function recordChange(db: Db, profileId: string, at: Instant): Promise<boolean> {
  const result = await db
    .updateTable('profiles')
    .set({ changed_at: at })
    .where('id', '=', profileId)
    .where('verification', '=', 'verified')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Mentors whom a moderator has to look at: those who wait, whoever registered first at the head, then those who were
 * verified and changed what the verification spoke of.
 */
export async function listMentorsToReview(
  db: Db,
  guildId: string,
  page: { limit: number; offset: number },
): Promise<(Profile & { zone: string })[]> {
  const rows = await toReview(db, guildId)
    .selectAll('profiles')
    .select('members.zone')
    .orderBy(sql`case when verification = 'verified' then 1 else 0 end`)
    .orderBy(sql`coalesce(changed_at, profiles.created_at)`)
    .orderBy('profiles.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return rows.map(readProfile);
}

/** How many mentors `listMentorsToReview` would list without a limit. */
export async function countMentorsToReview(db: Db, guildId: string): Promise<number> {
  const row = await toReview(db, guildId)
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

function toReview(db: Db, guildId: string) {
  // Apart, so that each is found in an index: few of the mentors of a large guild are any of these.
  const profiles = db.selectFrom('profiles as mentor').select('mentor.id').where('mentor.guild_id', '=', guildId);
  // Nobody had to verify those who registered before the guild asked for it: since then they wait too.
  const early = db
    .selectFrom('guilds')
    .innerJoin('profiles as mentor', 'mentor.guild_id', 'guilds.id')
    .select('mentor.id')
    .where('guilds.id', '=', guildId)
    .where('guilds.mentor_verification', '=', 1)
    .where('mentor.role', '=', 'mentor')
    .where('mentor.verification', '=', 'none');
  return db
    .selectFrom('profiles')
    .innerJoin('members', (join) =>
      join.onRef('members.guild_id', '=', 'profiles.guild_id').onRef('members.user_id', '=', 'profiles.user_id'),
    )
    .where(
      'profiles.id',
      'in',
      profiles
        .where('mentor.role', '=', 'mentor')
        .where('mentor.verification', '=', 'waiting')
        .unionAll(early)
        // As sums, which no index holds: by the one of verifications it would go through all who are verified.
        .unionAll(
          profiles.where(
            sql<boolean>`mentor.changed_at is not null and mentor.role || mentor.verification = 'mentorverified'`,
          ),
        ),
    )
    .where('members.left_at', 'is', null);
}
