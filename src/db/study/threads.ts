/** Threads of study groups, for the sweep. */
import { sql } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Db } from '../open.ts';
import { readGroup, type StudyGroup } from './groups.ts';

/** As it stands in the index `study_groups_unlooked`. */
const groupLooked = sql<Instant>`coalesce(thread_looked_at, created_at)`;

/** Study groups that go on or rest, at whose thread nobody has looked since this moment. */
export async function listGroupsToLookAt(
  db: Db,
  guildId: string,
  since: Instant,
  limit: number,
): Promise<StudyGroup[]> {
  const rows = await db
    .selectFrom('study_groups')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where(withThread)
    .where(groupLooked, '<=', since)
    .orderBy(groupLooked)
    .limit(limit)
    .execute();
  return rows.map(readGroup);
}

/** As it stands in the index: literally, so that it is found. */
const withThread = sql<boolean>`state in ('active', 'resting') and thread_id is not null`;

/** Notes that a group's thread was looked at. */
export async function markGroupLookedAt(db: Db, id: string, at: Instant): Promise<void> {
  await db.updateTable('study_groups').set({ thread_looked_at: at }).where('id', '=', id).execute();
}

/** The study group that is not closed whose thread this is; undefined for any other thread. */
export async function findLiveGroupByThread(
  db: Db,
  guildId: string,
  threadId: string,
): Promise<{ readonly id: string } | undefined> {
  return await db
    .selectFrom('study_groups')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('thread_id', '=', threadId)
    .where('state', '<>', 'closed')
    .executeTakeFirst();
}
