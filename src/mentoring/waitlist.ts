import type { Context } from '../context.ts';
import { findMentorshipOfMentee } from '../db/mentorships.ts';
import { listLiveRequestsOf } from '../db/requests.ts';
import { deleteWaiting, findWaitlistPlace, insertWaiting, type WaitlistPlace } from '../db/waitlist.ts';
import { UserError } from '../errors.ts';
import type { Instant } from '../time.ts';
import { requireGuild } from '../guild/guilds.ts';
import { requireMentee } from './mentees.ts';
import { keepTurn, takeKeptTurn } from './turn.ts';
import { inTurn } from '../guild/turn.ts';

/** Somebody who joined the waitlist. */
export interface Joined {
  readonly place: WaitlistPlace;
  /** Whether they were on it before. */
  readonly already: boolean;
  /** Whether they go on with a turn from before. */
  readonly keeps: boolean;
}

/**
 * Puts a mentee on the waitlist; whoever is on it already keeps their place.
 * @returns their place, and whether they were on it already.
 * @throws UserError when they are no mentee, have paused, have a mentor, or have a request under way.
 */
export async function joinWaitlist(ctx: Context, guildId: string, userId: string): Promise<Joined> {
  return await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    await requireMentee(trx, guildId, userId);
    const mentorship = await findMentorshipOfMentee(trx, guildId, userId);
    if (mentorship) throw new UserError((t) => t.mentor.ask.hasMentor(mentorship.mentor_id));
    const [pending] = await listLiveRequestsOf(trx, guildId, userId);
    if (pending) throw new UserError((t) => t.mentor.waitlist.underWay(pending.mentor_id));
    const kept = await takeKeptTurn(ctx, trx, { guildId, userId });
    const already = !(await insertWaiting(trx, guildId, userId, kept ?? ctx.now()));
    const place = await findWaitlistPlace(trx, guildId, userId);
    if (!place) throw new Error('a place on the waitlist that was just taken is not there');
    return { place, already, keeps: kept !== undefined && !already };
  });
}

/** Takes a mentee off the waitlist. Returns since when they had been looking, which is kept; undefined when they were not on it. */
export async function leaveWaitlist(ctx: Context, guildId: string, userId: string): Promise<Instant | undefined> {
  return await inTurn(ctx.db, guildId, async (trx) => {
    const lookingSince = await deleteWaiting(trx, guildId, userId);
    if (lookingSince === undefined) return undefined;
    await keepTurn(ctx, trx, { guildId, userId }, { lookingSince, why: 'stopped' });
    return lookingSince;
  });
}
