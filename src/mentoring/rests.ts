/** Mentorships that rest: by the wish of one of the two, while one is away, or while moderators look into something. */
import type { Context } from '../context.ts';
import { findMember } from '../db/members.ts';
import { findMentorship, listLiveMentorshipsOf, type Mentorship } from '../db/mentorships.ts';
import type { Trx } from '../db/open.ts';
import { findProfile } from '../db/profiles.ts';
import { listRestsOver, type Rest } from '../db/rests.ts';
import type { ProfileRole } from '../db/schema.ts';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { forEachInTurn } from '../guild/each.ts';
import { inTurn } from '../guild/turn.ts';
import { type Instant, later } from '../time.ts';
import { type Change, type Changed, changeState, readStanding, shownUntil, tryChange } from './changes.ts';
import { bothOf, closePair, inTurnOf, partnerIn, requireRole, roleIn } from './mentorships.ts';
import { insertNotice } from '../db/notices/write.ts';
import { wasTold } from '../db/notices/lookups.ts';

/** For how many days one of the two may let a mentorship rest: longer than two months is an end. */
export const restDays = { min: 1, max: 56 } as const;
/** For how many days a mentorship waits for somebody who left the guild, in case it was a mistake. */
export const awayDays = 7;
/** How many rests are ended at a heartbeat; those left over follow with the next. */
const perRun = 500;
/** For how many days a pair rests at a time while a report is looked into. */
const caseRestDays = 28;

/**
 * One of the two lets their mentorship rest, or moves the end of their rest. The other is told until when, and that nothing
 * is expected of them.
 * @returns until when, and whether it rests for another reason as well.
 * @throws UserError when they may not, when it is over, or for a number of days out of range.
 */
export async function pauseMentorship(
  ctx: Context,
  actorId: string,
  mentorshipId: string,
  days: number,
): Promise<{ mentorship: Mentorship; until: Instant; restsAnyway: boolean }> {
  if (!Number.isInteger(days) || days < restDays.min || days > restDays.max)
    throw new UserError((t) => t.mentorship.restDays(restDays.min, restDays.max));
  const until = later(ctx.now(), { days });
  return await inTurnOf(ctx, mentorshipId, async (trx) => {
    const by = await requireRole(trx, mentorshipId, actorId);
    const changed = await changeState(ctx, trx, mentorshipId, { act: 'pause', by, until });
    await tellTurn(ctx, trx, changed, [partnerIn(changed.mentorship, actorId)]);
    const { rests } = await readStanding(trx, changed.mentorship);
    return { mentorship: changed.mentorship, until, restsAnyway: rests.length > 1 };
  });
}

/**
 * One of the two takes back the rest that they asked for: nobody wakes somebody who needs one. The other is told once it
 * goes on.
 * @returns the mentorship, and until when it rests for another reason: null for some time, undefined where it goes on.
 * @throws UserError when they may not, when it does not rest, or rests for a reason that is not theirs to end.
 */
export async function resumeMentorship(
  ctx: Context,
  actorId: string,
  mentorshipId: string,
): Promise<{ mentorship: Mentorship; restsUntil: Instant | null | undefined }> {
  return await inTurnOf(ctx, mentorshipId, async (trx) => {
    const by = await requireRole(trx, mentorshipId, actorId);
    const changed = await changeState(ctx, trx, mentorshipId, { act: 'resume', by });
    const { mentorship } = changed;
    await tellTurn(ctx, trx, changed, [partnerIn(mentorship, actorId)]);
    const { rests } = await readStanding(trx, mentorship);
    return { mentorship, restsUntil: rests.length > 0 ? shownUntil(rests) : undefined };
  });
}

/**
 * Somebody is not in the guild any more: their mentorships rest for seven days, in case they come back. The partners
 * hear of a rest only. Doing it twice changes nothing.
 * @param trx the transaction that notes their leaving.
 */
export async function restMentorshipsOf(ctx: Context, trx: Trx, { guildId, userId }: Acting): Promise<void> {
  const until = later(ctx.now(), { days: awayDays });
  for (const mentorship of await listLiveMentorshipsOf(trx, guildId, userId)) {
    const change = { act: 'leave', by: 'bot', whose: ownRole(mentorship, userId), until } as const;
    await changeAndTell(ctx, trx, mentorship, change, [partnerIn(mentorship, userId)]);
  }
}

/** Somebody is back: their mentorships go on as they were. Doing it twice changes nothing. */
export async function resumeMentorshipsOf(ctx: Context, trx: Trx, { guildId, userId }: Acting): Promise<void> {
  for (const mentorship of await listLiveMentorshipsOf(trx, guildId, userId)) {
    const change = { act: 'return', by: 'bot', whose: ownRole(mentorship, userId) } as const;
    await changeAndTell(ctx, trx, mentorship, change, [partnerIn(mentorship, userId)]);
  }
}

/** A member in one of their roles, whose mentorships a moderator decides about. */
export type InRole = Acting & { readonly role: ProfileRole };

