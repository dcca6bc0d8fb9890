/** "We did it" below a prompt: counted once for each person, never ranked, taken back whenever they like. */
import type { Context } from '../../context.ts';
import {
  countParticipations,
  deleteParticipation,
  insertParticipation,
  reviseCounts,
} from '../../db/participations.ts';
import { findSlot } from '../../db/slots.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';

/** What a press came to. */
export interface Counted {
  /** False when the person was counted before. */
  readonly isNew: boolean;
  /** How many people are counted now. */
  readonly people: number;
}

/**
 * Counts somebody for the prompt of a slot. The post shows the new count a few seconds later, in one edit for all.
 * @throws UserError when the post is no more, or another guild's.
 */
export async function countIn(ctx: Context, by: Acting, slotId: string): Promise<Counted> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const slot = await findSlot(trx, slotId);
    if (slot?.guild_id !== by.guildId || slot.kind !== 'prompt') throw new UserError((t) => t.content.done.gone);
    const isNew = await insertParticipation(trx, { slotId, ...by, at: ctx.now() });
    if (isNew) await reviseCounts(trx, [slotId], ctx.now());
    return { isNew, people: await countParticipations(trx, slotId) };
  });
}

/** Takes it back. @throws UserError when they were not counted. */
export async function countOut(ctx: Context, by: Acting, slotId: string): Promise<void> {
  await inTurn(ctx.db, by.guildId, async (trx) => {
    if (!(await deleteParticipation(trx, { slotId, ...by }))) throw new UserError((t) => t.content.done.notCounted);
    await reviseCounts(trx, [slotId], ctx.now());
  });
}
