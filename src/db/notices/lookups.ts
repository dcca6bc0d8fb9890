/** Looks up messages already sent about a subject, and messages that wait for somebody. */
import { sql } from 'kysely';
import type { Instant } from '../../time.ts';
import type { NoticeKind } from '../notice-kinds.ts';
import type { Db } from '../open.ts';
import { setUpPrefix } from './claims.ts';
import type { Notice } from './write.ts';

/** The notices of a kind about a subject. */
function noticesOf(db: Db, subjectId: string, kind: NoticeKind) {
  return db.selectFrom('notices').select('id').where('subject_id', '=', subjectId).where('kind', '=', kind);
}

async function isThere(found: ReturnType<typeof noticesOf>): Promise<boolean> {
  return (await found.limit(1).executeTakeFirst()) !== undefined;
}

/** Whether somebody has a message about this subject, or is about to get it: one that was voided has reached nobody. */
export async function hasNotice(db: Db, subjectId: string, kind: NoticeKind): Promise<boolean> {
  return await isThere(
    noticesOf(db, subjectId, kind).where((is) => is.or([is('state', '<>', 'void'), is('message_id', 'is not', null)])),
  );
}

/** Whether a person was told of a subject: it reached them, or waits in their inbox. */
export async function wasTold(db: Db, subjectId: string, kind: NoticeKind, userId: string): Promise<boolean> {
  return await isThere(
    noticesOf(db, subjectId, kind)
      .where('user_id', '=', userId)
      .where('state', 'in', ['delivered', 'undeliverable', 'read']),
  );
}

/** The notice that was owed under this key. */
export async function findNoticeByKey(db: Db, dedupeKey: string): Promise<Notice | undefined> {
  return await db.selectFrom('notices').selectAll().where('dedupe_key', '=', dedupeKey).executeTakeFirst();
}

/** Whether something about this subject waits until somebody has mended what is in its way. */
export async function isHeldUp(db: Db, subjectId: string, kind: NoticeKind): Promise<boolean> {
  return await isThere(
    noticesOf(db, subjectId, kind).where('state', '=', 'owed').where('problem', 'like', `${setUpPrefix}%`),
  );
}

/** What could not be sent to this person and was not read yet, oldest first. */
export async function listUndelivered(db: Db, guildId: string, userId: string): Promise<Notice[]> {
  return await db
    .selectFrom('notices')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('state', '=', 'undeliverable')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Marks one of this person's undelivered notices as read. Returns false when it is not theirs or not waiting. */
export async function markNoticeRead(db: Db, id: string, userId: string): Promise<boolean> {
  const result = await db
    .updateTable('notices')
    .set({ state: 'read' })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('state', '=', 'undeliverable')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Looks whether so many messages of a channel were published since a moment.
 * @returns when the earliest of the last `most` was; undefined while there were fewer.
 */
export async function findCrosspostPlace(
  db: Db,
  channelId: string,
  since: Instant,
  most: number,
): Promise<Instant | undefined> {
  const rows = await db
    .selectFrom('notices')
    .select('delivered_at')
    .where('kind', '=', sql.lit<NoticeKind>('crosspost'))
    .where('channel_id', '=', channelId)
    .where('delivered_at', '>', since)
    .orderBy('delivered_at', 'desc')
    .limit(most)
    .execute();
  return rows.length < most ? undefined : (rows.at(-1)?.delivered_at ?? undefined);
}

/** Notices of this kind and subject that are still owed, or were owed since this moment. */
export async function hasRecentNotice(db: Db, subjectId: string, kind: NoticeKind, since: Instant): Promise<boolean> {
  return await isThere(
    noticesOf(db, subjectId, kind).where((is) => is.or([is('state', '=', 'owed'), is('created_at', '>', since)])),
  );
}

/** Whether a notice of this kind and subject has arrived once. */
export async function hasDelivered(db: Db, subjectId: string, kind: NoticeKind): Promise<boolean> {
  return await isThere(noticesOf(db, subjectId, kind).where('delivered_at', 'is not', null));
}
