import { type Selectable, sql } from 'kysely';
import type { Instant } from '../time.ts';
import { inPresentGuild } from './guilds.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { RoundsTable, RoundState } from './schema.ts';

export type Round = Selectable<RoundsTable>;

/** Written out, not bound: only then does SQLite see that the partial index `rounds_computing` fits. */
const computing = sql.lit<RoundState>('computing');

/** How many rounds of all guilds are under way. */
export async function countRoundsUnderWay(
  db: Db,
): Promise<{ readonly computing: number; readonly publishing: number }> {
  const count = db.selectFrom('rounds').select(({ fn }) => fn.countAll<number>().as('count'));
  const computingNow = await count.where('state', '=', computing).executeTakeFirst();
  const publishingNow = await count.where(sql<boolean>`state = 'published' and outcome is null`).executeTakeFirst();
  return { computing: computingNow?.count ?? 0, publishing: publishingNow?.count ?? 0 };
}

/** A round of a guild by its id. */
export async function findRound(db: Db, guildId: string, id: string): Promise<Round | undefined> {
  return await db
    .selectFrom('rounds')
    .selectAll()
    .where('id', '=', id)
    .where('guild_id', '=', guildId)
    .executeTakeFirst();
}

/** A round by its id, whatever the guild. */
export async function findRoundById(db: Db, id: string): Promise<Round | undefined> {
  return await db.selectFrom('rounds').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The guild's open round: it has one at most. */
export async function findOpenRound(db: Db, guildId: string): Promise<Round | undefined> {
  return await db
    .selectFrom('rounds')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('state', 'in', ['computing', 'preview'])
    .executeTakeFirst();
}

/**
 * Opens a round that is about to be computed. Wishes of the round before it are carried over where that one came to no
 * end that a moderator decided on: it was cancelled, or failed.
 * @returns undefined when the guild has an open one already.
 */
export async function insertRound(
  trx: Trx,
  round: { id: string; guildId: string; floor: number; by: string },
  at: Instant,
): Promise<Round | undefined> {
  const before = await findLatestRound(trx, round.guildId);
  const inserted = await trx
    .insertInto('rounds')
    .values({
      id: round.id,
      guild_id: round.guildId,
      state: 'computing',
      floor: round.floor,
      created_by: round.by,
      created_at: at,
      beat_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted && (before?.state === 'cancelled' || before?.state === 'failed')) {
    await trx
      .updateTable('round_wishes')
      .set({ round_id: inserted.id })
      .where('round_id', '=', before.id)
      // Whoever has left since is not named again.
      .where(isPresent('mentee_id'))
      .where(isPresent('mentor_id'))
      .execute();
  }
  return inserted;
}

function isPresent(column: 'mentee_id' | 'mentor_id') {
  return sql<boolean>`exists (select 1 from members where members.guild_id = round_wishes.guild_id
    and members.user_id = round_wishes.${sql.ref(column)} and members.left_at is null)`;
}

async function findLatestRound(db: Db, guildId: string): Promise<Round | undefined> {
  const [latest] = await listRounds(db, guildId, 1);
  return latest;
}

/** The guild's latest rounds, the newest first. */
export async function listRounds(db: Db, guildId: string, limit: number): Promise<Round[]> {
  return await db
    .selectFrom('rounds')
    .selectAll()
    .where('guild_id', '=', guildId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/**
 * Takes a preview back to be computed anew: of two who try at once, one succeeds.
 * @returns the round as it now is, or undefined when it was no longer a preview.
 */
export async function restartRound(trx: Trx, id: string, floor: number, at: Instant): Promise<Round | undefined> {
  return await trx
    .updateTable('rounds')
    .set({ state: 'computing', floor, run: sql<number>`run + 1`, progress: null, beat_at: at })
    .where('id', '=', id)
    .where('state', '=', 'preview')
    .returningAll()
    .executeTakeFirst();
}

/** A computation of a round: only the latest may go on. */
export type RoundRun = Pick<Round, 'id' | 'run'>;

/** The round in this computation, while it runs. */
function running(db: Db, { id, run }: RoundRun) {
  return db.updateTable('rounds').where('id', '=', id).where('run', '=', run).where('state', '=', 'computing');
}

/** A sign of life of the process that computes. Returns false when there is nothing left to compute for. */
export async function beatRound(db: Db, round: RoundRun, progress: string, at: Instant): Promise<boolean> {
  const result = await running(db, round).set({ beat_at: at, progress }).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The computation is done. Returns the round, or undefined when it was cancelled or given up meanwhile. */
export async function finishRound(
  db: Db,
  round: RoundRun,
  found: { figures: string; readAt: Instant },
): Promise<Round | undefined> {
  return await running(db, round)
    .set({ state: 'preview', figures: found.figures, computed_at: found.readAt, progress: null, beat_at: null })
    .returningAll()
    .executeTakeFirst();
}

/** The computation met a fault, or its process is gone. Returns false when it had come to an end otherwise. */
export async function failRound(db: Db, round: RoundRun, at: Instant): Promise<boolean> {
  const result = await running(db, round)
    .set({ state: 'failed', closed_at: at, progress: null, beat_at: null })
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Rounds of every guild that are being computed and have given no sign of life since. */
export async function listSilentRounds(db: Db, since: Instant): Promise<Round[]> {
  return await db
    .selectFrom('rounds')
    .selectAll()
    .where('state', '=', computing)
    .where('beat_at', '<=', since)
    .$call(owned(db, 'guild_id'))
    .execute();
}

/**
 * Closes an open round from the state in which the caller saw it.
 * @returns undefined when it was no longer in it, or has been computed anew since.
 */
export async function closeRound(
  trx: Trx,
  round: RoundRun,
  change: { from: 'computing' | 'preview'; to: 'published' | 'discarded' | 'cancelled'; by: string },
  at: Instant,
): Promise<Round | undefined> {
  return await trx
    .updateTable('rounds')
    .set({
      state: change.to,
      closed_at: at,
      closed_by: change.by,
      progress: null,
      beat_at: null,
    })
    .where('id', '=', round.id)
    .where('run', '=', round.run)
    .where('state', '=', change.from)
    .returningAll()
    .executeTakeFirst();
}

/** Published, and not done with it: written out, so that SQLite sees that the index `rounds_publishing` fits. */
const isPublishing = sql<boolean>`state = 'published' and outcome is null`;

/** The guild's round that is being published, if there is one. */
export async function findPublishing(db: Db, guildId: string): Promise<Round | undefined> {
  return await db
    .selectFrom('rounds')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where(isPublishing)
    .limit(1)
    .executeTakeFirst();
}

/** Rounds that are being published, of every guild that the bot is in. */
export async function listPublishing(db: Db): Promise<Round[]> {
  return await db
    .selectFrom('rounds')
    .selectAll()
    .where(isPublishing)
    .$call(owned(db, 'guild_id'))
    .$call(inPresentGuild('rounds.guild_id'))
    .execute();
}

/** Notes what publishing did, and that it is done. */
export async function recordOutcome(trx: Trx, id: string, outcome: string): Promise<void> {
  await trx.updateTable('rounds').set({ outcome }).where('id', '=', id).execute();
}

/** How the requests of some rounds stand: how many of each are in which state. */
export async function countRoundRequests(
  db: Db,
  roundIds: readonly string[],
): Promise<{ round_id: string | null; state: string; count: number }[]> {
  if (roundIds.length === 0) return [];
  return await db
    .selectFrom('requests')
    .select(['round_id', 'state'])
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('round_id', 'in', roundIds)
    .groupBy(['round_id', 'state'])
    .execute();
}
