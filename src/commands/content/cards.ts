/** What moderators see of their guild's own tips and prompts. */
import { type APIButtonComponentWithCustomId, type APIEmbed, ButtonStyle } from 'discord.js';
import type { ContentKind, GuildContent } from '../../db/guild-contents.ts';
import { promptOf } from '../../posts/content/entries.ts';
import type { ContentPage } from '../../posts/content/list.ts';
import { versionOf } from '../../posts/content/own.ts';
import { headlineOf } from '../../posts/content/write.ts';
import { button, pageTurns, row } from '../../discord/buttons.ts';
import { pointsCard, promptCategoryName } from '../../discord/cards/prompt.ts';
import { tipCategoryName } from '../../discord/cards/tip.ts';
import { entryCard } from '../../delivery/notices/contents.ts';
import type { Card } from '../../discord/replies.ts';
import { mention, showTyped } from '../../discord/text.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import { clip, stamp } from '../../marks.ts';

/** Characters of an entry that a list shows: enough to know it again. */
const excerptLength = 280;
/** Half of what Discord takes for a title: escaped, it may be twice as long. */
const headlineLength = 128;

/** What a category is called, of whichever kind. */
function categoryName({ kind, category }: Pick<GuildContent, 'kind' | 'category'>): string {
  return kind === 'tip' ? tipCategoryName(category) : promptCategoryName(category);
}

/** The line by which people recognize an entry, safe to show. */
export function shownHeadline(row: Pick<GuildContent, 'kind' | 'body'>): string {
  return showTyped(headlineOf(row));
}

/** An entry exactly as it will look, and the buttons that decide about it. */
export function previewCard(t: Texts, draft: GuildContent): Card {
  const text = t.content;
  const shown = entryCard(t, draft);
  // What a channel shows behind a button is to be seen before it is confirmed, too.
  const hidden = draft.kind === 'prompt' ? (pointsCard(t, promptOf(draft)).embeds ?? []) : [];
  return {
    content: text.preview.text,
    embeds: [...(shown.embeds ?? []), ...hidden],
    components: [
      row(
        button([keys.content.confirm, draft.id, versionOf(draft)], text.preview.add, ButtonStyle.Success),
        button([keys.content.redraft, draft.id], text.preview.edit),
        button([keys.content.discard, draft.id], text.preview.cancel),
      ),
    ],
  };
}

/** What retiring did, and the way back. */
export function retiredCard(t: Texts, retired: GuildContent): Card {
  const text = t.content;
  return {
    content: text.retire.done(shownHeadline(retired)),
    components: [row(button([keys.content.restore, retired.id], text.retire.undo))],
  };
}

/** One page of a guild's own entries. */
export function listCard(t: Texts, page: ContentPage): Card {
  const text = t.content;
  const mix = text.list.mix(text.mixes[page.mix]);
  if (page.count === 0) return { content: `${text.list.empty[page.state]}\n${mix}` };
  const turn = page.pages > 1 ? ` · ${text.list.page(page.page + 1, page.pages)}` : '';
  return {
    content: `**${text.list.title[page.state](page.count)}**${turn}\n${mix}`,
    embeds: page.rows.map((entry, i) => listedEmbed(t, entry, page.first + i)),
    components: [
      ...page.rows.map((entry, i) => row(...entryButtons(t, entry, page.first + i))),
      ...(page.pages > 1 ? [row(...pageButtons(t, page))] : []),
    ],
  };
}

function listedEmbed(t: Texts, entry: GuildContent, place: number): APIEmbed {
  const text = t.content;
  const body: unknown = JSON.parse(entry.body);
  const words = typeof body === 'object' && body !== null && 'text' in body ? String(body.text) : '';
  const by = text.list.by(mention(t, entry.author_id), stamp(entry.created_at, 'D'));
  return {
    ...embed(
      t,
      showTyped(clip(headlineOf(entry), headlineLength)),
      [excerpt(words), by].filter((part) => part !== '').join('\n'),
    ),
    author: { name: text.list.line(place, entry.kind, categoryName(entry)) },
  };
}

/** Cut before it is escaped. */
function excerpt(words: string): string {
  return showTyped(clip(words, excerptLength));
}

function entryButtons(t: Texts, entry: GuildContent, place: number): APIButtonComponentWithCustomId[] {
  const text = t.content;
  if (entry.state === 'retired') return [button([keys.content.restore, entry.id], text.list.restore(place))];
  if (entry.state === 'approved') return [button([keys.content.retire, entry.id], text.list.retire(place))];
  return [
    button([keys.content.approve, entry.id], text.list.approve(place), ButtonStyle.Success),
    button([keys.content.edit, entry.id], text.list.edit(place)),
    button([keys.content.decline, entry.id], text.list.decline(place)),
  ];
}

function pageButtons(t: Texts, { page, pages, state, kind }: ContentPage): APIButtonComponentWithCustomId[] {
  return pageTurns(page, pages, (to) => [keys.content.page, state, kind ?? 'all', String(to)], t.content.list);
}

/** Reads what a custom id or an option says the kind is. */
export function readKind(kind: string | null | undefined): ContentKind | undefined {
  return kind === 'tip' || kind === 'prompt' ? kind : undefined;
}
