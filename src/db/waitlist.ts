import { type Selectable, sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { WaitlistTable } from './schema.ts';

/** Where a mentee stands on the waitlist. */
export interface WaitlistPlace {
  /** 1 for whoever waits longest. */
  readonly position: number;
  /** How many wait in all. */
  readonly waiting: number;
  readonly joinedAt: Instant;
}

/** Puts a mentee on the waitlist; whoever is on it keeps their place. Returns false when they already were. */
export async function insertWaiting(db: Db, guildId: string, menteeId: string, joinedAt: Instant): Promise<boolean> {
  const result = await db
    .insertInto('waitlist')
    .values({ guild_id: guildId, mentee_id: menteeId, joined_at: joinedAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Takes a mentee off the waitlist. Returns since when they were on it, or undefined when they were not. */
export async function deleteWaiting(db: Db, guildId: string, menteeId: string): Promise<Instant | undefined> {
  const row = await db
    .deleteFrom('waitlist')
    .where('guild_id', '=', guildId)
    .where('mentee_id', '=', menteeId)
    .returning('joined_at')
    .executeTakeFirst();
  return row?.joined_at;
}

/** Where a mentee stands; undefined when they are not on the waitlist. */
export async function findWaitlistPlace(db: Db, guildId: string, menteeId: string): Promise<WaitlistPlace | undefined> {
  const row = await db
    .selectFrom('waitlist as mine')
    .select('mine.joined_at')
    .select((query) => [
      query
        .selectFrom('waitlist as other')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('other.guild_id', '=', 'mine.guild_id')
        .where(sql<boolean>`(other.joined_at, other.mentee_id) <= (mine.joined_at, mine.mentee_id)`)
        .as('position'),
      query
        .selectFrom('waitlist as other')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('other.guild_id', '=', 'mine.guild_id')
        .as('waiting'),
    ])
    .where('mine.guild_id', '=', guildId)
    .where('mine.mentee_id', '=', menteeId)
    .executeTakeFirst();
  if (!row) return undefined;
  return { position: row.position ?? 0, waiting: row.waiting ?? 0, joinedAt: row.joined_at };
}

/** Somebody who waits, and what was found whenever the bot looked for a mentor for them. */
export type Waiting = Selectable<WaitlistTable>;

/** Those on waitlists for whom nobody looked since then, whom moderators were not told of, the longest ago first. */
export async function listWaitingToLookFor(db: Db, since: Instant, limit: number): Promise<Waiting[]> {
  return await db
    .selectFrom('waitlist')
    .innerJoin('guilds', 'guilds.id', 'waitlist.guild_id')
    .selectAll('waitlist')
    .where('guilds.left_at', 'is', null)
    .where('waitlist.told_at', 'is', null)
    .where((is) => is.or([is('waitlist.looked_at', 'is', null), is('waitlist.looked_at', '<=', since)]))
    .$call(owned(db, 'waitlist.guild_id'))
    .orderBy('waitlist.looked_at', (order) => order.asc().nullsFirst())
    .limit(limit)
    .execute();
}

/** Notes what a look came to. Returns false when they do not wait any more, or began to wait anew. */
export async function recordLook(
  trx: Trx,
  { guild_id, mentee_id, joined_at }: Waiting,
  look: { looked_at: Instant; nobody_since: Instant | null; told_at: Instant | null },
): Promise<boolean> {
  const result = await trx
    .updateTable('waitlist')
    .set(look)
    .where('guild_id', '=', guild_id)
    .where('mentee_id', '=', mentee_id)
    .where('joined_at', '=', joined_at)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** How many mentees wait. */
export async function countWaiting(db: Db, guildId: string): Promise<number> {
  const row = await db
    .selectFrom('waitlist')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('guild_id', '=', guildId)
    .executeTakeFirstOrThrow();
  return row.count;
}
