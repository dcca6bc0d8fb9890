/** Publishing a round, a part of its pairs at a time: a few statements for each part, in one short transaction. */
import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import type { RoundPair } from './round-pairs.ts';
import { isGivenUp, isNeverAgain } from './protections.ts';
import { hasMentor, isWaitingForAnswer } from './round-input.ts';
import { isLost } from './round-lost.ts';

/** Why a pair of a preview is not published. */
export type Skip = 'mentee-matched' | 'mentee-asked' | 'mentee-away' | 'mentor-away' | 'mentor-full' | 'ineligible';

/** Some pairs of a round, by their mentees. */
export interface RoundPart {
  readonly roundId: string;
  readonly menteeIds: readonly string[];
}

/** The mentors of a round's pairs of which nothing has become yet, by their mentees' turns. */
export async function listMentorsToAsk(db: Db, roundId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('round_pairs')
    .leftJoin('waitlist', (join) =>
      join
        .onRef('waitlist.guild_id', '=', 'round_pairs.guild_id')
        .onRef('waitlist.mentee_id', '=', 'round_pairs.mentee_id'),
    )
    .select('round_pairs.mentor_id')
    .where('round_id', '=', roundId)
    .where(isOpen)
    .orderBy(sql`coalesce(waitlist.joined_at, '9999')`)
    .orderBy('round_pairs.mentee_id')
    .execute();
  return [...new Set(rows.map((row) => row.mentor_id))];
}

/** All open pairs of some mentors in a round: those who share one compete for the same places. */
export async function findPart(
  trx: Trx,
  of: { guildId: string; roundId: string },
  mentorIds: readonly string[],
): Promise<RoundPart> {
  const rows = await trx
    .selectFrom('round_pairs')
    .select('mentee_id')
    .where('guild_id', '=', of.guildId)
    .where('mentor_id', 'in', mentorIds)
    .where('round_id', '=', of.roundId)
    .where(isOpen)
    .execute();
  return { roundId: of.roundId, menteeIds: rows.map((row) => row.mentee_id) };
}

/** Neither a request was made of the pair, nor is it known to be impossible. */
const isOpen = sql<boolean>`skipped is null and request_id is null`;

/** Marks the open pairs of a part of which this is true as skipped. */
async function skipWhere(trx: Trx, part: RoundPart, why: Skip, condition: RawBuilder<boolean>): Promise<void> {
  await trx
    .updateTable('round_pairs')
    .set({ skipped: why })
    .where('round_id', '=', part.roundId)
    .where('mentee_id', 'in', part.menteeIds)
    .where(isOpen)
    // In parentheses: an `or` in it must not reach beyond this round.
    .where(sql<boolean>`(${condition})`)
    .execute();
}

/**
 * Marks every pair of a part that cannot be published any more, by what stands in the database now. What the rules say of profiles
 * that were edited since is looked at by the caller.
 * @param lately `since` when on a declined or expired request counts as lately, `at` this moment.
 */
export async function skipImpossible(
  trx: Trx,
  part: RoundPart,
  { since: askedSince, at }: { readonly since: Instant; readonly at: Instant },
): Promise<void> {
  const skip = async (why: Skip, condition: RawBuilder<boolean>) => await skipWhere(trx, part, why, condition);
  await skip('mentee-matched', hasMentor('round_pairs.guild_id', 'round_pairs.mentee_id'));
  await skip('mentee-asked', isWaitingForAnswer('round_pairs.guild_id', 'round_pairs.mentee_id'));
  // Whoever asks, finds a mentor, pauses or leaves is no longer on the waitlist.
  await skip(
    'mentee-away',
    sql`not exists (select 1 from waitlist
      join members on members.guild_id = waitlist.guild_id and members.user_id = waitlist.mentee_id
        and members.left_at is null
      join profiles on profiles.guild_id = waitlist.guild_id and profiles.user_id = waitlist.mentee_id
        and profiles.role = 'mentee' and profiles.state = 'active' and profiles.verification = 'none'
      where waitlist.guild_id = round_pairs.guild_id and waitlist.mentee_id = round_pairs.mentee_id)`,
  );
  await skip('mentor-away', isLost);
  await skip(
    'ineligible',
    sql`exists (select 1 from requests as earlier where earlier.guild_id = round_pairs.guild_id
      and earlier.mentee_id = round_pairs.mentee_id and earlier.mentor_id = round_pairs.mentor_id
      and earlier.state in ('declined', 'expired') and earlier.decided_at >= ${askedSince})`,
  );
  await skip(
    'ineligible',
    sql`exists (select 1 from mentorships where mentorships.guild_id = round_pairs.guild_id
      and mentorships.mentee_id = round_pairs.mentee_id and mentorships.mentor_id = round_pairs.mentor_id
      and ${isGivenUp})`,
  );
  await skip('ineligible', sql`${badFit('mentee_id', 'mentor_id')} or ${badFit('mentor_id', 'mentee_id')}`);
  // Protections from before one of them deleted their data and came back.
  await skip(
    'ineligible',
    sql`exists (select 1 from protections as kept where kept.guild_id = round_pairs.guild_id and kept.until > ${at}
      and ((kept.one = round_pairs.mentee_id and kept.other = round_pairs.mentor_id
          and kept.kind in ('blocked', 'bad-fit', 'given-up', 'declined', 'expired', 'forbidden'))
        or (kept.one = round_pairs.mentor_id and kept.other = round_pairs.mentee_id
          and kept.kind in ('blocked', 'bad-fit'))))`,
  );
  // Two people are never each other's mentor: also not by two pairs of the same part.
  await skip(
    'ineligible',
    sql`exists (select 1 from mentorships as reverse where reverse.guild_id = round_pairs.guild_id
        and reverse.mentor_id = round_pairs.mentee_id and reverse.mentee_id = round_pairs.mentor_id
        and reverse.state in ('active', 'paused'))
      or exists (select 1 from requests as reverse where reverse.guild_id = round_pairs.guild_id
        and reverse.mentor_id = round_pairs.mentee_id and reverse.mentee_id = round_pairs.mentor_id
        and reverse.state = 'pending')
      or exists (select 1 from round_pairs as reverse where reverse.round_id = round_pairs.round_id
        and reverse.mentee_id = round_pairs.mentor_id and reverse.mentor_id = round_pairs.mentee_id
        and reverse.skipped is null and reverse.request_id is null
        and (reverse.pinned > round_pairs.pinned or (reverse.pinned = round_pairs.pinned
          and (reverse.fit > round_pairs.fit
            or (reverse.fit = round_pairs.fit and reverse.mentee_id < round_pairs.mentee_id)))))`,
  );
}

