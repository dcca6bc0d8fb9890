import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { overwriteDeleted } from '../db/open.ts';
import { deleteSomeOfGuildLeft } from '../db/purge.ts';
import { later } from '../time.ts';
import { areas } from './areas.ts';

/** For how many days a guild is kept that has removed the bot, in case it was by mistake. */
export const guildKeptDays = 90;

/**
 * Deletes what has become old.
 * @param limit how many rows of each kind at most; a guild that is gone goes whole, so many rows at a time.
 * @returns how many rows went.
 */
export async function purgeOld(ctx: Context, limit: number): Promise<number> {
  let deleted = 0;
  for (const area of areas) deleted += await area.purge(ctx, limit);
  const before = later(ctx.now(), { days: -guildKeptDays });
  for (let gone = Infinity; gone > 0; deleted += gone) {
    // A guild that is added again in between keeps what is left of it.
    gone = await deleteSomeOfGuildLeft(ctx.db, before, limit);
    await nextTurn();
  }
  if (deleted > 0) await overwriteDeleted(ctx.db);
  return deleted;
}
