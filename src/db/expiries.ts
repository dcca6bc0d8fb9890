import { sql } from 'kysely';
import type { Trx } from './open.ts';
import { touchMentors } from './pool.ts';

/** Notes that a mentor let one more request in a row expire. Returns how many that makes; 0 where they are no mentor. */
export async function countExpiry(trx: Trx, guildId: string, mentorId: string): Promise<number> {
  const row = await trx
    .updateTable('profiles')
    .set({ expiries: sql<number>`expiries + 1` })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', mentorId)
    .where('role', '=', 'mentor')
    .returning('expiries')
    .executeTakeFirst();
  await touchMentors(trx, guildId, [mentorId]);
  return row?.expiries ?? 0;
}

/** A mentor answered, so the next request that expires is the first in a row again. */
export async function resetExpiries(trx: Trx, guildId: string, mentorId: string): Promise<void> {
  await trx
    .updateTable('profiles')
    .set({ expiries: 0 })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', mentorId)
    .where('role', '=', 'mentor')
    .execute();
  await touchMentors(trx, guildId, [mentorId]);
}
