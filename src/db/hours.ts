/** When members can usually meet: one row for each member of a guild who said so. */
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { HoursTable } from './schema.ts';
import type { Whose } from './members.ts';

/** As stored: pairs of minutes of a local week, in order. */
const windows = z.array(z.tuple([z.number(), z.number()]));

/** Somebody's hours, in the zone that they live in now. */
export interface Hours extends Omit<Selectable<HoursTable>, 'windows'> {
  /** Minutes of a local week from Monday 00:00 on, tidy: see `src/hours/week.ts`. */
  readonly windows: readonly { readonly from: number; readonly to: number }[];
  /** IANA name. */
  readonly zone: string;
}

/** A member's hours, also where their time is over; undefined when they gave none. */
export async function findHours(db: Db, { guildId, userId }: Whose): Promise<Hours | undefined> {
  const row = await selectHours(db)
    .where('hours.guild_id', '=', guildId)
    .where('hours.user_id', '=', userId)
    .executeTakeFirst();
  return row && readHours(row);
}

/**
 * The hours of everybody in a guild who is there, but for those whose time is over. By member.
 * @param only of these members; of all when absent.
 */
export async function listHours(db: Db, guildId: string, at: Instant, only?: readonly string[]): Promise<Hours[]> {
  const all = selectHours(db)
    .where('hours.guild_id', '=', guildId)
    .where('members.left_at', 'is', null)
    .where((is) => is.or([is('hours.until', 'is', null), is('hours.until', '>', at)]))
    .orderBy('hours.user_id');
  return (await (only ? all.where('hours.user_id', 'in', only) : all).execute()).map(readHours);
}

function selectHours(db: Db) {
  return db
    .selectFrom('hours')
    .innerJoin('members', (on) =>
      on.onRef('members.guild_id', '=', 'hours.guild_id').onRef('members.user_id', '=', 'hours.user_id'),
    )
    .selectAll('hours')
    .select('members.zone');
}

function readHours(row: Selectable<HoursTable> & { zone: string }): Hours {
  return { ...row, windows: windows.parse(JSON.parse(row.windows)).map(([from, to]) => ({ from, to })) };
}

/** Stores a member's hours in place of those that they gave before. */
export async function upsertHours(
  trx: Trx,
  { guildId, userId }: Whose,
  hours: Pick<Hours, 'windows' | 'until'>,
  at: Instant,
): Promise<void> {
  const values = {
    windows: JSON.stringify(hours.windows.map(({ from, to }) => [from, to])),
    until: hours.until,
    asked_at: null,
    updated_at: at,
    used_at: at,
  };
  await trx
    .insertInto('hours')
    .values({ guild_id: guildId, user_id: userId, ...values })
    .onConflict((conflict) => conflict.columns(['guild_id', 'user_id']).doUpdateSet(values))
    .execute();
}

/** Removes a member's hours. Returns whether there were any. */
export async function deleteHours(trx: Trx, { guildId, userId }: Whose): Promise<boolean> {
  const result = await trx
    .deleteFrom('hours')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Notes that a member's hours were used: they are kept for twelve months from then on. Written once a week at most. */
export async function touchHours(
  trx: Trx,
  { guildId, userId }: Whose,
  at: Instant,
  unlessSince: Instant,
): Promise<void> {
  await trx
    .updateTable('hours')
    .set({ used_at: at })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('used_at', '<', unlessSince)
    .execute();
}

/** Members whose hours have come to their end and who were not asked yet, the earliest first, where the bot is. */
export async function listHoursOver(db: Db, at: Instant, limit: number): Promise<Whose[]> {
  const rows = await db
    .selectFrom('hours')
    .innerJoin('guilds', 'guilds.id', 'hours.guild_id')
    .select(['hours.guild_id as guildId', 'hours.user_id as userId'])
    .where('hours.until', '<=', at)
    .where('hours.asked_at', 'is', null)
    .where('guilds.left_at', 'is', null)
    .$call(owned(db, 'hours.guild_id'))
    .orderBy('hours.until')
    .orderBy('hours.user_id')
    .limit(limit)
    .execute();
  return rows;
}

/** Notes that a member was asked for new hours. Returns false when they were, or gave some meanwhile. */
export async function markHoursAsked(trx: Trx, { guildId, userId }: Whose, at: Instant): Promise<boolean> {
  const result = await trx
    .updateTable('hours')
    .set({ asked_at: at })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('until', '<=', at)
    .where('asked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Removes hours that nobody has used since this moment. Returns how many. */
export async function deleteUnusedHours(db: Db, before: Instant, limit: number): Promise<number> {
  const key = sql`guild_id, user_id`;
  const result = await sql`delete from hours where (${key}) in
    (select ${key} from hours where used_at <= ${before} order by used_at limit ${limit})`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}
