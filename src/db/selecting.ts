/** Mentors who take part in selecting residents. */
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';

/** Notes that a mentor takes part until then, and where if they say it; null for not at all. Returns false when they are no mentor. */
export async function setSelecting(
  trx: Trx,
  { guildId, userId }: { readonly guildId: string; readonly userId: string },
  selecting: { readonly until: Instant; readonly since: Instant; readonly place: string | null } | null,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('profiles')
    .set({
      selects_until: selecting?.until ?? null,
      selects_since: selecting?.since ?? null,
      selects_place: selecting?.place ?? null,
    })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('role', '=', 'mentor')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Notes whether a mentee does not mind to be paired with one by a round. Returns false when they are no mentee. */
export async function setSelectorsOk(
  trx: Trx,
  { guildId, userId }: { readonly guildId: string; readonly userId: string },
  isOk: boolean,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('profiles')
    .set({ selectors_ok: isOk ? 1 : 0 })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('role', '=', 'mentee')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The ids of a guild's mentors who take part after this moment. */
export async function listSelecting(db: Db, guildId: string, after: Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('profiles')
    .select('user_id')
    .where('guild_id', '=', guildId)
    .where('selects_until', '>', after)
    .orderBy('user_id')
    .execute();
  return rows.map((row) => row.user_id);
}

/** Forgets what is over. Returns of how many. */
export async function forgetSelecting(db: Db, before: Instant): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('profiles')
    .set({ selects_until: null, selects_since: null, selects_place: null })
    .where('selects_until', '<=', before)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
