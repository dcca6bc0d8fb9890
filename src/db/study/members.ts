/** Who is in which study group, or is offered one. */
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../../time.ts';
import type { Whose } from '../members.ts';
import type { Db, Trx } from '../open.ts';
import { owned } from '../owned.ts';
import type { GroupLeaving, GroupMembersTable, GroupMemberState, StudyKind } from '../schema.ts';

const minutes = z.array(z.number());

export interface GroupMember extends Omit<Selectable<GroupMembersTable>, 'votes'> {
  /** Which of the times voted on suit. */
  readonly votes: readonly number[];
}

function readMember(row: Selectable<GroupMembersTable>): GroupMember {
  return { ...row, votes: minutes.parse(JSON.parse(row.votes)) };
}

/** Those of a group who have not left it, in the order in which they came. */
export async function listGroupMembers(db: Db, groupId: string): Promise<GroupMember[]> {
  const rows = await db
    .selectFrom('group_members')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('state', '<>', 'left')
    .orderBy('since')
    .orderBy('user_id')
    .execute();
  return rows.map(readMember);
}

/** Those who were in a group and have left it. */
export async function listFormerMembers(db: Db, groupId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('group_members')
    .select('user_id')
    .where('group_id', '=', groupId)
    .where('state', '=', 'left')
    .orderBy('user_id')
    .execute();
  return rows.map(({ user_id: userId }) => userId);
}

/** The groups that are not closed in whose thread somebody is, or is about to be taken out of it. */
export async function listThreadsWith(db: Db, { guildId, userId }: Whose): Promise<string[]> {
  const rows = await db
    .selectFrom('group_members')
    .innerJoin('study_groups', 'study_groups.id', 'group_members.group_id')
    .select('group_members.group_id')
    .where('group_members.guild_id', '=', guildId)
    .where('group_members.user_id', '=', userId)
    .where('group_members.state', '<>', 'offered')
    .where(sql<boolean>`study_groups.state in ('active', 'resting')`)
    .orderBy('group_members.group_id')
    .execute();
  return rows.map((row) => row.group_id);
}

/** The groups out of which somebody was taken by whoever looks after them, or by moderators. */
export async function listRemovedFrom(db: Db, { guildId, userId }: Whose): Promise<string[]> {
  const rows = await db
    .selectFrom('group_members')
    .select('group_id')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('left_why', 'in', ['removed', 'moderator'])
    .orderBy('group_id')
    .execute();
  return rows.map((row) => row.group_id);
}

export async function findGroupMember(db: Db, groupId: string, userId: string): Promise<GroupMember | undefined> {
  const row = await db
    .selectFrom('group_members')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row && readMember(row);
}

/** A group that somebody is in, or is offered. */
interface Membership extends GroupMember {
  readonly kind: 'exam' | 'circle';
  readonly topic: string;
}

/** The groups that are not closed and that somebody is in, or is offered, by their beginning. */
export async function listMembershipsOf(db: Db, { guildId, userId }: Whose): Promise<Membership[]> {
  const rows = await db
    .selectFrom('group_members')
    .innerJoin('study_groups', 'study_groups.id', 'group_members.group_id')
    .selectAll('group_members')
    .select(['study_groups.kind', 'study_groups.topic'])
    .where('group_members.guild_id', '=', guildId)
    .where('group_members.user_id', '=', userId)
    .where('group_members.state', '<>', 'left')
    .where(sql<boolean>`study_groups.state <> 'closed'`)
    .orderBy('group_members.since')
    .orderBy('group_members.group_id')
    .execute();
  return rows.map((row) => ({ ...readMember(row), kind: row.kind, topic: row.topic }));
}

/** Puts somebody into a group, or offers it to them; whoever had left it is back. */
export async function upsertGroupMember(
  trx: Trx,
  who: Pick<GroupMember, 'group_id' | 'user_id' | 'guild_id' | 'since'>,
  as: { readonly state: GroupMemberState; readonly until: Instant | null },
): Promise<void> {
  const values = { ...as, since: who.since, left_why: null, missed: 0, asked_at: null, votes: '[]', reminded_at: null };
  await trx
    .insertInto('group_members')
    .values({ ...who, ...values })
    .onConflict((conflict) => conflict.columns(['group_id', 'user_id']).doUpdateSet(values))
    .execute();
}

