import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';
import type { MembersTable } from './schema.ts';
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

/**
 * Members whose presence should be looked at again, the longest unseen first: somebody with whom another is paired, or
 * for whose answer another waits, when not seen since `pairedSince`; everybody else when not seen since `othersSince`.
 * @param guildIds the guilds to look at.
 */
export async function listMembersToLookFor(
  db: Db,
  guildIds: readonly string[],
  since: { pairedSince: Instant; othersSince: Instant },
  limit: number,
): Promise<Member[]> {
  if (guildIds.length === 0) return [];
  const unseenSince = (at: Instant) => sql<boolean>`coalesce(members.seen_at, members.created_at) <= ${at}`;
  return await db
    .selectFrom('members')
    .selectAll()
    .where('guild_id', 'in', guildIds)
    .where('left_at', 'is', null)
    .where(unseenSince(since.pairedSince))
    .where((is) =>
      is.or([
        unseenSince(since.othersSince),
        ...(['mentor_id', 'mentee_id'] as const).map((role) =>
          is.exists(
            is
              .selectFrom('mentorships')
              .select('mentorships.id')
              .whereRef('mentorships.guild_id', '=', 'members.guild_id')
              .whereRef(`mentorships.${role}`, '=', 'members.user_id')
              .where('mentorships.state', 'in', ['active', 'paused']),
          ),
        ),
        is.exists(
          is
            .selectFrom('requests')
            .select('requests.id')
            .whereRef('requests.guild_id', '=', 'members.guild_id')
            .whereRef('requests.mentor_id', '=', 'members.user_id')
            .where('requests.state', 'in', ['queued', 'pending']),
        ),
      ]),
    )
    .orderBy(sql`coalesce(members.seen_at, members.created_at)`)
    .limit(limit)
    .execute();
}

/** Removes a member with their profiles. Returns false when there was none. */
export async function deleteMember(db: Db, guildId: string, userId: string): Promise<boolean> {
  const result = await db
    .deleteFrom('members')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}
