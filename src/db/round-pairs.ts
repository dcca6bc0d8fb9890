/** What a round proposes: its pairs, whom it leaves without a mentor, and what moderators wished. */
import { type Selectable, sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { isLost } from './round-lost.ts';
import type { RoundLeftTable, RoundPairsTable, RoundWish, RoundWishesTable } from './schema.ts';

export type RoundPair = Selectable<RoundPairsTable>;
export type RoundLeft = Selectable<RoundLeftTable>;
export type RoundWishRow = Selectable<RoundWishesTable>;

/** Removes what a round proposes, so that it can be stored anew. */
export async function deleteProposals(db: Db, roundId: string): Promise<void> {
  await db.deleteFrom('round_pairs').where('round_id', '=', roundId).execute();
  await db.deleteFrom('round_left').where('round_id', '=', roundId).execute();
}

/** Stores pairs; at most a few hundred at a time, because each takes some parameters of the statement. */
export async function insertPairs(
  db: Db,
  pairs: readonly Pick<RoundPair, 'round_id' | 'guild_id' | 'mentee_id' | 'mentor_id' | 'fit' | 'pinned' | 'reasons'>[],
): Promise<void> {
  if (pairs.length > 0) await db.insertInto('round_pairs').values(pairs).execute();
}

/** Stores who is left without a mentor; at most a few hundred at a time. */
export async function insertLeft(db: Db, left: readonly RoundLeft[]): Promise<void> {
  if (left.length > 0) await db.insertInto('round_left').values(left).execute();
}

/** All pairs of a preview that are still possible as far as the mentor goes, the weakest first. */
export async function listPairs(db: Db, roundId: string): Promise<RoundPair[]> {
  return await db
    .selectFrom('round_pairs')
    .selectAll()
    .where('round_id', '=', roundId)
    .where((is) => is.not(isLost))
    .orderBy('fit')
    .orderBy('mentee_id')
    .execute();
}

/** Everybody whom a preview leaves without a mentor, by why, then by id; also those whose mentor is away since. */
export async function listLeft(db: Db, roundId: string): Promise<RoundLeft[]> {
  return await db
    .selectFrom('round_left')
    .select(['round_id', 'guild_id', 'mentee_id', 'why', 'detail'])
    .where('round_id', '=', roundId)
    .unionAll(
      db
        .selectFrom('round_pairs')
        .select([
          'round_id',
          'guild_id',
          'mentee_id',
          sql<string>`'mentor-gone'`.as('why'),
          sql<string>`'{}'`.as('detail'),
        ])
        .where('round_id', '=', roundId)
        .where(isLost),
    )
    .orderBy('why')
    .orderBy('mentee_id')
    .execute();
}

/** What a round found for a mentee whom it leaves; undefined where it does not. */
export async function findLeftOf(db: Db, roundId: string, menteeId: string): Promise<RoundLeft | undefined> {
  return await db
    .selectFrom('round_left')
    .selectAll()
    .where('round_id', '=', roundId)
    .where('mentee_id', '=', menteeId)
    .executeTakeFirst();
}

/** What a preview's proposals come to as things stand: how many mentees get how many mentors. */
export async function countPairs(db: Db, roundId: string): Promise<{ mentees: number; mentors: number }> {
  return await db
    .selectFrom('round_pairs')
    .select(({ fn }) => [fn.countAll<number>().as('mentees'), fn.count<number>('mentor_id').distinct().as('mentors')])
    .where('round_id', '=', roundId)
    .where((is) => is.not(isLost))
    .executeTakeFirstOrThrow();
}

/** What moderators wished of a round, the oldest first. */
export async function listWishes(db: Db, roundId: string): Promise<RoundWishRow[]> {
  return await db
    .selectFrom('round_wishes')
    .selectAll()
    .where('round_id', '=', roundId)
    .orderBy('created_at')
    .orderBy('mentee_id')
    .orderBy('mentor_id')
    .execute();
}

/** Notes a wish. A mentee has one pinned mentor at most: the new one takes the place of the old. */
export async function upsertWish(
  trx: Trx,
  wish: { roundId: string; guildId: string; menteeId: string; mentorId: string; kind: RoundWish; by: string },
  at: Instant,
): Promise<void> {
  if (wish.kind === 'pinned') {
    await trx
      .deleteFrom('round_wishes')
      .where('round_id', '=', wish.roundId)
      .where('mentee_id', '=', wish.menteeId)
      .where('kind', '=', 'pinned')
      .execute();
  }
  await trx
    .insertInto('round_wishes')
    .values({
      round_id: wish.roundId,
      guild_id: wish.guildId,
      mentee_id: wish.menteeId,
      mentor_id: wish.mentorId,
      kind: wish.kind,
      created_by: wish.by,
      created_at: at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['round_id', 'mentee_id', 'mentor_id'])
        .doUpdateSet({ kind: wish.kind, created_by: wish.by, created_at: at }),
    )
    .execute();
}

/** Takes a wish back. Returns false when there was none about this pair. */
export async function deleteWish(
  trx: Trx,
  wish: { roundId: string; menteeId: string; mentorId: string },
): Promise<boolean> {
  const result = await trx
    .deleteFrom('round_wishes')
    .where('round_id', '=', wish.roundId)
    .where('mentee_id', '=', wish.menteeId)
    .where('mentor_id', '=', wish.mentorId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Mentors whom moderators have forbidden for a mentee in a round. */
export async function listForbiddenFor(db: Db, roundId: string, menteeId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('round_wishes')
    .select('mentor_id')
    .where('round_id', '=', roundId)
    .where('mentee_id', '=', menteeId)
    .where('kind', '=', 'forbidden')
    .execute();
  return rows.map((row) => row.mentor_id);
}

/**
 * Somebody is gone: they are taken out of what open rounds propose. A mentee whose mentor they were to be counts among
 * those who are left, until the preview is computed anew.
 */
export async function dropFromPreviews(trx: Trx, guildId: string, userId: string): Promise<void> {
  const open = trx
    .selectFrom('rounds')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('state', 'in', ['computing', 'preview']);
  await trx
    .insertInto('round_left')
    .columns(['round_id', 'guild_id', 'mentee_id', 'why'])
    .expression((query) =>
      query
        .selectFrom('round_pairs')
        .select(['round_id', 'guild_id', 'mentee_id', sql<string>`'mentor-gone'`.as('why')])
        .where('round_id', 'in', open)
        .where('mentor_id', '=', userId),
    )
    .execute();
  await trx
    .deleteFrom('round_pairs')
    .where('round_id', 'in', open)
    .where((is) => is.or([is('mentee_id', '=', userId), is('mentor_id', '=', userId)]))
    .execute();
  await trx.deleteFrom('round_left').where('round_id', 'in', open).where('mentee_id', '=', userId).execute();
  await trx
    .deleteFrom('round_wishes')
    .where('round_id', 'in', open)
    .where((is) => is.or([is('mentee_id', '=', userId), is('mentor_id', '=', userId)]))
    .execute();
}

/** Who is named in what a round proposes, but has left the guild or deleted their data. */
export async function listGoneFrom(db: Db, roundId: string): Promise<string[]> {
  const named = (table: 'round_pairs' | 'round_left', column: 'mentee_id' | 'mentor_id') => sql<{ user_id: string }>`
    select ${sql.ref(column)} as user_id from ${sql.table(table)} as named where round_id = ${roundId}
    and not exists (select 1 from members where members.guild_id = named.guild_id
      and members.user_id = named.${sql.ref(column)} and members.left_at is null)`;
  const { rows } = await sql<{ user_id: string }>`
    ${named('round_pairs', 'mentee_id')} union ${named('round_pairs', 'mentor_id')}
    union ${named('round_left', 'mentee_id')} order by user_id`.execute(db);
  return rows.map((row) => row.user_id);
}
