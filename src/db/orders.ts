/** Work owed to many members at once: stored with the change that causes it, carried out in parts. */
import { type Selectable, sql } from 'kysely';
import type { NoticeKind } from './notice-kinds.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { NoticeState, OrderKind, OrdersTable } from './schema.ts';

export type Order = Selectable<OrdersTable>;

/** Stores an order. One for the same that is still being carried out begins anew instead: twice would be once too often. */
export async function insertOrder(trx: Trx, guildId: string, kind: OrderKind): Promise<void> {
  await trx
    .insertInto('orders')
    .values({ guild_id: guildId, kind, after_id: '' })
    .onConflict((conflict) => conflict.columns(['guild_id', 'kind']).doUpdateSet({ after_id: '' }))
    .execute();
}

/** Every order that is not carried out to its end, or those of one guild. */
export async function listOrders(db: Db, guildId?: string): Promise<Order[]> {
  const query = db.selectFrom('orders').selectAll();
  return await (
    guildId === undefined ? query.$call(owned(db, 'guild_id')) : query.where('guild_id', '=', guildId)
  ).execute();
}

/** An order as it now is; undefined once it is carried out. */
export async function findOrder(
  trx: Trx,
  { guild_id, kind }: Pick<Order, 'guild_id' | 'kind'>,
): Promise<Order | undefined> {
  return await trx
    .selectFrom('orders')
    .selectAll()
    .where('guild_id', '=', guild_id)
    .where('kind', '=', kind)
    .executeTakeFirst();
}

/** Notes how far an order is; undefined when it is done. */
export async function moveOrder(
  trx: Trx,
  { guild_id, kind }: Pick<Order, 'guild_id' | 'kind'>,
  afterId: string | undefined,
): Promise<void> {
  if (afterId === undefined) {
    await trx.deleteFrom('orders').where('guild_id', '=', guild_id).where('kind', '=', kind).execute();
  } else {
    await trx
      .updateTable('orders')
      .set({ after_id: afterId })
      .where('guild_id', '=', guild_id)
      .where('kind', '=', kind)
      .execute();
  }
}

/** A profile that an order comes to. */
export interface OrderedProfile {
  readonly id: string;
  readonly user_id: string;
}

/** The next profiles of members who are there. */
export async function listRegistered(
  trx: Trx,
  guildId: string,
  after: string,
  limit: number,
): Promise<readonly OrderedProfile[]> {
  return await selectProfiles(trx, guildId, after, limit)
    .innerJoin('members', (join) =>
      join.onRef('members.guild_id', '=', 'profiles.guild_id').onRef('members.user_id', '=', 'profiles.user_id'),
    )
    .where('members.left_at', 'is', null)
    .execute();
}

/** The next mentors who wait for a moderator without a card that says so. */
export async function listWithoutReview(
  trx: Trx,
  guildId: string,
  after: string,
  limit: number,
): Promise<readonly OrderedProfile[]> {
  return await selectProfiles(trx, guildId, after, limit)
    .where('profiles.role', '=', 'mentor')
    .where('profiles.verification', '=', 'waiting')
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('notices')
            .select('notices.id')
            .whereRef('notices.subject_id', '=', 'profiles.id')
            .where('notices.kind', '=', sql.lit<NoticeKind>('mentor-review'))
            .where('notices.state', '<>', sql.lit<NoticeState>('void')),
        ),
      ),
    )
    .execute();
}

function selectProfiles(trx: Trx, guildId: string, after: string, limit: number) {
  return trx
    .selectFrom('profiles')
    .select(['profiles.id', 'profiles.user_id'])
    .where('profiles.guild_id', '=', guildId)
    .where('profiles.id', '>', after)
    .orderBy('profiles.id')
    .limit(limit);
}
