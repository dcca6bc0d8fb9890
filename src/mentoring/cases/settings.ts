import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import { type Guild, updateGuild } from '../../db/guilds.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { caseDays } from './limits.ts';

/** What a moderator changes about how reports are handled; what is undefined stays. */
export interface SafetyChanges {
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
  if (days !== undefined && !(Number.isInteger(days) && days >= caseDays.min && days <= caseDays.max))
    throw new UserError((t) => t.cases.refused.days(caseDays.min, caseDays.max));
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const before = await requireGuild(trx, by.guildId);
    const changes = {
      ...(roleId === undefined || roleId === before.safety_role_id ? {} : { safety_role_id: roleId }),
      ...(days === undefined || days === before.case_days ? {} : { case_days: days }),
      ...(hides === undefined || hides === (before.hide_exam_content === 1)
        ? {}
        : { hide_exam_content: hides ? (1 as const) : (0 as const) }),
    };
    const names = Object.keys(changes);
    if (names.length === 0) return before;
    await updateGuild(trx, by.guildId, changes);
    await insertAudit(trx, ctx, {
      guildId: by.guildId,
      actorId: by.userId,
      action: 'setup-changed',
      detail: { settings: names.join(' ') },
    });
    return { ...before, ...changes };
  });
}
