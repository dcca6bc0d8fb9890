import type { Context } from '../../context.ts';
import type { Guild } from '../../db/guilds.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { changeSettings } from '../../guild/change-settings.ts';
import { isWithin, toFlag } from '../../guild/settings.ts';
import { caseDays } from './limits.ts';

/** What a moderator changes about how reports are handled; what is undefined stays. */
interface SafetyChanges {
  /** Null: everybody who may manage the server. */
  readonly roleId?: string | null;
  readonly days?: number | undefined;
  /** Whether messages that are reported as exam content are taken away at once. */
  readonly hides?: boolean | undefined;
}

/**
 * Chooses who handles reports, and for how long the words of closed ones are kept.
 * @returns the guild's settings as they now are.
 * @throws UserError for days out of range.
 */
export async function saveSafety(ctx: Context, by: Acting, { roleId, days, hides }: SafetyChanges): Promise<Guild> {
  if (days !== undefined && !isWithin(days, caseDays))
    throw new UserError((t) => t.cases.refused.days(caseDays.min, caseDays.max));
  return await changeSettings(ctx, by, {
    safety_role_id: roleId,
    case_days: days,
    hide_exam_content: toFlag(hides),
  });
}
