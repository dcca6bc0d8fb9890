import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';
import type { MembersTable, MentorshipState, RequestState } from './schema.ts';
import { prepared } from './prepared.ts';

export type Member = Selectable<MembersTable>;

/** What is known of a member of a guild; undefined when they never registered or agreed to anything. */
export async function findMember(db: Db, guildId: string, userId: string): Promise<Member | undefined> {
  const [member] = await selectMember(db, { guildId, userId });
  return member;
}

const selectMember = prepared<'guildId' | 'userId', Member>((db, { guildId, userId }) =>
  db.selectFrom('members').selectAll().where('guild_id', '=', guildId).where('user_id', '=', userId),
);

/** Stores a member, or changes what is named and keeps the rest. Whoever acts is there, so `left_at` is cleared. */
export async function upsertMember(
  db: Db,
  member: Pick<Insertable<MembersTable>, 'guild_id' | 'user_id' | 'zone' | 'created_at'> & Updateable<MembersTable>,
): Promise<void> {
  const { guild_id: _guild, user_id: _user, created_at: _at, ...changes } = member;
  await db
    .insertInto('members')
    .values(member)
    .onConflict((conflict) => conflict.columns(['guild_id', 'user_id']).doUpdateSet({ ...changes, left_at: null }))
    .execute();
}

/**
 * Notes that a member agreed to this version of the code of conduct. Somebody who is not known yet is stored with the
 * zone they gave.
 */
export async function recordConsent(
  db: Db,
  member: { guildId: string; userId: string; zone: string },
  version: number,
  at: Instant,
): Promise<void> {
  const consent = { conduct_version: version, conduct_agreed_at: at };
  await db
    .insertInto('members')
    .values({ guild_id: member.guildId, user_id: member.userId, zone: member.zone, created_at: at, ...consent })
    .onConflict((conflict) => conflict.columns(['guild_id', 'user_id']).doUpdateSet(consent))
    .execute();
}

/** Notes that a member has left the guild. Returns false when that is known already, or they never registered. */
export async function markMemberLeft(db: Db, guildId: string, userId: string, at: Instant): Promise<boolean> {
  const result = await db
    .updateTable('members')
    .set({ left_at: at })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes that a member who had left is back. Returns false when they had not. */
export async function markMemberReturned(db: Db, guildId: string, userId: string, at: Instant): Promise<boolean> {
  const result = await db
    .updateTable('members')
    .set({ left_at: null, seen_at: at })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('left_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes in which language a member reads. Nothing is written while that stays the same. */
export async function recordLocale(db: Db, guildId: string, userId: string, locale: string): Promise<void> {
  await db
    .updateTable('members')
    .set({ locale })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where((is) => is.or([is('locale', 'is', null), is('locale', '<>', locale)]))
    .execute();
}

/** Notes that a member was found in the guild. */
export async function markMemberSeen(db: Db, guildId: string, userId: string, at: Instant): Promise<void> {
  await db
    .updateTable('members')
    .set({ seen_at: at })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .execute();
}

/** Members who left before this moment, the first to leave first: their data is due to be purged. */
export async function listMembersGoneSince(db: Db, leftBefore: Instant, limit: number): Promise<Member[]> {
  return await db
    .selectFrom('members')
    .selectAll()
    .where('left_at', '<=', leftBefore)
    .orderBy('left_at')
    .limit(limit)
    .execute();
}

/** When a member was last found in the guild; as it stands in the index `members_unseen`. */
const lastSeen = sql<Instant>`coalesce(seen_at, created_at)`;

/**
 * Members whose presence should be looked at again: first those with whom another is paired, or for whose answer another
 * waits, when not seen since `pairedSince`; then everybody else, the longest unseen first, when not seen since
 * `othersSince`.
 * Guilds that the bot has left are not looked at.
 * @param besides further guilds that are not.
 */
export async function listMembersToLookFor(
  db: Db,
  besides: readonly string[],
  since: { pairedSince: Instant; othersSince: Instant },
  limit: number,
): Promise<Member[]> {
  const unseen = db
    .selectFrom('members')
    .selectAll()
    .where('left_at', 'is', null)
    // An empty list is not SQL everywhere.
    .$if(besides.length > 0, (members) => members.where('guild_id', 'not in', besides))
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('guilds')
            .select('guilds.id')
            .whereRef('guilds.id', '=', 'members.guild_id')
            .where('guilds.left_at', 'is not', null),
        ),
      ),
    );
  const awaited = await unseen
    .where(lastSeen, '<=', since.pairedSince)
    .where((is) => is(is.refTuple('guild_id', 'user_id'), 'in', awaitedMembers(db).$asTuple('guild_id', 'user_id')))
    .limit(limit)
    .execute();
  const others = await unseen.where(lastSeen, '<=', since.othersSince).orderBy(lastSeen).limit(limit).execute();
  const known = new Set(awaited.map(({ guild_id: guildId, user_id: userId }) => `${guildId}:${userId}`));
  const rest = others.filter(({ guild_id: guildId, user_id: userId }) => !known.has(`${guildId}:${userId}`));
  return [...awaited, ...rest].slice(0, limit);
}

/** Those who are paired with somebody, or for whose answer somebody waits. */
function awaitedMembers(db: Db) {
  const live = [sql.lit<MentorshipState>('active'), sql.lit<MentorshipState>('paused')];
  const running = db.selectFrom('mentorships').where('state', 'in', live);
  return running
    .select(['guild_id', 'mentor_id as user_id'])
    .unionAll(running.select(['guild_id', 'mentee_id as user_id']))
    .unionAll(
      db
        .selectFrom('requests')
        .select(['guild_id', 'mentor_id as user_id'])
        .where('state', 'in', [sql.lit<RequestState>('queued'), sql.lit<RequestState>('pending')]),
    );
}
