/** The panel: the doors for newcomers, in a channel that moderators chose, with their words above. */
import type { Context } from '../context.ts';
import { insertAudit } from '../db/audit.ts';
import { insertNotice } from '../db/notices/write.ts';
import type { Trx } from '../db/open.ts';
import { deletePanel, findPanel, revisePanel, upsertPanel } from '../db/panels.ts';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { requireGuild } from '../guild/guilds.ts';
import { inTurn } from '../guild/turn.ts';
import { newId } from '../ids.ts';

/** Characters of the words above the panel: it is to be read at a glance. */
export const panelWords = 1_000;

/** How the panel of a guild was set. */
type PanelChange = 'posted' | 'moved' | 'changed';

/**
 * Sets where the panel stands and what stands above it. In the same channel the message that is there is changed;
 * in another it is posted anew, and the one before is taken away.
 * @param words as typed; null for none.
 * @throws UserError where the guild is not set up, or the words are too long.
 */
export async function setPanel(
  ctx: Context,
  by: Acting,
  { channelId, words }: { readonly channelId: string; readonly words: string | null },
): Promise<PanelChange> {
  if (words !== null && words.length > panelWords) {
    throw new UserError((t) => t.panel.tooLong(words.length, panelWords));
  }
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    await requireGuild(trx, by.guildId);
    const at = ctx.now();
    const before = await findPanel(trx, by.guildId);
    const stays = before?.channel_id === channelId;
    const id = stays ? before.id : newId(ctx.random);
    const panel = { guild_id: by.guildId, id, channel_id: channelId, words, by_id: words === null ? null : by.userId };
    await upsertPanel(trx, { ...panel, created_at: at });
    if (before) await revisePanel(trx, before.id, at);
    if (!stays) await insertNotice(trx, ctx, { guildId: by.guildId, kind: 'panel', subjectId: id });
    await writeDown(trx, ctx, by);
    return stays ? 'changed' : before ? 'moved' : 'posted';
  });
}

/** Takes the panel away. @throws UserError when there is none. */
export async function removePanel(ctx: Context, by: Acting): Promise<void> {
  await inTurn(ctx.db, by.guildId, async (trx) => {
    const panel = await findPanel(trx, by.guildId);
    if (!panel || !(await deletePanel(trx, by.guildId))) throw new UserError((t) => t.panel.none);
    await revisePanel(trx, panel.id, ctx.now());
    await writeDown(trx, ctx, by);
  });
}

async function writeDown(trx: Trx, ctx: Context, { guildId, userId }: Acting): Promise<void> {
  await insertAudit(trx, ctx, { guildId, actorId: userId, action: 'setup-changed', detail: { settings: 'panel' } });
}
