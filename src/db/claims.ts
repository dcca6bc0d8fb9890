/** What members ask moderators: drafts, claims, who asked, and questions that found nothing. */
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import { newId, type Random } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { ClaimAskersTable, ClaimDraftsTable, ClaimsTable, GuideMissesTable } from './schema.ts';

export type ClaimDraft = Selectable<ClaimDraftsTable>;
export type Claim = Selectable<ClaimsTable>;
export type ClaimAsker = Selectable<ClaimAskersTable>;

/** Keeps what somebody asks about. @returns its id. */
export async function insertClaimDraft(
  db: Db,
  source: { now: () => Instant; random: Random },
  draft: Omit<Insertable<ClaimDraftsTable>, 'id' | 'created_at'>,
): Promise<string> {
  const id = newId(source.random);
  await db
    .insertInto('claim_drafts')
    .values({ ...draft, id, created_at: source.now() })
    .execute();
  return id;
}

/** Adds to somebody's draft what their form says. Undefined when there is no such draft. */
export async function updateClaimDraft(
  db: Db,
  userId: string,
  id: string,
  changes: Pick<Updateable<ClaimDraftsTable>, 'kind' | 'line'>,
): Promise<ClaimDraft | undefined> {
  return await db
    .updateTable('claim_drafts')
    .set(changes)
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirst();
}

/** Takes somebody's draft out: whoever presses twice asks once. */
export async function takeClaimDraft(trx: Trx, userId: string, id: string): Promise<ClaimDraft | undefined> {
  return await trx
    .deleteFrom('claim_drafts')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirst();
}

