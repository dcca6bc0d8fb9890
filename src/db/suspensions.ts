/** What is left of a suspended mentor who deleted their data. */
import { sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';

/** Notes that a mentor is suspended whose profile is about to be deleted; does nothing for all others. */
export async function keepSuspension(trx: Trx, guildId: string, userId: string): Promise<void> {
  await trx
    .insertInto('suspensions')
    .columns(['guild_id', 'user_id', 'suspended_at'])
    .expression((query) =>
      query
        .selectFrom('profiles')
        .select(['guild_id', 'user_id', sql<Instant>`coalesce(verified_at, updated_at)`.as('at')])
        .where('guild_id', '=', guildId)
        .where('user_id', '=', userId)
        .where('role', '=', 'mentor')
        .where('verification', '=', 'suspended'),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Suspends a new profile whose member was suspended before they deleted their data. Returns false for all others. */
export async function restoreSuspension(trx: Trx, profileId: string): Promise<boolean> {
  const profile = await trx
    .selectFrom('profiles')
    .select(['guild_id', 'user_id'])
    .where('id', '=', profileId)
    .executeTakeFirstOrThrow();
  const kept = await trx
    .deleteFrom('suspensions')
    .where('guild_id', '=', profile.guild_id)
    .where('user_id', '=', profile.user_id)
    .returning('suspended_at')
    .executeTakeFirst();
  if (!kept) return false;
  await trx
    .updateTable('profiles')
    .set({ verification: 'suspended', verified_at: kept.suspended_at })
    .where('id', '=', profileId)
    .execute();
  return true;
}

/** Since when a member without a profile is suspended as a mentor; undefined when they are not. */
export async function findSuspension(db: Db, guildId: string, userId: string): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('suspensions')
    .select('suspended_at')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.suspended_at;
}

/** Removes suspensions from before this moment. Returns how many. */
export async function deleteOldSuspensions(db: Db, before: Instant): Promise<number> {
  const result = await db.deleteFrom('suspensions').where('suspended_at', '<=', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}
