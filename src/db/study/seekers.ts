/** Those who would rather be placed in a study group. */
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../../time.ts';
import type { Whose } from '../members.ts';
import type { Db, Trx } from '../open.ts';
import type { SeekersTable, StudyKind } from '../schema.ts';

const slugs = z.array(z.string());

export interface StoredSeeker extends Omit<Selectable<SeekersTable>, 'languages'> {
  readonly languages: readonly string[];
}

function readSeeker(row: Selectable<SeekersTable>): StoredSeeker {
  return { ...row, languages: slugs.parse(JSON.parse(row.languages)) };
}

/** What somebody seeks; the same again keeps their turn. */
export async function upsertSeeker(trx: Trx, seeker: StoredSeeker): Promise<void> {
  const { since, ...rest } = { ...seeker, languages: JSON.stringify(seeker.languages) };
  await trx
    .insertInto('seekers')
    .values({ ...rest, since })
    .onConflict((conflict) => conflict.columns(['guild_id', 'user_id', 'kind', 'topic']).doUpdateSet(rest))
    .execute();
}

export async function findSeeker(
  db: Db,
  { guildId, userId }: Whose,
  kind: StudyKind,
  topic: string,
): Promise<StoredSeeker | undefined> {
  const row = await db
    .selectFrom('seekers')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('topic', '=', topic)
    .executeTakeFirst();
  return row && readSeeker(row);
}

/** Everything that somebody seeks. */
export async function listSeekersOf(db: Db, { guildId, userId }: Whose): Promise<StoredSeeker[]> {
  const rows = await db
    .selectFrom('seekers')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .orderBy('since')
    .orderBy('topic')
    .execute();
  return rows.map(readSeeker);
}

/** Everybody in a guild who seeks a group, the longest first. @param only of these members; of all when absent. */
export async function listSeekers(db: Db, guildId: string, only?: readonly string[]): Promise<StoredSeeker[]> {
  const all = db
    .selectFrom('seekers')
    .innerJoin('members', (on) =>
      on.onRef('members.guild_id', '=', 'seekers.guild_id').onRef('members.user_id', '=', 'seekers.user_id'),
    )
    .selectAll('seekers')
    .where('seekers.guild_id', '=', guildId)
    .where('members.left_at', 'is', null)
    .orderBy('seekers.since')
    .orderBy('seekers.user_id');
  return (await (only ? all.where('seekers.user_id', 'in', only) : all).execute()).map(readSeeker);
}

/** Somebody seeks this no longer. Returns whether they did. */
export async function deleteSeeker(
  trx: Trx,
  { guildId, userId }: Whose,
  kind: StudyKind,
  topic: string,
): Promise<boolean> {
  const result = await trx
    .deleteFrom('seekers')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('topic', '=', topic)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Somebody seeks nothing any more. Returns whether they did. */
export async function deleteSeekersOf(trx: Trx, { guildId, userId }: Whose): Promise<boolean> {
  const result = await trx
    .deleteFrom('seekers')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Those in a guild who seek what a group is, the longest first. */
export async function listSeekersFor(
  db: Db,
  group: { readonly guild_id: string; readonly kind: StudyKind; readonly topic: string; readonly place: string },
  limit: number,
): Promise<StoredSeeker[]> {
  const rows = await db
    .selectFrom('seekers')
    .innerJoin('members', (on) =>
      on.onRef('members.guild_id', '=', 'seekers.guild_id').onRef('members.user_id', '=', 'seekers.user_id'),
    )
    .selectAll('seekers')
    .where('seekers.guild_id', '=', group.guild_id)
    .where('seekers.kind', '=', group.kind)
    .where('seekers.topic', '=', group.topic)
    .where('seekers.place', '=', group.place)
    .where('members.left_at', 'is', null)
    .orderBy('seekers.since')
    .orderBy('seekers.user_id')
    .limit(limit)
    .execute();
  return rows.map(readSeeker);
}

/** How many in a guild still wait for each of some subjects: those who have no place for it, and are not being asked. */
export async function countWaiting(
  db: Db,
  guildId: string,
  topics: readonly string[],
): Promise<readonly (Pick<StoredSeeker, 'topic' | 'place'> & { readonly count: number })[]> {
  return await db
    .selectFrom('seekers')
    .innerJoin('members', (on) =>
      on.onRef('members.guild_id', '=', 'seekers.guild_id').onRef('members.user_id', '=', 'seekers.user_id'),
    )
    .select(['seekers.topic', 'seekers.place'])
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('seekers.guild_id', '=', guildId)
    .where('seekers.topic', 'in', topics)
    .where('members.left_at', 'is', null)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('group_members')
            .innerJoin('study_groups', 'study_groups.id', 'group_members.group_id')
            .select('group_members.user_id')
            .whereRef('group_members.guild_id', '=', 'seekers.guild_id')
            .whereRef('group_members.user_id', '=', 'seekers.user_id')
            .whereRef('study_groups.topic', '=', 'seekers.topic')
            .where('group_members.state', '<>', 'left')
            .where('study_groups.state', '<>', 'closed'),
        ),
      ),
    )
    .groupBy(['seekers.topic', 'seekers.place'])
    .orderBy('seekers.topic')
    .orderBy('seekers.place')
    .execute();
}

/** Removes those who have waited since before this moment. Returns how many. */
export async function deleteOldSeekers(db: Db, before: Instant, limit: number): Promise<number> {
  const key = sql`guild_id, user_id, kind, topic`;
  const result = await sql`delete from seekers where (${key}) in
    (select ${key} from seekers where since <= ${before} order by since limit ${limit})`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}
