import { type Selectable, sql } from 'kysely';
import type { Instant } from '../time.ts';
import { inPresentGuild } from './guilds.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { EndedBy, HeldAnswer, RequestLapse, RequestState, RequestsTable } from './schema.ts';
import { prepared } from './prepared.ts';

export type MentorRequest = Selectable<RequestsTable>;

/** Written out, not bound: only then does SQLite see that the partial indexes fit. */
const pending = sql.lit<RequestState>('pending');
const live = [sql.lit<RequestState>('queued'), pending];

/** A request by its id. */
export async function findRequest(db: Db, id: string): Promise<MentorRequest | undefined> {
  const [request] = await selectRequest(db, { id });
  return request;
}

const selectRequest = prepared<'id', MentorRequest>((db, { id }) =>
  db.selectFrom('requests').selectAll().where('id', '=', id),
);

/** A mentee's live requests: the pending one first, then what is queued, in the order in which it goes out. */
export async function listLiveRequestsOf(db: Db, guildId: string, menteeId: string): Promise<MentorRequest[]> {
  // Three at most: sorted here, because setting up a sort takes SQLite longer than all the rest.
  return inOrder(await selectLiveRequestsOf(db, { guildId, menteeId }));
}

/** Pure: a mentee's live requests, the pending one first; it may be a later choice while an earlier one waits for its mentor's week. */
export function inOrder(live: readonly MentorRequest[]): MentorRequest[] {
  const rank = ({ state, choice }: MentorRequest) => (state === 'pending' ? 0 : choice);
  return live.toSorted((a, b) => rank(a) - rank(b));
}

const selectLiveRequestsOf = prepared<'guildId' | 'menteeId', MentorRequest>((db, { guildId, menteeId }) =>
  db
    .selectFrom('requests')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentee_id', '=', menteeId)
    .where('state', 'in', live),
);

/** A mentee's requests that came to an end, the latest first. */
export async function listPastRequestsOf(
  db: Db,
  guildId: string,
  menteeId: string,
  limit: number,
): Promise<MentorRequest[]> {
  return await db
    .selectFrom('requests')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentee_id', '=', menteeId)
    .where('state', 'not in', live)
    .orderBy('decided_at', (order) => order.desc().nullsLast())
    .orderBy('choice', 'desc')
    .limit(limit)
    .execute();
}

