import type { Context } from '../../context.ts';
import type { Guild } from '../../db/guilds.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { changeSettings } from '../../guild/change-settings.ts';
import { isWithin, requestsAWeek, waitingDays } from '../../guild/settings.ts';

/** What a moderator changes; what is undefined stays. */
interface WeekChanges {
  /** New requests that reach a mentor in seven days. */
  readonly requests?: number | undefined;
  /** Days of waiting after which moderators hear of somebody by name. */
  readonly waitingDays?: number | undefined;
}

/**
 * Chooses how many new requests reach a mentor who has not chosen themselves, and when moderators hear of who waits. What
 * waits for a mentor's week already keeps the day that its mentee was told.
 * @returns the guild's settings as they now are.
 * @throws UserError for a number out of range.
 */
export async function saveWeeks(ctx: Context, by: Acting, changes: WeekChanges): Promise<Guild> {
  const { requests, waitingDays: days } = changes;
  if (requests !== undefined && !isWithin(requests, requestsAWeek))
    throw new UserError((t) => t.weeks.range(requestsAWeek.min, requestsAWeek.max));
  if (days !== undefined && !isWithin(days, waitingDays))
    throw new UserError((t) => t.weeks.setup.range(waitingDays.min, waitingDays.max));
  return await changeSettings(ctx, by, { requests_a_week: requests, waiting_days: days });
}
