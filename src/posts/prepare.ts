/** What a post needs before it is rendered: done first, in the guild's turn, so that rendering only reads. */
import { z } from 'zod';
import type { Context } from '../context.ts';
import { findScheduleById, type Schedule } from '../db/schedules.ts';
import { findSlot, moveSlot, type Slot, updateSlot } from '../db/slots.ts';
import { alertKey, insertAlert } from '../guild/alerts.ts';
import { inTurn } from '../guild/turn.ts';
import { chooseFor } from './choice.ts';
import { isInTime } from './claim.ts';
import { isPausedByBot } from './schedules.ts';
import { forgetAlerts } from '../db/notices/alerts.ts';

/**
 * Why a slot is not to be posted any more; undefined while it is. What stands in a channel is never stale. `resting`: too
 * late, but its schedule was paused by the bot because of it, and goes on when that is over.
 */
export function staleness(ctx: Context, slot: Slot, schedule: Schedule): 'stopped' | 'late' | 'resting' | undefined {
  if (slot.state === 'posted') return undefined;
  const isResting = isPausedByBot(schedule);
  if (slot.is_test === 0 && schedule.state !== 'active' && !isResting) return 'stopped';
  if (isInTime(slot.due_at, ctx.now())) return undefined;
  return isResting && slot.state === 'failed' ? 'resting' : 'late';
}

const slugs = z.array(z.string());

/**
 * Moves a slot along with its schedule's channel, and chooses what it shows, for good. Where it may have arrived unnoticed
 * it stays with the channel that it was last sent to. Moderators hear once that entries of the library wait to be reviewed,
 * and again when others do after all were.
 * @param isUnsure whether an earlier attempt may have posted it.
 */
export async function preparePost(ctx: Context, slotId: string, isUnsure: boolean): Promise<void> {
  const found = await findSlot(ctx.db, slotId);
  if (!found) return;
  await inTurn(ctx.db, found.guild_id, async (trx) => {
    const within = { ...ctx, db: trx };
    const slot = await findSlot(trx, slotId);
    const schedule = slot && (await findScheduleById(trx, slot.schedule_id));
    if (!slot || !schedule) return;
    const isAgain = slot.state === 'failed' && staleness(ctx, slot, schedule) === undefined;
    // Tries once more whatever could not be posted.
    if (isAgain) await updateSlot(trx, slot.id, 'failed', { state: 'claimed', why: null });
    if (
      (slot.state === 'claimed' || isAgain) &&
      !(isUnsure && slot.channel_id !== null) &&
      slot.channel_id !== schedule.channel_id
    ) {
      await moveSlot(trx, slot.id, schedule.channel_id);
    }
    const { kind, guild_id: guildId } = slot;
    if (kind === 'announcement' || staleness(ctx, slot, schedule) !== undefined) return;
    const categories = schedule.categories === null ? null : slugs.parse(JSON.parse(schedule.categories));
    const { outdated } = await chooseFor(within, slot, kind, categories);
    const trouble = { problem: 'content-outdated', id: kind } as const;
    if (outdated === 0) await forgetAlerts(trx, [alertKey(guildId, trouble)]);
    else await insertAlert(trx, ctx, guildId, trouble);
  });
}
