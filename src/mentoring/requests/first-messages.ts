/**
 * How often a mentee may write to mentors who have not heard of them: each gets a direct message with their words. Who
 * withdraws and asks the same mentor again writes nothing new: the mentor's old message comes back to life.
 */
import type { Context } from '../../context.ts';
import type { Db, Trx } from '../../db/open.ts';
import { findWithdrawnBefore, shortDays } from '../../db/protections.ts';
import { insertRecentAct, listRecentActs } from '../../db/recent-acts.ts';
import { findWithdrawnRequest, type MentorRequest } from '../../db/requests.ts';
import { UserError } from '../../errors.ts';
import { later } from '../../time.ts';
import { hasNotice } from '../../db/notices/lookups.ts';

/** How many mentors a mentee may write to: generous for whoever chooses with care, too few to fill a community's inboxes. */
const firstMessageLimits = [
  { most: 5, days: 1 },
  { most: 10, days: 7 },
] as const;

/** The days of the longest of them. */
const countedDays = 7;

/**
 * The request that a mentee withdrew lately and whose mentor still has the message; undefined when there is none. It may
 * be from before the mentee deleted their data.
 */
export async function findWithdrawn(
  ctx: Context,
  db: Db,
  pair: { readonly guildId: string; readonly menteeId: string; readonly mentorId: string },
): Promise<string | undefined> {
  const at = ctx.now();
  const found =
    (await findWithdrawnRequest(db, pair, later(at, { days: -shortDays }))) ??
    (await findWithdrawnBefore(db, pair, at));
  return found !== undefined && (await hasNotice(db, found, 'request-received')) ? found : undefined;
}

/**
 * Makes sure that a mentee may write to one more mentor. What is queued counts: it may go out at any time.
 * @param live the mentee's live requests.
 * @throws UserError that says from when on they may.
 */
export async function requireRoomToWrite(
  ctx: Context,
  db: Db,
  guildId: string,
  menteeId: string,
  live: readonly MentorRequest[],
): Promise<void> {
  const now = ctx.now();
  const whose = { guildId, userId: menteeId };
  const sent = await listRecentActs(db, ctx, whose, 'first-message', later(now, { days: -countedDays }));
  const queued = live.filter(({ state }) => state === 'queued').length;
  const full = firstMessageLimits.flatMap((limit) => {
    // The latest that must be over before one more may go out.
    const last = sent[limit.most - queued - 1];
    const again = last === undefined ? now : later(last, { days: limit.days });
    return again > now ? [{ ...limit, again }] : [];
  });
  const [worst] = full.toSorted((a, b) => (a.again < b.again ? 1 : -1));
  if (worst) throw new UserError((t) => t.mentor.ask.enough(worst.most, worst.days, worst.again));
}

/** Notes that a mentor is about to get a first message of a mentee's own. */
export async function countFirstMessage(ctx: Context, trx: Trx, request: MentorRequest): Promise<void> {
  // Proposals of a matching round are not the mentee's doing.
  if (request.round_id !== null) return;
  await insertRecentAct(trx, ctx, { guildId: request.guild_id, userId: request.mentee_id }, 'first-message');
}
