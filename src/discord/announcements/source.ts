import { findAnnouncement } from '../../db/announcements.ts';
import { announcementFailed, announcementPosted, isTooLate } from '../../posts/announcements/outcome.ts';
import type { PostSource } from '../notices/posting.ts';
import { subjectOf } from '../notices/scene.ts';
import { announcementCard, withoutGoneRole } from './card.ts';

/** Announcements that are posted once, at their time or at once. Those that come back are slots of their schedule. */
export const announcementSource: PostSource = {
  async find(scene) {
    const announcement = await subjectOf(scene, findAnnouncement);
    if (!announcement) return undefined;
    // What stands in the channel stays, and follows every change.
    const isThere = scene.notice.message_id !== null || announcement.state === 'posted';
    if (!isThere && announcement.state !== 'scheduled') return undefined;
    const isLate = !isThere && isTooLate(announcement, scene.ctx.now());
    return {
      channelId: announcement.channel_id,
      card: announcementCard(withoutGoneRole(scene, announcement)),
      crosspost: announcement.crosspost === 1,
      ...(isLate ? { stale: 'late' } : {}),
    };
  },
  async delivered(trx, ctx, notice, { messageId }) {
    if (notice.subject_id !== null) await announcementPosted(trx, ctx, notice.subject_id, messageId);
  },
  async failed(trx, ctx, notice, why) {
    if (notice.subject_id !== null) await announcementFailed(trx, ctx, notice.subject_id, why);
  },
  async dropped(trx, ctx, notice, why) {
    if (notice.subject_id !== null && why === 'late') await announcementFailed(trx, ctx, notice.subject_id, why);
  },
};
