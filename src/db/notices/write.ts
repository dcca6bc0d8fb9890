/** The outbox as rows: what is owed to whom. Here it is written and revised. */
import { type Selectable, sql } from 'kysely';
import { type Random, newId } from '../../ids.ts';
import type { Instant } from '../../time.ts';
import { type NewDetail, type NoticeDetail, type NoticeKind, noticeDetails } from '../notice-kinds.ts';
import type { Trx } from '../open.ts';
import type { NoticesTable } from '../schema.ts';

export type Notice = Selectable<NoticesTable>;

/** Fields common to all notices. */
interface Owed {
  readonly guildId: string;
  /** For a message to a person; absent when it goes to a channel of the guild. */
  readonly userId?: string;
  readonly subjectId?: string;
  /** A notice with the same key is owed only once, however often it is asked for. */
  readonly dedupeKey?: string;
  /** Not before this moment; now when absent. */
  readonly dueAt?: Instant;
  /** Whether it goes behind whatever a person waits for; as the work that owes it when absent. */
  readonly mass?: boolean;
}

/** The parts of the context that writing a notice needs. */
export interface Source {
  readonly now: () => Instant;
  readonly random: Random;
  readonly bulk?: boolean;
}

/** What a kind carries: nothing, or what its row in `notice-kinds.ts` says, absent where that may be null. */
type Carried<Kind extends NoticeKind> =
  null extends NewDetail<Kind>
    ? { readonly detail?: Exclude<NewDetail<Kind>, null> }
    : { readonly detail: NewDetail<Kind> };

/** What a use case says when it owes somebody a message. */
export type NewNotice = { [Kind in NoticeKind]: Owed & { readonly kind: Kind } & Carried<Kind> }[NoticeKind];

/** What a notice carries, checked. @throws when the row holds something else: only `insertNotice` writes it. */
export function readDetail<Kind extends NoticeKind>(kind: Kind, notice: Pick<Notice, 'detail'>): NoticeDetail<Kind> {
  const stored: unknown = notice.detail === null ? null : JSON.parse(notice.detail);
  return noticeDetails[kind].parse(stored) as NoticeDetail<Kind>;
}

function rowOf(source: Source, notice: NewNotice) {
  const at = source.now();
  return {
    id: newId(source.random),
    guild_id: notice.guildId,
    kind: notice.kind,
    user_id: notice.userId ?? null,
    subject_id: notice.subjectId ?? null,
    detail: notice.detail ? JSON.stringify(notice.detail) : null,
    dedupe_key: notice.dedupeKey ?? null,
    state: 'owed' as const,
    due_at: notice.dueAt ?? at,
    created_at: at,
    mass: (notice.mass ?? source.bulk) ? (1 as const) : (0 as const),
  };
}

/**
 * Puts a notice into the outbox. Belongs in the transaction of the change that causes it, so that neither exists
 * without the other.
 * @returns false when a notice with the same `dedupeKey` is already there.
 */
export async function insertNotice(trx: Trx, source: Source, notice: NewNotice): Promise<boolean> {
  const result = await trx
    .insertInto('notices')
    .values(rowOf(source, notice))
    .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** A post of a schedule, as it is owed. */
type OwedPost = Pick<Notice, 'id' | 'guild_id' | 'due_at' | 'created_at'> & {
  readonly subject_id: string;
  /** 0 when a person waits for it: then it does not wait behind the others. */
  readonly mass?: 0 | 1;
};

/** Owes posts of schedules, many at a time. They wait behind whatever a person waits for. */
export async function insertPosts(trx: Trx, posts: readonly OwedPost[]): Promise<void> {
  if (posts.length === 0) return;
  await trx
    .insertInto('notices')
    .values(posts.map((post) => ({ mass: 1 as const, ...post, kind: 'post' as const, state: 'owed' as const })))
    .execute();
}

/** Puts many notices into the outbox at once, none of which has a `dedupeKey`; a few hundred at most in one statement. */
export async function insertNotices(trx: Trx, source: Source, notices: readonly NewNotice[]): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map((notice) => rowOf(source, notice));
  await trx.insertInto('notices').values(rows).execute();
}

/** The revision of a notice that nothing has changed since it was written. */
export const firstRevision = 1;

/**
 * What notices about this subject say has changed: those already delivered are owed again, as an edit of the message,
 * and one that is just being delivered will be edited once it has arrived. Those nobody has seen yet need nothing:
 * they are rendered from current state anyway.
 */
export async function reviseNotices(trx: Trx, subjectId: string, kind: NoticeKind, at: Instant): Promise<void> {
  await reviseWhere(trx, at).where('subject_id', '=', subjectId).where('kind', '=', kind).execute();
}

/** Revises the notices that the caller's conditions name. */
export function reviseWhere(trx: Trx, at: Instant) {
  return trx
    .updateTable('notices')
    .set({
      revision: sql<number>`revision + 1`,
      state: sql`case when state = 'delivered' then 'owed' else state end`,
      due_at: sql`case when state = 'delivered' then ${at} else due_at end`,
    })
    .where('state', 'in', ['owed', 'delivered']);
}