/** Brings a member from one of some states into another. Returns false when they were in none of them. */
export async function moveGroupMember(
  trx: Trx,
  groupId: string,
  userId: string,
  from: readonly GroupMemberState[],
  to: { readonly state: GroupMemberState; readonly until?: Instant | null; readonly why?: GroupLeaving },
): Promise<boolean> {
  const result = await trx
    .updateTable('group_members')
    .set({ state: to.state, until: to.until ?? null, left_why: to.why ?? null, missed: 0, asked_at: null })
    .where('group_id', '=', groupId)
    .where('user_id', '=', userId)
    .where('state', 'in', [...from])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Counts a session that a member missed without a word, or forgets those before. Returns how many in a row. */
export async function countMissed(trx: Trx, groupId: string, userId: string, missed: boolean): Promise<number> {
  const row = await trx
    .updateTable('group_members')
    .set({ missed: missed ? sql<number>`missed + 1` : 0 })
    .where('group_id', '=', groupId)
    .where('user_id', '=', userId)
    .where('state', '=', 'member')
    .returning('missed')
    .executeTakeFirst();
  return row?.missed ?? 0;
}

/** Notes that a member was asked whether they are still in. Returns false when they were already, or are not in it. */
export async function markMemberAsked(
  trx: Trx,
  groupId: string,
  userId: string,
  at: Instant,
  until: Instant,
): Promise<boolean> {
  const result = await trx
    .updateTable('group_members')
    .set({ asked_at: at, until })
    .where('group_id', '=', groupId)
    .where('user_id', '=', userId)
    .where('state', '=', 'member')
    .where('asked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Members with something that ends by the time (an offer, a rest, the wait for an answer), where the bot is. */
export async function listMembersOver(db: Db, at: Instant, limit: number): Promise<GroupMember[]> {
  const rows = await db
    .selectFrom('group_members')
    .innerJoin('guilds', 'guilds.id', 'group_members.guild_id')
    .selectAll('group_members')
    .where('group_members.until', '<=', at)
    .where(sql<boolean>`group_members.until is not null and group_members.state <> 'left'`)
    .where('guilds.left_at', 'is', null)
    .$call(owned(db, 'group_members.guild_id'))
    .orderBy('group_members.until')
    .orderBy('group_members.user_id')
    .limit(limit)
    .execute();
  return rows.map(readMember);
}

/** Stores which of the times voted on suit a member. Returns false when they are no member. */
export async function recordVotes(
  trx: Trx,
  groupId: string,
  userId: string,
  votes: readonly number[],
): Promise<boolean> {
  const result = await trx
    .updateTable('group_members')
    .set({ votes: JSON.stringify(votes) })
    .where('group_id', '=', groupId)
    .where('user_id', '=', userId)
    .where('state', '=', 'member')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Forgets all votes of a group, for another vote. */
export async function clearVotes(trx: Trx, groupId: string): Promise<void> {
  await trx.updateTable('group_members').set({ votes: '[]' }).where('group_id', '=', groupId).execute();
}

/** A place that somebody has in a group that is not closed, or is offered. */
interface PlaceTaken {
  readonly userId: string;
  readonly kind: StudyKind;
  readonly topic: string;
  readonly state: GroupMemberState;
}

/** Everybody in a guild who has a place, with what it is for. @param only of these members; of all when absent. */
export async function listPlacesTaken(db: Db, guildId: string, only?: readonly string[]): Promise<PlaceTaken[]> {
  // Joined in this order: few groups for all of a guild, few members where they are named.
  const all = only
    ? db
        .selectFrom('group_members')
        .innerJoin('study_groups', 'study_groups.id', 'group_members.group_id')
        .where('group_members.guild_id', '=', guildId)
        .where('group_members.user_id', 'in', only)
    : db
        .selectFrom('study_groups')
        .innerJoin('group_members', 'group_members.group_id', 'study_groups.id')
        .where('study_groups.guild_id', '=', guildId);
  return await all
    .select([
      'group_members.user_id as userId',
      'study_groups.kind',
      'study_groups.topic',
      'group_members.state as state',
    ])
    .where(sql<boolean>`study_groups.state <> 'closed'`)
    .where('group_members.state', '<>', 'left')
    .orderBy('group_members.user_id')
    .orderBy('study_groups.topic')
    .execute();
}

/** Offers that end before one moment and of which nobody was reminded, where the bot is. */
export async function listOffersToRemind(
  db: Db,
  between: { readonly now: Instant; readonly before: Instant },
  limit: number,
): Promise<GroupMember[]> {
  const rows = await db
    .selectFrom('group_members')
    .innerJoin('guilds', 'guilds.id', 'group_members.guild_id')
    .selectAll('group_members')
    .where('group_members.until', '>', between.now)
    .where('group_members.until', '<=', between.before)
    .where(sql<boolean>`group_members.until is not null and group_members.state <> 'left'`)
    .where('group_members.state', '=', 'offered')
    .where('group_members.reminded_at', 'is', null)
    .where('guilds.left_at', 'is', null)
    .$call(owned(db, 'group_members.guild_id'))
    .orderBy('group_members.until')
    .orderBy('group_members.user_id')
    .limit(limit)
    .execute();
  return rows.map(readMember);
}

/** Notes that somebody is reminded of their offer. Returns false when they were already, or have answered it. */
export async function markReminded(trx: Trx, groupId: string, userId: string, at: Instant): Promise<boolean> {
  const result = await trx
    .updateTable('group_members')
    .set({ reminded_at: at })
    .where('group_id', '=', groupId)
    .where('user_id', '=', userId)
    .where('state', '=', 'offered')
    .where('reminded_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** How many are in each live group of a guild, or are offered it. */
export async function countMembersOf(db: Db, guildId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('study_groups')
    .innerJoin('group_members', 'group_members.group_id', 'study_groups.id')
    .select((select) => ['group_members.group_id as id', select.fn.countAll().as('count')])
    .where('study_groups.guild_id', '=', guildId)
    .where(sql<boolean>`study_groups.state <> 'closed'`)
    .where('group_members.state', '<>', 'left')
    .groupBy('group_members.group_id')
    .orderBy('group_members.group_id')
    .execute();
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}
