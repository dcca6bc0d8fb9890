/** A guild's own tips and prompts: written by moderators behind a preview, suggested by members, approved, retired. */
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import {
  countGuildContents,
  type ContentKind,
  deleteDraftContent,
  findGuildContent,
  type GuildContent,
  insertGuildContent,
  listGuildContents,
  updateGuildContent,
} from '../../db/guild-contents.ts';
import { updateGuild } from '../../db/guilds.ts';
import { insertNotice, reviseNotices } from '../../db/notices.ts';
import type { ContentMix, GuildContentState } from '../../db/schema.ts';
import type { Db, Trx } from '../../db/open.ts';
import { UserError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { requireGuild } from '../../mentoring/guilds.ts';
import { texts } from '../../texts/en.ts';
import { stamp, who } from '../../texts/en/words.ts';
import { epochMs } from '../../time.ts';
import type { Written } from './write.ts';

const text = texts.content.refused;

/** How many of a member's suggestions may wait at the same time. */
export const suggestionsAtMost = 3;
/** How many entries of its own a guild has in use at most: ten years of weekly tips. */
export const entriesAtMost = 500;
/** Longest word of a moderator to whoever suggested something, in characters. */
export const noteLimit = 300;

/** Who acts. Whether they are a moderator is checked at the interaction, where the permissions are known. */
export interface Acting {
  readonly guildId: string;
  readonly userId: string;
}

/** Keeps what a moderator wrote until they have seen the preview and confirmed it. */
export async function draftContent(ctx: Context, by: Acting, written: Written): Promise<GuildContent> {
  await requireGuild(ctx.db, by.guildId);
  const row = rowOf(ctx, by, written, 'draft');
  await insertGuildContent(ctx.db, row);
  return row;
}

/**
 * Writes a draft anew.
 * @throws UserError when it is not there any more.
 */
export async function redraftContent(ctx: Context, by: Acting, id: string, written: Written): Promise<GuildContent> {
  return await ctx.db.transaction().execute(async (trx) => {
    const key = { guildId: by.guildId, id, state: 'draft', authorId: by.userId } as const;
    const found = await findGuildContent(trx, by.guildId, id);
    const after = found?.kind === written.kind ? await updateGuildContent(trx, key, textOf(ctx, written)) : undefined;
    if (!after) throw new UserError(text.notDraft);
    return after;
  });
}

/**
 * Puts a draft into use, as it was previewed.
 * @param version of the draft that was previewed: what is confirmed is what was seen.
 * @throws UserError when it is not there any more, or the guild has as many entries as it may have.
 */
export async function confirmContent(ctx: Context, by: Acting, id: string, version: string): Promise<GuildContent> {
  return await ctx.db.transaction().execute(async (trx) => {
    const draft = await findGuildContent(trx, by.guildId, id);
    if (draft?.state === 'draft' && versionOf(draft) !== version) throw new UserError(text.changed);
    const key = { guildId: by.guildId, id, state: 'draft', authorId: by.userId } as const;
    const added = await updateGuildContent(trx, key, decision(ctx, by, 'approved'));
    if (!added) throw new UserError(text.notDraft);
    await requireRoom(trx, by.guildId);
    await audit(ctx, trx, by, 'content-added', added);
    return added;
  });
}

/** Pure: which version of a draft this is: another one after each change. */
export function versionOf({ updated_at: at }: Pick<GuildContent, 'updated_at'>): string {
  return String(epochMs(at));
}

/** Throws a draft away. @throws UserError when it is not there any more. */
export async function discardContent(ctx: Context, by: Acting, id: string): Promise<void> {
  if (!(await deleteDraftContent(ctx.db, by.guildId, id, by.userId))) throw new UserError(text.notDraft);
}

/**
 * Hands a member's tip to the moderators.
 * @throws UserError when as many of theirs are waiting as may.
 */
export async function suggestContent(ctx: Context, by: Acting, written: Written): Promise<GuildContent> {
  await requireGuild(ctx.db, by.guildId);
  return await ctx.db.transaction().execute(async (trx) => {
    const row = rowOf(ctx, by, written, 'suggested');
    await insertGuildContent(trx, row);
    // Counted with this one, inside the transaction: of two at once only one gets the last place.
    const waiting = await countGuildContents(trx, {
      guildId: by.guildId,
      state: 'suggested',
      authorId: by.userId,
    });
    if (waiting > suggestionsAtMost) throw new UserError(texts.content.tip.tooMany(suggestionsAtMost));
    await insertNotice(trx, ctx, { guildId: by.guildId, kind: 'content-review', subjectId: row.id });
    return row;
  });
}

/**
 * Puts a suggestion into use, and tells whoever made it.
 * @param written the moderator's version; as it was suggested when absent.
 * @throws UserError when somebody else decided before.
 */
export async function approveContent(ctx: Context, by: Acting, id: string, written?: Written): Promise<GuildContent> {
  return await ctx.db.transaction().execute(async (trx) => {
    const changes = { ...decision(ctx, by, 'approved'), ...(written ? textOf(ctx, written) : {}) };
    const approved = await decide(ctx, trx, by, id, changes, 'content-approved');
    await requireRoom(trx, by.guildId);
    return approved;
  });
}

/**
 * Declines a suggestion, and tells whoever made it, kindly.
 * @throws UserError when somebody else decided before, or for a note that is too long.
 */
export async function declineContent(ctx: Context, by: Acting, id: string, note: string): Promise<GuildContent> {
  const words = note.trim();
  if (words.length > noteLimit) throw new UserError(text.noteTooLong(words.length, noteLimit));
  return await ctx.db
    .transaction()
    .execute(
      async (trx) =>
        await decide(
          ctx,
          trx,
          by,
          id,
          decision(ctx, by, 'declined'),
          'content-declined',
          words === '' ? {} : { note: words },
        ),
    );
}

/** @throws UserError that says who decided before. */
async function decide(
  ctx: Context,
  trx: Trx,
  by: Acting,
  id: string,
  changes: Parameters<typeof updateGuildContent>[2],
  action: 'content-approved' | 'content-declined',
  detail?: Readonly<Record<string, string>>,
): Promise<GuildContent> {
  const after = await updateGuildContent(trx, { guildId: by.guildId, id, state: 'suggested' }, changes);
  if (!after) throw await whyNotWaiting(trx, by.guildId, id);
  await reviseNotices(trx, id, 'content-review', ctx.now());
  await insertNotice(trx, ctx, {
    guildId: by.guildId,
    kind: action,
    userId: after.author_id,
    subjectId: id,
    ...(detail ? { detail } : {}),
  });
  await audit(ctx, trx, by, action, after);
  return after;
}

/**
 * Lets a form open only for a suggestion about which there is something to decide.
 * @throws UserError that says who already did.
 */
export async function requireSuggested(ctx: Context, guildId: string, id: string): Promise<GuildContent> {
  const row = await findGuildContent(ctx.db, guildId, id);
  if (row?.state !== 'suggested') throw await whyNotWaiting(ctx.db, guildId, id);
  return row;
}

/** @throws UserError when there is no such draft of this moderator. */
export async function requireDraft(ctx: Context, by: Acting, id: string): Promise<GuildContent> {
  const row = await findGuildContent(ctx.db, by.guildId, id);
  if (row?.state !== 'draft' || row.author_id !== by.userId) throw new UserError(text.notDraft);
  return row;
}

async function whyNotWaiting(db: Db, guildId: string, id: string): Promise<UserError> {
  const row = await findGuildContent(db, guildId, id);
  if (!row || row.state === 'draft') return new UserError(text.gone);
  if (row.state === 'suggested' || row.decided_at === null) return new UserError(text.notWaiting);
  const by = row.decided_by === null ? text.somebody : who(row.decided_by);
  return new UserError(text.decided(row.state, by, stamp(row.decided_at, 'R')));
}

/** Takes an entry out of use. What was posted stays. @throws UserError when it is not in use. */
export async function retireContent(ctx: Context, by: Acting, id: string): Promise<GuildContent> {
  return await ctx.db.transaction().execute(async (trx) => {
    const key = { guildId: by.guildId, id, state: 'approved' } as const;
    const after = await updateGuildContent(trx, key, { state: 'retired', updated_at: ctx.now() });
    if (!after) {
      const row = await findGuildContent(trx, by.guildId, id);
      throw new UserError(row?.state === 'retired' ? text.retiredAlready : text.gone);
    }
    await audit(ctx, trx, by, 'content-retired', after);
    return after;
  });
}

/** Takes a retired entry into use again. @throws UserError when it is not retired. */
export async function restoreContent(ctx: Context, by: Acting, id: string): Promise<GuildContent> {
  return await ctx.db.transaction().execute(async (trx) => {
    const key = { guildId: by.guildId, id, state: 'retired' } as const;
    const after = await updateGuildContent(trx, key, { state: 'approved', updated_at: ctx.now() });
    if (!after) throw new UserError((await findGuildContent(trx, by.guildId, id)) ? text.notRetired : text.gone);
    await requireRoom(trx, by.guildId);
    await audit(ctx, trx, by, 'content-added', after);
    return after;
  });
}

/** Chooses where posted tips and prompts come from. */
export async function mixContent(ctx: Context, by: Acting, mix: ContentMix): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await requireGuild(trx, by.guildId);
    await updateGuild(trx, by.guildId, { content_mix: mix });
    const detail = { settings: 'content_mix' };
    await insertAudit(trx, ctx, { guildId: by.guildId, actorId: by.userId, action: 'setup-changed', detail });
  });
}

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
  const pages = Math.max(1, Math.ceil(count / pageSize));
  const page = Number.isInteger(wanted.page) ? Math.min(Math.max(wanted.page, 0), pages - 1) : 0;
  const rows = await listGuildContents(ctx.db, filter, { limit: pageSize, offset: page * pageSize });
  return { state, kind, rows, count, page, pages, first: page * pageSize + 1, mix: guild.content_mix };
}

