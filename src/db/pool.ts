/**
 * What has changed of a guild's mentors since somebody looked: a guild's counter, and at each mentor its value at their
 * last change. Written in the transaction of the change, so that neither is without the other.
 */
import { sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { type MentorProfile, readProfile } from './profiles.ts';
import { prepared } from './prepared.ts';

const nextVersion = (guildId: string) =>
  sql<number>`(select guilds.pool_version + 1 from guilds where guilds.id = ${guildId})`;

/** Some mentors have changed, or what hangs on them: their profile, zone, standing, mentees, or requests. Whoever is none counts for nothing. */
export async function touchMentors(trx: Trx, guildId: string, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  const result = await trx
    .updateTable('profiles')
    .set({ pool_version: nextVersion(guildId) })
    .where('guild_id', '=', guildId)
    .where('role', '=', sql.lit('mentor'))
    .where('user_id', 'in', userIds)
    .executeTakeFirst();
  if (result.numUpdatedRows > 0n) await raise(trx, guildId, {});
}

/** Some mentor is no longer registered; who it was is not kept. */
export async function touchRemovedMentors(trx: Trx, guildId: string): Promise<void> {
  await raise(trx, guildId, { pool_removed_version: sql<number>`pool_version + 1` });
}

/** All mentors may have changed at once. */
export async function touchPool(trx: Trx, guildId: string): Promise<void> {
  await raise(trx, guildId, { pool_whole_version: sql<number>`pool_version + 1` });
}

async function raise(
  trx: Trx,
  guildId: string,
  more: Partial<Record<'pool_removed_version' | 'pool_whole_version', ReturnType<typeof sql<number>>>>,
): Promise<void> {
  await trx
    .updateTable('guilds')
    .set({ pool_version: sql<number>`pool_version + 1`, ...more })
    .where('id', '=', guildId)
    .execute();
}

/** A mentor as the pool keeps them, with what they have on their hands. */
export type PoolMentor = MentorProfile & {
  /** When they left the guild; null while they are there. */
  readonly left_at: Instant | null;
  readonly pool_version: number;
  /** Places taken. */
  readonly mentees: number;
  readonly last_started_at: Instant | null;
};

const selectMentors = (db: Db) =>
  db
    .selectFrom('profiles')
    .innerJoin('members', (join) =>
      join.onRef('members.guild_id', '=', 'profiles.guild_id').onRef('members.user_id', '=', 'profiles.user_id'),
    )
    .selectAll('profiles')
    .select(['members.zone', 'members.left_at'])
    .select(sql<string | null>`case when members.shows_country = 1 then members.country end`.as('country'))
    .select((is) =>
      is
        .selectFrom('mentorships')
        .select(sql<number>`coalesce(sum(case when state in ('active', 'paused') then 1 else 0 end), 0)`.as('mentees'))
        .whereRef('mentorships.guild_id', '=', 'profiles.guild_id')
        .whereRef('mentorships.mentor_id', '=', 'profiles.user_id')
        .as('mentees'),
    )
    .select((is) =>
      is
        .selectFrom('mentorships')
        .select(({ fn }) => fn.max('started_at').as('last'))
        .whereRef('mentorships.guild_id', '=', 'profiles.guild_id')
        .whereRef('mentorships.mentor_id', '=', 'profiles.user_id')
        .as('last_started_at'),
    )
    .where('profiles.role', '=', sql.lit('mentor'));

/** A part of a guild's mentors, by id, those who left among them. @param after the profile's id before them; '' for the first. */
export async function listPoolMentors(
  db: Db,
  guildId: string,
  after: string,
  limit: number,
): Promise<readonly PoolMentor[]> {
  const rows = await selectMentors(db)
    .where('profiles.guild_id', '=', guildId)
    .where('profiles.id', '>', after)
    .orderBy('profiles.id')
    .limit(limit)
    .execute();
  return rows.map((row) => readProfile({ ...row, mentees: row.mentees ?? 0 }));
}

/** A guild's mentors who changed after a version of the pool, those who left since among them. */
export async function listChangedMentors(db: Db, guildId: string, since: number): Promise<readonly PoolMentor[]> {
  const rows = await selectChanged(db, { guildId, since: String(since) });
  return rows.map((row) => readProfile({ ...row, mentees: row.mentees ?? 0 }));
}

const selectChanged = prepared((db, { guildId, since }: Readonly<Record<'guildId' | 'since', string>>) =>
  selectMentors(db)
    .where('profiles.guild_id', '=', guildId)
    .where('profiles.pool_version', '>', sql<number>`cast(${since} as integer)`),
);

/** Everybody in the guild who is registered as a mentor. */
export async function listMentorIds(db: Db, guildId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('profiles')
    .select('user_id')
    .where('guild_id', '=', guildId)
    .where('role', '=', sql.lit('mentor'))
    .execute();
  return new Set(rows.map((row) => row.user_id));
}

/** How many requests mentors were sent from one moment to before another, only those who were sent any. */
export async function countRequestsBetween(
  db: Db,
  guildId: string,
  from: Instant,
  until: Instant,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('requests')
    .select('mentor_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('guild_id', '=', guildId)
    .where('sent_at', '>=', from)
    .where('sent_at', '<', until)
    .groupBy('mentor_id')
    .execute();
  return new Map(rows.map((row) => [row.mentor_id, row.count]));
}

/** How many requests one mentor was sent since a moment. */
export async function countRequestsTo(db: Db, guildId: string, mentorId: string, since: Instant): Promise<number> {
  const [row] = await selectRequestCount(db, { guildId, mentorId, since });
  return row?.count ?? 0;
}

const selectRequestCount = prepared<'guildId' | 'mentorId' | 'since', { count: number }>((db, values) =>
  db
    .selectFrom('requests')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('guild_id', '=', values.guildId)
    .where('mentor_id', '=', values.mentorId)
    .where('sent_at', '>=', values.since),
);
