import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import { type Guild, updateGuild } from '../../db/guilds.ts';
import { lookAtTravelers } from '../../db/journeys.ts';
import { retryAfterSetUp } from '../../db/notices/outcomes.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { UserError } from '../../errors.ts';
import { lookAtDates, nextLookAt } from './post.ts';

/** Hours at which reminders may go out, by the clock of whoever is reminded: before them people sleep, after them they work. */
export const reminderHours = { min: 5, max: 12 } as const;

/**
 * Chooses at which hour of their own morning members are reminded of dates through this guild.
 * @param hour none to change nothing. @returns the settings as they now are.
 * @throws UserError for an hour that is none of the morning.
 */
export async function saveReminderHour(ctx: Context, by: Acting, hour: number | undefined): Promise<Guild> {
  const isMorning = hour === undefined || (Number.isInteger(hour) && hour >= reminderHours.min && hour <= reminderHours.max); // prettier-ignore
  if (!isMorning) throw new UserError((t) => t.deadlines.refused.reminderHour(reminderHours.min, reminderHours.max));
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const before = await requireGuild(trx, by.guildId);
    if (hour === undefined || hour === before.reminder_hour) return before;
    await updateGuild(trx, by.guildId, { reminder_hour: hour });
    await lookAtDates(trx, before, ctx.now());
    await lookAtTravelers(trx, by.guildId, ctx.now());
    await insertAudit(trx, ctx, {
      guildId: by.guildId,
      actorId: by.userId,
      action: 'setup-changed',
      detail: { settings: 'reminder_hour' },
    });
    return { ...before, reminder_hour: hour };
  });
}

/**
 * Chooses where the guild's dates are posted when they come nearer, from its next hour on.
 * @param channelId null for nowhere any more. @returns the settings as they now are.
 */
export async function saveDatesChannel(ctx: Context, by: Acting, channelId: string | null): Promise<Guild> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const before = await requireGuild(trx, by.guildId);
    if (channelId === before.dates_channel_id) return before;
    const at = channelId === null ? null : (before.dates_at ?? nextLookAt(before, ctx.now()));
    const changes = { dates_channel_id: channelId, dates_at: at };
    await updateGuild(trx, by.guildId, changes);
    // What could not be posted in the former channel may work in this one.
    await retryAfterSetUp(trx, by.guildId, ctx.now());
    await insertAudit(trx, ctx, {
      guildId: by.guildId,
      actorId: by.userId,
      action: 'setup-changed',
      detail: { settings: 'dates_channel_id' },
    });
    return { ...before, ...changes };
  });
}
