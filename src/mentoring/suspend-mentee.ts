/** Moderators stop somebody from looking for a mentor, and let them again. */
import type { Context } from '../context.ts';
import { insertAudit } from '../db/audit.ts';
import { findMentorshipOfMentee, type Mentorship } from '../db/mentorships.ts';
import { findProfile, suspendMenteeProfile } from '../db/profiles.ts';
import { insertSuspension, takeSuspension } from '../db/suspensions.ts';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { requireGuild } from '../guild/guilds.ts';
import { inTurn } from '../guild/turn.ts';
import { takeOffAll } from './office-hours/let-go.ts';
import { type PairsOfSuspended, releaseMember, releasePairs } from './release.ts';
import { resumeReviewed } from './rests.ts';
import { insertNotice } from '../db/notices/write.ts';

/** The effect of suspending a mentee. */
interface MenteeSuspended {
  /** False for somebody who is not registered at all: then it holds, for both roles, as soon as they are. */
  readonly isRegistered: boolean;
  /** The mentorship they were in. */
  readonly mentorship: Mentorship | undefined;
}

/**
 * Suspends a mentee: they can ask nobody, what they asked is withdrawn, their place on the waitlist goes, their
 * mentorship ends or rests, and whoever it concerns is told. It outlives their data, and comes before it: whoever has deleted theirs in time is suspended when they are back.
 * @throws UserError when they are suspended already, and for a mentor who never was a mentee.
 */
export async function suspendMentee(
  ctx: Context,
  by: Acting,
  userId: string,
  pairs: PairsOfSuspended = 'end',
): Promise<MenteeSuspended> {
  const { guildId } = by;
  const whose = { guildId, userId };
  return await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    const profile = await findProfile(trx, guildId, userId, 'mentee');
    const decided = profile
      ? await suspendMenteeProfile(trx, profile.id, by.userId, ctx.now())
      : await insertSuspension(trx, ctx, whose, 'mentee');
    if (!decided) throw new UserError((t) => t.mentees.refused.already(userId));
    const isRegistered = profile !== undefined || (await findProfile(trx, guildId, userId, 'mentor')) !== undefined;
    // Nobody knows in which role somebody who left will return.
    if (!isRegistered) await insertSuspension(trx, ctx, whose, 'mentor');
    const mentorship = await findMentorshipOfMentee(trx, guildId, userId);
    await takeOffAll(trx, ctx, whose);
    if (profile) {
      await releaseMember(ctx, trx, { ...whose, role: 'mentee', why: 'refused' });
      await releasePairs(ctx, trx, { ...whose, role: 'mentee' }, pairs);
      await insertNotice(trx, ctx, { ...whose, kind: 'mentee-suspended', subjectId: profile.id });
    }
    await insertAudit(trx, ctx, { guildId, actorId: by.userId, action: 'mentee-suspended', subjectId: userId });
    return { isRegistered, mentorship };
  });
}

/**
 * Lets a suspended mentee look for a mentor again, and what rests go on; of somebody who is not registered both suspensions go.
 * @throws UserError when they are not suspended.
 */
export async function liftMentee(ctx: Context, by: Acting, userId: string): Promise<void> {
  const { guildId } = by;
  const whose = { guildId, userId };
  await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    const profile = await findProfile(trx, guildId, userId, 'mentee');
    const wasNoted = (await takeSuspension(trx, ctx, whose, 'mentee')) !== undefined;
    const wasSuspended = profile !== undefined && (await suspendMenteeProfile(trx, profile.id, null, ctx.now()));
    if (!wasNoted && !wasSuspended) throw new UserError((t) => t.mentees.refused.notSuspended(userId));
    if (!profile && !(await findProfile(trx, guildId, userId, 'mentor')))
      await takeSuspension(trx, ctx, whose, 'mentor');
    if (profile) {
      await resumeReviewed(ctx, trx, { ...whose, role: 'mentee' });
      await insertNotice(trx, ctx, { ...whose, kind: 'mentee-lifted', subjectId: profile.id });
    }
    await insertAudit(trx, ctx, { guildId, actorId: by.userId, action: 'mentee-lifted', subjectId: userId });
  });
}
