/** What follows once Discord has an announcement, or will not get it. Every `trx` is the outbox's. */
import type { Context } from '../../context.ts';
import { type Announcement, findAnnouncement, markFailed, markPosted } from '../../db/announcements.ts';
import { insertNotice } from '../../db/notices.ts';
import { findScheduleById } from '../../db/schedules.ts';
import type { Slot } from '../../db/slots.ts';
import type { Trx } from '../../db/open.ts';
import { deletedUser } from '../../db/schema.ts';
import type { Instant } from '../../time.ts';
import { isInTime } from '../claim.ts';

/** Why an announcement was not posted; `late` when nobody could post it for more than six hours after its time. */
export type AnnouncementFailure = 'channel-deleted' | 'channel-closed' | 'refused' | 'late';

/** Pure: whether an announcement has waited so long that it might mislead by now. */
export function isTooLate({ state, at }: Pick<Announcement, 'state' | 'at'>, now: Instant): boolean {
  return state === 'scheduled' && at !== null && !isInTime(at, now);
}

/** Discord has it. */
export async function announcementPosted(trx: Trx, ctx: Context, id: string, messageId: string): Promise<void> {
  await markPosted(trx, id, messageId, ctx.now());
}

/** It was not posted, and is not tried again by itself: its author hears why, and what to do. */
export async function announcementFailed(
  trx: Trx,
  ctx: Context,
  id: string,
  failure: AnnouncementFailure,
): Promise<void> {
  if (!(await markFailed(trx, id, failure, ctx.now()))) return;
  const announcement = await findAnnouncement(trx, id);
  if (!announcement || announcement.author_id === deletedUser) return;
  await insertNotice(trx, ctx, {
    guildId: announcement.guild_id,
    kind: 'announcement-failed',
    userId: announcement.author_id,
    subjectId: id,
    detail: { why: failure },
    dedupeKey: `announcement-failed:${id}:${announcement.revision}`,
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
