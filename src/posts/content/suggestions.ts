/** Tips that members suggest, and what moderators decide about them. */
import type { Context } from '../../context.ts';
import {
  countGuildContents,
  findGuildContent,
  type GuildContent,
  insertGuildContent,
  updateGuildContent,
} from '../../db/guild-contents.ts';
import type { Db, Trx } from '../../db/open.ts';
import { countProtections } from '../../db/protections.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { stamp, who } from '../../marks.ts';
import { auditContent, decision, requireRoom, rowOf, textOf } from './own.ts';
import type { Written } from './write.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';

/** How many of a member's suggestions may wait at the same time. */
export const suggestionsAtMost = 3;
/** Longest word of a moderator to whoever suggested something, in characters. */
export const noteLimit = 300;

/**
 * Hands a member's tip to the moderators.
 * @throws UserError when as many of theirs are waiting as may.
 */
export async function suggestContent(ctx: Context, by: Acting, written: Written): Promise<GuildContent> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    await requireGuild(trx, by.guildId);
    const row = rowOf(ctx, by, written, 'suggested');
    await insertGuildContent(trx, row);
    // Counted with this one, inside the transaction: of two at once only one gets the last place.
    const waiting = await countGuildContents(trx, {
      guildId: by.guildId,
      state: 'suggested',
      authorId: by.userId,
    });
    // Those that went with their data before a moderator had decided count too, for a month.
    const gone = await countProtections(trx, ctx, by, 'suggested');
    if (waiting + gone > suggestionsAtMost) throw new UserError((t) => t.content.tip.tooMany(suggestionsAtMost));
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
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const changes = { ...decision(ctx, by, 'approved'), ...(written ? textOf(ctx, written) : {}) };
    const approved = await decide(ctx, trx, by, id, changes, { kind: 'content-approved' });
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
  if (words.length > noteLimit) throw new UserError((t) => t.content.refused.noteTooLong(words.length, noteLimit));
  const told = { kind: 'content-declined', ...(words === '' ? {} : { detail: { note: words } }) } as const;
  return await inTurn(
    ctx.db,
    by.guildId,
    async (trx) => await decide(ctx, trx, by, id, decision(ctx, by, 'declined'), told),
  );
}

/** @throws UserError that says who decided before. */
async function decide(
  ctx: Context,
  trx: Trx,
  by: Acting,
  id: string,
  changes: Parameters<typeof updateGuildContent>[2],
  told:
    { readonly kind: 'content-approved' } | { readonly kind: 'content-declined'; readonly detail?: { note: string } },
): Promise<GuildContent> {
  const after = await updateGuildContent(trx, { guildId: by.guildId, id, state: 'suggested' }, changes);
  if (!after) throw await whyNotWaiting(trx, by.guildId, id);
  await reviseNotices(trx, id, 'content-review', ctx.now());
  await insertNotice(trx, ctx, {
    guildId: by.guildId,
    ...told,
    userId: after.author_id,
    subjectId: id,
  });
  await auditContent(ctx, trx, by, told.kind, after);
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

async function whyNotWaiting(db: Db, guildId: string, id: string): Promise<UserError> {
  const row = await findGuildContent(db, guildId, id);
  if (!row || row.state === 'draft') return new UserError((t) => t.content.refused.gone);
  const { state, decided_at: at, decided_by: decidedBy } = row;
  if (state === 'suggested' || at === null) return new UserError((t) => t.content.refused.notWaiting);
  return new UserError((t) =>
    t.content.refused.decided[state](decidedBy === null ? t.content.refused.somebody : who(decidedBy), stamp(at, 'R')),
  );
}
