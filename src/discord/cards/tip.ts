import type { APIEmbed } from 'discord.js';
import { tipCategories } from '../../content/library.ts';
import type { TipEntry } from '../../posts/content/entries.ts';
import type { Card } from '../replies.ts';
import { showTyped } from '../text.ts';
import { embed } from '../embeds.ts';
import type { Texts } from '../../texts/en.ts';
import { stamp } from '../../marks.ts';

const names = new Map<string, string>(tipCategories.map(({ id, name }) => [id, name]));

/** What a category of tips is called. */
export function tipCategoryName(category: string): string {
  return names.get(category) ?? category;
}

/** A tip as it is posted and shown: its category, what it says, and its official source where it states a fact. */
export function tipCard(t: Texts, tip: TipEntry): Card {
  return { embeds: [tipEmbed(t, tip)] };
}

/** The tip alone, to stand among others. What a guild's members wrote is escaped; the library is our own. */
function tipEmbed(t: Texts, tip: TipEntry): APIEmbed {
  const shown = tip.from === 'guild' ? showTyped : (own: string) => own;
  const body = [shown(tip.text), ...originLines(t, tip)].join('\n\n');
  return { ...embed(t, shown(tip.title), body), author: { name: t.content.card.tip(tipCategoryName(tip.category)) } };
}

function originLines(t: Texts, tip: TipEntry): string[] {
  const text = t.content.card;
  const lines: string[] = [];
  if (tip.from === 'guild') {
    // The address stands there as it is: where it leads is seen before it is followed.
    if (tip.see) lines.push(text.see(showTyped(tip.see.url)));
    lines.push(text.ownTip);
    return [lines.join('\n')];
  }
  const source = sourceLine(t, tip);
  if (source !== undefined) lines.push(source);
  if (tip.see) lines.push(text.see(link(tip.see)));
  return lines.length === 0 ? [] : [lines.join('\n')];
}

/**
 * The official source of a fact, and when somebody compared the two: with the page, or, as long as nobody has opened it,
 * with notes about it. Undefined where no fact is stated.
 */
export function sourceLine(
  t: Texts,
  entry: Pick<TipEntry, 'source' | 'checked' | 'opened' | 'isReadHere'>,
): string | undefined {
  const { source, checked, isReadHere } = entry;
  const opened = isReadHere ? checked : entry.opened;
  if (!source || !checked) return undefined;
  // At noon UTC nearly everybody's calendar shows the day that is meant.
  const on = stamp(`${opened ?? checked}T12:00:00.000Z`, 'D');
  return opened ? t.content.card.source(link(source), on) : t.content.card.sourceByNotes(link(source), on);
}

function link({ name, url }: { readonly name: string; readonly url: string }): string {
  return `[${name}](${url})`;
}
