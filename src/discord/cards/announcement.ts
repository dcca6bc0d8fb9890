import type { Announcement } from '../../db/announcements.ts';
import { contentLimits, readAddress, showAnnounced } from '../../posts/announcements/content.ts';
import { linkButton, row } from '../buttons.ts';
import { threadUrl } from '../links.ts';
import type { Card } from '../replies.ts';
import { post } from '../embeds.ts';
import type { Texts } from '../../texts/en.ts';
import { limits } from '../limits.ts';
import { clip, withoutDirectionControls } from '../../marks.ts';

/**
 * Pure: an announcement as it is posted, and as the preview shows it. Only what stands above the card notifies anybody:
 * the role or everyone that was chosen, never what the text says. An address that cannot be used is left out.
 * @param guildName as its owner typed it: the server signs, with the way to where it was announced.
 */
export function announcementCard(t: Texts, announcement: Announcement, guildName: string): Card {
  const { title, text, link, image_url: image, role_id: roleId, everyone } = announcement;
  const card = post(t, showAnnounced(title), showAnnounced(text));
  const author = { name: guildName, url: threadUrl(announcement.guild_id, announcement.channel_id) };
  const address = image === null ? undefined : readAddress(image, contentLimits.image);
  return {
    content: everyone === 1 ? '@everyone' : roleId === null ? '' : `<@&${roleId}>`,
    embeds: (card.embeds ?? []).map((embed) => ({ ...embed, author, ...(address ? { image: { url: address } } : {}) })),
    components: linkRow(t, link),
    allowedMentions: everyone === 1 ? { everyone: true } : { roles: roleId === null ? [] : [roleId] },
  };
}

/** Pure: what a post of this title is called in a forum. */
export function postTitle(t: Texts, title: string): string {
  const shown = clip(withoutDirectionControls(title).replaceAll(/\s+/g, ' ').trim(), limits.threadName);
  return shown === '' ? t.places.untitled : shown;
}

/** A button that names the host it leads to. */
function linkRow(t: Texts, link: string | null): NonNullable<Card['components']> {
  const url = link === null ? undefined : readAddress(link, contentLimits.link);
  if (url === undefined) return [];
  const label = t.announcements.card.open(shortened(t, new URL(url).hostname));
  return [row(linkButton(url, label))];
}

/** A host that is too long for a button keeps its end: that is the part that says whose it is. */
function shortened(t: Texts, host: string): string {
  const room = limits.buttonLabel - t.announcements.card.open('').length;
  return host.length <= room ? host : `…${host.slice(-(room - 1))}`;
}
