import type { Context } from '../context.ts';
import { hasRecentNotice } from '../db/notices/lookups.ts';
import { insertNotice } from '../db/notices/write.ts';
import type { Trx } from '../db/open.ts';
import { later } from '../time.ts';

/** Whoever left a thread on purpose is not brought back every day; the thread is theirs all the same. */
const restDays = 7;

/**
 * Owes it that those who belong into the thread of a pair or a study group are brought back into it.
 * @param isReturn whether somebody has just come back to the guild; else it happens once in a week.
 * @returns whether it is owed by this.
 */
export async function bringBack(
  trx: Trx,
  ctx: Context,
  { id: subjectId, guild_id: guildId }: { readonly id: string; readonly guild_id: string },
  isReturn: boolean,
): Promise<boolean> {
  const since = isReturn ? ctx.now() : later(ctx.now(), { days: -restDays });
  if (await hasRecentNotice(trx, subjectId, 'thread-members', since)) return false;
  return await insertNotice(trx, ctx, { guildId, kind: 'thread-members', subjectId });
}
