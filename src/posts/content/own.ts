/** A guild's own tips and prompts: written by moderators behind a preview, retired, and brought back. */
import type { Context } from '../../context.ts';
import type { Acting } from '../../guild/acting.ts';
import { insertAudit } from '../../db/audit.ts';
import {
  countGuildContents,
  deleteDraftContent,
  findGuildContent,
  type GuildContent,
  insertGuildContent,
  updateGuildContent,
} from '../../db/guild-contents.ts';
import { updateGuild } from '../../db/guilds.ts';
import type { ContentMix, GuildContentState } from '../../db/schema.ts';
import type { Trx } from '../../db/open.ts';
import { UserError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { epochMs } from '../../time.ts';
import type { Written } from './write.ts';
import { inTurn } from '../../guild/turn.ts';

/** How many entries of its own a guild has in use at most: ten years of weekly tips. */
export const entriesAtMost = 500;

/** Keeps what a moderator wrote until they have seen the preview and confirmed it. */
export async function draftContent(ctx: Context, by: Acting, written: Written): Promise<GuildContent> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    await requireGuild(trx, by.guildId);
    const row = rowOf(ctx, by, written, 'draft');
    await insertGuildContent(trx, row);
    return row;
  });
}

/**
 * Writes a draft anew.
 * @throws UserError when it is not there any more.
 */
export async function redraftContent(ctx: Context, by: Acting, id: string, written: Written): Promise<GuildContent> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const key = { guildId: by.guildId, id, state: 'draft', authorId: by.userId } as const;
    const found = await findGuildContent(trx, by.guildId, id);
    const after = found?.kind === written.kind ? await updateGuildContent(trx, key, textOf(ctx, written)) : undefined;
    if (!after) throw new UserError((t) => t.content.refused.notDraft);
    return after;
  });
}

/**
 * Puts a draft into use, as it was previewed.
 * @param version of the draft that was previewed: what is confirmed is what was seen.
 * @throws UserError when it is not there any more, or the guild has as many entries as it may have.
 */
export async function confirmContent(ctx: Context, by: Acting, id: string, version: string): Promise<GuildContent> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const draft = await findGuildContent(trx, by.guildId, id);
    if (draft?.state === 'draft' && versionOf(draft) !== version) throw new UserError((t) => t.content.refused.changed);
    const key = { guildId: by.guildId, id, state: 'draft', authorId: by.userId } as const;
    const added = await updateGuildContent(trx, key, decision(ctx, by, 'approved'));
    if (!added) throw new UserError((t) => t.content.refused.notDraft);
    await requireRoom(trx, by.guildId);
    await auditContent(ctx, trx, by, 'content-added', added);
    return added;
  });
}

/** Pure: which version of a draft this is: another one after each change. */
export function versionOf({ updated_at: at }: Pick<GuildContent, 'updated_at'>): string {
  return String(epochMs(at));
}

/** Throws a draft away. @throws UserError when it is not there any more. */
export async function discardContent(ctx: Context, by: Acting, id: string): Promise<void> {
  if (!(await deleteDraftContent(ctx.db, by.guildId, id, by.userId)))
    throw new UserError((t) => t.content.refused.notDraft);
}

/** @throws UserError when there is no such draft of this moderator. */
export async function requireDraft(ctx: Context, by: Acting, id: string): Promise<GuildContent> {
  const row = await findGuildContent(ctx.db, by.guildId, id);
  if (row?.state !== 'draft' || row.author_id !== by.userId) throw new UserError((t) => t.content.refused.notDraft);
  return row;
}

/** Takes an entry out of use. What was posted stays. @throws UserError when it is not in use. */
export async function retireContent(ctx: Context, by: Acting, id: string): Promise<GuildContent> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const key = { guildId: by.guildId, id, state: 'approved' } as const;
    const after = await updateGuildContent(trx, key, { state: 'retired', updated_at: ctx.now() });
    if (!after) {
      const row = await findGuildContent(trx, by.guildId, id);
      throw new UserError((t) =>
        row?.state === 'retired' ? t.content.refused.retiredAlready : t.content.refused.gone,
      );
    }
    await auditContent(ctx, trx, by, 'content-retired', after);
    return after;
  });
}

/** Takes a retired entry into use again. @throws UserError when it is not retired. */
export async function restoreContent(ctx: Context, by: Acting, id: string): Promise<GuildContent> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const key = { guildId: by.guildId, id, state: 'retired' } as const;
    const after = await updateGuildContent(trx, key, { state: 'approved', updated_at: ctx.now() });
    if (!after) {
      const isThere = (await findGuildContent(trx, by.guildId, id)) !== undefined;
      throw new UserError((t) => (isThere ? t.content.refused.notRetired : t.content.refused.gone));
    }
    await requireRoom(trx, by.guildId);
    await auditContent(ctx, trx, by, 'content-added', after, { restored: true });
    return after;
  });
}

/** Chooses where posted tips and prompts come from. */
export async function mixContent(ctx: Context, by: Acting, mix: ContentMix): Promise<void> {
  await inTurn(ctx.db, by.guildId, async (trx) => {
    await requireGuild(trx, by.guildId);
    await updateGuild(trx, by.guildId, { content_mix: mix });
    const detail = { settings: 'content_mix' };
    await insertAudit(trx, ctx, { guildId: by.guildId, actorId: by.userId, action: 'setup-changed', detail });
  });
}

/** Counted with the one that has just been added, inside the transaction. @throws UserError when that is one too many. */
export async function requireRoom(trx: Trx, guildId: string): Promise<void> {
  if ((await countGuildContents(trx, { guildId, state: 'approved' })) > entriesAtMost) {
    throw new UserError((t) => t.content.refused.full(entriesAtMost));
  }
}

/** Writes down what a moderator did with an entry. */
export async function auditContent(
  ctx: Context,
  trx: Trx,
  by: Acting,
  action: 'content-added' | 'content-retired' | 'content-approved' | 'content-declined',
  row: GuildContent,
  more: { readonly restored?: boolean } = {},
): Promise<void> {
  const detail = { kind: row.kind, category: row.category, ...more };
  await insertAudit(trx, ctx, { guildId: by.guildId, actorId: by.userId, action, subjectId: row.id, detail });
}

/** Pure: a new entry. */
export function rowOf(ctx: Context, by: Acting, written: Written, state: GuildContentState): GuildContent {
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

/** Pure: what writing an entry anew changes. */
export function textOf(ctx: Context, written: Written) {
  return { category: written.category, body: JSON.stringify(written.body), updated_at: ctx.now() };
}

/** Pure: what deciding about an entry changes. */
export function decision(ctx: Context, by: Acting, state: 'approved' | 'declined') {
  return { state, decided_by: by.userId, decided_at: ctx.now(), updated_at: ctx.now() };
}
