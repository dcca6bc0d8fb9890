/** Counts limited acts by keyed hash, so that deleting one's data does not reset the count. */
import { newId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Whose } from './members.ts';
import type { Db, Trx } from './open.ts';
import { hashOf, type Keeper } from './protections.ts';
import type { RecentAct } from './schema.ts';

/** Notes that somebody has just done something. */
export async function insertRecentAct(trx: Trx, keeper: Keeper, whose: Whose, kind: RecentAct): Promise<void> {
  await trx
    .insertInto('recent_acts')
    .values({
      id: newId(keeper.random),
      guild_id: whose.guildId,
      kind,
      who: hashOf(keeper, whose),
      at: keeper.now(),
    })
    .execute();
}

/** When somebody did something since then, the latest first. */
export async function listRecentActs(
  db: Db,
  keeper: Pick<Keeper, 'keyedHash'>,
  whose: Whose,
  kind: RecentAct,
  since: Instant,
): Promise<Instant[]> {
  const rows = await db
    .selectFrom('recent_acts')
    .select('at')
    .where('guild_id', '=', whose.guildId)
    .where('who', '=', hashOf(keeper, whose))
    .where('kind', '=', kind)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .execute();
  return rows.map((row) => row.at);
}
