/** What reaches a mentor in seven days, and what waits for that. */
import { sql } from 'kysely';
import type { Instant } from '../time.ts';
import { inPresentGuild } from './guilds.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import { prepared } from './prepared.ts';
import type { MentorRequest } from './requests.ts';
import type { RequestState } from './schema.ts';

const queued = sql.lit<RequestState>('queued');

/** As many as anybody may choose to get in a week: no earlier ones count. */
const countedAtMost = 20;

/** When a mentor was sent requests that mentees made, after this moment, the earliest first. What a round proposed is not among them. */
export async function listSentTo(db: Db, guildId: string, mentorId: string, after: Instant): Promise<Instant[]> {
  const rows = await selectSentTo(db, { guildId, mentorId, after });
  return rows.flatMap(({ sent_at: at }) => at ?? []).toReversed();
}

const selectSentTo = prepared<'guildId' | 'mentorId' | 'after', Pick<MentorRequest, 'sent_at'>>(
  (db, { guildId, mentorId, after }) =>
    db
      .selectFrom('requests')
      .select('sent_at')
      .where('guild_id', '=', guildId)
      .where('mentor_id', '=', mentorId)
      .where('sent_at', '>', after)
      .where('round_id', 'is', null)
      .orderBy('sent_at', 'desc')
      .limit(sql.lit(countedAtMost)),
);

/** What waits for a mentor's week, in the order in which it goes out. */
export async function listOpeningTo(db: Db, guildId: string, mentorId: string): Promise<MentorRequest[]> {
  return await selectOpeningTo(db, { guildId, mentorId });
}

const selectOpeningTo = prepared<'guildId' | 'mentorId', MentorRequest>((db, { guildId, mentorId }) =>
  db
    .selectFrom('requests')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentor_id', '=', mentorId)
    .where('state', '=', queued)
    .where('opens_at', 'is not', null)
    .orderBy('opens_at')
    .orderBy('id'),
);

/** How many requests wait for a mentor's week. */
export async function countOpeningTo(db: Db, guildId: string, mentorId: string): Promise<number> {
  const { count } = await db
    .selectFrom('requests')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('guild_id', '=', guildId)
    .where('mentor_id', '=', mentorId)
    .where('state', '=', queued)
    .where('opens_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** Lets a queued request wait for its mentor's week until then; null where it only waits for the choices before it. */
export async function setOpening(trx: Trx, id: string, opensAt: Instant | null): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('requests')
    .set({ opens_at: opensAt })
    .where('id', '=', id)
    .where('state', '=', queued)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Requests that waited for their mentor's week and go out now, in every guild in which the bot is, the earliest first. */
export async function listOpening(db: Db, at: Instant, limit: number): Promise<MentorRequest[]> {
  return await db
    .selectFrom('requests')
    .selectAll()
    .where('opens_at', '<=', at)
    .$call(owned(db, 'requests.guild_id'))
    .$call(inPresentGuild('requests.guild_id'))
    .orderBy('opens_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Notes how many new requests reach a mentor in seven days; null for as many as the guild says. Returns false when they are no mentor. */
export async function setRequestsAWeek(
  trx: Trx,
  guildId: string,
  mentorId: string,
  most: number | null,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('profiles')
    .set({ requests_a_week: most })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', mentorId)
    .where('role', '=', 'mentor')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
