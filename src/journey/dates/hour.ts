import type { Context } from '../../context.ts';
import { type Guild, updateGuild } from '../../db/guilds.ts';
import { lookAtTravelers } from '../../db/journeys.ts';
import { retryAfterSetUp } from '../../db/notices/outcomes.ts';
import type { Acting } from '../../guild/acting.ts';
import { changeSettings } from '../../guild/change-settings.ts';
import { isWithin } from '../../guild/settings.ts';
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
  if (hour !== undefined && !isWithin(hour, reminderHours))
    throw new UserError((t) => t.deadlines.refused.reminderHour(reminderHours.min, reminderHours.max));
  return await changeSettings(ctx, by, { reminder_hour: hour }, async (trx, before) => {
    await lookAtDates(trx, before, ctx.now());
    await lookAtTravelers(trx, by.guildId, ctx.now());
  });
}

/**
 * Chooses where the guild's dates are posted when they come nearer, from its next hour on.
 * @param channelId null for nowhere any more. @returns the settings as they now are.
 */
export async function saveDatesChannel(ctx: Context, by: Acting, channelId: string | null): Promise<Guild> {
  return await changeSettings(ctx, by, { dates_channel_id: channelId }, async (trx, before) => {
    const at = channelId === null ? null : (before.dates_at ?? nextLookAt(before, ctx.now()));
    await updateGuild(trx, by.guildId, { dates_at: at });
    // What could not be posted in the former channel may work in this one.
    await retryAfterSetUp(trx, by.guildId, ctx.now());
  });
}
