/** What study groups decide by majority. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Whose } from '../members.ts';
import type { Db, Trx } from '../open.ts';
import { owned } from '../owned.ts';
import type { GroupPollsTable, PollOutcome, PollWhat } from '../schema.ts';

export type Poll = Selectable<GroupPollsTable>;

export async function insertPoll(trx: Trx, poll: Insertable<GroupPollsTable>): Promise<void> {
  await trx.insertInto('group_polls').values(poll).execute();
}

export async function findPoll(db: Db, id: string): Promise<Poll | undefined> {
  return await db.selectFrom('group_polls').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The open poll of a group about something. */
export async function findOpenPoll(db: Db, groupId: string, what: PollWhat): Promise<Poll | undefined> {
  return await db
    .selectFrom('group_polls')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('what', '=', what)
    .where(sql<boolean>`outcome is null`)
    .executeTakeFirst();
}

/** Every poll of a group, the newest first. */
export async function listPolls(db: Db, groupId: string): Promise<Poll[]> {
  return await db
    .selectFrom('group_polls')
    .selectAll()
    .where('group_id', '=', groupId)
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute();
}

/** Polls whose time is over, where the bot is. */
export async function listPollsOver(db: Db, at: Instant, limit: number): Promise<Poll[]> {
  return await db
    .selectFrom('group_polls')
    .innerJoin('guilds', 'guilds.id', 'group_polls.guild_id')
    .selectAll('group_polls')
    .where(sql<boolean>`group_polls.outcome is null`)
    .where('group_polls.ends_at', '<=', at)
    .where('guilds.left_at', 'is', null)
    .$call(owned(db, 'group_polls.guild_id'))
    .orderBy('group_polls.ends_at')
    .orderBy('group_polls.id')
    .limit(limit)
    .execute();
}

/** Closes a poll. Returns false when it is closed already. */
export async function closePoll(trx: Trx, id: string, outcome: PollOutcome): Promise<boolean> {
  const result = await trx
    .updateTable('group_polls')
    .set({ outcome })
    .where('id', '=', id)
    .where(sql<boolean>`outcome is null`)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Says otherwise how a poll ended that said yes: what it decided could not be done any more. */
export async function voidPoll(trx: Trx, id: string): Promise<boolean> {
  const result = await trx
    .updateTable('group_polls')
    .set({ outcome: 'void' })
    .where('id', '=', id)
    .where('outcome', '=', 'yes')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The open polls in which somebody is named, because they asked. */
export async function listOpenPollsBy(db: Db, { guildId, userId }: Whose): Promise<string[]> {
  const rows = await db
    .selectFrom('group_polls')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('by_id', '=', userId)
    .where(sql<boolean>`outcome is null`)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Stores what somebody says; a second word replaces the first. */
export async function recordSay(trx: Trx, pollId: string, { guildId, userId }: Whose, says: boolean): Promise<void> {
  const value = says ? (1 as const) : (0 as const);
  await trx
    .insertInto('poll_votes')
    .values({ poll_id: pollId, guild_id: guildId, user_id: userId, says: value })
    .onConflict((conflict) => conflict.columns(['poll_id', 'user_id']).doUpdateSet({ says: value }))
    .execute();
}

/** How many of those who are in a group by now say yes, and no. */
export async function countSays(db: Db, poll: Poll): Promise<{ readonly yes: number; readonly no: number }> {
  const rows = await db
    .selectFrom('poll_votes')
    .innerJoin('group_members', 'group_members.user_id', 'poll_votes.user_id')
    .select(['poll_votes.user_id', 'poll_votes.says'])
    .where('poll_votes.poll_id', '=', poll.id)
    .where('group_members.group_id', '=', poll.group_id)
    .where('group_members.state', 'in', ['member', 'resting'])
    .orderBy('poll_votes.user_id')
    .execute();
  const yes = rows.filter(({ says }) => says === 1).length;
  return { yes, no: rows.length - yes };
}
