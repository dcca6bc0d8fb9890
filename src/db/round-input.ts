/** What a round is computed from: the whole waitlist and what lies between its mentees and mentors, read at once. */
import { type Selectable, sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';
import { type Profile, readList, readProfile } from './profiles.ts';
import { isGivenUp, isNeverAgain } from './protections.ts';
import type { MembersTable, RequestState } from './schema.ts';

/** Somebody on the waitlist, with what matching needs of the member. */
export type WaitingMentee = Profile &
  Pick<Selectable<MembersTable>, 'zone' | 'country' | 'shows_country'> & { readonly waiting_since: Instant };

/**
 * A part of those on a guild's waitlist who can be given a mentor, by id: active, in the guild, and without a mentor.
 * @param after the last id of the part before; empty for the first.
 */
export async function listWaitingMentees(
  db: Db,
  guildId: string,
  after: string,
  limit: number,
): Promise<WaitingMentee[]> {
  const rows = await selectWaiting(db, guildId)
    .where('waitlist.mentee_id', '>', after)
    .orderBy('waitlist.mentee_id')
    .limit(limit)
    .execute();
  return rows.map(readProfile);
}

/** Those on a guild's waitlist who can be given a mentor, with what a round needs of them. */
function selectWaiting(db: Db, guildId: string) {
  return fromWaiting(db, guildId)
    .selectAll('profiles')
    .select(['members.zone', 'members.country', 'members.shows_country', 'waitlist.joined_at as waiting_since']);
}

/** Those on a guild's waitlist who can be given a mentor. */
function fromWaiting(db: Db, guildId: string) {
  return db
    .selectFrom('waitlist')
    .innerJoin('members', (join) =>
      join.onRef('members.guild_id', '=', 'waitlist.guild_id').onRef('members.user_id', '=', 'waitlist.mentee_id'),
    )
    .innerJoin('profiles', (join) =>
      join
        .onRef('profiles.guild_id', '=', 'waitlist.guild_id')
        .onRef('profiles.user_id', '=', 'waitlist.mentee_id')
        .on('profiles.role', '=', 'mentee'),
    )
    .where('waitlist.guild_id', '=', guildId)
    .where('members.left_at', 'is', null)
    .where('profiles.state', '=', 'active')
    .where((is) => is.not(hasMentor('waitlist.guild_id', 'waitlist.mentee_id')))
    .where((is) => is.not(isWaitingForAnswer('waitlist.guild_id', 'waitlist.mentee_id')));
}

/**
 * A part of the same people by their turns, those who look the longest first; nobody whom moderators have suspended.
 * @param after the last of the part before; undefined for the first.
 */
export async function listWaitingByTurn(
  db: Db,
  guildId: string,
  after: Pick<WaitingMentee, 'waiting_since' | 'user_id'> | undefined,
  limit: number,
): Promise<WaitingMentee[]> {
  const query = selectWaiting(db, guildId)
    .where('profiles.verification', '=', 'none')
    .orderBy('waitlist.joined_at')
    .orderBy('waitlist.mentee_id')
    .limit(limit);
  const rows = await (
    after
      ? query.where(sql<boolean>`(waitlist.joined_at, waitlist.mentee_id) > (${after.waiting_since}, ${after.user_id})`)
      : query
  ).execute();
  return rows.map(readProfile);
}

/** People on the waitlist who do not differ in what decides who could help them. */
interface WaitingAlike {
  readonly stage: string;
  readonly languages: readonly string[];
  readonly specialties: readonly string[];
  readonly count: number;
}

/** Everybody on a guild's waitlist but this one, counted by what they have in common: few rows, however many wait. */
export async function countWaitingAlike(db: Db, guildId: string, butUserId: string): Promise<WaitingAlike[]> {
  const rows = await fromWaiting(db, guildId)
    .select(['profiles.stage', 'profiles.languages', 'profiles.specialties'])
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('profiles.verification', '=', 'none')
    .where('waitlist.mentee_id', '<>', butUserId)
    .groupBy(['profiles.stage', 'profiles.languages', 'profiles.specialties'])
    .execute();
  return rows.map((row) => ({
    ...row,
    languages: readList(row.languages),
    specialties: readList(row.specialties),
  }));
}

/** Whether the mentee named by these columns has a mentor. */
export function hasMentor(guildId: string, menteeId: string) {
  return sql<boolean>`exists (select 1 from mentorships as held where held.guild_id = ${sql.ref(guildId)}
    and held.mentee_id = ${sql.ref(menteeId)} and held.state in ('active', 'paused'))`;
}

/** Whether the mentee named by these columns waits for a mentor's answer, or has choices queued. */
export function isWaitingForAnswer(guildId: string, menteeId: string) {
  return sql<boolean>`exists (select 1 from requests as asked where asked.guild_id = ${sql.ref(guildId)}
    and asked.mentee_id = ${sql.ref(menteeId)} and asked.state in ('queued', 'pending'))`;
}

/** How many requests wait for each mentor's answer; mentors without any are not named. */
export async function countPendingByMentor(db: Db, guildId: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('requests')
    .select('mentor_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('guild_id', '=', guildId)
    .where('state', '=', sql.lit<RequestState>('pending'))
    .groupBy('mentor_id')
    .execute();
  return new Map(rows.map((row) => [row.mentor_id, row.count]));
}

/** Something that lies between two people of a guild; `asked` from the mentee to the mentor, `own-mentee` from the mentor to the mentee. */
export interface Between {
  readonly kind: 'blocked' | 'bad-fit' | 'own-mentee' | 'asked';
  readonly one: string;
  readonly other: string;
}

/**
 * What lies between any two of a guild's members, as `listRelations` gives it for one mentee.
 * @param lately `since` when on a declined or expired request counts as lately, `at` this moment.
 */
export async function listAllRelations(
  db: Db,
  guildId: string,
  { since, at }: { readonly since: Instant; readonly at: Instant },
): Promise<Between[]> {
  const kind = (name: Between['kind']) => sql.lit(name).as('kind');
  return await db
    .selectFrom('blocks')
    .select([kind('blocked'), 'member_id as one', 'blocked_id as other'])
    .where('guild_id', '=', guildId)
    .unionAll(
      db
        .selectFrom('mentorships')
        .select([kind('bad-fit'), 'mentee_id as one', 'mentor_id as other'])
        .where('guild_id', '=', guildId)
        .where(isNeverAgain),
    )
    .unionAll(
      db
        .selectFrom('mentorships')
        .select([kind('asked'), 'mentee_id as one', 'mentor_id as other'])
        .where('guild_id', '=', guildId)
        .where(isGivenUp),
    )
    .unionAll(
      db
        .selectFrom('mentorships')
        .select([kind('own-mentee'), 'mentor_id as one', 'mentee_id as other'])
        .where('guild_id', '=', guildId)
        .where('state', 'in', ['active', 'paused']),
    )
    .unionAll(
      db
        .selectFrom('requests')
        .select([kind('own-mentee'), 'mentor_id as one', 'mentee_id as other'])
        .where('guild_id', '=', guildId)
        .where('state', '=', sql.lit<RequestState>('pending')),
    )
    .unionAll(
      db
        .selectFrom('protections')
        .select([
          sql<Between['kind']>`case when kind in ('blocked', 'bad-fit') then kind else 'asked' end`.as('kind'),
          'one',
          sql<string>`other`.as('other'),
        ])
        .where('guild_id', '=', guildId)
        .where('kind', 'in', ['blocked', 'bad-fit', 'given-up', 'declined', 'expired', 'forbidden'])
        .where('other', 'is not', null)
        .where('until', '>', at),
    )
    .unionAll(
      db
        .selectFrom('requests')
        .select([kind('asked'), 'mentee_id as one', 'mentor_id as other'])
        .where('guild_id', '=', guildId)
        .where('state', 'in', ['declined', 'expired'])
        .where('decided_at', '>=', since),
    )
    .execute();
}
