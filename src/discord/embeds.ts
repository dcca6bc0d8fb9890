/** The embeds that every card is built from. */
import type { APIEmbed, APIEmbedField } from 'discord.js';
import { accent } from './palette.ts';
import type { Card } from './replies.ts';
import { limits } from './limits.ts';
import { shorten } from './text.ts';
import type { Texts } from '../texts/en.ts';

/** A block of text with a heading. */
export function embed(t: Texts, title: string, description: string, fields?: readonly APIEmbedField[]): APIEmbed {
  return { title: begun(t, title), description, color: accent, ...(fields?.length ? { fields: [...fields] } : {}) };
}

/** A title begins with a capital, also where it begins with words instead of a name. */
function begun(t: Texts, title: string): string {
  const { formerMember } = t.notices;
  return title.startsWith(formerMember) ? formerMember.charAt(0).toUpperCase() + title.slice(1) : title;
}

/** The footer of a notice's last embed, and the end of an event's text: how delivery finds it again after a crash. */
export function refFooter(noticeId: string): string {
  return `Preceptor · ref ${noticeId}`;
}

/**
 * The last embed of a notice's message, with how delivery finds it again after a crash: out of sight where the embed is
 * signed with an address, else in its footer.
 */
export function referred(last: APIEmbed, noticeId: string): APIEmbed {
  const { author } = last;
  if (author?.url === undefined) return { ...last, footer: { text: refFooter(noticeId) } };
  return { ...last, author: { ...author, url: `${author.url}${refFragment(noticeId)}` } };
}

/** Whether an embed carries this notice's reference. */
export function refersTo({ footer, author }: APIEmbed, noticeId: string): boolean {
  return footer?.text === refFooter(noticeId) || (author?.url?.endsWith(refFragment(noticeId)) ?? false);
}

function refFragment(noticeId: string): string {
  return `#ref-${noticeId}`;
}

/** The characters of an embed that Discord counts. */
export function embedLength(one: APIEmbed): number {
  const fields = (one.fields ?? []).map((field) => field.name + field.value);
  return [one.title, one.description, one.footer?.text, one.author?.name, ...fields].join('').length;
}

/** Something that somebody typed, and the line in which it stands. */
export interface Quote {
  readonly typed: string;
  readonly line: (shown: string) => string;
}

/** Lines that quote people, as a field; none where there are none. Each quote is cut to its share of what fits. */
export function quotesField(name: string, quotes: readonly Quote[]): APIEmbedField[] {
  if (quotes.length === 0) return [];
  const own = quotes.reduce((sum, { line }) => sum + line('…').length, quotes.length - 1);
  const share = Math.floor((limits.embedField - own) / quotes.length) + 1;
  return [{ name, value: quotes.map(({ typed, line }) => line(shorten(typed, share))).join('\n') }];
}

/** What a message has beside its text. */
export interface More {
  readonly fields?: readonly APIEmbedField[];
  readonly components?: Card['components'];
}

/** A message in one of the guild's own channels. */
export function post(t: Texts, title: string, body: string, more: More = {}): Card {
  return { embeds: [embed(t, title, body, more.fields)], components: more.components ?? [] };
}
