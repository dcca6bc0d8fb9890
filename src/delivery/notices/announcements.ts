import { type Announcement, findAnnouncement } from '../../db/announcements.ts';
import { showAnnounced } from '../../posts/announcements/content.ts';
import { isTriedAgain } from '../../posts/announcements/outcome.ts';
import { latestHours } from '../../posts/limits.ts';
import { stamp } from '../../marks.ts';
import { later } from '../../time.ts';
import { button, row } from '../../discord/buttons.ts';
import type { More } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { showTyped } from '../../discord/text.ts';
import { paragraphs } from './people.ts';
import { letter, type Render, type Scene, subjectOf } from './scene.ts';
import { readDetail } from '../../db/notices/write.ts';

/** To the author of an announcement: it was not posted, or could not be changed, why, and what to do. */
export const announcementNotPosted: Render = async (scene) => {
  const text = scene.t.announcements;
  const announcement = await subjectOf(scene, findAnnouncement);
  if (!announcement) return undefined;
  const { why, repeats } = readDetail('announcement-failed', scene.notice);
  const title = showTyped(showAnnounced(announcement.title));
  const channel = `<#${announcement.channel_id}>`;
  if (why === 'message-deleted' || why === 'change-refused') {
    if (announcement.state !== 'posted') return undefined;
    return await letter(scene, text.uncorrected.title, text.uncorrected[why](title, channel), next(scene));
  }
  // Whoever read that it was not posted reads that it is now.
  if (announcement.state === 'posted' && scene.notice.message_id !== null)
    return await letter(scene, text.failed.postedTitle, text.failed.posted(title, channel));
  // It may have been posted again by now, or called off.
  if (announcement.state !== (repeats ? 'scheduled' : 'failed')) return undefined;
  return await letter(
    scene,
    text.failed.title,
    paragraphs(
      text.failed.body(title, channel, text.failures[why]),
      (repeats ? text.failed.mendRepeating : text.failed.mend)[why],
      repeats || !mendable.has(why) ? '' : triedAgain(scene, announcement),
    ),
    next(scene),
  );
};

/** The way to it: commands do nothing in a direct message. */
function next({ t }: Scene): More {
  return { components: [row(button([keys.announce.list], t.announcements.show))] };
}

/** What may be mended while the announcement is still in time. */
const mendable: ReadonlySet<string> = new Set(['channel-closed', 'thread-locked', 'tag-missing']);

/** Until when the bot posts it by itself; nothing once that is over. */
function triedAgain({ t, ctx }: Scene, announcement: Announcement): string {
  if (announcement.at === null || !isTriedAgain(announcement, ctx.now())) return '';
  return t.announcements.failed.triedAgain(stamp(later(announcement.at, { hours: latestHours }), 't'));
}

/** To whoever confirmed an announcement: it stands there, but nobody was notified, and why. */
export const announcementQuiet: Render = async (scene) => {
  const text = scene.t.announcements.quiet;
  const announcement = await subjectOf(scene, findAnnouncement);
  if (announcement?.state !== 'posted') return undefined;
  const { why } = readDetail('announcement-quiet', scene.notice);
  const title = showTyped(showAnnounced(announcement.title));
  return await letter(
    scene,
    text.title,
    paragraphs(text.body(title, `<#${announcement.channel_id}>`, text.why[why]), text.next),
  );
};
