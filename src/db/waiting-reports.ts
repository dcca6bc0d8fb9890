/** When moderators of each guild next hear of who waits. */
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';

/** Guilds whose report is due, the longest due first, with the moment at which it was. */
export async function listReportsDue(
  db: Db,
  at: Instant,
  limit: number,
): Promise<{ guild_id: string; due_at: Instant }[]> {
  return await db
    .selectFrom('waiting_reports')
    .select(['guild_id', 'due_at'])
    .where('due_at', '<=', at)
    .$call(owned(db, 'guild_id'))
    .orderBy('due_at')
    .orderBy('guild_id')
    .limit(limit)
    .execute();
}

/** Plans a guild's next report. */
export async function planReport(trx: Trx, guildId: string, due: Instant): Promise<void> {
  await trx
    .insertInto('waiting_reports')
    .values({ guild_id: guildId, due_at: due })
    .onConflict((conflict) => conflict.column('guild_id').doUpdateSet({ due_at: due }))
    .execute();
}

/** Moves on from a report that is due. Returns false when somebody else has. */
export async function moveReport(trx: Trx, guildId: string, from: Instant, to: Instant): Promise<boolean> {
  const result = await trx
    .updateTable('waiting_reports')
    .set({ due_at: to })
    .where('guild_id', '=', guildId)
    .where('due_at', '=', from)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Somebody who waits, and since when. */
export interface LongWaiting {
  readonly mentee_id: string;
  readonly joined_at: Instant;
}

/** Those who have been looking since before this moment, the longest first, and how many there are. */
export async function listLongWaiting(
  db: Db,
  guildId: string,
  before: Instant,
  limit: number,
): Promise<{ readonly some: readonly LongWaiting[]; readonly count: number }> {
  const query = db.selectFrom('waitlist').where('guild_id', '=', guildId).where('joined_at', '<=', before);
  const { count } = await query.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  const some = await query
    .select(['mentee_id', 'joined_at'])
    .orderBy('joined_at')
    .orderBy('mentee_id')
    .limit(limit)
    .execute();
  return { some, count };
}

/** Mentors who have waited for a moderator since before this moment, the longest first, and how many there are. */
export async function listLongUnverified(
  db: Db,
  guildId: string,
  before: Instant,
  limit: number,
): Promise<{ readonly some: readonly { user_id: string; since: Instant }[]; readonly count: number }> {
  const query = db
    .selectFrom('profiles')
    .innerJoin('members', (join) =>
      join.onRef('members.guild_id', '=', 'profiles.guild_id').onRef('members.user_id', '=', 'profiles.user_id'),
    )
    .where('profiles.guild_id', '=', guildId)
    .where('profiles.role', '=', 'mentor')
    .where('profiles.verification', '=', 'waiting')
    .where('profiles.created_at', '<=', before)
    .where('members.left_at', 'is', null);
  const { count } = await query.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  const some = await query
    .select(['profiles.user_id', 'profiles.created_at as since'])
    .orderBy('profiles.created_at')
    .orderBy('profiles.user_id')
    .limit(limit)
    .execute();
  return { some, count };
}
