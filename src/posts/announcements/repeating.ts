/** Announcements that come back: a schedule posts them, slot by slot. */
import type { Context } from '../../context.ts';
import type { Announcement } from '../../db/announcements.ts';
import type { Trx } from '../../db/open.ts';
import { insertNewSchedule, withdrawSchedule } from '../schedules.ts';
import type { Acting } from '../../guild/acting.ts';

/**
 * Adds the schedule that posts an announcement again and again; it moves along when the guild changes its zone.
 * @returns its id.
 * @throws UserError when the guild has as many schedules as it may have.
 */
export async function startRepeating(
  ctx: Context,
  trx: Trx,
  by: Acting,
  announcement: Announcement,
  cron: string,
): Promise<string> {
  const { schedule } = await insertNewSchedule(trx, ctx, by, {
    kind: 'announcement',
    channelId: announcement.channel_id,
    cron,
    roleId: announcement.role_id,
    announcementId: announcement.id,
    crosspost: announcement.crosspost === 1,
  });
  return schedule.id;
}

/** Ends the schedule of an announcement, unless somebody has removed it already. */
export async function stopRepeating(ctx: Context, trx: Trx, announcement: Announcement): Promise<void> {
  const { guild_id: guildId, schedule_id: id } = announcement;
  if (id !== null) await withdrawSchedule(trx, ctx, guildId, id);
}
