import { sql, type Selectable } from 'kysely';
import { type Random, newId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import type { NoticeKind, NoticesTable } from './schema.ts';

export type Notice = Selectable<NoticesTable>;

/** What a use case says when it owes somebody a message. */
export interface NewNotice {
  readonly guildId: string;
  readonly kind: NoticeKind;
  /** For a message to a person; absent when it goes to a channel of the guild. */
  readonly userId?: string;
  readonly subjectId?: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
  /** A notice with the same key is owed only once, however often it is asked for. */
  readonly dedupeKey?: string;
  /** Not before this moment; now when absent. */
  readonly dueAt?: Instant;
}

/** Puts a notice into the outbox. Belongs in the transaction of the change that causes it, so that neither exists without the other. */
export async function insertNotice(
  trx: Trx,
  source: { now: () => Instant; random: Random },
  notice: NewNotice,
): Promise<void> {
  const at = source.now();
  await trx
    .insertInto('notices')
    .values({
      id: newId(source.random),
      guild_id: notice.guildId,
      kind: notice.kind,
      user_id: notice.userId ?? null,
      subject_id: notice.subjectId ?? null,
      detail: notice.detail ? JSON.stringify(notice.detail) : null,
      dedupe_key: notice.dedupeKey ?? null,
      state: 'owed',
      due_at: notice.dueAt ?? at,
      created_at: at,
    })
    .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
    .execute();
}

/**
 * What notices about this subject say has changed: those already delivered are owed again, as an edit of the message,
 * and one that is just being delivered will be edited once it has arrived. Those nobody has seen yet need nothing:
 * they are rendered from current state anyway.
 */
export async function reviseNotices(trx: Trx, subjectId: string, kind: NoticeKind, at: Instant): Promise<void> {
  await trx
    .updateTable('notices')
    .set({
      revision: sql<number>`revision + 1`,
      state: sql`case when state = 'delivered' then 'owed' else state end`,
      due_at: sql`case when state = 'delivered' then ${at} else due_at end`,
    })
    .where('subject_id', '=', subjectId)
    .where('kind', '=', kind)
    .where('state', 'in', ['owed', 'delivered'])
    .execute();
}

/**
 * Takes up to `limit` due notices for delivery. A claim ends by itself, so that another process takes over what a
 * crashed one had in hand; what it had in hand is then marked as unsure, because Discord may have it already.
 */
export async function claimNotices(db: Db, at: Instant, until: Instant, limit: number): Promise<Notice[]> {
  return await db
    .updateTable('notices')
    .set({
      claimed_until: until,
      unsure_since: sql`case when claimed_until is null then unsure_since else coalesce(unsure_since, due_at) end`,
      attempts: sql<number>`attempts + 1`,
    })
    .where('id', 'in', (ids) =>
      ids
        .selectFrom('notices')
        .select('id')
        .where('state', '=', 'owed')
        .where('due_at', '<=', at)
        .where((is) => is.or([is('claimed_until', 'is', null), is('claimed_until', '<=', at)]))
        .orderBy('due_at')
        .orderBy('created_at')
        .orderBy('id')
        .limit(limit),
    )
    .where((is) => is.or([is('claimed_until', 'is', null), is('claimed_until', '<=', at)]))
    .returningAll()
    .execute();
}

/** When the oldest notice that is due became due; undefined when none waits. */
export async function findOldestOwed(db: Db, at: Instant): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('notices')
    .select('due_at')
    .where('state', '=', 'owed')
    .where('due_at', '<=', at)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.due_at;
}
