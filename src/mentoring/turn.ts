/** Since when a mentee has been looking: their turn, which they keep while they do not wait. */
import type { Context } from '../context.ts';
import { deleteKept, findKept, takeKept, upsertKeptTurn } from '../db/kept-turns.ts';
import { findLastEnded, findMentorshipOfMentee } from '../db/mentorships.ts';
import type { Db, Trx } from '../db/open.ts';
import { findProfile } from '../db/profiles.ts';
import { listLiveRequestsOf } from '../db/requests.ts';
import { insertWaiting } from '../db/waitlist.ts';
import type { Acting } from '../guild/acting.ts';
import { isRefused } from '../guild/standing.ts';
import { type Instant, later } from '../time.ts';
import { awayDays } from './rests.ts';

/** For how many days a mentee who stopped looking, or whose mentorship ended early, keeps the turn that they had. */
export const turnKeptDays = 90;
/** For how many days the turn of somebody who left the guild is kept: as long as their data. */
const keptAwayDays = 30;

/**
 * Since when a mentee has been looking who does not wait now: from a turn that is kept, or because their last mentorship
 * ended early and not by their own act. They do not begin at the end of the waitlist again. Undefined for everybody else.
 */
export async function findKeptTurn(
  { now }: Pick<Context, 'now'>,
  db: Db,
  guildId: string,
  menteeId: string,
): Promise<Instant | undefined> {
  const kept = await findKept(db, { guildId, userId: menteeId }, now());
  return kept ? kept.looking_since : await findTurnOfEnded({ now }, db, guildId, menteeId);
}

/** The turn of a mentee whose last mentorship ended early and not by their own act. */
async function findTurnOfEnded(
  { now }: Pick<Context, 'now'>,
  db: Db,
  guildId: string,
  menteeId: string,
): Promise<Instant | undefined> {
  const last = await findLastEnded(db, guildId, menteeId);
  if (last?.state !== 'ended' || last.ended_at === null || last.ended_by === 'mentee') return undefined;
  if (last.ended_at < later(now(), { days: -turnKeptDays })) return undefined;
  return last.looking_since ?? last.started_at;
}

/** Takes the turn that was kept for a mentee who begins to look again; undefined where none was. */
export async function takeKeptTurn(ctx: Context, trx: Trx, { guildId, userId }: Acting): Promise<Instant | undefined> {
  const kept = await takeKept(trx, { guildId, userId }, ctx.now());
  return kept ? kept.looking_since : await findTurnOfEnded(ctx, trx, guildId, userId);
}

/** Takes the turn that a mentee has when they begin to look again: one that was kept, or from now on. */
export async function takeTurn(ctx: Context, trx: Trx, whose: Acting): Promise<Instant> {
  return (await takeKeptTurn(ctx, trx, whose)) ?? ctx.now();
}

/**
 * Keeps the turn of a mentee who stops looking. Whoever pauses or leaves the guild is put on the waitlist again when they
 * are back; everybody else picks it up by joining or asking.
 */
export async function keepTurn(
  { now }: Pick<Context, 'now'>,
  trx: Trx,
  { guildId, userId }: Acting,
  turn: { readonly lookingSince: Instant; readonly why: 'stopped' | 'paused' | 'left' },
): Promise<void> {
  const days = turn.why === 'left' ? keptAwayDays : turnKeptDays;
  await upsertKeptTurn(trx, {
    guild_id: guildId,
    mentee_id: userId,
    looking_since: turn.lookingSince,
    since: now(),
    until: turn.why === 'paused' ? null : later(now(), { days }),
    returns: turn.why === 'stopped' ? 0 : 1,
  });
}

/**
 * Puts a mentee on the waitlist again, with the turn that they had, who is back from a pause or, within some days, in the
 * guild; unless there is a reason why they do not look for a mentor.
 * @returns their turn; undefined where they were not waiting before.
 */
export async function returnToWaitlist(ctx: Context, trx: Trx, whose: Acting): Promise<Instant | undefined> {
  const { guildId, userId } = whose;
  const kept = await findKept(trx, whose, ctx.now());
  if (kept?.returns !== 1) return undefined;
  if (kept.until !== null && kept.since < later(ctx.now(), { days: -awayDays })) return undefined;
  const mentee = await findProfile(trx, guildId, userId, 'mentee');
  if (mentee?.state !== 'active' || isRefused(mentee)) return undefined;
  if (await findMentorshipOfMentee(trx, guildId, userId)) return undefined;
  if ((await listLiveRequestsOf(trx, guildId, userId)).length > 0) return undefined;
  await insertWaiting(trx, guildId, userId, kept.looking_since);
  await deleteKept(trx, whose);
  return kept.looking_since;
}
