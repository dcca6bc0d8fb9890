/** Study groups. */
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../../time.ts';
import type { Db, Trx } from '../open.ts';
import { owned } from '../owned.ts';
import type { StudyClosing, StudyGroupsTable, StudyKind, StudyState } from '../schema.ts';

const slugs = z.array(z.string());
const minutes = z.array(z.number());

/** A group as it is worked with. */
export interface StudyGroup extends Omit<
  Selectable<StudyGroupsTable>,
  'languages' | 'times' | 'vote' | 'prompt_systems'
> {
  readonly languages: readonly string[];
  /** Minutes of the week in its zone at which sessions begin. */
  readonly times: readonly number[];
  /** Times that are being voted on. */
  readonly vote: readonly number[] | null;
  /** Systems of its prompts, all of them where it is empty; null without prompts. */
  readonly prompt_systems: readonly string[] | null;
}

/** Pure: a group as it is stored. */
export function readGroup(row: Selectable<StudyGroupsTable>): StudyGroup {
  return {
    ...row,
    languages: slugs.parse(JSON.parse(row.languages)),
    times: minutes.parse(JSON.parse(row.times)),
    vote: row.vote === null ? null : minutes.parse(JSON.parse(row.vote)),
    prompt_systems: row.prompt_systems === null ? null : slugs.parse(JSON.parse(row.prompt_systems)),
  };
}

/** What a group is created with. */
type NewGroup = Pick<
  StudyGroup,
  | 'id'
  | 'guild_id'
  | 'kind'
  | 'topic'
  | 'place'
  | 'target'
  | 'languages'
  | 'size'
  | 'sessions'
  | 'minutes'
  | 'about'
  | 'author_id'
> & { readonly owner_id: string | null; readonly created_at: Instant; readonly state_until: Instant };

export async function insertGroup(trx: Trx, group: NewGroup): Promise<void> {
  await trx
    .insertInto('study_groups')
    .values({ ...group, languages: JSON.stringify(group.languages), state: 'forming' })
    .execute();
}

export async function findGroup(db: Db, id: string): Promise<StudyGroup | undefined> {
  const row = await db.selectFrom('study_groups').selectAll().where('id', '=', id).executeTakeFirst();
  return row && readGroup(row);
}

/** Groups of one exam or circle that somebody could join, the oldest first. */
export async function listOpenGroups(
  db: Db,
  guildId: string,
  what: { readonly kind: StudyKind; readonly topic: string; readonly place: string },
  limit: number,
): Promise<StudyGroup[]> {
  const rows = await db
    .selectFrom('study_groups')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('kind', '=', what.kind)
    .where('topic', '=', what.topic)
    .where('place', '=', what.place)
    .where(sql<boolean>`state <> 'closed'`)
    .where('state', 'in', ['forming', 'active'])
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(readGroup);
}

/** Every group of a guild that is not closed, the oldest first. */
export async function listLiveGroups(db: Db, guildId: string): Promise<StudyGroup[]> {
  const rows = await db
    .selectFrom('study_groups')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where(sql<boolean>`state <> 'closed'`)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(readGroup);
}

/** Groups where something may be due: what ends by the time, or a look that is some hours old. Where the bot is. */
export async function listGroupsToKeep(
  db: Db,
  by: { readonly now: Instant; readonly lookedBefore: Instant; readonly askedBefore: Instant },
  limit: number,
): Promise<StudyGroup[]> {
  const rows = await db
    .selectFrom('study_groups')
    .innerJoin('guilds', 'guilds.id', 'study_groups.guild_id')
    .selectAll('study_groups')
    .where('guilds.left_at', 'is', null)
    .where(sql<boolean>`study_groups.state <> 'closed'`)
    .$call(owned(db, 'study_groups.guild_id'))
    .where((is) =>
      is.or([
        is('study_groups.looked_at', 'is', null),
        is('study_groups.looked_at', '<=', by.lookedBefore),
        is('study_groups.state_until', '<=', by.now),
        is('study_groups.vote_ends_at', '<=', by.now),
        is('study_groups.prompt_at', '<=', by.now),
        is('study_groups.weekly_at', '<=', by.now),
        is('study_groups.owner_asked_at', '<=', by.askedBefore),
      ]),
    )
    .orderBy('study_groups.guild_id')
    .orderBy('study_groups.kind')
    .orderBy('study_groups.topic')
    .orderBy('study_groups.id')
    .limit(limit)
    .execute();
  return rows.map(readGroup);
}

