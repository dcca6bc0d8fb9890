/** Announcements that come back: a schedule posts them, slot by slot. */
import type { Context } from '../../context.ts';
import type { Announcement } from '../../db/announcements.ts';
import type { Trx } from '../../db/open.ts';
import { updateSchedule } from '../../db/schedules.ts';
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
    parentId: announcement.parent_id,
    tagId: announcement.tag_id,
    cron,
    roleId: announcement.role_id,
    announcementId: announcement.id,
    crosspost: announcement.crosspost === 1,
  });
  return schedule.id;
}

/** Whoever changes an announcement that comes back answers for its posts from then on. */
export async function answerForRepeating(
  ctx: Context,
  trx: Trx,
  by: Acting,
  { guild_id: guildId, schedule_id: id }: Announcement,
): Promise<void> {
  const changes = { chooser_id: by.userId, updated_at: ctx.now() };
  // One that was removed meanwhile posts nothing that anybody would answer for.
  if (id !== null) await updateSchedule(trx, guildId, id, ['active', 'paused'], changes);
}

/** Ends the schedule of an announcement, unless somebody has removed it already. */
export async function stopRepeating(ctx: Context, trx: Trx, announcement: Announcement): Promise<void> {
  const { guild_id: guildId, schedule_id: id } = announcement;
  if (id !== null) await withdrawSchedule(trx, ctx, guildId, id);
}