/** Whether the two of a pair were not a fit before, the one in the first column as the mentee. */
function badFit(mentee: 'mentee_id' | 'mentor_id', mentor: 'mentee_id' | 'mentor_id') {
  return sql<boolean>`exists (select 1 from mentorships where mentorships.guild_id = round_pairs.guild_id
    and mentorships.mentee_id = round_pairs.${sql.ref(mentee)}
    and mentorships.mentor_id = round_pairs.${sql.ref(mentor)} and ${isNeverAgain})`;
}

/** Marks the pairs beyond a mentor's free places: pinned pairs get them first, then those who suit best. */
export async function skipFull(trx: Trx, part: RoundPart): Promise<void> {
  await skipWhere(
    trx,
    part,
    'mentor-full',
    sql`mentee_id in (select ranked.mentee_id from (
        select mentee_id, guild_id, mentor_id,
          row_number() over (partition by mentor_id order by pinned desc, fit desc, mentee_id) as place
        from round_pairs where round_id = ${part.roundId} and ${isOpen}
          and mentee_id in (${sql.join(part.menteeIds)})) as ranked
      where ranked.place > (
        select profiles.capacity
          - (select count(*) from mentorships where mentorships.guild_id = ranked.guild_id
              and mentorships.mentor_id = ranked.mentor_id and mentorships.state in ('active', 'paused'))
          - (select count(*) from requests where requests.guild_id = ranked.guild_id
              and requests.mentor_id = ranked.mentor_id and requests.state = 'pending')
        from profiles where profiles.guild_id = ranked.guild_id and profiles.user_id = ranked.mentor_id
          and profiles.role = 'mentor'))`,
  );
}

/** Open pairs of a part in which one of the two changed a profile since then: the rules have to be asked again. */
export async function listChangedPairs(trx: Trx, part: RoundPart, since: Instant): Promise<RoundPair[]> {
  return await trx
    .selectFrom('round_pairs')
    .selectAll()
    .where('round_id', '=', part.roundId)
    .where('mentee_id', 'in', part.menteeIds)
    .where(isOpen)
    .where(
      sql<boolean>`exists (select 1 from profiles where profiles.guild_id = round_pairs.guild_id
        and profiles.updated_at >= ${since}
        and ((profiles.user_id = round_pairs.mentee_id and profiles.role = 'mentee')
          or (profiles.user_id = round_pairs.mentor_id and profiles.role = 'mentor')))`,
    )
    .execute();
}

/** Marks the pairs of a part with these mentors, who help to choose residents, as skipped unless the mentee does not mind. */
export async function skipSelecting(trx: Trx, part: RoundPart, mentorIds: readonly string[]): Promise<void> {
  if (mentorIds.length === 0) return;
  await skipWhere(
    trx,
    part,
    'ineligible',
    sql`round_pairs.mentor_id in (${sql.join(mentorIds)}) and not exists (select 1 from profiles
      where profiles.guild_id = round_pairs.guild_id and profiles.user_id = round_pairs.mentee_id
      and profiles.role = 'mentee' and profiles.selectors_ok = 1)`,
  );
}

/** Marks one pair as skipped. */
export async function skipPair(trx: Trx, pair: Pick<RoundPair, 'round_id' | 'mentee_id'>, why: Skip): Promise<void> {
  await trx
    .updateTable('round_pairs')
    .set({ skipped: why })
    .where('round_id', '=', pair.round_id)
    .where('mentee_id', '=', pair.mentee_id)
    .execute();
}

