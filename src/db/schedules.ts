import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Instant } from '../time.ts';
import { type Db, isPostgres, type Trx } from './open.ts';
import { owned } from './owned.ts';
import { prepared } from './prepared.ts';
import type { PostKind, SchedulesTable, ScheduleState } from './schema.ts';

export type Schedule = Selectable<SchedulesTable>;

/** A schedule of this guild that was not removed. */
export async function findSchedule(db: Db, guildId: string, id: string): Promise<Schedule | undefined> {
  return await db
    .selectFrom('schedules')
    .selectAll()
    .where('id', '=', id)
    .where('guild_id', '=', guildId)
    .where('state', '<>', 'removed')
    .executeTakeFirst();
}

/** A schedule by its id alone, also a removed one: for what was posted by it. */
export async function findScheduleById(db: Db, id: string): Promise<Schedule | undefined> {
  const [schedule] = await selectSchedule(db, { id });
  return schedule;
}

const selectSchedule = prepared<'id', Schedule>((db, { id }) =>
  db.selectFrom('schedules').selectAll().where('id', '=', id),
);

/** The schedules of a guild that were not removed, oldest first. */
export async function listSchedules(db: Db, guildId: string): Promise<Schedule[]> {
  return await db
    .selectFrom('schedules')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('state', '<>', 'removed')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/**
 * Stores a schedule, unless the guild has as many as it may have by then: both in one statement, so that two moderators
 * at once do not get past the limit. Returns false when it has, or when its origin was stored before.
 */
export async function insertSchedule(db: Db, schedule: Insertable<SchedulesTable>, most: number): Promise<boolean> {
  const columns = Object.keys(schedule) as (keyof SchedulesTable)[];
  const result = await db
    .insertInto('schedules')
    .columns(columns)
    .expression(
      db.selectNoFrom(columns.map((column) => sql.val(schedule[column] ?? null).as(column))).where(
        (is) =>
          is
            .selectFrom('schedules')
            .select((all) => all.fn.countAll<number>().as('count'))
            .where('guild_id', '=', schedule.guild_id)
            .where('state', '<>', 'removed'),
        '<',
        most,
      ),
    )
    .onConflict((conflict) => conflict.columns(['guild_id', 'origin']).where('origin', 'is not', null).doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Changes a schedule that is in one of these states. Returns false when it is not. */
export async function updateSchedule(
  db: Db,
  guildId: string,
  id: string,
  among: readonly ScheduleState[],
  changes: Updateable<SchedulesTable>,
): Promise<boolean> {
  const result = await db
    .updateTable('schedules')
    .set(changes)
    .where('id', '=', id)
    .where('guild_id', '=', guildId)
    .where('state', 'in', among)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** A schedule that is due, and what its slot needs. */
export interface DueSchedule extends Pick<Schedule, 'id' | 'guild_id' | 'kind' | 'channel_id' | 'cron' | 'zone'> {
  readonly next_due_at: Instant;
  /** Null while the bot is in the guild. */
  readonly left_at: Instant | null;
  /** Whether the guild is quiet in Match Week. */
  readonly match_week: 0 | 1;
}

/** Schedules of all guilds that are due, longest first, at most `limit`: one question of one index. */
export async function listDueSchedules(db: Db, at: Instant, limit: number): Promise<DueSchedule[]> {
  return await db
    .selectFrom('schedules')
    .innerJoin('guilds', 'guilds.id', 'schedules.guild_id')
    .select([
      'schedules.id',
      'schedules.guild_id',
      'schedules.kind',
      'schedules.channel_id',
      'schedules.cron',
      'schedules.zone',
      'guilds.left_at',
      'guilds.match_week',
    ])
    .select(sql<Instant>`schedules.next_due_at`.as('next_due_at'))
    .where('schedules.state', '=', 'active')
    .where('schedules.next_due_at', '<=', at)
    .$call(owned(db, 'schedules.guild_id'))
    .orderBy('schedules.next_due_at')
    .orderBy('schedules.id')
    .limit(limit)
    .execute();
}

/** How many schedules of all guilds are due. */
export async function countDueSchedules(db: Db, at: Instant): Promise<number> {
  const [row] = await selectDueCount(db, { at });
  return row?.count ?? 0;
}

const selectDueCount = prepared<'at', { count: number }>((db, { at }) =>
  db
    .selectFrom('schedules')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('state', '=', 'active')
    .where('next_due_at', '<=', at)
    .$call(owned(db, 'guild_id')),
);

/** A schedule that is moved on, from the due time it was found with; `to` null when nothing follows. */
export interface ScheduleMove {
  readonly id: string;
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/**
 * Moves schedules on, all in one statement. One that somebody else has moved, or that was changed, paused or removed
 * meanwhile, stays as it is: then its slots are not the caller's.
 * @returns the ids of those that were moved.
 */
export async function moveSchedules(db: Db, moves: readonly ScheduleMove[]): Promise<Set<string>> {
  if (moves.length === 0) return new Set();
  // Both databases call the columns of a list of values column1, column2, …; text where a null tells no type.
  const values = sql.join(moves.map(({ id, from, to }) => sql`(${id}, cast(${from} as text), cast(${to} as text))`));
  // On PostgreSQL only those that nobody is changing just now: whoever claims waits for nobody.
  const ids = sql.join(moves.map(({ id }) => id));
  const unlocked = sql`with unlocked as materialized (select id from schedules where id in (${ids}) for update skip locked)`;
  const isFree = sql`and schedules.id in (select id from unlocked)`;
  const { rows } = await sql<{ id: string }>`
    ${isPostgres(db) ? unlocked : sql``} update schedules set next_due_at = moved.column3
    from (values ${values}) as moved
    where schedules.id = moved.column1 and schedules.state = 'active' ${isPostgres(db) ? isFree : sql``}
      and (schedules.next_due_at = moved.column2 or (schedules.next_due_at is null and moved.column2 is null))
    returning schedules.id as id`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Active schedules of all guilds in the order of their ids, at most `limit`, from behind this one. */
export async function listActiveSchedules(db: Db, after: string | undefined, limit: number): Promise<Schedule[]> {
  return await db
    .selectFrom('schedules')
    .selectAll()
    .where('state', '=', 'active')
    .where('id', '>', after ?? '')
    .$call(owned(db, 'guild_id'))
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Schedules of the guild that move along with its zone and were not removed. */
export async function listSchedulesThatFollow(db: Db, guildId: string): Promise<Schedule[]> {
  return await db
    .selectFrom('schedules')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('follows_zone', '=', 1)
    .where('state', '<>', 'removed')
    .execute();
}

/** What `/setup start` made of a guild's default, unless it was removed since. */
export async function findDefault(db: Db, guildId: string, origin: string): Promise<Schedule | undefined> {
  return await db
    .selectFrom('schedules')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('origin', '=', origin)
    .where('state', '<>', 'removed')
    .executeTakeFirst();
}

/** The defaults that a guild has or had. */
export async function listOrigins(db: Db, guildId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('schedules')
    .select('origin')
    .where('guild_id', '=', guildId)
    .where('origin', 'is not', null)
    .execute();
  return rows.flatMap(({ origin }) => origin ?? []);
}

/** Takes a member's name off the schedules that they added or changed. Returns how many times it stood there. */
export async function forgetScheduleAuthor(trx: Trx, guildId: string, userId: string): Promise<bigint> {
  const result = await trx
    .updateTable('schedules')
    .set({ created_by: null })
    .where('guild_id', '=', guildId)
    .where('created_by', '=', userId)
    .executeTakeFirst();
  const chosen = await trx
    .updateTable('schedules')
    .set({ chooser_id: null })
    .where('guild_id', '=', guildId)
    .where('chooser_id', '=', userId)
    .executeTakeFirst();
  return result.numUpdatedRows + chosen.numUpdatedRows;
}

/**
 * Lets the schedules that came with the set-up notify another role than `from` (null: than nobody). What a moderator
 * chose stays. Returns how many that are.
 */
export async function nameRoleInDefaults(
  trx: Trx,
  guildId: string,
  kind: PostKind,
  role: { readonly from: string | null; readonly to: string; readonly at: Instant },
): Promise<number> {
  const result = await trx
    .updateTable('schedules')
    .set({ role_id: role.to, updated_at: role.at })
    .where('guild_id', '=', guildId)
    .where('kind', '=', kind)
    .where('origin', 'is not', null)
    .where('state', '<>', 'removed')
    .where((is) =>
      role.from === null
        ? is('role_id', 'is', null)
        : is.or([is('role_id', 'is', null), is('role_id', '=', role.from)]),
    )
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
