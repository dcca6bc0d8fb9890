/** Rows for the sweep to check again, guild by guild, the longest unchecked first. */
import { sql } from 'kysely';
import type { Guild } from './guilds.ts';
import type { Member } from './members.ts';
import { liveStates, type Mentorship } from './mentorships.ts';
import type { NoticeKind } from './notice-kinds.ts';
import type { Db } from './open.ts';
import { owned } from './owned.ts';
import type { ClaimState, GroupMemberState, GuildContentsTable, RequestState, Verification } from './schema.ts';
import type { Instant } from '../time.ts';
import type { Notice } from './notices/write.ts';

/** As it stands in the index `guilds_sweep`. */
const sweepAt = sql<Instant>`coalesce(sweep_at, '')`;

/** The guilds whose turn it is by now, those that have waited longest first. */
export async function listGuildsToSweep(db: Db, at: Instant, limit: number): Promise<Guild[]> {
  return await db
    .selectFrom('guilds')
    .selectAll()
    .where('left_at', 'is', null)
    .where(sweepAt, '<=', at)
    .$call(owned(db, 'id'))
    .orderBy(sweepAt)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Says when a guild's next turn is. */
export async function planSweep(db: Db, guildId: string, at: Instant): Promise<void> {
  await db.updateTable('guilds').set({ sweep_at: at }).where('id', '=', guildId).execute();
}

/**
 * Whatever was looked at before this moment is to be looked at again, beginning at once.
 * @param guildId in one guild alone; in all of this process's when absent.
 */
export async function renewSweep(db: Db, at: Instant, guildId?: string): Promise<void> {
  await db
    .updateTable('guilds')
    .set({ sweep_at: at, sweep_since: at })
    .$call((guilds) => (guildId === undefined ? guilds.$call(owned(db, 'id')) : guilds.where('id', '=', guildId)))
    .execute();
}

/** When a member was last found in the guild; as it stands in the index `members_unseen`. */
const lastSeen = sql<Instant>`coalesce(seen_at, created_at)`;

/**
 * Members of a guild whose presence should be looked at again: first those with whom another is paired, or for whose
 * answer another waits, when not seen since `pairedSince`; then everybody else, the longest unseen first, when not seen
 * since `othersSince`.
 */
export async function listMembersToLookFor(
  db: Db,
  guildId: string,
  since: { pairedSince: Instant; othersSince: Instant },
  limit: number,
): Promise<Member[]> {
  const unseen = db
    .selectFrom('members')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('left_at', 'is', null)
    .orderBy(lastSeen)
    .limit(limit);
  const awaited = await unseen
    .where(lastSeen, '<=', since.pairedSince)
    .where('user_id', 'in', awaitedMembers(db, guildId))
    .execute();
  const others = await unseen.where(lastSeen, '<=', since.othersSince).execute();
  const known = new Set(awaited.map(({ user_id: userId }) => userId));
  return [...awaited, ...others.filter(({ user_id: userId }) => !known.has(userId))].slice(0, limit);
}

/** Those who are paired with somebody, in a study group, or for whose answer somebody waits. */
function awaitedMembers(db: Db, guildId: string) {
  const running = db.selectFrom('mentorships').where('guild_id', '=', guildId).where('state', 'in', liveStates);
  return running
    .select('mentor_id as user_id')
    .unionAll(running.select('mentee_id as user_id'))
    .unionAll(
      db
        .selectFrom('requests')
        .select('mentor_id as user_id')
        .where('guild_id', '=', guildId)
        .where('state', 'in', [sql.lit<RequestState>('queued'), sql.lit<RequestState>('pending')]),
    )
    .unionAll(
      db
        .selectFrom('group_members')
        .select('user_id')
        .where('guild_id', '=', guildId)
        .where('state', 'in', [sql.lit<GroupMemberState>('member'), sql.lit<GroupMemberState>('resting')]),
    );
}

/** As it stands in the index `members_missing`. */
const lastMissed = sql<Instant>`coalesce(looked_at, left_at)`;

/** Members who left, of whom it was not looked since this moment whether they are back. */
export async function listMembersToMiss(db: Db, guildId: string, since: Instant, limit: number): Promise<Member[]> {
  return await db
    .selectFrom('members')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('left_at', 'is not', null)
    .where(lastMissed, '<=', since)
    .orderBy(lastMissed)
    .limit(limit)
    .execute();
}

/** Notes that somebody who left was not there again. */
export async function markMemberMissed(db: Db, guildId: string, userId: string, at: Instant): Promise<void> {
  await db
    .updateTable('members')
    .set({ looked_at: at })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('left_at', 'is not', null)
    .execute();
}

/** As it stands in the index `mentorships_unlooked`. */
const pairLooked = sql<Instant>`coalesce(looked_at, started_at)`;

/** Live pairs at whose thread nobody has looked since this moment. */
export async function listPairsToLookAt(db: Db, guildId: string, since: Instant, limit: number): Promise<Mentorship[]> {
  return await db
    .selectFrom('mentorships')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('state', 'in', liveStates)
    .where(pairLooked, '<=', since)
    .orderBy(pairLooked)
    .limit(limit)
    .execute();
}

/** Notes that a pair's thread was looked at. */
export async function markPairLookedAt(db: Db, id: string, at: Instant): Promise<void> {
  await db.updateTable('mentorships').set({ looked_at: at }).where('id', '=', id).execute();
}

/** A live pair whose thread this is; undefined for any other thread. */
export async function findLivePairByThread(db: Db, guildId: string, threadId: string): Promise<Mentorship | undefined> {
  return await db
    .selectFrom('mentorships')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('state', 'in', liveStates)
    .where('thread_id', '=', threadId)
    .executeTakeFirst();
}

/** Cards in the staff channel under which moderators still have to decide, and the panel for newcomers, at which nobody has looked since this moment. */
export async function listCardsToLookAt(db: Db, guildId: string, since: Instant, limit: number): Promise<Notice[]> {
  const waiting = db
    .selectFrom('profiles')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('role', '=', 'mentor')
    .where('verification', '=', sql.lit<Verification>('waiting'))
    .unionAll(
      db
        .selectFrom('guild_contents')
        .select('id')
        .where('guild_id', '=', guildId)
        .where('state', '=', sql.lit<GuildContentsTable['state']>('suggested')),
    )
    .unionAll(
      db
        .selectFrom('claims')
        .select('id')
        .where('guild_id', '=', guildId)
        .where('state', '=', sql.lit<ClaimState>('open')),
    )
    .unionAll(db.selectFrom('panels').select('id').where('guild_id', '=', guildId));
  return await db
    .selectFrom('notices')
    .selectAll()
    .where('subject_id', 'in', waiting)
    .where('kind', 'in', [
      sql.lit<NoticeKind>('mentor-review'),
      sql.lit<NoticeKind>('content-review'),
      sql.lit<NoticeKind>('claim-waiting'),
      sql.lit<NoticeKind>('panel'),
    ])
    .where('state', '=', 'delivered')
    .where('message_id', 'is not', null)
    .where(sql<Instant>`coalesce(looked_at, delivered_at)`, '<=', since)
    .orderBy('delivered_at', (order) => order.asc().nullsFirst())
    .limit(limit)
    .execute();
}

/** Notes that a message was looked for, and is there. */
export async function markNoticeLookedAt(db: Db, id: string, at: Instant): Promise<void> {
  await db.updateTable('notices').set({ looked_at: at }).where('id', '=', id).execute();
}

/** Owes a message once more, as a new one: the one that stood there is gone. Returns false when it was another by now. */
export async function oweNoticeAnew(db: Db, id: string, messageId: string, at: Instant): Promise<boolean> {
  const result = await db
    .updateTable('notices')
    .set({ state: 'owed', due_at: at, channel_id: null, message_id: null, delivered_revision: null, looked_at: null })
    .where('id', '=', id)
    .where('state', '=', 'delivered')
    .where('message_id', '=', messageId)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Tables of what is planned in places. */
const planned = [
  { table: 'schedules', state: 'active' },
  { table: 'announcements', state: 'scheduled' },
] as const;

/** Threads in which something is planned, and which nobody has looked at since this moment. */
export async function listThreadsToLookAt(
  db: Db,
  guildId: string,
  since: Instant,
  limit: number,
): Promise<{ readonly id: string; readonly parentId: string }[]> {
  const found = new Map<string, string>();
  for (const { table, state } of planned) {
    const rows = await db
      .selectFrom(table)
      .select(['channel_id', 'parent_id'])
      .where('guild_id', '=', guildId)
      .where('parent_id', 'is not', null)
      .where('state', '=', state)
      .where(sql<Instant>`coalesce(place_looked_at, created_at)`, '<=', since)
      .orderBy('place_looked_at')
      .limit(limit)
      .execute();
    for (const { channel_id: id, parent_id: parentId } of rows) if (parentId !== null) found.set(id, parentId);
  }
  return [...found].map(([id, parentId]) => ({ id, parentId }));
}

/** Notes that a thread was looked at in which something is planned. */
export async function markThreadLookedAt(db: Db, guildId: string, threadId: string, at: Instant): Promise<void> {
  for (const { table } of planned) {
    await db
      .updateTable(table)
      .set({ place_looked_at: at })
      .where('guild_id', '=', guildId)
      .where('parent_id', 'is not', null)
      .where('channel_id', '=', threadId)
      .execute();
  }
}

/** Whether something is planned in a thread. */
export async function isPlannedInThread(db: Db, guildId: string, threadId: string): Promise<boolean> {
  for (const { table, state } of planned) {
    const row = await db
      .selectFrom(table)
      .select('id')
      .where('guild_id', '=', guildId)
      .where('parent_id', 'is not', null)
      .where('channel_id', '=', threadId)
      .where('state', '=', state)
      .executeTakeFirst();
    if (row) return true;
  }
  return false;
}
