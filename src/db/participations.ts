import { later, type Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { reviseWhere } from './notices/write.ts';

/** Counts somebody for the prompt of a slot. Returns false when they are counted already. */
export async function insertParticipation(
  trx: Trx,
  row: { readonly slotId: string; readonly guildId: string; readonly userId: string; readonly at: Instant },
): Promise<boolean> {
  const result = await trx
    .insertInto('participations')
    .values({ slot_id: row.slotId, guild_id: row.guildId, user_id: row.userId, created_at: row.at })
    .onConflict((conflict) => conflict.columns(['slot_id', 'user_id']).doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Takes it back. Returns false when they were not counted. */
export async function deleteParticipation(
  trx: Trx,
  row: { readonly slotId: string; readonly guildId: string; readonly userId: string },
): Promise<boolean> {
  const result = await trx
    .deleteFrom('participations')
    .where('slot_id', '=', row.slotId)
    .where('guild_id', '=', row.guildId)
    .where('user_id', '=', row.userId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** How many people did the prompt of a slot. */
export async function countParticipations(db: Db, slotId: string): Promise<number> {
  const { count } = await db
    .selectFrom('participations')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('slot_id', '=', slotId)
    .executeTakeFirstOrThrow();
  return count;
}

/** How long presses are gathered before a post's count is brought up to date, in milliseconds. */
export const gatherMs = 10_000;

/**
 * The counts on these posts have changed: each is owed one edit. What is pressed until then is part of that edit, so a
 * whole study group costs one.
 */
export async function reviseCounts(trx: Trx, slotIds: readonly string[], at: Instant): Promise<void> {
  if (slotIds.length === 0) return;
  await reviseWhere(trx, later(at, { ms: gatherMs }))
    .where('subject_id', 'in', slotIds)
    .where('kind', '=', 'post')
    .execute();
}

/** Takes a member out of all counts. Returns how many rows went. */
export async function deleteParticipationsOf(trx: Trx, guildId: string, userId: string): Promise<bigint> {
  const result = await trx
    .deleteFrom('participations')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows;
}
