/** What follows once Discord has an announcement, or will not get it. Every `trx` is the outbox's. */
import type { Context } from '../../context.ts';
import {
  type Announcement,
  findAnnouncement,
  forgetMention,
  markFailed,
  markPosted,
  markUncorrected,
} from '../../db/announcements.ts';
import type { QuietReason } from '../../db/notice-kinds.ts';
import { findScheduleById } from '../../db/schedules.ts';
import type { Slot } from '../../db/slots.ts';
import type { Trx } from '../../db/open.ts';
import { deletedUser } from '../../db/schema.ts';
import { insertAlert } from '../../guild/alerts.ts';
import type { Instant } from '../../time.ts';
import { isInTime } from '../claim.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';

/**
 * Why an announcement was not posted; `late` when nobody could post it for more than six hours after its time,
 * `moderator-gone` when nobody who is a moderator by now answers for it.
 */
type AnnouncementFailure =
  'channel-deleted' | 'channel-closed' | 'thread-locked' | 'tag-missing' | 'refused' | 'late' | 'moderator-gone';
/** Why one that is posted is no longer what it should be. */
type ChangeFailure = 'message-deleted' | 'change-refused';

/** Pure: whether an announcement has waited so long that it might mislead by now. */
export function isTooLate({ state, at }: Pick<Announcement, 'state' | 'at'>, now: Instant): boolean {
  return state === 'scheduled' && at !== null && !isInTime(at, now);
}

/**
 * Discord has it. Whoever read that it was not posted reads that it was after all.
 * @param quiet why it notifies nobody, though it was to: its moderators hear of it.
 */
export async function announcementPosted(
  trx: Trx,
  ctx: Context,
  id: string,
  place: { readonly channelId: string; readonly messageId: string },
  quiet?: QuietReason,
): Promise<void> {
  await markPosted(trx, id, place, ctx.now());
  await reviseNotices(trx, id, 'announcement-failed', ctx.now());
  const announcement = quiet === undefined ? undefined : await forgetMention(trx, id);
  if (!announcement || quiet === undefined) return;
  const { guild_id: guildId, sender_id: userId } = announcement;
  await insertAlert(trx, ctx, guildId, { problem: 'announcement-quiet', id });
  if (userId === null) return;
  const told = { guildId, kind: 'announcement-quiet', userId, subjectId: id, detail: { why: quiet } } as const;
  await insertNotice(trx, ctx, { ...told, dedupeKey: `announcement-quiet:${id}` });
}

/** Pure: whether one that could not be posted is tried again by itself: as long as it is in time, and nobody moved it. */
export function isTriedAgain({ state, at }: Pick<Announcement, 'state' | 'at'>, now: Instant): boolean {
  return state === 'failed' && at !== null && at <= now && isInTime(at, now);
}

/** Tells the author that a posted announcement could not be changed, or is gone. */
export async function announcementUncorrected(
  trx: Trx,
  ctx: Context,
  id: string,
  failure: ChangeFailure,
): Promise<void> {
  if (!(await markUncorrected(trx, id, failure, ctx.now()))) return;
  const announcement = await findAnnouncement(trx, id);
  if (announcement) await tellAuthor(trx, ctx, announcement, failure);
}

/** It was not posted: its author hears why, and what to do. */
export async function announcementFailed(
  trx: Trx,
  ctx: Context,
  id: string,
  failure: AnnouncementFailure,
): Promise<void> {
  if (!(await markFailed(trx, id, failure, ctx.now()))) return;
  const announcement = await findAnnouncement(trx, id);
  if (!announcement) return;
  // Whoever planned it may be gone, and with them everybody who knows of it.
  if (failure === 'moderator-gone')
    await insertAlert(trx, ctx, announcement.guild_id, { problem: 'announcement-not-posted', id });
  await tellAuthor(trx, ctx, announcement, failure);
}

/** Tells whoever planned an announcement; the moderators where that is nobody any more. */
async function tellAuthor(
  trx: Trx,
  ctx: Context,
  { id, guild_id: guildId, author_id: userId, revision }: Announcement,
  why: AnnouncementFailure | ChangeFailure,
): Promise<void> {
  if (userId === deletedUser) {
    await insertAlert(trx, ctx, guildId, { problem: 'announcement-not-posted', id });
    return;
  }
  await insertNotice(trx, ctx, {
    guildId,
    kind: 'announcement-failed',
    userId,
    subjectId: id,
    detail: { why },
    dedupeKey: `announcement-failed:${id}:${revision}`,
  });
}

/** One time of a repeating announcement was not posted, and its schedule rests until somebody mends it: its author hears why. */
export async function repetitionFailed(
  trx: Trx,
  ctx: Context,
  slot: Pick<Slot, 'id' | 'schedule_id'>,
  failure: Exclude<AnnouncementFailure, 'late'>,
): Promise<void> {
  const schedule = await findScheduleById(trx, slot.schedule_id);
  const id = schedule?.announcement_id ?? null;
  const announcement = id === null ? undefined : await findAnnouncement(trx, id);
  if (!announcement || announcement.author_id === deletedUser) return;
  await insertNotice(trx, ctx, {
    guildId: announcement.guild_id,
    kind: 'announcement-failed',
    userId: announcement.author_id,
    subjectId: announcement.id,
    detail: { why: failure, repeats: true },
    dedupeKey: `announcement-failed:${announcement.id}:${slot.id}`,
  });
}
