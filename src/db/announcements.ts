import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import type { AnnouncementsTable, AnnouncementState } from './schema.ts';

export type Announcement = Selectable<AnnouncementsTable>;

/** Stores a draft. */
export async function insertAnnouncement(db: Db, announcement: Insertable<AnnouncementsTable>): Promise<void> {
  await db.insertInto('announcements').values(announcement).execute();
}

/** An announcement by its id, in any guild and state; undefined where there is none. */
export async function findAnnouncement(db: Db, id: string): Promise<Announcement | undefined> {
  return await db.selectFrom('announcements').selectAll().where('id', '=', id).executeTakeFirst();
}

/**
 * Changes an announcement that is still as it was seen: in one of these states, and at this revision.
 * @returns false when somebody changed it meanwhile; then nothing changes.
 */
export async function updateAnnouncement(
  trx: Trx,
  seen: Pick<Announcement, 'id' | 'revision'>,
  states: readonly AnnouncementState[],
  changes: Updateable<AnnouncementsTable>,
  at: Instant,
): Promise<boolean> {
  const result = await trx
    .updateTable('announcements')
    .set({ ...changes, updated_at: at, revision: sql<number>`revision + 1` })
    .where('id', '=', seen.id)
    .where('revision', '=', seen.revision)
    .where('state', 'in', states)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Calls off the announcement that a schedule was to post again and again. */
export async function cancelRepeating(trx: Trx, scheduleId: string, at: Instant): Promise<void> {
  await trx
    .updateTable('announcements')
    .set({ state: 'cancelled', updated_at: at, revision: sql<number>`revision + 1` })
    .where('schedule_id', '=', scheduleId)
    .where('state', '=', 'scheduled')
    .execute();
}

/** Removes a draft. Returns false when it is gone already, or no draft any more. */
export async function deleteDraft(trx: Trx, id: string): Promise<boolean> {
  const result = await trx
    .deleteFrom('announcements')
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/**
 * Writes down that Discord has an announcement. One that recurs stays as it is, for the next time.
 * @param place where its message is: in a forum a post of its own.
 */
export async function markPosted(
  trx: Trx,
  id: string,
  { channelId, messageId }: { readonly channelId: string; readonly messageId: string },
  at: Instant,
): Promise<void> {
  await trx
    .updateTable('announcements')
    .set({
      state: sql<AnnouncementState>`case when cron is null then 'posted' else state end`,
      posted_at: sql<Instant>`case when cron is null then coalesce(posted_at, ${at}) else ${at} end`,
      message_id: messageId,
      posted_in: sql<string | null>`case when channel_id = ${channelId} then null else ${channelId} end`,
      failure: null,
    })
    .where('id', '=', id)
    .execute();
}

/**
 * Writes down that an announcement that was posted notified nobody: an edit must not look as if it had.
 * @returns the announcement; undefined where it is gone.
 */
export async function forgetMention(trx: Trx, id: string): Promise<Announcement | undefined> {
  return await trx
    .updateTable('announcements')
    .set({ role_id: null, everyone: 0 })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** Writes down why a scheduled announcement could not be posted. Returns false when it is not scheduled any more. */
export async function markFailed(trx: Trx, id: string, failure: string, at: Instant): Promise<boolean> {
  const result = await trx
    .updateTable('announcements')
    .set({ state: 'failed', failure, updated_at: at, revision: sql<number>`revision + 1` })
    .where('id', '=', id)
    .where('state', '=', 'scheduled')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Writes down that the message of a posted announcement is gone, or not as it should be. Returns false when that is known. */
export async function markUncorrected(
  trx: Trx,
  id: string,
  failure: 'message-deleted' | 'change-refused',
  at: Instant,
): Promise<boolean> {
  const result = await trx
    .updateTable('announcements')
    .set({
      failure,
      updated_at: at,
      revision: sql<number>`revision + 1`,
      ...(failure === 'message-deleted' ? { message_id: null } : {}),
    })
    .where('id', '=', id)
    .where('state', '=', 'posted')
    .where((is) => is.or([is('failure', 'is', null), is('failure', '<>', failure)]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Whose channels a list is for: everything in some, and in others only what they wrote themselves. */
export interface Sight {
  readonly channelIds: readonly string[];
  readonly own: { readonly userId: string; readonly channelIds: readonly string[] };
}

/** The channels that a guild's announcements are for, or were. */
export async function listAnnouncedChannels(
  db: Db,
  guildId: string,
): Promise<Pick<Announcement, 'channel_id' | 'parent_id'>[]> {
  return await db
    .selectFrom('announcements')
    .select(['channel_id', 'parent_id'])
    .distinct()
    .where('guild_id', '=', guildId)
    .execute();
}

/** What a guild has in hand and posted lately. A form that nobody sent, and a change not yet confirmed, are none. */
function listed(db: Db, guildId: string, { channelIds, own }: Sight) {
  return db
    .selectFrom('announcements')
    .where('guild_id', '=', guildId)
    .where('changes_id', 'is', null)
    .where((is) => is.or([is('title', '!=', ''), is('text', '!=', '')]))
    .where((is) =>
      is.or([
        ...(channelIds.length > 0 ? [is('channel_id', 'in', channelIds)] : []),
        ...(own.channelIds.length > 0
          ? [is.and([is('channel_id', 'in', own.channelIds), is('author_id', '=', own.userId)])]
          : []),
      ]),
    );
}

/** How many announcements a guild's list has, as far as somebody sees. */
export async function countAnnouncements(db: Db, guildId: string, sight: Sight): Promise<number> {
  const { count } = await listed(db, guildId, sight)
    .select((all) => all.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** A guild's announcements: failed ones first, then scheduled ones as they come, drafts, and the rest newest first. */
export async function listAnnouncements(
  db: Db,
  guildId: string,
  sight: Sight,
  page: { readonly offset: number; readonly limit: number },
): Promise<Announcement[]> {
  return await listed(db, guildId, sight)
    .selectAll()
    .orderBy(
      sql`case state when 'failed' then 0 when 'scheduled' then 1 when 'draft' then 2 when 'posted' then 3 else 4 end`,
    )
    .orderBy(sql`case when state = 'scheduled' then coalesce(at, updated_at) end`)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

/** Removes announcements that were last touched before a moment; drafts, which nobody finished, sooner. Returns how many. */
export async function deleteOldAnnouncements(
  db: Db,
  { before, drafts }: { readonly before: Instant; readonly drafts: Instant },
  limit: number,
): Promise<number> {
  const result = await db
    .deleteFrom('announcements')
    .where('id', 'in', (ids) =>
      ids
        .selectFrom('announcements')
        .select('id')
        .where('updated_at', '<=', drafts)
        // One that is still to come stays, however long ago it was written.
        .where('state', '!=', 'scheduled')
        .where((is) => is.or([is('state', '=', 'draft'), is('updated_at', '<=', before)]))
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** A guild's announcements that are still to be posted, as they come. */
export async function listScheduledAnnouncements(db: Db, guildId: string): Promise<Announcement[]> {
  return await db
    .selectFrom('announcements')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('state', '=', 'scheduled')
    .orderBy(sql`coalesce(at, updated_at)`)
    .orderBy('id')
    .execute();
}

/** The key of the notice that posts an announcement: there is one, however often it is tried. */
export function announcementKey(id: string): string {
  return `announcement:${id}`;
}

/**
 * Lets the notice that could not be delivered be tried again, at once where it waits for its next try. Returns false when
 * there is none, or it is just being tried.
 */
export async function reviveAnnouncementNotice(trx: Trx, id: string, at: Instant): Promise<boolean> {
  const result = await trx
    .updateTable('notices')
    .set({ state: 'owed', due_at: at, attempts: 0, problem: null, revision: sql<number>`revision + 1` })
    .where('dedupe_key', '=', announcementKey(id))
    .where('state', 'in', ['void', 'undeliverable', 'owed'])
    .where('claimed_until', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Takes back what was never tried, or moves it to another time. One attempt that may have reached Discord is enough to
 * make it too late: nobody knows then what people have read.
 * @param change `void` to take it back, or when it is due instead.
 * @returns false when it is too late, or there is no such notice.
 */
export async function changeUntried(
  trx: Trx,
  id: string,
  change: 'void' | { readonly dueAt: Instant },
): Promise<boolean> {
  const result = await trx
    .updateTable('notices')
    .set(change === 'void' ? { state: 'void' } : { due_at: change.dueAt })
    .where('dedupe_key', '=', announcementKey(id))
    .where('state', '=', 'owed')
    .where('claimed_until', 'is', null)
    .where('unsure_since', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
