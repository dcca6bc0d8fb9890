/** The turns of mentees who do not wait at the moment: joining or asking picks one up again. */
import { type Selectable, sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Whose } from './members.ts';
import type { Db, Trx } from './open.ts';
import type { KeptTurnsTable } from './schema.ts';

export type KeptTurn = Selectable<KeptTurnsTable>;

/** Keeps a turn, in place of one that was kept before. */
export async function upsertKeptTurn(trx: Trx, turn: KeptTurn): Promise<void> {
  const { guild_id: _guild, mentee_id: _mentee, ...rest } = turn;
  await trx
    .insertInto('kept_turns')
    .values(turn)
    .onConflict((conflict) => conflict.columns(['guild_id', 'mentee_id']).doUpdateSet(rest))
    .execute();
}

/** The turn that is kept for a mentee at this moment; undefined where none is. */
export async function findKept(db: Db, { guildId, userId }: Whose, at: Instant): Promise<KeptTurn | undefined> {
  return await db
    .selectFrom('kept_turns')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentee_id', '=', userId)
    .where((is) => is.or([is('until', 'is', null), is('until', '>', at)]))
    .executeTakeFirst();
}

/** Takes the turn that was kept for a mentee, which it is no more; undefined where none was at this moment. */
export async function takeKept(trx: Trx, { guildId, userId }: Whose, at: Instant): Promise<KeptTurn | undefined> {
  const kept = await trx
    .deleteFrom('kept_turns')
    .where('guild_id', '=', guildId)
    .where('mentee_id', '=', userId)
    .returningAll()
    .executeTakeFirst();
  return kept && (kept.until === null || kept.until > at) ? kept : undefined;
}

/** Takes a kept turn away, because it is no longer wanted. */
export async function deleteKept(trx: Trx, { guildId, userId }: Whose): Promise<boolean> {
  const result = await trx
    .deleteFrom('kept_turns')
    .where('guild_id', '=', guildId)
    .where('mentee_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Removes turns whose time is over. Returns how many. */
export async function purgeKept(db: Db, at: Instant, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`delete from kept_turns where until <= ${at} and (guild_id, mentee_id) in (
    select guild_id, mentee_id from kept_turns where until <= ${at} order by until limit ${limit})`.execute(db);
  return Number(numAffectedRows ?? 0);
}
