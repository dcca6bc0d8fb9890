import type { Context } from '../context.ts';
import { overwriteDeleted } from '../db/open.ts';
import { deleteGuildsLeft } from '../db/purge.ts';
import { later } from '../time.ts';
import { areas } from './areas.ts';

/** For how many days a guild is kept that has removed the bot, in case it was by mistake. */
const guildKeptDays = 90;

/**
 * Deletes what has become old.
 * @param limit how many rows of each kind at most.
 * @returns how many rows went.
 */
export async function purgeOld(ctx: Context, limit: number): Promise<number> {
  let deleted = 0;
  for (const area of areas) deleted += await area.purge(ctx, limit);
  // Everything that hangs on a guild goes at once, so one is enough.
  deleted += await deleteGuildsLeft(ctx.db, later(ctx.now(), { days: -guildKeptDays }), 1);
  if (deleted > 0) await overwriteDeleted(ctx.db);
  return deleted;
}