/** Drafts that nobody handed on. Returns how many. */
export async function deleteOldClaimDrafts(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('claim_drafts')
    .where('id', 'in', (ids) =>
      ids.selectFrom('claim_drafts').select('id').where('created_at', '<=', before).limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

export async function listClaimDraftsOf(db: Db, guildId: string, userId: string): Promise<ClaimDraft[]> {
  return await db
    .selectFrom('claim_drafts')
    .selectAll()
    .where('user_id', '=', userId)
    .where((is) => is.or([is('guild_id', '=', guildId), is('guild_id', 'is', null)]))
    .orderBy('created_at')
    .execute();
}

export async function findClaim(db: Db, id: string): Promise<Claim | undefined> {
  return await db.selectFrom('claims').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The open claim about the same message or question. */
export async function findOpenClaim(db: Db, guildId: string, digest: string): Promise<Claim | undefined> {
  return await db
    .selectFrom('claims')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('digest', '=', digest)
    .where('state', '=', 'open')
    .executeTakeFirst();
}

/** The latest claim about the same message or question that somebody answered. */
export async function findAnsweredClaim(db: Db, guildId: string, digest: string): Promise<Claim | undefined> {
  return await db
    .selectFrom('claims')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('digest', '=', digest)
    .where('state', '=', 'answered')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function insertClaim(trx: Trx, claim: Insertable<ClaimsTable>): Promise<void> {
  await trx.insertInto('claims').values(claim).execute();
}

/** One more has asked. */
export async function countAsker(trx: Trx, claimId: string): Promise<void> {
  await trx
    .updateTable('claims')
    .set({ asked: sql<number>`asked + 1` })
    .where('id', '=', claimId)
    .execute();
}

/** Changes a claim that is in one of these states. Undefined when it is in another one by now. */
export async function updateClaim(
  trx: Trx,
  { guildId, id, states }: { guildId: string; id: string; states: readonly Claim['state'][] },
  changes: Updateable<ClaimsTable>,
): Promise<Claim | undefined> {
  return await trx
    .updateTable('claims')
    .set(changes)
    .where('id', '=', id)
    .where('guild_id', '=', guildId)
    .where('state', 'in', states)
    .returningAll()
    .executeTakeFirst();
}

/** Claims that nobody has answered, oldest first. */
export async function listOpenClaims(db: Db, guildId: string, limit: number): Promise<Claim[]> {
  return await db
    .selectFrom('claims')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('state', '=', 'open')
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Claims of whichever guild that were made before this moment and that nobody has answered. */
export async function listClaimsOpenSince(db: Db, before: Instant, limit: number): Promise<Claim[]> {
  return await db
    .selectFrom('claims')
    .selectAll()
    .where('state', '=', 'open')
    .where('created_at', '<=', before)
    .$call(owned(db, 'guild_id'))
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Notes that somebody wants to hear of a claim. Returns false when they are noted already. */
export async function insertClaimAsker(trx: Trx, asker: Insertable<ClaimAskersTable>): Promise<boolean> {
  const result = await trx
    .insertInto('claim_askers')
    .values(asker)
    .onConflict((conflict) => conflict.columns(['claim_id', 'user_id']).doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function listClaimAskers(db: Db, claimId: string): Promise<ClaimAsker[]> {
  return await db
    .selectFrom('claim_askers')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('asked_at')
    .orderBy('user_id')
    .execute();
}

/** What somebody asked, oldest first, with what they asked about where nobody has answered yet. */
export async function listClaimsAskedBy(db: Db, guildId: string, userId: string) {
  return await db
    .selectFrom('claim_askers')
    .innerJoin('claims', 'claims.id', 'claim_askers.claim_id')
    .select([
      'claims.id',
      'claims.origin',
      'claims.kind',
      'claims.text',
      'claims.state',
      'claim_askers.line',
      'claim_askers.asked_at',
    ])
    .where('claim_askers.guild_id', '=', guildId)
    .where('claim_askers.user_id', '=', userId)
    .orderBy('claim_askers.asked_at')
    .orderBy('claims.id')
    .execute();
}

/**
 * Removes what somebody asked: their drafts, their names and lines; a question that nobody else asked goes with its words.
 * @returns whether there was anything.
 */
export async function deleteAskedBy(trx: Trx, guildId: string, userId: string): Promise<boolean> {
  const drafts = await trx
    .deleteFrom('claim_drafts')
    .where('user_id', '=', userId)
    .where((is) => is.or([is('guild_id', '=', guildId), is('guild_id', 'is', null)]))
    .executeTakeFirst();
  const asked = await trx
    .deleteFrom('claim_askers')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .returning('claim_id')
    .execute();
  const ids = asked.map(({ claim_id: id }) => id);
  if (ids.length > 0) {
    await trx
      .deleteFrom('claims')
      .where('id', 'in', ids)
      .where('origin', '=', 'question')
      .where('state', '=', 'open')
      .where('asked', '=', 1)
      .execute();
  }
  return drafts.numDeletedRows > 0n || ids.length > 0;
}

/** Removes claims from before this moment, with who asked. Returns how many. */
export async function deleteOldClaims(db: Db, before: Instant, limit: number): Promise<number> {
  const old = await db
    .selectFrom('claims')
    .select('id')
    .where('state', 'in', ['open', 'answered', 'unclear'])
    .where('created_at', '<=', before)
    .limit(limit)
    .execute();
  if (old.length === 0) return 0;
  const ids = old.map(({ id }) => id);
  await db.deleteFrom('claim_askers').where('claim_id', 'in', ids).execute();
  const result = await db.deleteFrom('claims').where('id', 'in', ids).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Notes that somebody asked something that found nothing. @returns how many have asked it by now. */
export async function countMiss(trx: Trx, miss: Insertable<GuideMissesTable>): Promise<number> {
  await trx
    .insertInto('guide_misses')
    .values(miss)
    .onConflict((conflict) => conflict.columns(['guild_id', 'digest', 'who']).doNothing())
    .execute();
  const row = await trx
    .selectFrom('guide_misses')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('guild_id', '=', miss.guild_id)
    .where('digest', '=', miss.digest)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** The count begins anew: it has become a claim. */
export async function deleteMisses(trx: Trx, guildId: string, digest: string): Promise<void> {
  await trx.deleteFrom('guide_misses').where('guild_id', '=', guildId).where('digest', '=', digest).execute();
}

/** Removes counts from before this moment. Returns how many. */
export async function deleteOldMisses(db: Db, before: Instant, limit: number): Promise<number> {
  const old = await db
    .selectFrom('guide_misses')
    .select(['guild_id', 'digest', 'who'])
    .where('at', '<=', before)
    .limit(limit)
    .execute();
  let gone = 0;
  for (const { guild_id: guildId, digest, who } of old) {
    const result = await db
      .deleteFrom('guide_misses')
      .where('guild_id', '=', guildId)
      .where('digest', '=', digest)
      .where('who', '=', who)
      .executeTakeFirst();
    gone += Number(result.numDeletedRows);
  }
  return gone;
}
