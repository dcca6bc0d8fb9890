/** Open co-working: rooms in the study channel, and who is in them. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Whose } from '../members.ts';
import type { Db, Trx } from '../open.ts';
import { owned } from '../owned.ts';
import type { FocusPeopleTable, FocusRoomsTable } from '../schema.ts';

export type FocusRoom = Selectable<FocusRoomsTable>;
type FocusPerson = Selectable<FocusPeopleTable>;

export async function insertRoom(trx: Trx, room: Insertable<FocusRoomsTable>): Promise<void> {
  await trx.insertInto('focus_rooms').values(room).execute();
}

export async function findRoom(db: Db, id: string): Promise<FocusRoom | undefined> {
  return await db.selectFrom('focus_rooms').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The rooms of a guild that are open, the oldest first. */
export async function listOpenRooms(db: Db, guildId: string): Promise<FocusRoom[]> {
  return await db
    .selectFrom('focus_rooms')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where(sql<boolean>`ended_at is null`)
    .orderBy('started_at')
    .orderBy('id')
    .execute();
}

/** Open rooms whose part is over, where the bot is. */
export async function listDueRooms(db: Db, at: Instant, limit: number): Promise<FocusRoom[]> {
  return await db
    .selectFrom('focus_rooms')
    .innerJoin('guilds', 'guilds.id', 'focus_rooms.guild_id')
    .selectAll('focus_rooms')
    .where(sql<boolean>`focus_rooms.ended_at is null`)
    .where('focus_rooms.phase_until', '<=', at)
    .where('guilds.left_at', 'is', null)
    .$call(owned(db, 'focus_rooms.guild_id'))
    .orderBy('focus_rooms.phase_until')
    .orderBy('focus_rooms.id')
    .limit(limit)
    .execute();
}

/** Guilds whose daily room is to open by now, those that wait longest first. */
export async function listGuildsForFocus(db: Db, now: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('guilds')
    .select('id')
    .where('focus_at', '<=', now)
    .where('left_at', 'is', null)
    .$call(owned(db, 'id'))
    .orderBy('focus_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Brings an open room to another part, or ends it. Returns false when another was quicker. */
export async function updateRoom(
  trx: Trx,
  room: Pick<FocusRoom, 'id' | 'phase'>,
  to: Partial<Pick<FocusRoom, 'phase' | 'phase_until' | 'ended_at'>>,
): Promise<boolean> {
  const result = await trx
    .updateTable('focus_rooms')
    .set(to)
    .where('id', '=', room.id)
    .where('phase', '=', room.phase)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Who is in a room, in the order in which they came. */
export async function listFocusPeople(db: Db, roomId: string): Promise<FocusPerson[]> {
  return await db
    .selectFrom('focus_people')
    .selectAll()
    .where('room_id', '=', roomId)
    .orderBy('joined_at')
    .orderBy('user_id')
    .execute();
}

/** Puts somebody into a room, or stores what they say; what they do not speak of stays. */
export async function upsertFocusPerson(
  trx: Trx,
  who: Pick<FocusPerson, 'room_id' | 'user_id' | 'guild_id' | 'joined_at'>,
  said: Partial<Pick<FocusPerson, 'line' | 'done'>>,
): Promise<void> {
  const insert = trx.insertInto('focus_people').values({ ...who, ...said });
  await insert
    .onConflict((conflict) => {
      const key = conflict.columns(['room_id', 'user_id']);
      return Object.keys(said).length === 0 ? key.doNothing() : key.doUpdateSet(said);
    })
    .execute();
}

/** Removes somebody from all rooms, and their name from those they began. Returns whether there was anything. */
export async function eraseFromFocus(trx: Trx, { guildId, userId }: Whose): Promise<boolean> {
  const left = await trx
    .deleteFrom('focus_people')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  const begun = await trx
    .updateTable('focus_rooms')
    .set({ starter_id: null })
    .where('guild_id', '=', guildId)
    .where('starter_id', '=', userId)
    .executeTakeFirst();
  return left.numDeletedRows > 0n || begun.numUpdatedRows > 0n;
}

/** What somebody said in rooms, oldest first. */
export async function listFocusOf(db: Db, { guildId, userId }: Whose): Promise<FocusPerson[]> {
  return await db
    .selectFrom('focus_people')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .orderBy('joined_at')
    .orderBy('room_id')
    .execute();
}

/** Removes rooms that ended before this moment, with who was in them. Returns how many. */
export async function deleteOldRooms(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('focus_rooms')
    .where('id', 'in', (ids) =>
      ids
        .selectFrom('focus_rooms')
        .select('id')
        .where(sql<boolean>`ended_at is not null`)
        .where('ended_at', '<=', before)
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
