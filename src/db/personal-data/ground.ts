/** What the tables that every area shares hold on one member: messages owed, moderators' acts, the registration itself. */
import { sql, type Selectable } from 'kysely';
import { guildLeft } from '../guilds.ts';
import type { Db, Trx } from '../open.ts';
import { type AuditTable, deletedUser, type NoticesTable, type NoticeState } from '../schema.ts';
import type { NoticeKind } from '../notice-kinds.ts';

/** Pending acts on Discord, such as taking a role: all that a deletion leaves until they are done. */
const ordersAboutMembers = ['member-roles', 'thread-exit'] as const satisfies readonly NoticeKind[];

/** Whether a notice of this kind is no message, but something to be done about a member. */
export function isOrderAboutMember(kind: NoticeKind): boolean {
  return (ordersAboutMembers as readonly NoticeKind[]).includes(kind);
}

/** What is held beside the member's row. */
export interface HeldInGround {
  readonly notices: Selectable<NoticesTable>[];
  /** What they did as a moderator, and what moderators did about them. */
  readonly acts: Selectable<AuditTable>[];
}

/** Reads what shared tables hold on a member beside their row, oldest first. */
export async function listHeldInGround(db: Db, guildId: string, userId: string): Promise<HeldInGround> {
  return {
    notices: await db
      .selectFrom('notices')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .execute(),
    acts: await db
      .selectFrom('audit')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where((is) => is.or([is('actor_id', '=', userId), is('subject_id', '=', userId)]))
      .orderBy('at')
      .execute(),
  };
}

/** Every guild that may hold something on somebody, also those that the bot has left: all there are. */
export async function listGuildsHolding(db: Db, userId: string): Promise<string[]> {
  const guilds = await db.selectFrom('guilds').select('id').orderBy('id').execute();
  const others = await db
    .selectFrom('notices')
    .select('guild_id')
    .distinct()
    .where('user_id', '=', userId)
    .where('guild_id', 'not in', (known) => known.selectFrom('guilds').select('id'))
    .execute();
  return [...guilds.map(({ id }) => id), ...others.map(({ guild_id: id }) => id)];
}

/**
 * Lets the record name a moderator by another id in what they did: by a keyed hash once they have left, and by their own
 * when they come back.
 */
export async function renameActor(trx: Trx, guildId: string, from: string, to: string): Promise<void> {
  await trx
    .updateTable('audit')
    .set({ actor_id: to })
    .where('guild_id', '=', guildId)
    .where('actor_id', '=', from)
    .execute();
}

/**
 * Removes what shared tables hold on a member, the last of all: the profiles go with their row. What they did as a
 * moderator stays in the record until it is old: others have to be able to see who did it.
 * @returns whether there was anything.
 */
export async function eraseFromGround(trx: Trx, guildId: string, userId: string): Promise<boolean> {
  const renamed = [
    // What was wished of a pair names both.
    await trx
      .updateTable('audit')
      .set({ detail: sql<string>`replace(detail, ${userId}, ${deletedUser})` })
      .where('guild_id', '=', guildId)
      .where('detail', 'like', `%${userId}%`)
      .executeTakeFirst(),
    await trx
      .updateTable('audit')
      .set({ subject_id: deletedUser })
      .where('guild_id', '=', guildId)
      .where('subject_id', '=', userId)
      .executeTakeFirst(),
  ].map((result) => result.numUpdatedRows);
  // An order to take or give roles, or to let them out of a thread, that is still to be carried out is needed for that,
  // and says nothing but who.
  await trx
    .deleteFrom('notices')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('kind', 'in', ordersAboutMembers)
    .where('state', '!=', 'owed')
    .execute();
  const deleted = [
    await trx
      .deleteFrom('notices')
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .where('kind', 'not in', ordersAboutMembers)
      .executeTakeFirst(),
    await trx.deleteFrom('members').where('guild_id', '=', guildId).where('user_id', '=', userId).executeTakeFirst(),
  ].map((result) => result.numDeletedRows);
  return [...renamed, ...deleted].some((rows) => rows > 0n);
}

/**
 * Removes orders to take or give roles that were carried out or have nothing left to do: they say nothing that anybody
 * wants to know, and are the last trace of those who deleted their data. What a guild without the bot is owed stays for
 * those of its members who do. Returns how many.
 */
export async function deleteSpentRoleOrders(db: Db): Promise<number> {
  return await deleteSpentOrders(db, 'member-roles');
}

/** The same of orders to let somebody who deleted their data out of a thread. */
export async function deleteSpentExits(db: Db): Promise<number> {
  return await deleteSpentOrders(db, 'thread-exit');
}

async function deleteSpentOrders(db: Db, kind: (typeof ordersAboutMembers)[number]): Promise<number> {
  const result = await db
    .deleteFrom('notices')
    // Written out, not bound: only then does SQLite see that the partial indexes of spent orders fit.
    .where('kind', '=', sql.lit<NoticeKind>(kind))
    .where('state', '<>', sql.lit<NoticeState>('owed'))
    .where((is) =>
      is.or([
        is('problem', 'is', null),
        is('problem', '<>', guildLeft),
        is.not(
          is.exists(
            is
              .selectFrom('members')
              .select(sql`1`.as('one'))
              .whereRef('members.guild_id', '=', 'notices.guild_id')
              .whereRef('members.user_id', '=', 'notices.user_id'),
          ),
        ),
      ]),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
