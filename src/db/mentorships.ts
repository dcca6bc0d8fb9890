import { type Selectable, sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { EndedBy, MentorshipEnd, MentorshipsTable, MentorshipState, ProfileRole } from './schema.ts';
import { prepared } from './prepared.ts';

export type Mentorship = Selectable<MentorshipsTable>;

/** Written out, not bound: only then does SQLite see that the partial index `mentorships_one_per_mentee` fits. */
export const liveStates = [sql.lit<MentorshipState>('active'), sql.lit<MentorshipState>('paused')];

/** A mentorship by its id. */
export async function findMentorship(db: Db, id: string): Promise<Mentorship | undefined> {
  const [mentorship] = await selectMentorship(db, { id });
  return mentorship;
}

const selectMentorship = prepared<'id', Mentorship>((db, { id }) =>
  db.selectFrom('mentorships').selectAll().where('id', '=', id),
);

/** The mentorship in which this mentee is now; they have at most one. */
export async function findMentorshipOfMentee(
  db: Db,
  guildId: string,
  menteeId: string,
): Promise<Mentorship | undefined> {
  const [mentorship] = await selectMentorshipOfMentee(db, { guildId, menteeId });
  return mentorship;
}

const selectMentorshipOfMentee = prepared<'guildId' | 'menteeId', Mentorship>((db, { guildId, menteeId }) =>
  db
    .selectFrom('mentorships')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentee_id', '=', menteeId)
    .where('state', 'in', liveStates),
);

/** The mentorships that this mentor now has, the oldest first: each takes one of their places. */
export async function listMentorshipsOfMentor(db: Db, guildId: string, mentorId: string): Promise<Mentorship[]> {
  return await db
    .selectFrom('mentorships')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentor_id', '=', mentorId)
    .where('state', 'in', liveStates)
    .orderBy('started_at')
    .orderBy('id')
    .execute();
}

/** The mentorships in which a member now is, in one role or in both; their own mentor first. */
export async function listLiveMentorshipsOf(
  db: Db,
  guildId: string,
  userId: string,
  role?: ProfileRole,
): Promise<Mentorship[]> {
  const asMentee = role === 'mentor' ? undefined : await findMentorshipOfMentee(db, guildId, userId);
  const asMentor = role === 'mentee' ? [] : await listMentorshipsOfMentor(db, guildId, userId);
  return [...(asMentee ? [asMentee] : []), ...asMentor];
}

/** A guild's mentorships that are not over, the oldest first; those of one member where one is named. */
export async function listLivePairs(
  db: Db,
  guildId: string,
  of: { member: string | undefined; limit: number; offset: number },
): Promise<Mentorship[]> {
  return await livePairs(db, guildId, of.member)
    .selectAll()
    .orderBy('started_at')
    .orderBy('id')
    .limit(of.limit)
    .offset(of.offset)
    .execute();
}

/** How many there are. */
export async function countLivePairs(db: Db, guildId: string, member: string | undefined): Promise<number> {
  const row = await livePairs(db, guildId, member)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

function livePairs(db: Db, guildId: string, member: string | undefined) {
  const query = db.selectFrom('mentorships').where('guild_id', '=', guildId).where('state', 'in', liveStates);
  if (member === undefined) return query;
  return query.where((is) => is.or([is('mentor_id', '=', member), is('mentee_id', '=', member)]));
}

/** How many mentees this mentor now has. */
export async function countMentorshipsOfMentor(db: Db, guildId: string, mentorId: string): Promise<number> {
  const [row] = await selectCountOfMentor(db, { guildId, mentorId });
  return row?.count ?? 0;
}

const selectCountOfMentor = prepared<'guildId' | 'mentorId', { count: number }>((db, { guildId, mentorId }) =>
  db
    .selectFrom('mentorships')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('guild_id', '=', guildId)
    .where('mentor_id', '=', mentorId)
    .where('state', 'in', liveStates),
);

/** What a mentor's mentorships come to. */
interface MentorTally {
  /** How many mentees they now have. */
  readonly mentees: number;
  readonly lastStartedAt: Instant;
}

/** What the mentorships of each mentor of a guild come to; mentors without any are not named. */
export async function tallyMentorships(db: Db, guildId: string): Promise<Map<string, MentorTally>> {
  const rows = await db
    .selectFrom('mentorships')
    .select('mentor_id')
    .select(sql<number>`sum(case when state in ('active', 'paused') then 1 else 0 end)`.as('mentees'))
    .select(({ fn }) => fn.max('started_at').as('lastStartedAt'))
    .where('guild_id', '=', guildId)
    .groupBy('mentor_id')
    .execute();
  return new Map(rows.map((row) => [row.mentor_id, { mentees: row.mentees, lastStartedAt: row.lastStartedAt }]));
}

/**
 * Pairs a mentor with a mentee, but only while the mentor has a place and the mentee no mentor. The caller holds the
 * guild's turn (`takeTurn`), behind which both stay true.
 * @returns false when one of the two is not so.
 */
export async function insertMentorship(
  trx: Trx,
  pair: { id: string; guildId: string; mentorId: string; menteeId: string; requestId: string; dueAt: Instant },
  at: Instant,
): Promise<boolean> {
  const value = (text: string) => sql<string>`${text}`;
  const result = await trx
    .insertInto('mentorships')
    .columns(['id', 'guild_id', 'mentor_id', 'mentee_id', 'request_id', 'state', 'started_at', 'due_at'])
    .expression((query) =>
      query
        .selectFrom('profiles')
        .select([
          value(pair.id).as('id'),
          'guild_id',
          'user_id',
          value(pair.menteeId).as('mentee_id'),
          value(pair.requestId).as('request_id'),
          sql.lit<MentorshipState>('active').as('state'),
          value(at).as('started_at'),
          value(pair.dueAt).as('due_at'),
        ])
        .where('guild_id', '=', pair.guildId)
        .where('user_id', '=', pair.mentorId)
        .where('role', '=', 'mentor')
        .where('capacity', '>', (places) =>
          places
            .selectFrom('mentorships')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .whereRef('mentorships.guild_id', '=', 'profiles.guild_id')
            .whereRef('mentorships.mentor_id', '=', 'profiles.user_id')
            .where('mentorships.state', 'in', liveStates),
        ),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** The columns written by a change of state. */
type StateChange =
  | { readonly to: 'active' | 'paused'; readonly at: Instant }
  | { readonly to: 'completed' | 'ended'; readonly reason: MentorshipEnd; readonly by: EndedBy; readonly at: Instant };

/**
 * Writes another state, from exactly the one that the caller saw. Only `src/mentoring/changes.ts` calls it, which knows
 * what is allowed.
 * @returns the mentorship as it now is, or undefined when it was no longer in that state.
 */
export async function writeState(
  trx: Trx,
  id: string,
  from: MentorshipState,
  change: StateChange,
): Promise<Mentorship | undefined> {
  return await trx
    .updateTable('mentorships')
    .set({
      state: change.to,
      // What it rested through was no silence: it is looked at anew.
      ...(change.to === 'active' ? { woke_at: change.at, look_at: change.at } : {}),
      ...('reason' in change ? { ended_at: change.at, end_reason: change.reason, ended_by: change.by } : {}),
    })
    .where('id', '=', id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst();
}

/** A mentee's latest mentorship that is over, and since when they had been looking for a mentor before it. */
export async function findLastEnded(
  db: Db,
  guildId: string,
  menteeId: string,
): Promise<(Mentorship & { readonly looking_since: Instant | null }) | undefined> {
  return await db
    .selectFrom('mentorships')
    .leftJoin('requests', 'requests.id', 'mentorships.request_id')
    .selectAll('mentorships')
    .select('requests.looking_since')
    .where('mentorships.guild_id', '=', guildId)
    .where('mentorships.mentee_id', '=', menteeId)
    .orderBy('mentorships.started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Mentorships of a member that ended since then, the latest first, about whose end they have said nothing. */
export async function listEndedWithoutWord(
  db: Db,
  {
    guildId,
    userId,
    since,
    limit,
  }: { readonly guildId: string; readonly userId: string; readonly since: Instant; readonly limit: number },
): Promise<Mentorship[]> {
  const endedAs = async (role: 'mentor_id' | 'mentee_id') =>
    await db
      .selectFrom('mentorships')
      .selectAll('mentorships')
      .where('mentorships.guild_id', '=', guildId)
      .where(`mentorships.${role}`, '=', userId)
      .where('mentorships.state', 'in', ['completed', 'ended'])
      .where('mentorships.ended_at', '>=', since)
      .where((is) =>
        is.not(
          is.exists(
            is
              .selectFrom('closings')
              .select('closings.user_id')
              .whereRef('closings.mentorship_id', '=', 'mentorships.id')
              .where('closings.user_id', '=', userId),
          ),
        ),
      )
      .orderBy('mentorships.ended_at', 'desc')
      .orderBy('mentorships.id')
      .limit(limit)
      .execute();
  const found = [...(await endedAs('mentor_id')), ...(await endedAs('mentee_id'))];
  return found.toSorted((a, b) => ((a.ended_at ?? '') < (b.ended_at ?? '') ? 1 : -1)).slice(0, limit);
}

/** Whether a thread is some pair's, also one that is over. */
export async function isPairsThread(db: Db, guildId: string, threadId: string): Promise<boolean> {
  const row = await db
    .selectFrom('mentorships')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('thread_id', '=', threadId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes where a pair's thread is. Returns false when one is noted already, or the thread is another pair's. */
export async function recordThread(db: Db, id: string, threadId: string): Promise<boolean> {
  const result = await db
    .updateTable('mentorships')
    .set({ thread_id: threadId })
    .where('id', '=', id)
    .where('thread_id', 'is', null)
    .where((is) =>
      is.not(
        is.exists(is.selectFrom('mentorships as other').select('other.id').where('other.thread_id', '=', threadId)),
      ),
    )
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes that a liveStates pair's thread is gone. Returns the pair as it now is, or undefined when another is noted by now. */
export async function forgetThread(trx: Trx, id: string, threadId: string): Promise<Mentorship | undefined> {
  return await trx
    .updateTable('mentorships')
    .set({ thread_id: null })
    .where('id', '=', id)
    .where('thread_id', '=', threadId)
    .where('state', 'in', liveStates)
    .returningAll()
    .executeTakeFirst();
}

/** Plans when the bot looks next after a live pair. */
export async function planLook(trx: Trx, id: string, at: Instant): Promise<void> {
  await trx
    .updateTable('mentorships')
    .set({ look_at: at })
    .where('id', '=', id)
    .where('state', 'in', liveStates)
    .execute();
}

/** Live pairs that the bot has to look after by now, those never looked after first, in guilds in which it is. */
export async function listToLookAfter(
  db: Db,
  at: Instant,
  limit: number,
): Promise<Pick<Mentorship, 'id' | 'guild_id'>[]> {
  const waiting = (when: 'never' | 'due', most: number) =>
    db
      .selectFrom('mentorships')
      .innerJoin('guilds', 'guilds.id', 'mentorships.guild_id')
      .select(['mentorships.id', 'mentorships.guild_id'])
      .where('mentorships.look_at', when === 'never' ? 'is' : '<=', when === 'never' ? null : at)
      .where('mentorships.state', 'in', liveStates)
      .where('guilds.left_at', 'is', null)
      .$call(owned(db, 'mentorships.guild_id'))
      .orderBy('mentorships.look_at')
      .orderBy('mentorships.id')
      .limit(most)
      .execute();
  const never = await waiting('never', limit);
  return never.length >= limit ? never : [...never, ...(await waiting('due', limit - never.length))];
}

/** What the two may change of how they go on. */
export async function writeCourse(
  trx: Trx,
  id: string,
  course: Partial<Pick<Mentorship, 'pace' | 'quiet_until' | 'due_at' | 'done_by' | 'done_at'>>,
): Promise<Mentorship | undefined> {
  return await trx
    .updateTable('mentorships')
    .set(course)
    .where('id', '=', id)
    .where('state', 'in', liveStates)
    .returningAll()
    .executeTakeFirst();
}
