/**
 * Mentors are protected: only so many new requests of mentees reach one in seven days. What is more waits, its mentee is
 * told by when it will be seen and may ask somebody else, and its days begin once it is sent. What a round proposes does
 * not count.
 */
import type { Context } from '../../context.ts';
import type { Guild } from '../../db/guilds.ts';
import type { Db, Trx } from '../../db/open.ts';
import { findProfile, type Profile } from '../../db/profiles.ts';
import { listOpeningTo, listSentTo, setOpening, setRequestsAWeek } from '../../db/request-weeks.ts';
import type { MentorRequest } from '../../db/requests.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { isWithin, requestsAWeek } from '../../guild/settings.ts';
import { inTurn } from '../../guild/turn.ts';
import { type Instant, later } from '../../time.ts';

/** The days of a mentor's week: any seven in a row. */
const weekDays = 7;
/** A request that would wait for longer is not taken: nobody shall hope for a month. */
const openingDaysAtMost = 28;

/** How many new requests reach this mentor in seven days. */
export function requestsAWeekOf(guild: Guild, mentor: Pick<Profile, 'requests_a_week'> | undefined): number {
  return mentor?.requests_a_week ?? guild.requests_a_week;
}

/** The same by the mentor's id. */
export async function findRequestsAWeek(db: Db, guild: Guild, mentorId: string): Promise<number> {
  return requestsAWeekOf(guild, await findProfile(db, guild.id, mentorId, 'mentor'));
}

/** Whether nothing of its mentee's is before this request: it was sent, or waits for its mentor's week. */
export function isForemost({ state, opens_at: opensAt }: MentorRequest): boolean {
  return state === 'pending' || opensAt !== null;
}

/**
 * By when one more request reaches a mentor, behind those that wait already.
 * @param aWeek how many do in seven days, where that is known.
 * @returns undefined for at once.
 */
export async function findOpening(
  db: Db,
  guild: Guild,
  mentorId: string,
  at: Instant,
  aWeek?: number,
): Promise<Instant | undefined> {
  const most = aWeek ?? (await findRequestsAWeek(db, guild, mentorId));
  const sent = await listSentTo(db, guild.id, mentorId, later(at, { days: -weekDays }));
  const waiting = await listOpeningTo(db, guild.id, mentorId);
  return openingAfter([...sent, ...waiting.map(({ opens_at: opensAt }) => opensAt ?? at)], most, at);
}

/** Pure: when there is room after these moments, the earliest first, of which so many may lie in any seven days; undefined for now. */
function openingAfter(moments: readonly Instant[], most: number, at: Instant): Instant | undefined {
  const blocking = moments.at(-most);
  if (blocking === undefined) return undefined;
  const opens = later(blocking, { days: weekDays });
  return opens > at ? opens : undefined;
}

/**
 * Lets what waits for a mentor's week go out earlier where there is room by now: one before it is gone, or the mentor takes
 * more. Nothing moves to a later day than the one that its mentee was told. The caller holds the guild's turn.
 */
export async function moveUp(ctx: Context, trx: Trx, guild: Guild, mentorId: string): Promise<void> {
  const waiting = await listOpeningTo(trx, guild.id, mentorId);
  if (waiting.length === 0) return;
  const at = ctx.now();
  const most = await findRequestsAWeek(trx, guild, mentorId);
  const moments = await listSentTo(trx, guild.id, mentorId, later(at, { days: -weekDays }));
  for (const { id, opens_at: told } of waiting) {
    const opens = openingAfter(moments, most, at) ?? at;
    const holds = told !== null && told <= opens ? told : opens;
    if (holds !== told) await setOpening(trx, id, holds);
    moments.push(holds);
  }
}

/**
 * A mentor says how many new requests shall reach them in seven days.
 * @param most undefined: as many as the guild says.
 * @returns how many it now is.
 * @throws UserError when they are no mentor, or for a number out of range.
 */
export async function limitRequests(ctx: Context, { guildId, userId }: Acting, most: number | null): Promise<number> {
  const { min, max } = requestsAWeek;
  if (most !== null && !isWithin(most, requestsAWeek)) throw new UserError((t) => t.weeks.range(min, max));
  return await inTurn(ctx.db, guildId, async (trx) => {
    const guild = await requireGuild(trx, guildId);
    if (!(await setRequestsAWeek(trx, guildId, userId, most)))
      throw new UserError((t) => t.profiles.refused.notRegisteredAs('mentor'));
    await moveUp(ctx, trx, guild, userId);
    return most ?? guild.requests_a_week;
  });
}

/**
 * By when a request reaches a mentor that is made now; undefined for at once.
 * @throws UserError where that would take too long.
 */
export async function requireOpening(
  db: Db,
  guild: Guild,
  mentorId: string,
  at: Instant,
): Promise<Instant | undefined> {
  const opensAt = await findOpening(db, guild, mentorId, at);
  if (opensAt !== undefined && opensAt > later(at, { days: openingDaysAtMost }))
    throw new UserError((t) => t.weeks.full(mentorId, opensAt));
  return opensAt;
}

/** What waited for a mentor's week is a next choice once another request of its mentee's goes out; others move up. */
export async function clearOpenings(
  ctx: Context,
  trx: Trx,
  guild: Guild,
  live: readonly MentorRequest[],
): Promise<void> {
  for (const { id, mentor_id: mentorId, opens_at: opensAt } of live) {
    if (opensAt !== null && (await setOpening(trx, id, null))) await moveUp(ctx, trx, guild, mentorId);
  }
}
