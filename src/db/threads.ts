/** Threads of pairs and of study groups, by whether what they are for is over. */
import type { Db } from './open.ts';

/** Ids in one statement. */
const atOnce = 500;

/** Of these threads the ones of mentorships that have ended and of groups that are closed. */
export async function listOverThreads(db: Db, guildId: string, ids: readonly string[]): Promise<string[]> {
  const over: string[] = [];
  for (let from = 0; from < ids.length; from += atOnce) {
    const some = ids.slice(from, from + atOnce);
    const pairs = await db
      .selectFrom('mentorships')
      .select('thread_id')
      .where('guild_id', '=', guildId)
      .where('thread_id', 'in', some)
      .where('ended_at', 'is not', null)
      .orderBy('thread_id')
      .execute();
    const groups = await db
      .selectFrom('study_groups')
      .select('thread_id')
      .where('guild_id', '=', guildId)
      .where('thread_id', 'in', some)
      .where('state', '=', 'closed')
      .orderBy('thread_id')
      .execute();
    over.push(...[...pairs, ...groups].flatMap(({ thread_id: id }) => id ?? []));
  }
  return over;
}
