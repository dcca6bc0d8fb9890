/** Schedules that follow the guild's settings. Each function belongs in the transaction that stores the settings. */
import type { Context } from '../context.ts';
import type { Guild } from '../db/guilds.ts';
import type { Db, Trx } from '../db/open.ts';
import { findDefault, insertSchedule, listOrigins, listSchedulesThatFollow, updateSchedule } from '../db/schedules.ts';
import { channelColumns } from '../guild/settings.ts';
import { newId } from '../ids.ts';
import { scheduleAlertKeys } from './alerts.ts';
import { nextDue } from './due.ts';
import { schedulesAtMost } from './limits.ts';
import { forgetAlerts } from '../db/notices/alerts.ts';

/** What a guild gets with its first set-up, in local time: little enough to be read, often enough to be a habit. */
const defaults = [
  { origin: 'default-tip', kind: 'tip', purpose: 'tips', cron: '0 9 * * 1' },
  { origin: 'default-prompt', kind: 'prompt', purpose: 'study', cron: '0 18 * * 2,4' },
] as const;
export type DefaultPost = (typeof defaults)[number];

/** The default schedules that a guild never had: its next set-up adds them. */
export async function listDefaultsToCome(db: Db, guildId: string): Promise<DefaultPost[]> {
  const had = new Set(await listOrigins(db, guildId));
  return defaults.filter(({ origin }) => !had.has(origin));
}

/**
 * Adds the default schedules, once in the life of a guild: one that was removed does not come back. When a default's
 * channel is set to another, it moves there.
 */
export async function provideDefaults(trx: Trx, ctx: Context, before: Guild | undefined, after: Guild): Promise<void> {
  for (const { origin, kind, purpose, cron } of defaults) {
    const column = channelColumns[purpose];
    const channelId = after[column];
    if (channelId === null) continue;
    const at = ctx.now();
    await insertSchedule(
      trx,
      {
        id: newId(ctx.random),
        guild_id: after.id,
        kind,
        channel_id: channelId,
        cron,
        zone: after.zone,
        follows_zone: 1,
        origin,
        state: 'active',
        next_due_at: nextDue(cron, after.zone, at) ?? null,
        created_at: at,
        updated_at: at,
      },
      schedulesAtMost,
    );
    const schedule = await findDefault(trx, after.id, origin);
    if (!schedule || !before || before[column] === channelId || schedule.channel_id !== before[column]) continue;
    // A new channel mends what had the schedule paused, unless a moderator wanted it so.
    const isMended = schedule.state === 'paused' && schedule.paused_why !== 'moderator';
    if (isMended) await forgetAlerts(trx, scheduleAlertKeys(after.id, schedule.id));
    await updateSchedule(trx, after.id, schedule.id, ['active', 'paused'], {
      channel_id: channelId,
      parent_id: null,
      tag_id: null,
      // A role that was chosen for the channel before is not chosen for this one; those of `/notify` need nobody.
      chooser_id: null,
      updated_at: at,
      ...(isMended
        ? { state: 'active', paused_why: null, next_due_at: nextDue(schedule.cron, schedule.zone, at) ?? null }
        : {}),
    });
  }
}

/** Moves along the schedules that follow the guild's zone: 09:00 stays 09:00, in the new one. */
export async function followZone(trx: Trx, ctx: Context, guild: Guild): Promise<void> {
  const at = ctx.now();
  for (const schedule of await listSchedulesThatFollow(trx, guild.id)) {
    if (schedule.zone === guild.zone) continue;
    const isActive = schedule.state === 'active';
    await updateSchedule(trx, guild.id, schedule.id, [schedule.state], {
      zone: guild.zone,
      next_due_at: isActive ? (nextDue(schedule.cron, guild.zone, at) ?? null) : null,
      updated_at: at,
    });
  }
}
