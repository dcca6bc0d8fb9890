/** Sessions of study groups, and what people said about them. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Whose } from '../members.ts';
import type { Db, Trx } from '../open.ts';
import { owned } from '../owned.ts';
import type { GroupSessionsTable, SessionPeopleTable, SessionState } from '../schema.ts';

export type Session = Selectable<GroupSessionsTable>;
export type SessionPerson = Selectable<SessionPeopleTable>;

/** Plans a session. Returns false when the group has one that begins then. */
export async function insertSession(trx: Trx, session: Insertable<GroupSessionsTable>): Promise<boolean> {
  const result = await trx
    .insertInto('group_sessions')
    .values(session)
    .onConflict((conflict) => conflict.columns(['group_id', 'starts_at']).doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function findSession(db: Db, id: string): Promise<Session | undefined> {
  return await db.selectFrom('group_sessions').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The session of a group that runs or comes next. */
export async function findNextSession(db: Db, groupId: string): Promise<Session | undefined> {
  return await db
    .selectFrom('group_sessions')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('state', 'in', ['planned', 'running'])
    .orderBy('starts_at')
    .limit(1)
    .executeTakeFirst();
}

/** The sessions of a group that have not begun. */
export async function listPlannedSessions(db: Db, groupId: string): Promise<Session[]> {
  return await db
    .selectFrom('group_sessions')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('state', '=', 'planned')
    .orderBy('starts_at')
    .execute();
}

/** The sessions of a group that are on. */
export async function listRunningSessions(db: Db, groupId: string): Promise<Session[]> {
  return await db
    .selectFrom('group_sessions')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('state', '=', 'running')
    .orderBy('starts_at')
    .execute();
}

/**
 * Plans a session again that was called off.
 * @param weekly whether its weekly time asks for it: then not where a member called it off.
 * @returns its id; undefined where there is none.
 */
export async function reviveSession(
  trx: Trx,
  { group_id: groupId, starts_at: startsAt, ends_at: endsAt, is_extra: isExtra }: Insertable<GroupSessionsTable>,
  weekly: boolean,
): Promise<string | undefined> {
  let called = trx
    .updateTable('group_sessions')
    .set({ state: 'planned', ends_at: endsAt, is_extra: isExtra, by_member: 0 })
    .where('group_id', '=', groupId)
    .where('starts_at', '=', startsAt)
    .where('state', '=', 'called-off');
  if (weekly) called = called.where('by_member', '=', 0);
  return (await called.returning('id').executeTakeFirst())?.id;
}

/** The sessions to which somebody said something and that are not over. */
export async function listOpenSessionsOf(db: Db, { guildId, userId }: Whose): Promise<string[]> {
  const rows = await db
    .selectFrom('session_people')
    .innerJoin('group_sessions', 'group_sessions.id', 'session_people.session_id')
    .select('group_sessions.id')
    .where('session_people.guild_id', '=', guildId)
    .where('session_people.user_id', '=', userId)
    .where(sql<boolean>`group_sessions.state in ('planned', 'running')`)
    .orderBy('group_sessions.id')
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Forgets what somebody said about sessions of a group that have not begun: they are not in it then.
 * @param until only of those that begin before; all of them when absent.
 * @returns which.
 */
export async function forgetAnswers(trx: Trx, groupId: string, userId: string, until?: Instant): Promise<string[]> {
  const rows = await trx
    .deleteFrom('session_people')
    .where('user_id', '=', userId)
    .where('session_id', 'in', (ids) => {
      const planned = ids
        .selectFrom('group_sessions')
        .select('id')
        .where('group_id', '=', groupId)
        .where('state', '=', 'planned');
      return until === undefined ? planned : planned.where('starts_at', '<', until);
    })
    .returning('session_id')
    .execute();
  return rows.map((row) => row.session_id);
}

/** The sessions of a group that are still to come, called off or not. */
export async function listComingSessions(db: Db, groupId: string, at: Instant): Promise<Session[]> {
  return await db
    .selectFrom('group_sessions')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('starts_at', '>', at)
    .where('state', 'in', ['planned', 'called-off'])
    .orderBy('starts_at')
    .execute();
}

/** Sessions that have begun or ended by now in other states than the stored ones, or whose part is over, where the bot is. */
export async function listDueSessions(db: Db, at: Instant, limit: number): Promise<Session[]> {
  return await db
    .selectFrom('group_sessions')
    .innerJoin('guilds', 'guilds.id', 'group_sessions.guild_id')
    .selectAll('group_sessions')
    // Written out, not bound: only then does SQLite see that the partial index fits.
    .where(sql<boolean>`group_sessions.state in ('planned', 'running')`)
    .where('group_sessions.starts_at', '<=', at)
    .where((is) =>
      is.or([
        is('group_sessions.state', '=', 'planned'),
        is('group_sessions.ends_at', '<=', at),
        is.and([is('group_sessions.phase_until', '<=', at), is('group_sessions.paused_at', 'is', null)]),
      ]),
    )
    .where('guilds.left_at', 'is', null)
    .$call(owned(db, 'group_sessions.guild_id'))
    .orderBy('group_sessions.starts_at')
    .orderBy('group_sessions.id')
    .limit(limit)
    .execute();
}

/**
 * Brings a session from one of some states into another. Returns false when it was in none of them.
 * @param byMember whether a member calls it off, and not what the group decides.
 */
export async function moveSession(
  trx: Trx,
  id: string,
  from: readonly SessionState[],
  to: SessionState,
  byMember = false,
): Promise<boolean> {
  const result = await trx
    .updateTable('group_sessions')
    .set({ state: to, by_member: byMember ? 1 : 0 })
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The timer of a session that is on. */
type Timer = Partial<
  Pick<Session, 'shape' | 'phase' | 'phase_until' | 'paused_at' | 'changed' | 'changed_by' | 'prompt_id' | 'ends_at'>
>;

/**
 * Sets the timer of a session that is on.
 * @param from what it has to be on for it: the part, and since when it is paused.
 * @returns false when another was quicker, or it is not on.
 */
export async function updateTimer(
  trx: Trx,
  id: string,
  from: Pick<Session, 'phase' | 'paused_at'>,
  to: Timer,
): Promise<boolean> {
  const result = await trx
    .updateTable('group_sessions')
    .set(to)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('phase', '=', from.phase)
    .where('paused_at', from.paused_at === null ? 'is' : '=', from.paused_at)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** How many sessions of a group were held in a time. */
export async function countHeld(db: Db, groupId: string, from: Instant, until: Instant): Promise<number> {
  const { count } = await db
    .selectFrom('group_sessions')
    .select((select) => select.fn.countAll().as('count'))
    .where('group_id', '=', groupId)
    .where('state', '=', 'held')
    .where('ends_at', '>', from)
    .where('ends_at', '<=', until)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** What people said about a session. */
export async function listSessionPeople(db: Db, sessionId: string): Promise<SessionPerson[]> {
  return await db
    .selectFrom('session_people')
    .selectAll()
    .where('session_id', '=', sessionId)
    .orderBy('user_id')
    .execute();
}

/** Stores what somebody says about a session; what they do not speak of stays. */
export async function upsertSessionPerson(
  trx: Trx,
  who: Pick<SessionPerson, 'session_id' | 'user_id' | 'guild_id'>,
  said: Partial<Pick<SessionPerson, 'answer' | 'here_at' | 'line' | 'done'>>,
): Promise<void> {
  await trx
    .insertInto('session_people')
    .values({ ...who, ...said })
    .onConflict((conflict) => conflict.columns(['session_id', 'user_id']).doUpdateSet(said))
    .execute();
}

/** How many sessions of a group somebody was at, for themselves alone. */
export async function countSessionsOf(db: Db, groupId: string, userId: string): Promise<number> {
  const { count } = await db
    .selectFrom('group_sessions')
    .innerJoin('session_people', 'session_people.session_id', 'group_sessions.id')
    .select((select) => select.fn.countAll().as('count'))
    .where('group_sessions.group_id', '=', groupId)
    .where('group_sessions.state', '=', 'held')
    .where('session_people.user_id', '=', userId)
    .where('session_people.here_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
