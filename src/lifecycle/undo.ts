import type { Context } from '../context.ts';
import { insertAudit } from '../db/audit.ts';
import { findGuild, updateGuild } from '../db/guilds.ts';
import type { Db } from '../db/open.ts';
import {
  deleteDefaults,
  deleteGuild,
  findSetup,
  findUseOfChannels,
  findUseOfGuild,
  markSetupUndoing,
  type SetupMade,
} from '../db/setups.ts';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { channelColumns, channelPurposes, roleColumns, rolePurposes } from '../guild/settings.ts';
import { inTurn } from '../guild/turn.ts';
import { areas } from './areas.ts';

/**
 * Takes back what a set-up stored: the settings name again what they named before, or the guild is not set up any more.
 * What it made on Discord is for the caller to delete; `undoing` says until then that this is owed.
 * @returns what it made.
 * @throws UserError when somebody has used it, or it was undone already.
 */
export async function undoSetup(ctx: Context, by: Acting, id: string): Promise<SetupMade> {
  const { guildId, userId } = by;
  return await inTurn(ctx.db, guildId, async (trx) => {
    const setup = await findSetup(trx, guildId, id);
    const made = setup?.state === 'made' ? setup.made : null;
    if (!made) throw new UserError((t) => t.setup.undo.gone);
    await refuseStoredUse(trx, guildId, made);
    if (!(await markSetupUndoing(trx, id))) throw new UserError((t) => t.setup.undo.gone);
    await deleteDefaults(trx, guildId, made.schedules);
    const current = await findGuild(trx, guildId);
    if (!made.before) await deleteGuild(trx, guildId);
    else if (current) {
      const { before } = made;
      const still = [
        ...channelPurposes.map((purpose) => [channelColumns[purpose], made.channels[purpose]] as const),
        ...rolePurposes.map((purpose) => [roleColumns[purpose], made.roles[purpose]] as const),
      ].filter(([column, madeId]) => madeId !== undefined && current[column] === madeId);
      if (still.length > 0) {
        await updateGuild(trx, guildId, Object.fromEntries(still.map(([column]) => [column, before[column] ?? null])));
        const after = await findGuild(trx, guildId);
        if (after) for (const area of areas) await area.setUp?.(trx, ctx, current, after);
        const detail = { settings: still.map(([column]) => column).join(' ') };
        await insertAudit(trx, ctx, { guildId, actorId: userId, action: 'setup-changed', detail });
      }
    }
    return made;
  });
}

/** @throws UserError that says who uses what was made, as far as the database knows. */
export async function refuseStoredUse(db: Db, guildId: string, made: SetupMade): Promise<void> {
  const use = made.before
    ? await findUseOfChannels(db, guildId, Object.values(made.channels))
    : await findUseOfGuild(db, guildId);
  if (use) throw new UserError((t) => t.setup.undo.inUse(t.setup.undo.uses[use]));
}