/** Brings a group from one of some states into another. Returns false when it was in none of them. */
export async function moveGroup(
  trx: Trx,
  id: string,
  from: readonly StudyState[],
  to: { readonly state: StudyState; readonly until?: Instant | null; readonly heldAt?: Instant },
): Promise<boolean> {
  const result = await trx
    .updateTable('study_groups')
    .set({
      state: to.state,
      state_until: to.until ?? null,
      asked_at: null,
      ...(to.heldAt === undefined ? {} : { held_at: to.heldAt }),
    })
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Closes a group. Returns false when it was in none of some states. */
export async function markGroupClosed(
  trx: Trx,
  id: string,
  from: readonly StudyState[],
  { why, at }: { readonly why: StudyClosing; readonly at: Instant },
): Promise<boolean> {
  const result = await trx
    .updateTable('study_groups')
    .set({ state: 'closed', closed_at: at, closed_why: why, state_until: null, vote: null, vote_ends_at: null })
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** What may change about a group that is not closed. */
type GroupChange = Partial<
  Pick<
    StudyGroup,
    | 'owner_id'
    | 'zone'
    | 'held_at'
    | 'asked_at'
    | 'few_since'
    | 'vote_ends_at'
    | 'looked_at'
    | 'shape'
    | 'prompt_weekday'
    | 'prompt_at'
    | 'weekly_line'
    | 'weekly_at'
    | 'owner_asked_id'
    | 'owner_asked_at'
    | 'by_application'
    | 'is_listed'
    | 'size'
  > & {
    readonly prompt_systems: readonly string[] | null;
    readonly languages: readonly string[];
    readonly times: readonly number[];
    readonly vote: readonly number[] | null;
  }
>;

/** Returns false when the group is closed. */
export async function updateGroup(trx: Trx, id: string, change: GroupChange): Promise<boolean> {
  const { languages, times, vote, prompt_systems: systems, ...rest } = change;
  const result = await trx
    .updateTable('study_groups')
    .set({
      ...rest,
      ...(languages === undefined ? {} : { languages: JSON.stringify(languages) }),
      ...(times === undefined ? {} : { times: JSON.stringify(times) }),
      ...(vote === undefined ? {} : { vote: vote === null ? null : JSON.stringify(vote) }),
      ...(systems === undefined ? {} : { prompt_systems: systems === null ? null : JSON.stringify(systems) }),
    })
    .where('id', '=', id)
    .where('state', '<>', 'closed')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes the thread of a group. Returns false when another was noted before. */
export async function recordGroupThread(db: Db, id: string, threadId: string): Promise<boolean> {
  const result = await db
    .updateTable('study_groups')
    .set({ thread_id: threadId })
    .where('id', '=', id)
    .where((is) => is.or([is('thread_id', 'is', null), is('thread_id', '=', threadId)]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Forgets a thread that is gone. Returns false when another was noted by now, or the group is closed. */
export async function forgetGroupThread(trx: Trx, id: string, threadId: string): Promise<boolean> {
  const result = await trx
    .updateTable('study_groups')
    .set({ thread_id: null })
    .where('id', '=', id)
    .where('thread_id', '=', threadId)
    .where('state', '<>', 'closed')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Whether this is the thread of a group. */
export async function isGroupsThread(db: Db, guildId: string, threadId: string): Promise<boolean> {
  const row = await db
    .selectFrom('study_groups')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('thread_id', '=', threadId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Removes groups that were closed before this moment, with their members and sessions. Returns how many. */
export async function deleteClosedGroups(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('study_groups')
    .where('id', 'in', (ids) =>
      ids.selectFrom('study_groups').select('id').where('closed_at', '<=', before).limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
