import type { Updateable } from 'kysely';
import type { Context } from '../context.ts';
import { insertAudit } from '../db/audit.ts';
import { type Guild, updateGuild } from '../db/guilds.ts';
import type { Trx } from '../db/open.ts';
import type { GuildsTable } from '../db/schema.ts';
import type { Acting } from './acting.ts';
import { requireGuild } from './guilds.ts';
import { inTurn } from './turn.ts';

type Wanted = { readonly [Name in keyof Guild]?: Updateable<GuildsTable>[Name] | undefined };

/**
 * Changes settings of a guild that is set up, and notes which moderator did it. What is undefined stays, and where all is
 * as wanted already nothing is written.
 * @param wanted by column; where that depends on the settings so far, worked out from them.
 * @param also what follows from the change, in the same transaction.
 * @returns the settings as they now are.
 * @throws UserError where the guild is not set up; whatever `wanted` or `also` throws. Then nothing has changed.
 */
export async function changeSettings(
  ctx: Context,
  by: Acting,
  wanted: Wanted | ((before: Guild) => Wanted),
  also?: (trx: Trx, before: Guild) => Promise<void>,
): Promise<Guild> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const before = await requireGuild(trx, by.guildId);
    const changed = Object.entries(typeof wanted === 'function' ? wanted(before) : wanted).filter(
      ([name, value]) => value !== undefined && value !== before[name as keyof Guild],
    );
    if (changed.length === 0) return before;
    await updateGuild(trx, by.guildId, Object.fromEntries(changed));
    await also?.(trx, before);
    await insertAudit(trx, ctx, {
      guildId: by.guildId,
      actorId: by.userId,
      action: 'setup-changed',
      detail: { settings: changed.map(([name]) => name).join(' ') },
    });
    return await requireGuild(trx, by.guildId);
  });
}
