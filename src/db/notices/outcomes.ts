/** How attempts end: delivered, tried again, given back, or closed for good. */
import { sql } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Db, Trx } from '../open.ts';
import { owned } from '../owned.ts';
import type { NoticeState } from '../schema.ts';
import { inHand, owed, setUpPrefix } from './claims.ts';
import type { Notice } from './write.ts';

/**
 * Discord has the notice as it stood at `notice.revision`. If what it says has changed meanwhile it stays owed, as an
 * edit; if it was voided meanwhile it stays void. Returns false when the claim was lost.
 */
export async function recordDelivered(
  db: Db,
  notice: Notice,
  where: { channelId: string | null; messageId: string | null },
  at: Instant,
): Promise<boolean> {
  const result = await inHand(db, notice)
    .set({
      delivered_revision: notice.revision,
      state: sql<NoticeState>`case when state = 'owed' and revision = ${notice.revision} then 'delivered' else state end`,
      channel_id: where.channelId,
      message_id: where.messageId,
      delivered_at: sql<Instant>`coalesce(delivered_at, ${at})`,
      attempts: 0,
      claimed_until: null,
      unsure_since: null,
      problem: null,
    })
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Tries again at `dueAt`, unless it was voided meanwhile. An attempt that does not count is taken back; with `afresh` it
 * is the first of those to come, because another thing is in the way than before.
 * @returns false when it was voided, or the claim was lost.
 */
export async function postponeNotice(
  db: Db,
  notice: Notice,
  retry: { dueAt: Instant; problem: string; unsureSince: Instant | null; counts: boolean; afresh?: boolean },
): Promise<boolean> {
  const result = await inHand(db, notice)
    .where('state', '=', 'owed')
    .set({
      due_at: retry.dueAt,
      problem: retry.problem,
      unsure_since: retry.unsureSince,
      attempts: retry.afresh ? 1 : sql<number>`attempts - ${retry.counts ? 0 : 1}`,
      claimed_until: null,
    })
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Gives back what was claimed and never begun, as it was before. */
export async function releaseNotice(db: Db, notice: Notice): Promise<void> {
  await inHand(db, notice)
    .set({ claimed_until: null, attempts: sql<number>`attempts - 1` })
    .execute();
}

/** Ends the attempts for good. Returns false when the claim was lost or the notice was closed by somebody else. */
export async function closeNotice(
  db: Db,
  notice: Notice,
  state: 'void' | 'undeliverable',
  problem: string | null,
): Promise<boolean> {
  const result = await inHand(db, notice)
    .where('state', '=', 'owed')
    .set({ state, problem, claimed_until: null, unsure_since: null })
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Lets go on what would wait for longer than anything waits: a wait or a claim that was written by a clock far ahead. What
 * is planned for its time (it was never tried, or is an announcement) stays planned. Returns how many those are.
 */
export async function mendWaits(
  db: Db,
  now: Instant,
  limits: { readonly due: Instant; readonly claim: Instant },
): Promise<number> {
  const waits = await db
    .updateTable('notices')
    .set({ due_at: now })
    .where('state', '=', owed)
    .where('due_at', '>', limits.due)
    .where('problem', 'is not', null)
    .where('kind', '<>', 'announcement')
    .$call(owned(db, 'guild_id'))
    .executeTakeFirst();
  const claims = await db
    .updateTable('notices')
    .set({ claimed_until: now })
    .where('state', '=', owed)
    .where('claimed_until', '>', limits.claim)
    .$call(owned(db, 'guild_id'))
    .executeTakeFirst();
  return Number(waits.numUpdatedRows + claims.numUpdatedRows);
}

/** Marks everything that is still owed to this member as void. What waits in their inbox stays, should they return. */
export async function voidNoticesTo(trx: Trx, guildId: string, userId: string): Promise<void> {
  await trx
    .updateTable('notices')
    .set({ state: 'void' })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('state', '=', 'owed')
    .execute();
}

/** Tries at once again what a wrong set-up of this guild held up. Call it when settings, channels or roles changed. */
export async function retryAfterSetUp(db: Db, guildId: string, at: Instant): Promise<void> {
  await db
    .updateTable('notices')
    .set({ due_at: at })
    .where('guild_id', '=', guildId)
    .where('state', '=', 'owed')
    .where('due_at', '>', at)
    .where('problem', 'like', `${setUpPrefix}%`)
    .execute();
}
