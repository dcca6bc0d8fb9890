/** What becomes of a slot: each in the transaction of the delivery that decides it. */
import type { Context } from '../context.ts';
import type { Trx } from '../db/open.ts';
import { findScheduleById } from '../db/schedules.ts';
import type { PauseReason, SlotWhy } from '../db/schema.ts';
import { findSlot, updateSlot } from '../db/slots.ts';
import type { QuietReason, ScheduleProblem } from '../db/notice-kinds.ts';
import { alertKey, insertAlert } from '../guild/alerts.ts';
import { scheduleAlertKeys } from './alerts.ts';
import { repetitionFailed } from './announcements/outcome.ts';
import { resumeRested, restSchedule } from './schedules.ts';
import { forgetAlerts } from '../db/notices/alerts.ts';

/** Discord has the post of a slot. @param quiet why it notifies nobody, though it was to. */
export async function slotPosted(
  trx: Trx,
  ctx: Context,
  slotId: string | null,
  place: { readonly channelId: string; readonly messageId: string },
  quiet?: QuietReason,
): Promise<void> {
  if (slotId === null) return;
  const isQuiet = quiet === undefined ? 0 : 1;
  const where = { channel_id: place.channelId, message_id: place.messageId, is_quiet: isQuiet } as const;
  if (!(await updateSlot(trx, slotId, 'claimed', { ...where, state: 'posted', posted_at: ctx.now() }))) return;
  const slot = await findSlot(trx, slotId);
  if (!slot) return;
  const { guild_id: guildId, schedule_id: id } = slot;
  const unnotified = { problem: 'schedule-quiet', id } as const;
  const told = scheduleAlertKeys(guildId, id).filter(
    (key) => quiet === undefined || key !== alertKey(guildId, unnotified),
  );
  // It works again: should it fail once more, moderators hear of it once more.
  await forgetAlerts(trx, told);
  if (quiet !== undefined) await insertAlert(trx, ctx, guildId, unnotified);
  await resumeRested(trx, ctx, id);
}

const problems: Readonly<Record<Exclude<PauseReason, 'moderator'>, ScheduleProblem>> = {
  'channel-deleted': 'schedule-channel-deleted',
  'channel-closed': 'schedule-channel-closed',
  'thread-locked': 'schedule-thread-locked',
  'tag-missing': 'schedule-tag-missing',
  refused: 'schedule-refused',
  'moderator-gone': 'schedule-held',
};

/**
 * The post of a slot cannot be made before a moderator mends something: its schedule rests until it can, and they are told
 * once; of an announcement its author hears, too. Called anew for each try that fails.
 * What it would have shown has not been used up.
 * @param channelId where it was tried.
 */
export async function slotFailed(
  trx: Trx,
  ctx: Context,
  slotId: string | null,
  why: Exclude<PauseReason, 'moderator'>,
  channelId: string,
): Promise<void> {
  const slot = slotId === null ? undefined : await findSlot(trx, slotId);
  if (!slot) return;
  await updateSlot(trx, slot.id, 'claimed', { ...nothingShown, state: 'failed', why });
  // A moderator was faster, and has sent it elsewhere.
  if ((await findScheduleById(trx, slot.schedule_id))?.channel_id !== channelId) return;
  const isNew = await restSchedule(trx, slot.guild_id, slot.schedule_id, why, ctx.now());
  await insertAlert(trx, ctx, slot.guild_id, { problem: problems[why], id: slot.schedule_id });
  if (isNew && slot.kind === 'announcement') await repetitionFailed(trx, ctx, slot, why);
}

/**
 * A slot is not posted: it came too late, its schedule was stopped, or there was nothing to show. A schedule that rested
 * because of it (`resting`) goes on.
 */
export async function slotDropped(trx: Trx, ctx: Context, slotId: string | null, why: string): Promise<void> {
  const slot = slotId === null ? undefined : await findSlot(trx, slotId);
  if (!slot) return;
  if (why === 'resting') return await resumeRested(trx, ctx, slot.schedule_id);
  await updateSlot(trx, slot.id, 'claimed', { ...nothingShown, state: 'skipped', why: why as SlotWhy });
  if (why === 'nothing')
    await insertAlert(trx, ctx, slot.guild_id, { problem: 'schedule-nothing', id: slot.schedule_id });
}

/** Takes back what was chosen for a slot: nobody has seen it. */
const nothingShown = { content_id: null, content_source: null, content_cycle: null } as const;
