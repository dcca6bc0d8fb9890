/** Places that have opened, and who of those who wait has heard of which. */
import { type Selectable, sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { OffersTable, OfferState } from './schema.ts';

export type Offer = Selectable<OffersTable>;

/** Written out, not bound: only then does SQLite see that the partial index `offers_one_open` fits. */
const open = sql.lit<OfferState>('open');

/** Notes that a mentor's place has opened, to be looked at now. */
export async function openPlace(trx: Trx, guildId: string, mentorId: string, at: Instant): Promise<void> {
  await trx
    .insertInto('openings')
    .values({ guild_id: guildId, mentor_id: mentorId, due_at: at })
    .onConflict((conflict) => conflict.columns(['guild_id', 'mentor_id']).doUpdateSet({ due_at: at }))
    .execute();
}

/** Guilds in which somebody may be about to hear of a place: one is due, or an offer is over. */
export async function listGuildsToOffer(db: Db, at: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('openings')
    .select('openings.guild_id')
    .where('due_at', '<=', at)
    .$call(owned(db, 'openings.guild_id'))
    .union(
      db
        .selectFrom('offers')
        .select('offers.guild_id')
        .where('state', '=', open)
        .where(isOver(at))
        .$call(owned(db, 'offers.guild_id')),
    )
    .limit(limit)
    .execute();
  return rows.map((row) => row.guild_id);
}

/** An open offer of which nothing more comes: its time is over, or the mentee does not wait any more. */
function isOver(at: Instant) {
  return sql<boolean>`(offers.until <= ${at} or not exists (select 1 from waitlist
    where waitlist.guild_id = offers.guild_id and waitlist.mentee_id = offers.mentee_id))`;
}

/** The mentors of a guild whose place has opened, the longest due first. */
export async function listOpenings(db: Db, guildId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('openings')
    .select('mentor_id')
    .where('guild_id', '=', guildId)
    .orderBy('due_at')
    .orderBy('mentor_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.mentor_id);
}

/** Looks at some openings of a guild again at that moment; at all of them where none are named. */
export async function planOpenings(
  trx: Trx,
  guildId: string,
  due: Instant,
  mentorIds?: readonly string[],
): Promise<void> {
  if (mentorIds?.length === 0) return;
  const query = trx.updateTable('openings').set({ due_at: due }).where('guild_id', '=', guildId);
  await (mentorIds ? query.where('mentor_id', 'in', mentorIds) : query).execute();
}

/** Those who wait and suit know of these places, or the places are taken. */
export async function closeOpenings(trx: Trx, guildId: string, mentorIds: readonly string[]): Promise<void> {
  if (mentorIds.length === 0) return;
  await trx.deleteFrom('openings').where('guild_id', '=', guildId).where('mentor_id', 'in', mentorIds).execute();
}

/** Tells a mentee of a place. Returns false when they are told of another at the moment. */
export async function insertOffer(trx: Trx, offer: Omit<Offer, 'state'>): Promise<boolean> {
  const result = await trx
    .insertInto('offers')
    .values({ ...offer, state: 'open' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** The offer of which a mentee has heard and that is still open; there is at most one. */
export async function findOpenOfferTo(db: Db, guildId: string, menteeId: string): Promise<Offer | undefined> {
  return await db
    .selectFrom('offers')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentee_id', '=', menteeId)
    .where('state', '=', open)
    .executeTakeFirst();
}

/** An offer by its id. */
export async function findOffer(db: Db, id: string): Promise<Offer | undefined> {
  return await db.selectFrom('offers').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Ends an open offer. Returns false when it was not open any more. */
export async function closeOffer(trx: Trx, id: string, to: 'passed' | 'over'): Promise<boolean> {
  const result = await trx
    .updateTable('offers')
    .set({ state: to })
    .where('id', '=', id)
    .where('state', '=', open)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The open offers of a guild of which nothing more comes. */
export async function listOffersOver(trx: Trx, guildId: string, at: Instant): Promise<Offer[]> {
  return await trx
    .selectFrom('offers')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('state', '=', open)
    .where(isOver(at))
    .execute();
}

/** How many mentees are told of each mentor's places at the moment; mentors of whose nobody is are not named. */
export async function countOpenOffers(db: Db, guildId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('offers')
    .select('mentor_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('guild_id', '=', guildId)
    .where('state', '=', open)
    .groupBy('mentor_id')
    .execute();
  return new Map(rows.map((row) => [row.mentor_id, row.count]));
}

/** Of which mentors' places a mentee has heard since then, and whether they are told of one just now. */
export async function listOffersTo(db: Db, guildId: string, menteeId: string, since: Instant): Promise<Offer[]> {
  return await db
    .selectFrom('offers')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentee_id', '=', menteeId)
    .where('created_at', '>', since)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Removes offers and openings from before this moment. Returns how many. */
export async function deleteOldOffers(db: Db, before: Instant, limit: number): Promise<number> {
  const offers = await db
    .deleteFrom('offers')
    .where('id', 'in', (ids) => ids.selectFrom('offers').select('id').where('created_at', '<=', before).limit(limit))
    .executeTakeFirst();
  const openings = await db.deleteFrom('openings').where('due_at', '<=', before).executeTakeFirst();
  return Number(offers.numDeletedRows + openings.numDeletedRows);
}
