/** Roles that are owed: orders for the same are one. */
import { sql } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Db, Trx } from '../open.ts';
import { setUpPrefix } from './claims.ts';
import { type Notice, type Source, insertNotices } from './write.ts';

/**
 * Owes members the roles that fit the profiles they have: which those are is seen at delivery, so that an order for the
 * same that still waits is not joined by another. One that is just being delivered is carried out once more.
 * @param userIds a few hundred at most, each once.
 */
export async function oweFittingRoles(
  trx: Trx,
  source: Source,
  guildId: string,
  userIds: readonly string[],
  subjectId?: string,
): Promise<void> {
  const at = source.now();
  const waiting = await trx
    .updateTable('notices')
    .set({
      revision: sql<number>`revision + 1`,
      // A personal change waits neither behind bulk orders nor for a moderator's fix.
      ...(source.bulk
        ? {}
        : {
            mass: 0,
            due_at: sql<Instant>`case when mass = 1 or problem like ${`${setUpPrefix}%`} then ${at} else due_at end`,
          }),
      ...(subjectId === undefined ? {} : { subject_id: subjectId }),
    })
    .where('guild_id', '=', guildId)
    .where('user_id', 'in', userIds)
    .where('state', '=', 'owed')
    .where('kind', '=', 'member-roles')
    .where('detail', 'is', null)
    .returning('user_id')
    .execute();
  const known = new Set(waiting.map((notice) => notice.user_id));
  const others = userIds.filter((userId) => !known.has(userId));
  const about = subjectId === undefined ? {} : { subjectId };
  await insertNotices(
    trx,
    source,
    others.map((userId) => ({ guildId, kind: 'member-roles', userId, ...about })),
  );
}

/** Orders to give or take roles of this member that are still to be carried out, oldest first. */
export async function listOwedRoles(db: Db, guildId: string, userId: string): Promise<Pick<Notice, 'detail'>[]> {
  return await db
    .selectFrom('notices')
    .select('detail')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('kind', '=', 'member-roles')
    .where('state', '=', 'owed')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Orders about one role of this member that are still to be carried out, and those that were since a moment; the latest first. */
export async function listRoleOrders(db: Db, guildId: string, userId: string, since: Instant): Promise<Notice[]> {
  return await db
    .selectFrom('notices')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('kind', '=', 'member-roles')
    .where('detail', 'is not', null)
    .where((is) =>
      is.or([is('state', '=', 'owed'), is.and([is('state', '=', 'delivered'), is('delivered_at', '>', since)])]),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** An order about a role says something else from now on; one that is in hand is carried out again, not before `rested`. */
export async function changeRoleOrder(
  trx: Trx,
  notice: Pick<Notice, 'id'>,
  detail: string,
  rested: Instant,
  at: Instant,
): Promise<void> {
  await trx
    .updateTable('notices')
    .set({
      detail,
      revision: sql<number>`revision + 1`,
      due_at: sql<Instant>`case when claimed_until > ${at} then ${rested} else due_at end`,
    })
    .where('id', '=', notice.id)
    .where('state', '=', 'owed')
    .execute();
}
