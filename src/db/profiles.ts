import { type Insertable, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';
import type { ProfileRole, ProfilesTable, Verification } from './schema.ts';

type ProfileRow = Selectable<ProfilesTable>;
type Lists = 'specialties' | 'languages' | 'topics';

/** A profile with its lists of slugs. */
export type Profile = Omit<ProfileRow, Lists> & {
  readonly specialties: readonly string[];
  readonly languages: readonly string[];
  readonly topics: readonly string[];
};

/** A mentor's profile with what matching needs of the member. */
export type MentorProfile = Profile & {
  readonly zone: string;
  /** Country of medical school; null also where the mentor keeps it to themselves. */
  readonly country: string | null;
};

const slugs = z.array(z.string());

/**
 * Reads the lists out of their JSON text.
 * @throws ZodError when the text is not a list of strings: nothing but this file writes it.
 */
export function readProfile<Row extends Pick<ProfileRow, Lists>>(row: Row) {
  return {
    ...row,
    specialties: readList(row.specialties),
    languages: readList(row.languages),
    topics: readList(row.topics),
  };
}

function readList(text: string): readonly string[] {
  return slugs.parse(JSON.parse(text));
}

/** A member's profile in this role; undefined when they did not register in it. */
export async function findProfile(
  db: Db,
  guildId: string,
  userId: string,
  role: ProfileRole,
): Promise<Profile | undefined> {
  const row = await db
    .selectFrom('profiles')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('role', '=', role)
    .executeTakeFirst();
  return row && readProfile(row);
}

/** A profile by its id. */
export async function findProfileById(db: Db, id: string): Promise<Profile | undefined> {
  const row = await db.selectFrom('profiles').selectAll().where('id', '=', id).executeTakeFirst();
  return row && readProfile(row);
}

/** A member's profiles, the mentor's first: at most two. */
export async function listProfiles(db: Db, guildId: string, userId: string): Promise<Profile[]> {
  const rows = await db
    .selectFrom('profiles')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .orderBy('role', 'desc')
    .execute();
  return rows.map(readProfile);
}

/** All mentors of a guild who have not left it, whatever their state: who may be suggested is for matching to say. */
export async function listMentors(db: Db, guildId: string): Promise<MentorProfile[]> {
  const rows = await db
    .selectFrom('profiles')
    .innerJoin('members', (join) =>
      join.onRef('members.guild_id', '=', 'profiles.guild_id').onRef('members.user_id', '=', 'profiles.user_id'),
    )
    .selectAll('profiles')
    .select('members.zone')
    .select(sql<string | null>`case when members.shows_country = 1 then members.country end`.as('country'))
    .where('profiles.guild_id', '=', guildId)
    .where('profiles.role', '=', 'mentor')
    .where('members.left_at', 'is', null)
    .orderBy('profiles.id')
    .execute();
  return rows.map(readProfile);
}

/** What a member answers when registering or editing. */
export interface ProfileAnswers {
  readonly specialties: readonly string[];
  readonly stage: string;
  readonly languages: readonly string[];
  readonly topics: readonly string[];
  readonly about: string;
  readonly capacity: number;
  readonly acceptsFrom: string | null;
  readonly priority: string | null;
}

/**
 * Stores a member's profile in a role, or changes the one they have: state, pause and what moderators recorded stay.
 * @param fresh id and verification of a profile that is new.
 * @returns the profile as it now is; its id is `fresh.id` when it was made just now.
 */
export async function upsertProfile(
  db: Db,
  whose: { guildId: string; userId: string; role: ProfileRole },
  answers: ProfileAnswers,
  fresh: { id: string; verification: Verification },
  at: Instant,
): Promise<Profile> {
  const changes = {
    specialties: JSON.stringify(answers.specialties),
    stage: answers.stage,
    languages: JSON.stringify(answers.languages),
    topics: JSON.stringify(answers.topics),
    about: answers.about,
    capacity: answers.capacity,
    accepts_from: answers.acceptsFrom,
    priority: answers.priority,
    updated_at: at,
  } satisfies Partial<Insertable<ProfilesTable>>;
  const row = await db
    .insertInto('profiles')
    .values({
      ...changes,
      id: fresh.id,
      guild_id: whose.guildId,
      user_id: whose.userId,
      role: whose.role,
      state: 'active',
      verification: fresh.verification,
      created_at: at,
    })
    .onConflict((conflict) => conflict.columns(['guild_id', 'user_id', 'role']).doUpdateSet(changes))
    .returningAll()
    .executeTakeFirstOrThrow();
  return readProfile(row);
}

/** Pauses an active profile, or changes when a pause ends. Returns false when there is no such profile. */
export async function pauseProfile(
  db: Db,
  whose: { guildId: string; userId: string; role: ProfileRole },
  pause: { until: Instant | null; by: 'self' | 'expiries' },
  at: Instant,
): Promise<boolean> {
  const result = await db
    .updateTable('profiles')
    .set({ state: 'paused', paused_until: pause.until, paused_by: pause.by, updated_at: at })
    .where('guild_id', '=', whose.guildId)
    .where('user_id', '=', whose.userId)
    .where('role', '=', whose.role)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Ends a pause and forgets the expiries that may have caused it. Returns false when the profile was not paused. */
export async function resumeProfile(
  db: Db,
  whose: { guildId: string; userId: string; role: ProfileRole },
  at: Instant,
): Promise<boolean> {
  const result = await db
    .updateTable('profiles')
    .set({ state: 'active', paused_until: null, paused_by: null, expiries: 0, updated_at: at })
    .where('guild_id', '=', whose.guildId)
    .where('user_id', '=', whose.userId)
    .where('role', '=', whose.role)
    .where('state', '=', 'paused')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Ends every pause whose end has come. Returns the guilds in which that changed who can be suggested. */
export async function resumeDueProfiles(db: Db, at: Instant): Promise<string[]> {
  const rows = await db
    .updateTable('profiles')
    .set({ state: 'active', paused_until: null, paused_by: null, expiries: 0, updated_at: at })
    .where('paused_until', '<=', at)
    .where('state', '=', 'paused')
    .returning('guild_id')
    .execute();
  return [...new Set(rows.map((row) => row.guild_id))];
}

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
  return (
    db
      .selectFrom('profiles')
      .innerJoin('members', (join) =>
        join.onRef('members.guild_id', '=', 'profiles.guild_id').onRef('members.user_id', '=', 'profiles.user_id'),
      )
      .innerJoin('guilds', 'guilds.id', 'profiles.guild_id')
      .where('profiles.guild_id', '=', guildId)
      .where('profiles.role', '=', 'mentor')
      .where('members.left_at', 'is', null)
      // Nobody had to verify those who registered before the guild asked for it: since then they wait too.
      .where((is) =>
        is.or([
          is('profiles.verification', '=', 'waiting'),
          is.and([is('profiles.verification', '=', 'none'), is('guilds.mentor_verification', '=', 1)]),
          is.and([is('profiles.verification', '=', 'verified'), is('profiles.changed_at', 'is not', null)]),
        ]),
      )
  );
}
