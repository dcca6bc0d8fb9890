import { readDetail } from '../../db/notices.ts';
import { findAnnouncement } from '../../db/announcements.ts';
import { showAnnounced } from '../../posts/announcements/content.ts';
import { showTyped } from '../../discord/text.ts';
import { paragraphs } from './people.ts';
import { letter, type Render, subjectOf } from './scene.ts';

/** To the author of an announcement: it was not posted, why, and what to do. */
export const announcementNotPosted: Render = async (scene) => {
  const text = scene.t.announcements;
  const announcement = await subjectOf(scene, findAnnouncement);
  if (!announcement) return undefined;
  const { why, repeats } = readDetail('announcement-failed', scene.notice);
  // It may have been posted again by now, or called off.
  if (announcement.state !== (repeats ? 'scheduled' : 'failed')) return undefined;
  const title = showTyped(showAnnounced(announcement.title));
  return await letter(
    scene,
    text.failed.title,
    paragraphs(
      text.failed.body(title, `<#${announcement.channel_id}>`, text.failures[why]),
      (repeats ? text.failed.mendRepeating : text.failed.mend)[why],
    ),
  );
};
