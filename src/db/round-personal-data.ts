/** What matching rounds hold on one member, and how it goes. */
import { type Selectable, sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { deletedUser, type RoundPlansTable, type RoundWish } from './schema.ts';

/** What is held on a member. */
export interface HeldInRounds {
  readonly roundProposals: { round_id: string; mentee_id: string; mentor_id: string; reasons: string }[];
  /** Rounds that left them without a mentor. */
  readonly roundsWithout: { round_id: string; why: string; detail: string }[];
  readonly roundWishes: {
    round_id: string;
    mentee_id: string;
    mentor_id: string;
    kind: RoundWish;
    created_at: Instant;
  }[];
  /** What they scheduled as a moderator. */
  readonly roundPlan: Pick<Selectable<RoundPlansTable>, 'set_at' | 'next_at' | 'publishes'> | null;
  /** Rounds that they began, published, discarded or cancelled as a moderator. */
  readonly roundsModerated: { id: string; state: string; created_at: Instant; closed_at: Instant | null }[];
}

/** What nobody was sent is a moderator's draft: it would name people to each other who may never be asked. */
const isSent = sql<boolean>`round_id in (select id from rounds where state = 'published')`;

/** Reads everything that rounds hold on a member, oldest first. How well others suit them is nobody's mark. */
export async function listHeldInRounds(db: Db, guildId: string, userId: string): Promise<HeldInRounds> {
  return {
    roundProposals: await db
      .selectFrom('round_pairs')
      .select(['round_id', 'mentee_id', 'mentor_id', 'reasons'])
      .where('guild_id', '=', guildId)
      .where((is) => is.or([is('mentee_id', '=', userId), is('mentor_id', '=', userId)]))
      .where(isSent)
      .orderBy('round_id')
      .execute(),
    roundsWithout: await db
      .selectFrom('round_left')
      .select(['round_id', 'why', 'detail'])
      .where('guild_id', '=', guildId)
      .where('mentee_id', '=', userId)
      .where(isSent)
      .orderBy('round_id')
      .execute(),
    roundWishes: await db
      .selectFrom('round_wishes')
      .select(['round_id', 'mentee_id', 'mentor_id', 'kind', 'created_at'])
      .where('guild_id', '=', guildId)
      .where('created_by', '=', userId)
      .orderBy('created_at')
      .execute(),
    roundPlan:
      (await db
        .selectFrom('round_plans')
        .select(['set_at', 'next_at', 'publishes'])
        .where('guild_id', '=', guildId)
        .where('set_by', '=', userId)
        .executeTakeFirst()) ?? null,
    roundsModerated: await db
      .selectFrom('rounds')
      .select(['id', 'state', 'created_at', 'closed_at'])
      .where('guild_id', '=', guildId)
      .where((is) => is.or([is('created_by', '=', userId), is('closed_by', '=', userId)]))
      .orderBy('created_at')
      .execute(),
  };
}

/** Takes a member out of every round, and their name out of those that they began or closed. Returns how many rows. */
export async function eraseFromRounds(trx: Trx, guildId: string, userId: string): Promise<bigint> {
  const deleted = [
    await trx
      .deleteFrom('round_pairs')
      .where('guild_id', '=', guildId)
      .where((is) => is.or([is('mentee_id', '=', userId), is('mentor_id', '=', userId)]))
      .executeTakeFirst(),
    await trx
      .deleteFrom('round_left')
      .where('guild_id', '=', guildId)
      .where('mentee_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .deleteFrom('round_wishes')
      .where('guild_id', '=', guildId)
      .where((is) => is.or([is('mentee_id', '=', userId), is('mentor_id', '=', userId)]))
      .executeTakeFirst(),
  ].map((result) => result.numDeletedRows);
  const renamed = [
    await trx
      .updateTable('round_plans')
      // Nobody answers for it any more: each round waits for a moderator.
      .set({ set_by: deletedUser, publishes: 'press' })
      .where('guild_id', '=', guildId)
      .where('set_by', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('round_wishes')
      .set({ created_by: deletedUser })
      .where('guild_id', '=', guildId)
      .where('created_by', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('rounds')
      .set({ created_by: deletedUser })
      .where('guild_id', '=', guildId)
      .where('created_by', '=', userId)
      .executeTakeFirst(),
    // The figures name the pins that were left out.
    await trx
      .updateTable('rounds')
      .set({ figures: sql<string>`replace(figures, ${JSON.stringify(userId)}, ${JSON.stringify(deletedUser)})` })
      .where('guild_id', '=', guildId)
      .where('figures', 'like', `%"${userId}"%`)
      .executeTakeFirst(),
    await trx
      .updateTable('rounds')
      .set({ closed_by: deletedUser })
      .where('guild_id', '=', guildId)
      .where('closed_by', '=', userId)
      .executeTakeFirst(),
  ].map((result) => result.numUpdatedRows);
  return [...deleted, ...renamed].reduce((sum, rows) => sum + rows, 0n);
}

/**
 * Removes what rounds hold on people once it has served: what they proposed, some time after they were closed, and the
 * rounds themselves like everything else that is old. Returns how many rows.
 * @param before proposals of rounds closed before `proposals` go, rounds closed before `rounds`.
 */
export async function deleteOldRounds(
  db: Db,
  before: { proposals: Instant; rounds: Instant },
  limit: number,
): Promise<number> {
  let deleted = 0;
  for (const table of ['round_pairs', 'round_left', 'round_wishes'] as const) {
    const result = await db
      .deleteFrom(table)
      .where('round_id', 'in', (ids) =>
        ids
          .selectFrom('rounds')
          .select('rounds.id')
          .where('closed_at', '<=', before.proposals)
          .where((is) => is.exists(is.selectFrom(table).select('guild_id').whereRef('round_id', '=', 'rounds.id')))
          // A few rounds hold as much as many of other rows.
          .limit(Math.ceil(limit / 100)),
      )
      .executeTakeFirst();
    deleted += Number(result.numDeletedRows);
  }
  const result = await db
    .deleteFrom('rounds')
    .where('id', 'in', (ids) =>
      ids.selectFrom('rounds').select('id').where('closed_at', '<=', before.rounds).limit(limit),
    )
    .executeTakeFirst();
  return deleted + Number(result.numDeletedRows);
}
