/** What an announcement may say: limits, addresses, and what becomes of what was typed. */
import type { Announcement } from '../../db/announcements.ts';
import { withoutDirectionControls } from '../../marks.ts';
import type { Instant } from '../../time.ts';

/**
 * Longest texts of a form, in UTF-16 units: the strictest way to count. Discord takes 4,000 in a form and 4,096 in an
 * embed's description; what is left is room for the signs that `showAnnounced` adds. The address of a button is limited
 * to 512 by Discord, that of an image to 2,048.
 */
export const contentLimits = { title: 150, text: 3_500, link: 512, image: 1_000 } as const;

/** Discord's limits on what is shown, in UTF-16 units. https://docs.discord.com/developers/resources/message */
export const shownLimits = { title: 256, text: 4_096 } as const;

/**
 * UTF-8 bytes of title and text together. Discord answers messages of more than about 10,170 bytes with an error of its
 * own (discord-api-docs #8554); scripts other than Latin take two to four bytes a letter.
 */
export const bytesAtMost = 9_000;

/** What a moderator typed into the form. */
export interface Content {
  readonly title: string;
  readonly text: string;
  /** Empty for none. */
  readonly link: string;
  /** Empty for none. */
  readonly image: string;
}

/** What is wrong with a content; each has its sentence in `texts/en/announcements.ts`. */
type ContentFault =
  | 'title-missing'
  | 'title-too-long'
  | 'text-missing'
  | 'text-too-long'
  | 'text-too-heavy'
  | 'link-unusable'
  | 'image-unusable';

/** Pure: the content of a form, as it is kept: without space around it. */
export function tidyContent({ title, text, link, image }: Content): Content {
  return {
    title: title.replaceAll(/\s+/g, ' ').trim(),
    text: text.replaceAll('\r\n', '\n').trim(),
    link: link.trim(),
    image: image.trim(),
  };
}

/** Pure: what an announcement says, in the form's terms. */
export function contentOf({ title, text, link, image_url: image }: Announcement): Content {
  return { title, text, link: link ?? '', image: image ?? '' };
}

/** Pure: everything that keeps this content from being posted; empty when nothing does. */
export function faultsOf({ title, text, link, image }: Content): ContentFault[] {
  const faults: ContentFault[] = [];
  const shown = { title: showAnnounced(title), text: showAnnounced(text) };
  if (isBlank(shown.title)) faults.push('title-missing');
  else if (title.length > contentLimits.title || shown.title.length > shownLimits.title) faults.push('title-too-long');
  if (isBlank(shown.text)) faults.push('text-missing');
  else if (text.length > contentLimits.text || shown.text.length > shownLimits.text) faults.push('text-too-long');
  else if (Buffer.byteLength(shown.title + shown.text) > bytesAtMost) faults.push('text-too-heavy');
  if (link !== '' && readAddress(link, contentLimits.link) === undefined) faults.push('link-unusable');
  if (image !== '' && readAddress(image, contentLimits.image) === undefined) faults.push('image-unusable');
  return faults;
}

/** Whether there is nothing to see: Discord drops white space and characters without a shape. */
function isBlank(text: string): boolean {
  return text.replaceAll(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u2800\u3164]/gu, '') === '';
}

/**
 * Pure: a web address that may be shown, as browsers read it: `https` only, a name with a dot, and no user name in front
 * that could pass for the host. International names come out in their ASCII form, so that look-alikes are visible.
 * Undefined for anything else.
 * @param limit longest address, in characters.
 */
export function readAddress(typed: string, limit: number): string | undefined {
  const url = URL.parse(typed);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  if (!/^[^.]+(?:\.[^.]+)+$/.test(url.hostname) || url.href.length > limit) return undefined;
  return url.href;
}

/**
 * Pure: a moderator's words as they are posted. Their formatting stays; a link whose words hide its address is taken
 * apart, so that readers see where it leads, and marks that would turn the text around what follows them are dropped.
 * Mentions stay as they are typed: the message says whom it notifies, and nothing in its text does.
 */
export function showAnnounced(typed: string): string {
  // `](` is what makes a masked link, whatever stands before and behind it.
  return withoutDirectionControls(typed).replaceAll('](', String.raw`]\(`);
}

/** Pure: when an address stops working that Discord signed for a while, as those of files in messages; undefined for others. */
export function expiryOf(address: string): Instant | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname, pathname, searchParams } = new URL(address);
  if (!/^(?:cdn\.discordapp\.com|media\.discordapp\.net)$/.test(hostname)) return undefined;
  if (!/^\/(?:ephemeral-)?attachments\//.test(pathname)) return undefined;
  const seconds = Number.parseInt(searchParams.get('ex') ?? '', 16);
  // One without its signature does not work at all any more.
  return new Date(Number.isFinite(seconds) ? Math.min(seconds, lastSecond) * 1_000 : 0).toISOString();
}

/** The end of the year 9999, in seconds. */
const lastSecond = 253_402_300_799;