/** A pair that is about to become a request, with the turn that the mentee has on the waitlist. */
interface PublishablePair {
  readonly mentee_id: string;
  readonly mentor_id: string;
  readonly joined_at: Instant;
}

/** The pairs of a part that nothing speaks against, by the mentee's turn. */
export async function listPublishable(trx: Trx, part: RoundPart): Promise<PublishablePair[]> {
  return await trx
    .selectFrom('round_pairs')
    .innerJoin('waitlist', (join) =>
      join
        .onRef('waitlist.guild_id', '=', 'round_pairs.guild_id')
        .onRef('waitlist.mentee_id', '=', 'round_pairs.mentee_id'),
    )
    .select(['round_pairs.mentee_id', 'round_pairs.mentor_id', 'waitlist.joined_at'])
    .where('round_id', '=', part.roundId)
    .where('round_pairs.mentee_id', 'in', part.menteeIds)
    .where(isOpen)
    .orderBy('waitlist.joined_at')
    .orderBy('round_pairs.mentee_id')
    .execute();
}

/** Stores pending requests of a round; a few hundred at most in one statement. */
export async function insertRoundRequests(
  trx: Trx,
  of: { guildId: string; roundId: string; expiresAt: Instant },
  requests: readonly (PublishablePair & { readonly id: string })[],
  at: Instant,
): Promise<void> {
  if (requests.length === 0) return;
  await trx
    .insertInto('requests')
    .values(
      requests.map((request) => ({
        id: request.id,
        guild_id: of.guildId,
        mentee_id: request.mentee_id,
        mentor_id: request.mentor_id,
        state: 'pending' as const,
        message: '',
        looking_since: request.joined_at,
        created_at: at,
        sent_at: at,
        expires_at: of.expiresAt,
        round_id: of.roundId,
      })),
    )
    .execute();
}

/** Notes on each pair of a part the request that was made of it, and takes those mentees off the waitlist. */
export async function settlePublished(trx: Trx, guildId: string, part: RoundPart): Promise<void> {
  const menteeIds = sql.join(part.menteeIds);
  await sql`update round_pairs set request_id = (select requests.id from requests
      where requests.guild_id = round_pairs.guild_id and requests.mentee_id = round_pairs.mentee_id
        and requests.state = 'pending' and requests.round_id = round_pairs.round_id)
    where round_id = ${part.roundId} and mentee_id in (${menteeIds}) and ${isOpen}`.execute(trx);
  await sql`delete from waitlist where guild_id = ${guildId} and mentee_id in (${menteeIds}) and mentee_id in (
    select mentee_id from round_pairs where round_id = ${part.roundId} and request_id is not null)`.execute(trx);
}

/** Of how many pairs of a round a request was made. */
export async function countPublished(db: Db, roundId: string): Promise<number> {
  const row = await db
    .selectFrom('round_pairs')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('round_id', '=', roundId)
    .where('request_id', 'is not', null)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Counts so many more people as written to by a round. Returns how many were before them. */
export async function countWritten(trx: Trx, roundId: string, more: number): Promise<number> {
  const { written } = await trx
    .updateTable('rounds')
    .set({ written: sql<number>`written + ${more}` })
    .where('id', '=', roundId)
    .returning('written')
    .executeTakeFirstOrThrow();
  return written - more;
}

/** How many mentees were told why a round left them waiting. */
export async function countTold(trx: Trx, guildId: string, roundId: string): Promise<number> {
  const row = await trx
    .selectFrom('notices')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('guild_id', '=', guildId)
    .where('kind', '=', 'round-left')
    .where('subject_id', '=', roundId)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** How many pairs were skipped, by why. */
export async function countSkipped(trx: Trx, roundId: string): Promise<Record<string, number>> {
  const rows = await trx
    .selectFrom('round_pairs')
    .select('skipped')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('round_id', '=', roundId)
    .where('skipped', 'is not', null)
    .groupBy('skipped')
    .orderBy('skipped')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.skipped ?? '', row.count]));
}

/**
 * Mentees whom a round leaves waiting for a reason that they should hear: nobody suits, or nobody may. Only those who
 * still wait and were not told since.
 */
export async function listToTell(trx: Trx, roundId: string, toldSince: Instant, most?: number): Promise<string[]> {
  const query = trx
    .selectFrom('round_left')
    .innerJoin('waitlist', (join) =>
      join
        .onRef('waitlist.guild_id', '=', 'round_left.guild_id')
        .onRef('waitlist.mentee_id', '=', 'round_left.mentee_id'),
    )
    .select('round_left.mentee_id')
    .where('round_id', '=', roundId)
    .where('why', 'in', ['no-eligible', 'below-floor'])
    .where(
      sql<boolean>`not exists (select 1 from notices where notices.guild_id = round_left.guild_id
        and notices.user_id = round_left.mentee_id and notices.kind = 'round-left'
        and notices.created_at > ${toldSince})`,
    )
    .orderBy('round_left.mentee_id');
  const rows = await (most === undefined ? query : query.limit(most)).execute();
  return rows.map((row) => row.mentee_id);
}
