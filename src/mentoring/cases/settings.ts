import type { Context } from '../../context.ts';
import { listNewCases } from '../../db/cases/cases.ts';
import { findGuild, type Guild, updateGuild } from '../../db/guilds.ts';
import type { Trx } from '../../db/open.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { insertAlert } from '../../guild/alerts.ts';
import { changeSettings } from '../../guild/change-settings.ts';
import { isWithin, toFlag } from '../../guild/settings.ts';
import { tellHandlers } from './handlers.ts';
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

/**
 * The role that handles reports is gone, and with it everybody who did: whoever may manage the server handles them again,
 * as where none was chosen. They hear of it, and of every report that nobody has taken.
 */
export async function forgetSafetyRole(trx: Trx, ctx: Context, guildId: string, roleId: string): Promise<void> {
  const guild = await findGuild(trx, guildId);
  if (guild?.safety_role_id !== roleId || guild.left_at !== null) return;
  await updateGuild(trx, guildId, { safety_role_id: null });
  await insertAlert(trx, ctx, guildId, { problem: 'safety-role-deleted', id: roleId });
  for (const found of await listNewCases(trx, guildId)) await tellHandlers(ctx, trx, found, 'case-waiting');
}
