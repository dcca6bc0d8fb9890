import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';
import { owned } from './owned.ts';
import type { MembersTable } from './schema.ts';
import { prepared } from './prepared.ts';

export type Member = Selectable<MembersTable>;

/** A member of a guild, by name. */
export interface Whose {
  readonly guildId: string;
  readonly userId: string;
}

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
    .$call(owned(db, 'guild_id'))
    .orderBy('left_at')
    .limit(limit)
    .execute();
}

/** Those of these people who have not left the guild as far as is known. Of whoever never registered nothing is known. */
export async function listMembersPresent(
  db: Db,
  guildId: string,
  userIds: readonly string[],
): Promise<readonly string[]> {
  const gone = await db
    .selectFrom('members')
    .select('user_id')
    .where('guild_id', '=', guildId)
    .where('user_id', 'in', userIds)
    .where('left_at', 'is not', null)
    .execute();
  const left = new Set(gone.map(({ user_id: userId }) => userId));
  return userIds.filter((userId) => !left.has(userId));
}

/** Where a person is a member as far as is known, those guilds first in which they were seen last. */
export async function listMemberships(db: Db, userId: string, limit: number): Promise<Member[]> {
  return await db
    .selectFrom('members')
    .selectAll()
    .where('user_id', '=', userId)
    .where('left_at', 'is', null)
    .orderBy(sql`coalesce(seen_at, created_at)`, 'desc')
    .orderBy('guild_id')
    .limit(limit)
    .execute();
}