/** A moderator lets somebody's mentorships rest until it has been looked into. Both are told of a rest only. */
export async function restForReview(ctx: Context, trx: Trx, { guildId, userId, role }: InRole): Promise<void> {
  for (const mentorship of await listLiveMentorshipsOf(trx, guildId, userId, role)) {
    await changeAndTell(ctx, trx, mentorship, { act: 'review', by: 'moderator' }, bothOf(mentorship));
  }
}

/** A moderator has looked: somebody's mentorships go on, but for those in which the other is still refused. */
export async function resumeReviewed(ctx: Context, trx: Trx, { guildId, userId, role }: InRole): Promise<void> {
  for (const mentorship of await listLiveMentorshipsOf(trx, guildId, userId, role)) {
    const other = await findProfile(trx, guildId, partnerIn(mentorship, userId), otherRole[role]);
    if (other?.verification === 'suspended' || other?.verification === 'declined') continue;
    await changeAndTell(ctx, trx, mentorship, { act: 'clear', by: 'moderator' }, bothOf(mentorship));
  }
}

const otherRole = { mentor: 'mentee', mentee: 'mentor' } as const;

/**
 * One of the two reported the other: the pair rests until handlers have looked into it. To the other it looks as if their
 * partner had asked for it, and they are told as of any rest.
 */
export async function restForCase(ctx: Context, trx: Trx, mentorship: Mentorship, reporterId: string): Promise<void> {
  const by = ownRole(mentorship, reporterId);
  const until = later(ctx.now(), { days: caseRestDays });
  await changeAndTell(ctx, trx, mentorship, { act: 'report', by, until }, [partnerIn(mentorship, reporterId)]);
}

/** A handler lets it go on, or the reporter has taken back what they said. */
export async function liftForCase(ctx: Context, trx: Trx, mentorship: Mentorship): Promise<void> {
  await changeAndTell(ctx, trx, mentorship, { act: 'lift', by: 'handler' }, bothOf(mentorship));
}

/** Ends every rest whose time has come: what one of the two let rest goes on, what waited for somebody ends. */
export async function endRestsOver(ctx: Context): Promise<void> {
  const over = await listRestsOver(ctx.db, ctx.now(), perRun);
  await forEachInTurn(ctx, 'end-rest', over, async (rest) => {
    await inTurn(ctx.db, rest.guild_id, async (trx) => await endRestOver(ctx, trx, rest));
  });
}

async function endRestOver(ctx: Context, trx: Trx, rest: Rest): Promise<void> {
  const mentorship = await findMentorship(trx, rest.mentorship_id);
  if (!mentorship) return;
  if (rest.cause === 'own') {
    const changed = await tryChange(ctx, trx, mentorship.id, { act: 'resume', by: 'bot', whose: rest.by });
    const asked = rest.by === 'mentor' ? mentorship.mentor_id : mentorship.mentee_id;
    // Whoever asked for the rest was not told of it then, and is reminded now.
    if (changed) await tellTurn(ctx, trx, changed, bothOf(mentorship), asked);
  } else if (rest.cause === 'away') {
    const end = { by: 'bot', endedBy: rest.by, reason: 'member-left' } as const;
    await closePair(ctx, trx, mentorship, end, bothOf(mentorship));
  } else if (rest.cause === 'case') {
    // As if whoever asked for it needed longer; the other is told as then.
    const reporterId = rest.by === 'mentor' ? mentorship.mentor_id : mentorship.mentee_id;
    await restForCase(ctx, trx, mentorship, reporterId);
  }
}

async function changeAndTell(
  ctx: Context,
  trx: Trx,
  mentorship: Mentorship,
  change: Change,
  tell: readonly string[],
): Promise<void> {
  const changed = await tryChange(ctx, trx, mentorship.id, change);
  if (changed) await tellTurn(ctx, trx, changed, tell);
}

/**
 * Owes a word where a mentorship has begun to rest, rests until another day, or goes on; the last only to whoever was told.
 * @param asked who had asked for the rest, and hears that it is over all the same.
 */
async function tellTurn(
  ctx: Context,
  trx: Trx,
  { mentorship, turned, moved }: Changed,
  tell: readonly string[],
  asked?: string,
): Promise<void> {
  if (!turned && !moved) return;
  const { id: subjectId, guild_id: guildId } = mentorship;
  for (const userId of tell) {
    const member = await findMember(trx, guildId, userId);
    if (member && member.left_at !== null) continue;
    if (mentorship.state === 'paused') {
      await insertNotice(trx, ctx, { guildId, kind: 'mentorship-rests', userId, subjectId });
    } else if (userId === asked || (await wasTold(trx, subjectId, 'mentorship-rests', userId))) {
      await insertNotice(trx, ctx, { guildId, kind: 'mentorship-resumed', userId, subjectId });
    }
  }
}

function ownRole(mentorship: Mentorship, userId: string): 'mentor' | 'mentee' {
  return roleIn(mentorship, userId) ?? 'mentee';
}
