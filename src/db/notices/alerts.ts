/** Alerts for moderators, and whether any moderator has seen them. */
import { sql } from 'kysely';
import type { NoticeKind } from '../notice-kinds.ts';
import type { Db, Trx } from '../open.ts';
import type { NoticeState } from '../schema.ts';
import { owed, setUpPrefix } from './claims.ts';
import type { Notice } from './write.ts';

/** Marks an alert that has reached only the owner: a moderator still has to hear of it. */
const toldOwner = 'told-owner';

/** Alerts of a guild that its staff channel could not take and no moderator has heard, oldest first. */
export async function listUnheardAlerts(db: Db, guildId: string): Promise<Notice[]> {
  return await db
    .selectFrom('notices')
    .selectAll()
    .where('kind', '=', sql.lit<NoticeKind>('staff-alert'))
    .where('guild_id', '=', guildId)
    // Without a key it has been mended.
    .where('dedupe_key', 'is not', null)
    .where((is) =>
      is.or([
        is.and([is('state', '=', owed), is('message_id', 'is', null), is('problem', 'like', `${setUpPrefix}%`)]),
        is.and([is('state', '=', 'delivered'), is('problem', '=', toldOwner)]),
      ]),
    )
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Alerts that a moderator has heard in another way: they are not posted any more, nor raised again before they are mended. */
export async function markAlertsHeard(db: Db, ids: readonly string[]): Promise<void> {
  await db
    .updateTable('notices')
    .set({ state: 'read' })
    .where('id', 'in', ids)
    .where('state', 'in', ['owed', 'delivered'])
    .execute();
}

/** The moderator may not have heard after all. */
export async function markAlertsUnheard(db: Db, ids: readonly string[]): Promise<void> {
  await db
    .updateTable('notices')
    .set({ state: sql<NoticeState>`case when message_id is null then 'owed' else 'delivered' end` })
    .where('id', 'in', ids)
    .where('state', '=', 'read')
    .execute();
}

/** Notes of an alert just delivered that the owner got it in place of the staff channel. */
export async function noteOwnerTold(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('notices').set({ problem: toldOwner }).where('id', '=', id).execute();
}

/** Lets an alert be raised again: what it told of has been mended. */
export async function forgetAlerts(db: Db, keys: readonly string[]): Promise<void> {
  await db.updateTable('notices').set({ dedupe_key: null }).where('dedupe_key', 'in', keys).execute();
}
