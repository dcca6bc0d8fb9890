import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { prepared } from './prepared.ts';
import type { ContentSource, PostKind, SlotsTable, SlotState } from './schema.ts';

export type Slot = Selectable<SlotsTable>;

/** A slot by its id: buttons below a post name it. */
export async function findSlot(db: Db, id: string): Promise<Slot | undefined> {
  const [slot] = await selectSlot(db, { id });
  return slot;
}

const selectSlot = prepared<'id', Slot>((db, { id }) => db.selectFrom('slots').selectAll().where('id', '=', id));

/**
 * Claims slots by inserting them. One that is there already stays as it is.
 * @returns the ids of those that were not there: only these are the caller's.
 */
export async function insertSlots(trx: Trx, slots: readonly Insertable<SlotsTable>[]): Promise<Set<string>> {
  if (slots.length === 0) return new Set();
  const rows = await trx
    .insertInto('slots')
    .values(slots)
    .onConflict((conflict) =>
      conflict.columns(['schedule_id', 'due_at']).where('is_test', '=', sql.lit<0 | 1>(0)).doNothing(),
    )
    .returning('id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Changes a slot that is in this state. Returns false when it is not. */
export async function updateSlot(
  trx: Trx,
  id: string,
  from: SlotState,
  changes: Updateable<SlotsTable>,
): Promise<boolean> {
  const result = await trx
    .updateTable('slots')
    .set(changes)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** A slot that is not posted yet goes to this channel. */
export async function moveSlot(db: Db, id: string, channelId: string): Promise<void> {
  await db
    .updateTable('slots')
    .set({ channel_id: channelId })
    .where('id', '=', id)
    .where('state', '=', 'claimed')
    .execute();
}

/** The notices of a schedule's slots that could not be posted and are tried again by and by. */
function waitingNotices(trx: Trx, scheduleId: string) {
  return trx
    .updateTable('notices')
    .where('state', '=', 'owed')
    .where('claimed_until', 'is', null)
    .where('id', 'in', (ids) =>
      ids
        .selectFrom('slots')
        .select(sql<string>`notice_id`.as('notice_id'))
        .where('schedule_id', '=', scheduleId)
        .where('state', '=', 'failed')
        .where('notice_id', 'is not', null),
    );
}

/** Tries at once again what could not be posted of a schedule. */
export async function retrySlots(trx: Trx, scheduleId: string, at: Instant): Promise<void> {
  await waitingNotices(trx, scheduleId).set({ due_at: at }).execute();
}

/** Gives up what could not be posted of a schedule. */
export async function voidSlots(trx: Trx, scheduleId: string): Promise<void> {
  await waitingNotices(trx, scheduleId).set({ state: 'void' }).execute();
}

/** How often an entry was posted in a guild, and when last. */
export interface EntryUse {
  readonly content_id: string;
  /** The last cycle it was posted in, from 1. */
  readonly cycle: number;
  readonly last: Instant;
}

/** What was posted of one kind in a guild, tests apart. */
export async function listUses(db: Db, guildId: string, kind: PostKind): Promise<EntryUse[]> {
  return await selectUses(db, { guildId, kind });
}

const selectUses = prepared<'guildId' | 'kind', EntryUse>((db, { guildId, kind }) =>
  db
    .selectFrom('slots')
    .select([
      sql<string>`content_id`.as('content_id'),
      sql<number>`max(content_cycle)`.as('cycle'),
      sql<Instant>`max(due_at)`.as('last'),
    ])
    .where('guild_id', '=', guildId)
    .where('kind', '=', kind as PostKind)
    .where('is_test', '=', sql.lit<0 | 1>(0))
    .where('content_id', 'is not', null)
    .groupBy('content_id'),
);

/** The entry that a slot is to show. */
export interface ChosenEntry {
  readonly id: string;
  readonly source: ContentSource;
  readonly cycle: number;
}

/**
 * Keeps the choice for a slot, once: whoever tries again finds it. Returns false when the slot has one already, or when
 * another slot of the guild has just taken this entry in the same cycle.
 */
export async function keepChoice(db: Db, slot: Slot, entry: ChosenEntry): Promise<boolean> {
  try {
    return await writeChoice(db, slot, entry);
  } catch (error) {
    // Of two processes that take the same entry at once, PostgreSQL lets the second wait, and then refuses it.
    if ((error as { code?: unknown }).code === uniqueViolation) return false;
    throw error;
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const uniqueViolation = '23505';

async function writeChoice(db: Db, slot: Slot, entry: ChosenEntry): Promise<boolean> {
  const result = await db
    .updateTable('slots')
    .set({ content_id: entry.id, content_source: entry.source, content_cycle: entry.cycle })
    .where('id', '=', slot.id)
    .where('content_id', 'is', null)
    .$if(slot.is_test === 0, (update) =>
      update.where((is) =>
        is.not(
          is.exists(
            is
              .selectFrom('slots as other')
              .select('other.id')
              .where('other.guild_id', '=', slot.guild_id)
              .where('other.kind', '=', slot.kind)
              .where('other.content_cycle', '=', entry.cycle)
              .where('other.content_id', '=', entry.id)
              .where('other.is_test', '=', sql.lit<0 | 1>(0)),
          ),
        ),
      ),
    )
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Takes back the choice of a slot that is not posted yet. */
export async function dropChoice(db: Db, id: string, contentId: string): Promise<void> {
  await db
    .updateTable('slots')
    .set({ content_id: null, content_source: null, content_cycle: null })
    .where('id', '=', id)
    .where('state', '=', 'claimed')
    .where('content_id', '=', contentId)
    .execute();
}

/** Removes slots that were claimed before this moment, at most `limit`. Returns how many. */
export async function deleteOldSlots(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('slots')
    .where('id', 'in', (ids) => ids.selectFrom('slots').select('id').where('created_at', '<=', before).limit(limit))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
