import type { Context } from '../context.ts';
import { findLastEnded } from '../db/mentorships.ts';
import type { Db } from '../db/open.ts';
import { type Instant, later } from '../time.ts';

/** For how many days a mentee whose mentorship ended early keeps the turn that they had. */
export const turnKeptDays = 90;

/**
 * Since when a mentee has been looking, whose last mentorship ended early and not by their own act: they do not begin at
 * the end of the waitlist again. Undefined for everybody else.
 */
export async function findKeptTurn(
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
