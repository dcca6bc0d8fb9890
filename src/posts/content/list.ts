/** A guild's own entries, page by page. */
import type { Context } from '../../context.ts';
import { type ContentKind, countGuildContents, type GuildContent, listGuildContents } from '../../db/guild-contents.ts';
import type { ContentMix } from '../../db/schema.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { pageOf } from '../../pages.ts';

/** Entries on one page of the list: with a row of buttons each, and one to turn pages, as many as a message holds. */
const pageSize = 4;

/** What a list of a guild's entries can show. */
export const listedStates = ['approved', 'suggested', 'retired'] as const;
export type ListedState = (typeof listedStates)[number];

/** One page of a guild's own entries. */
export interface ContentPage {
  readonly state: ListedState;
  readonly kind: ContentKind | undefined;
  readonly rows: readonly GuildContent[];
  readonly count: number;
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  /** The place of the first entry on this page, from 1. */
  readonly first: number;
  readonly mix: ContentMix;
}

/**
 * Reads a page of a guild's own entries; the last one there is when the page asked for is beyond it.
 * @param page from 0; from a custom id, so possibly nonsense.
 */
export async function readContents(
  ctx: Context,
  guildId: string,
  wanted: { readonly state: ListedState; readonly kind?: ContentKind | undefined; readonly page: number },
): Promise<ContentPage> {
  const guild = await requireGuild(ctx.db, guildId);
  const { state, kind } = wanted;
  const filter = { guildId, state, kind };
  const count = await countGuildContents(ctx.db, filter);
  const { page, pages, offset } = pageOf(count, wanted.page, pageSize);
  const rows = await listGuildContents(ctx.db, filter, { limit: pageSize, offset });
  return { state, kind, rows, count, page, pages, first: offset + 1, mix: guild.content_mix };
}
