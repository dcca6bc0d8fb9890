/** What study groups hold on one member, to be handed out or to be removed. */
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../open.ts';
import type {
  FormationPeopleTable,
  GroupMembersTable,
  GroupTicksTable,
  SessionPeopleTable,
  StudyGroupsTable,
} from '../schema.ts';
import type { Whose } from '../members.ts';

type HeldGroup = Selectable<GroupMembersTable> &
  Pick<Selectable<StudyGroupsTable>, 'kind' | 'topic' | 'place' | 'target' | 'owner_id' | 'author_id' | 'about'>;
type HeldTick = Selectable<GroupTicksTable>;
type HeldFormation = Pick<Selectable<FormationPeopleTable>, 'topic' | 'number' | 'changes'> & { at: string };
type HeldSession = Selectable<SessionPeopleTable> & { starts_at: string };

/** Reads the groups that somebody is or was in, and what they said about sessions, oldest first. */
export async function listHeldInStudy(
  db: Db,
  { guildId, userId }: Whose,
): Promise<{
  readonly groups: HeldGroup[];
  readonly sessions: HeldSession[];
  readonly ticks: HeldTick[];
  readonly formations: HeldFormation[];
}> {
  return {
    // A preview is a moderator's draft: nobody may ever be asked.
    formations: await db
      .selectFrom('formation_people')
      .innerJoin('formations', 'formations.id', 'formation_people.formation_id')
      .select(['formation_people.topic', 'formation_people.number', 'formation_people.changes'])
      .select('formations.created_at as at')
      .where('formation_people.guild_id', '=', guildId)
      .where('formation_people.user_id', '=', userId)
      .where('formations.state', 'in', ['publishing', 'published'])
      .orderBy('formations.created_at')
      .orderBy('formation_people.topic')
      .execute(),
    ticks: await db
      .selectFrom('group_ticks')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .orderBy('at')
      .orderBy('group_id')
      .orderBy('system')
      .execute(),
    groups: await db
      .selectFrom('group_members')
      .innerJoin('study_groups', 'study_groups.id', 'group_members.group_id')
      .selectAll('group_members')
      .select([
        'study_groups.kind',
        'study_groups.topic',
        'study_groups.place',
        'study_groups.target',
        'study_groups.owner_id',
        'study_groups.author_id',
        'study_groups.about',
      ])
      .where('group_members.guild_id', '=', guildId)
      .where('group_members.user_id', '=', userId)
      .orderBy('group_members.since')
      .orderBy('group_members.group_id')
      .execute(),
    sessions: await db
      .selectFrom('session_people')
      .innerJoin('group_sessions', 'group_sessions.id', 'session_people.session_id')
      .selectAll('session_people')
      .select('group_sessions.starts_at')
      .where('session_people.guild_id', '=', guildId)
      .where('session_people.user_id', '=', userId)
      .orderBy('group_sessions.starts_at')
      .orderBy('session_people.session_id')
      .execute(),
  };
}

/** Each row is one member's. */
const tablesOfMembers = [
  'session_people',
  'group_members',
  'poll_votes',
  'group_applications',
  'group_ticks',
  'seekers',
  'formation_people',
] as const;

/** Removes somebody from all groups and sessions, and what they wrote about a group. Returns whether there was anything. */
export async function eraseFromStudy(trx: Trx, { guildId, userId }: Whose): Promise<boolean> {
  const removed: bigint[] = [];
  for (const table of tablesOfMembers) {
    const gone = trx.deleteFrom(table).where('guild_id', '=', guildId).where('user_id', '=', userId);
    removed.push((await gone.executeTakeFirst()).numDeletedRows);
  }
  const changed = [
    await trx
      .updateTable('study_groups')
      .set({ about: '', author_id: null })
      .where('guild_id', '=', guildId)
      .where('author_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('study_groups')
      .set({ owner_id: null })
      .where('guild_id', '=', guildId)
      .where('owner_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('study_groups')
      .set({ owner_asked_id: null, owner_asked_at: null })
      .where('guild_id', '=', guildId)
      .where('owner_asked_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('group_polls')
      .set({ by_id: null })
      .where('guild_id', '=', guildId)
      .where('by_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('group_sessions')
      .set({ changed: null, changed_by: null })
      .where('guild_id', '=', guildId)
      .where('changed_by', '=', userId)
      .executeTakeFirst(),
  ].map((result) => result.numUpdatedRows);
  return [...removed, ...changed].some((rows) => rows > 0n);
}
