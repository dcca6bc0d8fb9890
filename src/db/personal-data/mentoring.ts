/** What mentoring holds on one member, to be handed out or to be removed. */
import { type Selectable, sql } from 'kysely';
import type { Instant } from '../../time.ts';
import { type Block, listBlocks } from '../blocks.ts';
import type { Db, Trx } from '../open.ts';
import { eraseFromRounds, type HeldInRounds, listHeldInRounds } from '../round-personal-data.ts';
import { listOffersTo, type Offer } from '../openings.ts';
import { findKept, type KeptTurn } from '../kept-turns.ts';
import { deletedUser, type MentorshipsTable, type RequestsTable } from '../schema.ts';
import { eraseFromMentorshipLife } from './mentorship-life.ts';
import { type Keeper, keepProtections, type KnownProtection, listProtectionsOf } from '../protections.ts';
import { noAnswer } from '../requests.ts';
import { reviseWhere } from '../notices/write.ts';

/** What is held beside the profiles. */
export interface HeldInMentoring extends HeldInRounds {
  readonly requestsMade: Selectable<RequestsTable>[];
  /** Only those that reached them: what is still queued is the mentee's own plan. */
  readonly requestsReceived: Selectable<RequestsTable>[];
  readonly mentorships: Selectable<MentorshipsTable>[];
  readonly waitingSince: Instant | null;
  readonly keptTurn: KeptTurn | null;
  /** Places that they heard of while they waited. Who heard of a mentor's place is not the mentor's to know. */
  readonly offers: Offer[];
  /** What protects others from them since before they deleted their data: not whom. */
  readonly protections: KnownProtection[];
  /** Whom they blocked; who blocked them is not theirs to know. */
  readonly blocks: Block[];
  /** Mentors about whom they decided as a moderator. */
  readonly decisions: { user_id: string; verification: string; verified_at: Instant | null }[];
}

/** Reads everything that mentoring holds on a member beside their profiles, oldest first. */
export async function listHeldInMentoring(
  db: Db,
  keeper: Keeper,
  { guildId, userId }: { readonly guildId: string; readonly userId: string },
): Promise<HeldInMentoring> {
  const requests = () => db.selectFrom('requests').selectAll().where('guild_id', '=', guildId).orderBy('created_at');
  const waiting = await db
    .selectFrom('waitlist')
    .select('joined_at')
    .where('guild_id', '=', guildId)
    .where('mentee_id', '=', userId)
    .executeTakeFirst();
  return {
    ...(await listHeldInRounds(db, guildId, userId)),
    requestsMade: await requests().where('mentee_id', '=', userId).execute(),
    requestsReceived: await requests().where('mentor_id', '=', userId).where('sent_at', 'is not', null).execute(),
    mentorships: await db
      .selectFrom('mentorships')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where((is) => is.or([is('mentor_id', '=', userId), is('mentee_id', '=', userId)]))
      .orderBy('started_at')
      .execute(),
    waitingSince: waiting?.joined_at ?? null,
    offers: await listOffersTo(db, guildId, userId, ''),
    keptTurn: (await findKept(db, { guildId, userId }, '')) ?? null,
    protections: await listProtectionsOf(db, keeper, { guildId, userId }),
    blocks: (await listBlocks(db, { guildId, userId })).toReversed(),
    decisions: await db
      .selectFrom('profiles')
      .select(['user_id', 'verification', 'verified_at'])
      .where('guild_id', '=', guildId)
      .where('verified_by', '=', userId)
      .orderBy('verified_at', (order) => order.asc().nullsFirst())
      .execute(),
  };
}

/**
 * Messages to others about this member's requests and mentorships are owed an edit: they are then written without the
 * name. Call it before the rows lose it, while it can be told which they are.
 */
export async function reviseNoticesOfPairs(trx: Trx, guildId: string, userId: string, at: Instant): Promise<void> {
  const ofTheirs = (table: 'requests' | 'mentorships') =>
    trx
      .selectFrom(table)
      .select('id')
      .where('guild_id', '=', guildId)
      .where((is) => is.or([is('mentor_id', '=', userId), is('mentee_id', '=', userId)]));
  // Cards for moderators say who decided about a mentor.
  const decided = trx
    .selectFrom('profiles')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('verified_by', '=', userId);
  await reviseWhere(trx, at)
    .where('subject_id', 'in', ofTheirs('requests').unionAll(ofTheirs('mentorships')))
    .execute();
  await reviseWhere(trx, at).where('kind', '=', 'mentor-review').where('subject_id', 'in', decided).execute();
  const began = trx
    .selectFrom('rounds')
    .select((round) =>
      sql<string>`'staff-alert:' || ${round.ref('guild_id')} || ':round-interrupted:' || ${round.ref('id')}`.as('key'),
    )
    .where('guild_id', '=', guildId)
    .where('created_by', '=', userId);
  await reviseWhere(trx, at).where('dedupe_key', 'in', began).execute();
}

/**
 * Removes what mentoring holds on a member beside their profiles, and takes their name and words out of what a partner
 * keeps. Requests and mentorships have to be closed before: the indexes know one live one per mentee.
 * What protects somebody else from them stays, for a time and by keyed hash: see `protections.ts`.
 * @returns whether there was anything.
 */
export async function eraseFromMentoring(trx: Trx, keeper: Keeper, guildId: string, userId: string): Promise<boolean> {
  await keepProtections(trx, keeper, { guildId, userId });
  const hadLife = await eraseFromMentorshipLife(trx, guildId, userId);
  const renamed = [
    await trx
      .updateTable('requests')
      .set({ mentee_id: deletedUser, message: '', decline_note: null, ...noAnswer })
      .where('guild_id', '=', guildId)
      .where('mentee_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('requests')
      .set({ mentor_id: deletedUser, decline_note: null, ...noAnswer })
      .where('guild_id', '=', guildId)
      .where('mentor_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('mentorships')
      .set({ mentee_id: deletedUser })
      .where('guild_id', '=', guildId)
      .where('mentee_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('mentorships')
      .set({ mentor_id: deletedUser })
      .where('guild_id', '=', guildId)
      .where('mentor_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('profiles')
      .set({ verified_by: null })
      .where('guild_id', '=', guildId)
      .where('verified_by', '=', userId)
      .executeTakeFirst(),
  ].map((result) => result.numUpdatedRows);
  const deleted = [
    await trx.deleteFrom('waitlist').where('guild_id', '=', guildId).where('mentee_id', '=', userId).executeTakeFirst(),
    await trx.deleteFrom('openings').where('guild_id', '=', guildId).where('mentor_id', '=', userId).executeTakeFirst(),
    await trx
      .deleteFrom('offers')
      .where('guild_id', '=', guildId)
      .where((is) => is.or([is('mentee_id', '=', userId), is('mentor_id', '=', userId)]))
      .executeTakeFirst(),
    await trx
      .deleteFrom('kept_turns')
      .where('guild_id', '=', guildId)
      .where('mentee_id', '=', userId)
      .executeTakeFirst(),
    await trx.deleteFrom('blocks').where('guild_id', '=', guildId).where('member_id', '=', userId).executeTakeFirst(),
  ].map((result) => result.numDeletedRows);
  const inRounds = await eraseFromRounds(trx, guildId, userId);
  return hadLife || [...renamed, ...deleted, inRounds].some((rows) => rows > 0n);
}
