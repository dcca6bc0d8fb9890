/** Somebody's own road: settings, steps, dates of their own. By person, not by guild. */
import type { Insertable, Selectable, Updateable } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { JourneyDatesTable, JourneyItemsTable, JourneysTable, OwnDatesTable } from './schema.ts';

const dayList = z.array(z.number());

export interface Journey extends Omit<Selectable<JourneysTable>, 'reminder_days'> {
  readonly reminder_days: readonly number[];
}
export interface OwnDate extends Omit<Selectable<OwnDatesTable>, 'reminder_days'> {
  readonly reminder_days: readonly number[];
}
export type JourneyItem = Selectable<JourneyItemsTable>;
export type JourneyDate = Selectable<JourneyDatesTable>;

const readDays = <Row extends { readonly reminder_days: string }>(row: Row) => ({
  ...row,
  reminder_days: dayList.parse(JSON.parse(row.reminder_days)),
});

/** Somebody's road; undefined when they never began one. */
export async function findJourney(db: Db, userId: string): Promise<Journey | undefined> {
  const row = await db.selectFrom('journeys').selectAll().where('user_id', '=', userId).executeTakeFirst();
  return row && readDays(row);
}

/** Begins somebody's road. Returns false when they have one. */
export async function insertJourney(trx: Trx, journey: Insertable<JourneysTable>): Promise<boolean> {
  const result = await trx
    .insertInto('journeys')
    .values(journey)
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Changes what is named. Returns false when there is no such road. */
export async function updateJourney(db: Db, userId: string, changes: Updateable<JourneysTable>): Promise<boolean> {
  const result = await db.updateTable('journeys').set(changes).where('user_id', '=', userId).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Removes a road with everything on it. Returns false when there was none. */
export async function deleteJourney(trx: Trx, userId: string): Promise<boolean> {
  for (const table of ['journey_items', 'journey_dates', 'own_dates', 'reminded', 'journey_guilds'] as const) {
    await trx.deleteFrom(table).where('user_id', '=', userId).execute();
  }
  const result = await trx.deleteFrom('journeys').where('user_id', '=', userId).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Notes that somebody uses their road in a guild. */
export async function useJourneyIn(trx: Trx, userId: string, guildId: string, at: Instant): Promise<void> {
  await trx
    .insertInto('journey_guilds')
    .values({ user_id: userId, guild_id: guildId, used_at: at })
    .onConflict((conflict) => conflict.columns(['user_id', 'guild_id']).doUpdateSet({ used_at: at }))
    .execute();
}

/** Somebody is no longer in a guild. Returns whether they used their road there. */
export async function leaveJourneyGuild(trx: Trx, userId: string, guildId: string): Promise<boolean> {
  const result = await trx
    .deleteFrom('journey_guilds')
    .where('user_id', '=', userId)
    .where('guild_id', '=', guildId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** The guilds in which somebody uses their road and which have the bot, the last used first. */
export async function listGuildsOfJourney(db: Db, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('journey_guilds')
    .innerJoin('guilds', 'guilds.id', 'journey_guilds.guild_id')
    .select('journey_guilds.guild_id')
    .where('journey_guilds.user_id', '=', userId)
    .where('guilds.left_at', 'is', null)
    .orderBy('journey_guilds.used_at', 'desc')
    .orderBy('journey_guilds.guild_id')
    .execute();
  return rows.map(({ guild_id: id }) => id);
}

/** Whether somebody uses their road in any guild but this one, whatever has become of it. */
export async function hasOtherGuild(db: Db, userId: string, guildId: string): Promise<boolean> {
  const row = await db
    .selectFrom('journey_guilds')
    .select('guild_id')
    .where('user_id', '=', userId)
    .where('guild_id', '<>', guildId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Some of those who use their road in a guild, by id. @param after those up to this id are left out. */
export async function listTravelers(db: Db, guildId: string, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('journey_guilds')
    .select('user_id')
    .where('guild_id', '=', guildId)
    .where('user_id', '>', after)
    .orderBy('user_id')
    .limit(limit)
    .execute();
  return rows.map(({ user_id: id }) => id);
}

/** The reminders of everybody who uses their road in a guild are looked at anew. */
export async function lookAtTravelers(trx: Trx, guildId: string, at: Instant): Promise<void> {
  await trx
    .updateTable('journeys')
    .set({ look_at: at })
    .where('user_id', 'in', (ids) => ids.selectFrom('journey_guilds').select('user_id').where('guild_id', '=', guildId))
    .execute();
}

/** Whose reminders are to be looked at by now, those who wait longest first. */
export async function listDueJourneys(db: Db, now: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('journeys')
    .select('user_id')
    .where('look_at', '<=', now)
    .$call(owned(db, 'user_id'))
    .orderBy('look_at')
    .orderBy('user_id')
    .limit(limit)
    .execute();
  return rows.map(({ user_id: id }) => id);
}

export async function listJourneyItems(db: Db, userId: string): Promise<JourneyItem[]> {
  return await db
    .selectFrom('journey_items')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('changed_at')
    .orderBy('item_id')
    .execute();
}

export async function upsertJourneyItem(trx: Trx, item: Insertable<JourneyItemsTable>): Promise<void> {
  const { user_id: _user, item_id: _item, ...changes } = item;
  await trx
    .insertInto('journey_items')
    .values(item)
    .onConflict((conflict) => conflict.columns(['user_id', 'item_id']).doUpdateSet(changes))
    .execute();
}

export async function listJourneyDates(db: Db, userId: string): Promise<JourneyDate[]> {
  return await db.selectFrom('journey_dates').selectAll().where('user_id', '=', userId).orderBy('date_id').execute();
}

/** Stores what is named of a date that somebody picked or was told of. */
export async function upsertJourneyDate(
  trx: Trx,
  userId: string,
  dateId: string,
  changes: { readonly picked?: 0 | 1; readonly told?: string },
): Promise<void> {
  await trx
    .insertInto('journey_dates')
    .values({ user_id: userId, date_id: dateId, told: null, ...changes })
    .onConflict((conflict) => conflict.columns(['user_id', 'date_id']).doUpdateSet(changes))
    .execute();
}

/** Somebody's own dates, soonest first. */
export async function listOwnDates(db: Db, userId: string): Promise<OwnDate[]> {
  const rows = await db
    .selectFrom('own_dates')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('day')
    .orderBy('id')
    .execute();
  return rows.map(readDays);
}

export async function insertOwnDate(trx: Trx, date: Insertable<OwnDatesTable>): Promise<void> {
  await trx.insertInto('own_dates').values(date).execute();
}

/** Changes a date of somebody's own. Returns false when it is not theirs, or gone. */
export async function updateOwnDate(
  trx: Trx,
  userId: string,
  id: string,
  changes: Updateable<OwnDatesTable>,
): Promise<boolean> {
  const result = await trx
    .updateTable('own_dates')
    .set(changes)
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function deleteOwnDate(trx: Trx, userId: string, id: string): Promise<boolean> {
  const result = await trx
    .deleteFrom('own_dates')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** The keys of reminders that went out to somebody. */
export async function listReminded(db: Db, userId: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('reminded').select('key').where('user_id', '=', userId).execute();
  return new Set(rows.map(({ key }) => key));
}

export async function insertReminded(trx: Trx, userId: string, keys: readonly string[], at: Instant): Promise<void> {
  if (keys.length === 0) return;
  await trx
    .insertInto('reminded')
    .values(keys.map((key) => ({ user_id: userId, key, at })))
    .onConflict((conflict) => conflict.columns(['user_id', 'key']).doNothing())
    .execute();
}

/** Removes keys of reminders from before this moment. Returns how many. */
export async function deleteOldReminded(db: Db, before: Instant, limit: number): Promise<number> {
  const old = await db
    .selectFrom('reminded')
    .select(['user_id', 'key'])
    .where('at', '<=', before)
    .limit(limit)
    .execute();
  let gone = 0;
  for (const { user_id: userId, key } of old) {
    const result = await db
      .deleteFrom('reminded')
      .where('user_id', '=', userId)
      .where('key', '=', key)
      .executeTakeFirst();
    gone += Number(result.numDeletedRows);
  }
  return gone;
}

/** Whose road nobody has used, or who is in no guild with the bot, since before this moment. */
export async function listUnusedJourneys(db: Db, before: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('journeys')
    .select('user_id')
    .where((is) => is.or([is('used_at', '<=', before), is('alone_since', '<=', before)]))
    .orderBy('user_id')
    .limit(limit)
    .execute();
  return rows.map(({ user_id: id }) => id);
}
