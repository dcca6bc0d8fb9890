/** Whoever was helped to the end of the road is asked, at the end of a mentorship, whether they would help the next. */
import { rankOf } from '../content/index.ts';
import type { Context } from '../context.ts';
import { findJourney } from '../db/journeys.ts';
import type { Mentorship } from '../db/mentorships.ts';
import type { Trx } from '../db/open.ts';
import { findProfile, markAskedToMentor } from '../db/profiles.ts';
import type { Acting } from '../guild/acting.ts';
import { inTurn } from '../guild/turn.ts';
import { later } from '../time.ts';

/** From this stage on somebody has what a mentor needs. */
const fromStage = 'matched';
/** Who was asked, or said not now, is not asked again for so many days. */
export const notNowDays = 90;

/** Whether a mentee is asked now, which is noted: a mentorship of theirs has just been completed. */
export async function asksToMentor(
  ctx: Context,
  trx: Trx,
  { guild_id: guildId, mentee_id: userId, state }: Mentorship,
) {
  if (state !== 'completed') return false;
  const profile = await findProfile(trx, guildId, userId, 'mentee');
  if (!profile || rankOf(profile.stage) < rankOf(fromStage)) return false;
  const since = later(ctx.now(), { days: -notNowDays });
  if ((profile.asked_to_mentor_at ?? '') > since) return false;
  // Their own road may have asked the same.
  if (((await findJourney(trx, userId))?.help_asked_at ?? '') > since) return false;
  if (await findProfile(trx, guildId, userId, 'mentor')) return false;
  return await markAskedToMentor(trx, profile.id, ctx.now());
}

/** Somebody said not now: the days begin anew. */
export async function sayNotNow(ctx: Context, { guildId, userId }: Acting): Promise<void> {
  await inTurn(ctx.db, guildId, async (trx) => {
    const profile = await findProfile(trx, guildId, userId, 'mentee');
    if (profile) await markAskedToMentor(trx, profile.id, ctx.now());
  });
}
