import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import { type Guild, updateGuild } from '../../db/guilds.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { requestsAWeek, waitingDays } from '../../guild/settings.ts';
import { inTurn } from '../../guild/turn.ts';

/** What a moderator changes; what is undefined stays. */
export interface WeekChanges {
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
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const before = await requireGuild(trx, by.guildId);
    const changed = {
      ...(requests === undefined || requests === before.requests_a_week ? {} : { requests_a_week: requests }),
      ...(days === undefined || days === before.waiting_days ? {} : { waiting_days: days }),
    };
    const names = Object.keys(changed);
    if (names.length === 0) return before;
    await updateGuild(trx, by.guildId, changed);
    await insertAudit(trx, ctx, {
      guildId: by.guildId,
      actorId: by.userId,
      action: 'setup-changed',
      detail: { settings: names.join(' ') },
    });
    return { ...before, ...changed };
  });
}

function isWithin(n: number, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return Number.isInteger(n) && n >= min && n <= max;
}