/** Counted with the one that has just been added, inside the transaction. @throws UserError when that is one too many. */
async function requireRoom(trx: Trx, guildId: string): Promise<void> {
  if ((await countGuildContents(trx, { guildId, state: 'approved' })) > entriesAtMost) {
    throw new UserError(text.full(entriesAtMost));
  }
}

async function audit(
  ctx: Context,
  trx: Trx,
  by: Acting,
  action: 'content-added' | 'content-retired' | 'content-approved' | 'content-declined',
  row: GuildContent,
): Promise<void> {
  const detail = { kind: row.kind, category: row.category };
  await insertAudit(trx, ctx, { guildId: by.guildId, actorId: by.userId, action, subjectId: row.id, detail });
}

function rowOf(ctx: Context, by: Acting, written: Written, state: GuildContentState): GuildContent {
  const at = ctx.now();
  return {
    id: newId(ctx.random),
    guild_id: by.guildId,
    kind: written.kind,
    category: written.category,
    body: JSON.stringify(written.body),
    state,
    author_id: by.userId,
    decided_by: null,
    decided_at: null,
    created_at: at,
    updated_at: at,
  };
}

function textOf(ctx: Context, written: Written) {
  return { category: written.category, body: JSON.stringify(written.body), updated_at: ctx.now() };
}

function decision(ctx: Context, by: Acting, state: 'approved' | 'declined') {
  return { state, decided_by: by.userId, decided_at: ctx.now(), updated_at: ctx.now() };
}
