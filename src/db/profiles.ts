import { type Insertable, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { MembersTable, ProfileRole, ProfilesTable, Verification } from './schema.ts';
import { prepared } from './prepared.ts';

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

/** Reads a list as a profile stores it. */
export function readList(text: string): readonly string[] {
  return slugs.parse(JSON.parse(text));
}

/** A member's profile in this role; undefined when they did not register in it. */
export async function findProfile(
  db: Db,
  guildId: string,
  userId: string,
  role: ProfileRole,
): Promise<Profile | undefined> {
  const [row] = await selectProfile(db, { guildId, userId, role });
  return row && readProfile(row);
}

const selectProfile = prepared<'guildId' | 'userId' | 'role', Selectable<ProfilesTable>>(
  (db, { guildId, userId, role }) =>
    db
      .selectFrom('profiles')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .where('role', '=', role as ProfileRole),
);

/** A mentee with what matching needs of the member, and whether they have left; undefined for whoever is none. */
export async function findSeekingMentee(
  db: Db,
  guildId: string,
  userId: string,
): Promise<(SeekingMentee & Pick<Selectable<MembersTable>, 'left_at'>) | undefined> {
  const [row] = await selectSeekingMentee(db, { guildId, userId });
  return row && readProfile(row);
}

const selectSeekingMentee = prepared<
  'guildId' | 'userId',
  Selectable<ProfilesTable> & Pick<Selectable<MembersTable>, 'zone' | 'country' | 'shows_country' | 'left_at'>
>((db, { guildId, userId }) =>
  db
    .selectFrom('profiles')
    .innerJoin('members', (join) =>
      join.onRef('members.guild_id', '=', 'profiles.guild_id').onRef('members.user_id', '=', 'profiles.user_id'),
    )
    .selectAll('profiles')
    .select(['members.zone', 'members.country', 'members.shows_country', 'members.left_at'])
    .where('profiles.guild_id', '=', guildId)
    .where('profiles.user_id', '=', userId)
    .where('profiles.role', '=', sql.lit('mentee')),
);

/** A profile by its id. */
export async function findProfileById(db: Db, id: string): Promise<Profile | undefined> {
  const row = await db.selectFrom('profiles').selectAll().where('id', '=', id).executeTakeFirst();
  return row && readProfile(row);
}

/** A member's profiles, the mentor's first: at most two. */
export async function listProfiles(db: Db, guildId: string, userId: string): Promise<Profile[]> {
  const profiles = (await selectProfiles(db, { guildId, userId })).map(readProfile);
  // Here, because SQLite takes four times as long for two rows in order, and everybody who acts is looked up so.
  return profiles.toSorted((a, b) => Number(a.role === 'mentee') - Number(b.role === 'mentee'));
}

const selectProfiles = prepared<'guildId' | 'userId', Selectable<ProfilesTable>>((db, { guildId, userId }) =>
  db.selectFrom('profiles').selectAll().where('guild_id', '=', guildId).where('user_id', '=', userId),
);

/**
 * A part of a guild's mentors who have not left it, by id, whatever their state: who may be suggested is for matching to
 * say.
 * @param after the profile's id before them; '' for the first.
 */
export async function listMentors(db: Db, guildId: string, after: string, limit: number): Promise<MentorProfile[]> {
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
    .where('profiles.id', '>', after)
    .where('members.left_at', 'is', null)
    .orderBy('profiles.id')
    .limit(limit)
    .execute();
  return rows.map(readProfile);
}

/** A mentee with what matching needs of the member. */
export type SeekingMentee = Profile & Pick<Selectable<MembersTable>, 'zone' | 'country' | 'shows_country'>;

/** Mentees who are active and have no mentor, as a sample: their ids are random, so the first ones are anybody. */
export async function listSeekingMentees(db: Db, guildId: string, limit: number): Promise<SeekingMentee[]> {
  const rows = await db
    .selectFrom('profiles')
    .innerJoin('members', (join) =>
      join.onRef('members.guild_id', '=', 'profiles.guild_id').onRef('members.user_id', '=', 'profiles.user_id'),
    )
    .selectAll('profiles')
    .select(['members.zone', 'members.country', 'members.shows_country'])
    .where('profiles.guild_id', '=', guildId)
    .where('profiles.role', '=', 'mentee')
    .where('profiles.state', '=', 'active')
    .where('members.left_at', 'is', null)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('mentorships')
            .select('mentorships.id')
            .whereRef('mentorships.guild_id', '=', 'profiles.guild_id')
            .whereRef('mentorships.mentee_id', '=', 'profiles.user_id')
            .where('mentorships.state', 'in', ['active', 'paused']),
        ),
      ),
    )
    .orderBy('profiles.id')
    .limit(limit)
    .execute();
  return rows.map(readProfile);
}

/** What a member answers when registering or editing. */
interface ProfileAnswers {
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

/** Notes when somebody was asked whether they would mentor. @returns false for a profile that is no more. */
export async function markAskedToMentor(trx: Trx, id: string, at: Instant): Promise<boolean> {
  const result = await trx
    .updateTable('profiles')
    .set({ asked_to_mentor_at: at })
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Replaces the languages of a profile. */
export async function setLanguages(trx: Trx, id: string, languages: readonly string[], at: Instant): Promise<void> {
  await trx
    .updateTable('profiles')
    .set({ languages: JSON.stringify(languages), updated_at: at })
    .where('id', '=', id)
    .execute();
}

/**
 * Suspends a mentee, or lets them again where nobody decides it.
 * @returns false when they were already as wished.
 */
export async function suspendMenteeProfile(trx: Trx, id: string, by: string | null, at: Instant): Promise<boolean> {
  const result = await trx
    .updateTable('profiles')
    .set({
      verification: by === null ? 'none' : 'suspended',
      verified_by: by,
      verified_at: by === null ? null : at,
      updated_at: at,
    })
    .where('id', '=', id)
    .where('role', '=', 'mentee')
    .where('verification', '=', by === null ? 'suspended' : 'none')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
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

/** Guilds in which some profile's pause has come to its end, those of the `limit` longest overdue. */
export async function listGuildsWithPausesOver(db: Db, at: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('profiles')
    .select('guild_id')
    .where('paused_until', '<=', at)
    .where('state', '=', 'paused')
    .$call(owned(db, 'guild_id'))
    .orderBy('paused_until')
    .limit(limit)
    .execute();
  return [...new Set(rows.map((row) => row.guild_id))];
}

/** Puts some members of a guild back on the list whose pause has come to its end, each in all their roles. Returns whose they are. */
export async function resumeDueProfiles(
  trx: Trx,
  guildId: string,
  at: Instant,
  limit: number,
): Promise<Pick<ProfileRow, 'id' | 'user_id' | 'role'>[]> {
  return await trx
    .updateTable('profiles')
    .set({ state: 'active', paused_until: null, paused_by: null, expiries: 0, updated_at: at })
    .where('guild_id', '=', guildId)
    .where('paused_until', '<=', at)
    .where('state', '=', 'paused')
    .where('user_id', 'in', (ids) =>
      ids
        .selectFrom('profiles')
        .select('user_id')
        .distinct()
        .where('guild_id', '=', guildId)
        .where('paused_until', '<=', at)
        .where('state', '=', 'paused')
        .limit(limit),
    )
    .returning(['id', 'user_id', 'role'])
    .execute();
}
