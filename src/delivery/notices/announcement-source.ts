import { type Announcement, findAnnouncement } from '../../db/announcements.ts';
import {
  announcementFailed,
  announcementPosted,
  announcementUncorrected,
  isTooLate,
  isTriedAgain,
} from '../../posts/announcements/outcome.ts';
import { isOffered } from '../../posts/notify.ts';
import type { Instant } from '../../time.ts';
import type { Charge, PostSource } from './posting.ts';
import { type Scene, subjectOf } from './scene.ts';
import { announcementCard } from '../../discord/cards/announcement.ts';

/** Whom an announcement is to notify. */
export async function notifiedBy(
  { ctx }: Scene,
  { guild_id: guildId, everyone, role_id: roleId }: Announcement,
): Promise<Charge['notifies']> {
  if (everyone === 1) return 'everyone';
  return roleId === null ? undefined : { roleId, isOffered: await isOffered(ctx.db, guildId, roleId) };
}

/** An announcement that notifies nobody: it is news all the same. */
export function withoutMention(announcement: Announcement): Announcement {
  return { ...announcement, role_id: null, everyone: 0 };
}

/** Announcements that are posted once, at their time or at once. Those that come back are slots of their schedule. */
export const announcementSource: PostSource = {
  async charge(scene) {
    const announcement = await subjectOf(scene, findAnnouncement);
    if (!announcement) return undefined;
    const { channel_id: channelId, sender_id: by } = announcement;
    return { channelId, by, saysWords: true, notifies: await notifiedBy(scene, announcement) };
  },
  async find(scene, isQuiet) {
    const announcement = await subjectOf(scene, findAnnouncement);
    if (!announcement) return undefined;
    const { channel_id: channelId, parent_id: parentId, tag_id: tagId, crosspost } = announcement;
    const posting = { channelId, parentId, tagId, title: announcement.title, crosspost: crosspost === 1 };
    // What stands in the channel stays, and follows every change.
    const isThere = scene.notice.message_id !== null || announcement.state === 'posted';
    const stale = isThere ? undefined : staleness(announcement, scene.ctx.now());
    // Looked for by its reference only, so what it says does not matter.
    if (stale !== undefined) return { ...posting, card: {}, stale };
    const shown = isQuiet ? withoutMention(announcement) : announcement;
    return { ...posting, card: announcementCard(scene.t, shown, await scene.guildName()) };
  },
  async delivered(trx, ctx, notice, place, quiet) {
    if (notice.subject_id !== null) await announcementPosted(trx, ctx, notice.subject_id, place, quiet);
  },
  async uncorrected(trx, ctx, notice, why) {
    if (notice.subject_id !== null) await announcementUncorrected(trx, ctx, notice.subject_id, why);
  },
  async failed(trx, ctx, notice, why) {
    if (notice.subject_id !== null) await announcementFailed(trx, ctx, notice.subject_id, why);
  },
  async dropped(trx, ctx, notice, why) {
    if (notice.subject_id !== null && why === 'late') await announcementFailed(trx, ctx, notice.subject_id, why);
  },
};

/** Why an announcement is not to be posted any more; undefined while it is. */
function staleness(announcement: Announcement, now: Instant): 'called-off' | 'late' | undefined {
  if (isTriedAgain(announcement, now)) return undefined;
  if (announcement.state !== 'scheduled') return 'called-off';
  return isTooLate(announcement, now) ? 'late' : undefined;
}
