import type { Selectable } from 'kysely';
import type { Instant } from '../time.ts';
import { inPresentGuild } from './guilds.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { EndedBy, RestCause, RestsTable } from './schema.ts';

export type Rest = Selectable<RestsTable>;

/** Why a mentorship rests, what began first first; empty while it does not. */
export async function listRests(db: Db, mentorshipId: string): Promise<Rest[]> {
  return await db
    .selectFrom('rests')
    .selectAll()
    .where('mentorship_id', '=', mentorshipId)
    .orderBy('since')
    .orderBy('cause')
    .execute();
}

/** The reasons of many mentorships at once, by mentorship. */
export async function listRestsOf(db: Db, mentorshipIds: readonly string[]): Promise<Map<string, Rest[]>> {
  const byMentorship = new Map<string, Rest[]>();
  if (mentorshipIds.length === 0) return byMentorship;
  const rows = await db
    .selectFrom('rests')
    .selectAll()
    .where('mentorship_id', 'in', mentorshipIds)
    .orderBy('since')
    .execute();
  for (const rest of rows) {
    byMentorship.set(rest.mentorship_id, [...(byMentorship.get(rest.mentorship_id) ?? []), rest]);
  }
  return byMentorship;
}

/** Notes a reason to rest; one that is noted already stays as it is. */
export async function insertRest(trx: Trx, rest: Rest): Promise<boolean> {
  const result = await trx
    .insertInto('rests')
    .values(rest)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Removes reasons to rest: all of them, or those of one cause or one person. Returns whether there were any. */
export async function deleteRests(
  trx: Trx,
  mentorshipId: string,
  which: { readonly cause?: RestCause; readonly by?: EndedBy } = {},
): Promise<boolean> {
  let query = trx.deleteFrom('rests').where('mentorship_id', '=', mentorshipId);
  if (which.cause) query = query.where('cause', '=', which.cause);
  if (which.by) query = query.where('by', '=', which.by);
  return (await query.executeTakeFirst()).numDeletedRows > 0n;
}

/** Moves the end of a rest. */
export async function extendRest(trx: Trx, { mentorship_id: id, cause, by }: Rest, until: Instant): Promise<void> {
  await trx
    .updateTable('rests')
    .set({ until })
    .where('mentorship_id', '=', id)
    .where('cause', '=', cause)
    .where('by', '=', by)
    .execute();
}

/** Reasons to rest whose time has come, in guilds in which the bot is, the earliest first. */
export async function listRestsOver(db: Db, at: Instant, limit: number): Promise<Rest[]> {
  return await db
    .selectFrom('rests')
    .selectAll()
    .where('until', '<=', at)
    .$call(owned(db, 'rests.guild_id'))
    .$call(inPresentGuild('rests.guild_id'))
    .orderBy('until')
    .orderBy('mentorship_id')
    .limit(limit)
    .execute();
}