/** The requests that are pending at this mentor, the one that expires first first. */
export async function listPendingRequestsTo(
  db: Db,
  guildId: string,
  mentorId: string,
  limit = Number.MAX_SAFE_INTEGER,
): Promise<MentorRequest[]> {
  return await db
    .selectFrom('requests')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentor_id', '=', mentorId)
    .where('state', '=', 'pending')
    .orderBy('expires_at', (order) => order.asc().nullsLast())
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** A pending request as far as it is needed to go through all of them: at whom it is, and its place. */
export type AskedMentor = Pick<MentorRequest, 'id' | 'guild_id' | 'mentor_id' | 'expires_at'>;

/**
 * Pending requests whose mentor has paused, was refused by the moderators or has left, and all others on the way there.
 * @param after the last of the part before; absent for the first.
 * @returns those of the next part, and its last; without one there are no more.
 */
export async function listAskedInVain(
  db: Db,
  after: AskedMentor | undefined,
  limit: number,
): Promise<{ readonly inVain: readonly AskedMentor[]; readonly last: AskedMentor | undefined }> {
  let query = db
    .selectFrom('requests')
    .leftJoin('profiles', (join) =>
      join
        .onRef('profiles.guild_id', '=', 'requests.guild_id')
        .onRef('profiles.user_id', '=', 'requests.mentor_id')
        .on('profiles.role', '=', sql.lit('mentor')),
    )
    .leftJoin('members', (join) =>
      join.onRef('members.guild_id', '=', 'requests.guild_id').onRef('members.user_id', '=', 'requests.mentor_id'),
    )
    .select(['requests.id', 'requests.guild_id', 'requests.mentor_id', 'requests.expires_at'])
    .select(['profiles.state as standing', 'profiles.verification', 'members.left_at'])
    .where('requests.state', '=', pending)
    .where('requests.expires_at', 'is not', null)
    .orderBy('requests.expires_at')
    .orderBy('requests.id');
  if (after) {
    const { expires_at: at, id } = after;
    query = query
      .where('requests.expires_at', '>=', at)
      .where((is) => is.or([is('requests.expires_at', '>', at), is('requests.id', '>', id)]));
  }
  const rows = await query.limit(limit).execute();
  const inVain = rows.filter(
    ({ standing, verification, left_at }) =>
      standing !== 'active' || verification === 'suspended' || verification === 'declined' || left_at !== null,
  );
  return { inVain, last: rows.length < limit ? undefined : rows.at(-1) };
}

/** The requests that are pending at this mentor or queued for them, the oldest first. */
export async function listLiveRequestsTo(
  db: Db,
  guildId: string,
  mentorId: string,
  limit = Number.MAX_SAFE_INTEGER,
): Promise<MentorRequest[]> {
  return await db
    .selectFrom('requests')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentor_id', '=', mentorId)
    .where('state', 'in', ['queued', 'pending'])
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** How many requests each mentor of a guild was sent since then; mentors without any are not named. */
export async function countRequestsByMentor(db: Db, guildId: string, since: Instant): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('requests')
    .select('mentor_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('guild_id', '=', guildId)
    .where('sent_at', '>=', since)
    .groupBy('mentor_id')
    .execute();
  return new Map(rows.map((row) => [row.mentor_id, row.count]));
}

/** Stores a new request, pending when it has `sent`, queued otherwise. */
export async function insertRequest(
  trx: Trx,
  request: {
    id: string;
    guildId: string;
    menteeId: string;
    mentorId: string;
    message: string;
    choice: number;
    lookingSince: Instant;
    /** The round that proposes it; absent where the mentee asks. */
    roundId?: string | null;
    sent?: { expiresAt: Instant };
    /** By when it goes out, where it waits for its mentor's week. */
    opensAt?: Instant | undefined;
  },
  at: Instant,
): Promise<MentorRequest> {
  return await trx
    .insertInto('requests')
    .values({
      id: request.id,
      guild_id: request.guildId,
      mentee_id: request.menteeId,
      mentor_id: request.mentorId,
      state: request.sent ? 'pending' : 'queued',
      message: request.message,
      choice: request.choice,
      looking_since: request.lookingSince,
      round_id: request.roundId ?? null,
      created_at: at,
      sent_at: request.sent ? at : null,
      expires_at: request.sent?.expiresAt ?? null,
      opens_at: request.opensAt ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The columns of a new request. */
type NewRequest = Parameters<typeof insertRequest>[1];

/**
 * Brings a request back to life that was withdrawn, or went back to its mentee, in place of a new one: pending when it has `sent`, queued otherwise. Of its
 * nudges the last may be sent again.
 * @param request the one whose id this is.
 */
export async function reviveRequest(trx: Trx, request: NewRequest, at: Instant): Promise<MentorRequest> {
  return await trx
    .updateTable('requests')
    .set({
      // From before they deleted their data it names nobody.
      mentee_id: request.menteeId,
      state: request.sent ? 'pending' : 'queued',
      message: request.message,
      choice: request.choice,
      looking_since: request.lookingSince,
      round_id: null,
      sent_at: request.sent ? at : null,
      expires_at: request.sent?.expiresAt ?? null,
      decided_at: null,
      decided_by: null,
      lapse: null,
      season_at: null,
      revived_at: at,
      nudges: sql<number>`case when nudges > 1 then 1 else nudges end`,
    })
    .where('id', '=', request.id)
    .where(isOver)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What can come back to life: withdrawn, or given back to its mentee in the season. */
const isOver = sql<boolean>`(state = 'withdrawn' or (state = 'superseded' and season_at is not null))`;

/** The request to this mentor that came back to its mentee last, of those that were sent, and not before this moment. */
export async function findWithdrawnRequest(
  db: Db,
  pair: { guildId: string; menteeId: string; mentorId: string },
  since: Instant,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('requests')
    .select('id')
    .where('guild_id', '=', pair.guildId)
    .where('mentor_id', '=', pair.mentorId)
    .where('mentee_id', '=', pair.menteeId)
    .where(isOver)
    .where('decided_at', '>', since)
    .where('sent_at', 'is not', null)
    .orderBy('decided_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** Sends a queued request. Returns it as it now is, or undefined when it was no longer queued. */
export async function sendRequest(
  trx: Trx,
  id: string,
  expiresAt: Instant,
  at: Instant,
): Promise<MentorRequest | undefined> {
  return await trx
    .updateTable('requests')
    .set({ state: 'pending', sent_at: at, expires_at: expiresAt, opens_at: null })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returningAll()
    .executeTakeFirst();
}

/** How a request comes to its end, and by whose act. */
export type RequestEnd =
  | { readonly to: 'accepted'; readonly by: 'mentor' }
  | { readonly to: 'declined'; readonly by: 'mentor'; readonly reason: string; readonly note: string | null }
  | { readonly to: 'withdrawn'; readonly by: 'mentee' | 'bot' }
  | { readonly to: 'expired'; readonly by: 'bot' }
  | { readonly to: 'superseded'; readonly by: Exclude<EndedBy, 'moderator'>; readonly lapse: RequestLapse };

/**
 * Brings a request to its end, from exactly the state that the caller saw: of two who try at once, one succeeds.
 * @returns the request as it now is, or undefined when it was no longer in that state.
 */
export async function closeRequest(
  trx: Trx,
  id: string,
  from: 'pending' | 'queued',
  end: RequestEnd,
  at: Instant,
): Promise<MentorRequest | undefined> {
  return await trx
    .updateTable('requests')
    .set({
      state: end.to,
      decided_at: at,
      decided_by: end.by,
      decline_reason: end.to === 'declined' ? end.reason : null,
      decline_note: end.to === 'declined' ? end.note : null,
      lapse: end.to === 'superseded' ? end.lapse : null,
      opens_at: null,
      ...noAnswer,
    })
    .where('id', '=', id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst();
}

/** The columns of a request to which no answer rests. */
export const noAnswer = { answer: null, answer_due_at: null, answer_choice: null, answer_note: null } as const;

/** Lets a mentor's answer to a pending request rest. Returns it as it now is; undefined when it is not pending, or one rests. */
export async function holdAnswer(
  trx: Trx,
  id: string,
  held: { answer: HeldAnswer; dueAt: Instant; choice: string | null; note: string | null },
): Promise<MentorRequest | undefined> {
  return await trx
    .updateTable('requests')
    .set({ answer: held.answer, answer_due_at: held.dueAt, answer_choice: held.choice, answer_note: held.note })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .where('answer', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** Takes an answer back that rests. Returns the request as it now is, or undefined when none rests any more. */
export async function clearHeldAnswer(trx: Trx, id: string): Promise<MentorRequest | undefined> {
  return await trx
    .updateTable('requests')
    .set(noAnswer)
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .where('answer', 'is not', null)
    .returningAll()
    .executeTakeFirst();
}

/** How many of a mentor's places are promised by answers that rest. */
export async function countHeldAccepts(db: Db, guildId: string, mentorId: string): Promise<number> {
  return (await listHeldAnswersOf(db, guildId, mentorId)).filter(({ answer }) => answer === 'accept').length;
}

/** A mentor's answers that rest, the earliest first. */
export async function listHeldAnswersOf(db: Db, guildId: string, mentorId: string): Promise<MentorRequest[]> {
  return await db
    .selectFrom('requests')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentor_id', '=', mentorId)
    .where('state', '=', 'pending')
    .where('answer_due_at', 'is not', null)
    .orderBy('answer_due_at')
    .orderBy('id')
    .execute();
}

/** Answers whose rest is over, in guilds in which the bot is, the earliest first. */
export async function listAnswersDue(db: Db, at: Instant, limit: number): Promise<MentorRequest[]> {
  return await pendingAnywhere(db)
    .where('answer_due_at', '<=', at)
    .orderBy('answer_due_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Pending requests in guilds in which the bot is: where it is not, nobody could be told of anything. */
function pendingAnywhere(db: Db) {
  return db
    .selectFrom('requests')
    .selectAll()
    .where('state', '=', pending)
    .$call(owned(db, 'requests.guild_id'))
    .$call(inPresentGuild('requests.guild_id'));
}

/** Pending requests whose time has run out, in every guild, the earliest first. */
export async function listExpiredRequests(db: Db, at: Instant, limit: number): Promise<MentorRequest[]> {
  return await pendingAnywhere(db)
    .where('answer', 'is', null)
    .where('expires_at', '<=', at)
    .orderBy('expires_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/**
 * Pending requests whose mentor is due a first nudge (sent before `sentBefore`) or a second (expiring before
 * `expiringBefore`), and not expired at `at`.
 */
export async function listRequestsToNudge(
  db: Db,
  at: Instant,
  due: { sentBefore: Instant; expiringBefore: Instant },
  limit: number,
): Promise<MentorRequest[]> {
  return await pendingAnywhere(db)
    .where('answer', 'is', null)
    .where('expires_at', '>', at)
    .where((is) =>
      is.or([
        is.and([is('nudges', '=', 0), is('sent_at', '<=', due.sentBefore)]),
        is.and([is('nudges', '<', 2), is('expires_at', '<=', due.expiringBefore)]),
      ]),
    )
    .orderBy('expires_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Notes that the mentor was nudged. Returns false when that was noted already, or the request is no longer pending. */
export async function recordNudge(trx: Trx, id: string, from: number, to: number): Promise<boolean> {
  const result = await trx
    .updateTable('requests')
    .set({ nudges: to })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .where('nudges', '=', from)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Moves the end of a pending request. */
export async function extendRequest(trx: Trx, id: string, expiresAt: Instant): Promise<void> {
  await trx
    .updateTable('requests')
    .set({ expires_at: expiresAt })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .execute();
}

/** Notes that a request which has just been closed went back to its mentee because of the season. */
export async function markSeasoned(trx: Trx, id: string, at: Instant): Promise<void> {
  await trx
    .updateTable('requests')
    .set({ season_at: at })
    .where('id', '=', id)
    .where('state', '=', 'superseded')
    .execute();
}
