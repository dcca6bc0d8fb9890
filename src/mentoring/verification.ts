import type { Context } from '../context.ts';
import type { Acting } from '../guild/acting.ts';
import { insertAudit, type NewAuditEntry } from '../db/audit.ts';
import type { Db, Trx } from '../db/open.ts';
import { findProfile, findProfileById, type Profile } from '../db/profiles.ts';
import { countMentorsToReview, decideVerification, listMentorsToReview } from '../db/verification.ts';
import { UserError } from '../errors.ts';
import { stamp, who } from '../marks.ts';
import { pageOf } from '../pages.ts';
import { requireGuild } from '../guild/guilds.ts';
import { isRefused } from '../guild/standing.ts';
import { callOffAllOf, takeOffAll } from './office-hours/let-go.ts';
import { type PairsOfSuspended, releaseMember, releasePairs, releaseRest } from './release.ts';
import { restForReview, resumeReviewed } from './rests.ts';
import { inTurn } from '../guild/turn.ts';
import { openPlace } from '../db/openings.ts';
import { touchMentors } from '../db/pool.ts';
import { insertNotice, reviseNotices } from '../db/notices/write.ts';
import { oweFittingRoles } from '../db/notices/role-orders.ts';

/** What a moderator can record that a mentor is. Near peers are welcome: a stage ahead is a stage ahead. */
export const levels = ['near-peer', 'matched', 'resident', 'fellow', 'attending'] as const;
export type Level = (typeof levels)[number];

/** How a moderator can have made sure: a word, never a document. */
export const methods = ['video-call', 'hospital-email', 'known-in-person', 'public-directory', 'vouched-for'] as const;

/** Characters of what a moderator writes to a mentor whom they decline: a few kind sentences. */
export const noteLimit = 300;

/** The mentor decided about: named by their profile on a card, by themselves in a command. */
export type Candidate = { readonly profileId: string } | { readonly userId: string };

/** A decision, with what it overruled. */
export interface Decision {
  readonly profile: Profile;
  readonly before: Profile;
}

/**
 * Records that a moderator verified a mentor: as what, how, when and by whom.
 * @param over what may be overruled. `nothing` for a card's button, which belongs to a mentor who waits; `refusals` for
 * the command, which also undoes a decline or a suspension; `everything` to verify somebody anew.
 * @throws UserError when somebody else already decided, for a level or method that does not exist, and for whoever is
 * not a mentor of this guild.
 */
export async function verifyMentor(
  ctx: Context,
  by: Acting,
  candidate: Candidate,
  record: { readonly level: string; readonly method: string },
  over: 'nothing' | 'refusals' | 'everything' = 'nothing',
): Promise<Decision> {
  const { level, method } = record;
  if (!isOneOf(levels, level) || !isOneOf(methods, method)) throw new UserError((t) => t.verification.refused.choose);
  const act = { action: 'mentor-verified', detail: { level, method } } as const;
  return await decide(ctx, by, candidate, act, async (trx, before) => {
    if (!isOpen(before) && over !== 'everything' && !(isRefused(before) && over === 'refusals'))
      throw alreadyDecided(before);
    await requireDecided(trx, before, { verification: 'verified', level, method, by: by.userId }, ctx);
    if (before.verification !== 'verified') await tellMentor(ctx, trx, before, { kind: 'mentor-verified' });
  });
}

/**
 * Declines a mentor who waits. They are told kindly, with a word from the moderator if there is one, and are looked at
 * again once they change their profile.
 * @throws UserError when somebody else already decided, for a note that is too long, and for whoever is not a mentor.
 */
export async function declineMentor(ctx: Context, by: Acting, candidate: Candidate, note: string): Promise<Decision> {
  const words = note.trim();
  if (words.length > noteLimit) throw new UserError((t) => t.verification.refused.noteTooLong(words.length, noteLimit));
  return await decide(ctx, by, candidate, { action: 'mentor-declined' }, async (trx, before) => {
    if (!isWaiting(before)) throw alreadyDecided(before);
    await requireDecided(trx, before, { verification: 'declined', level: null, method: null, by: by.userId }, ctx);
    // Where nobody had to be verified they may have been asked already.
    await releaseRefused(ctx, trx, before);
    // Where nobody had to be verified they may have mentees by now, who are not left alone with them untold.
    await restForReview(ctx, trx, { guildId: before.guild_id, userId: before.user_id, role: 'mentor' });
    await tellMentor(ctx, trx, before, {
      kind: 'mentor-declined',
      ...(words === '' ? {} : { detail: { note: words } }),
    });
  });
}

/**
 * Takes a mentor off the list, whatever was decided before: open requests are released, their mentorships end or rest
 * until somebody has looked into it, and whoever it concerns is told in neutral words. Verifying them again undoes it, but
 * for what has ended.
 * @throws UserError when they are suspended already, and for whoever is not a mentor of this guild.
 */
export async function suspendMentor(
  ctx: Context,
  by: Acting,
  candidate: Candidate,
  pairs: PairsOfSuspended = 'end',
): Promise<Decision> {
  return await decide(ctx, by, candidate, { action: 'mentor-suspended' }, async (trx, before) => {
    await applySuspension(ctx, trx, by, before, pairs);
  });
}

/** The same within another act of the guild's turn: a case led to it. */
export async function suspendMentorIn(ctx: Context, trx: Trx, by: Acting, mentor: Profile): Promise<void> {
  await decideIn(ctx, trx, by, mentor, { action: 'mentor-suspended' }, async (_, before) => {
    await applySuspension(ctx, trx, by, before, 'end');
  });
}

async function applySuspension(
  ctx: Context,
  trx: Trx,
  by: Acting,
  before: Profile,
  pairs: PairsOfSuspended,
): Promise<void> {
  if (before.verification === 'suspended') throw alreadyDecided(before);
  await requireDecided(trx, before, { verification: 'suspended', level: null, method: null, by: by.userId }, ctx);
  await releaseRefused(ctx, trx, before);
  await releasePairs(ctx, trx, { guildId: before.guild_id, userId: before.user_id, role: 'mentor' }, pairs);
  await takeOffAll(trx, ctx, { guildId: before.guild_id, userId: before.user_id });
  await tellMentor(ctx, trx, before, { kind: 'mentor-suspended' });
}

/** Whoever waits for an answer of a mentor who is refused would wait in vain. */
async function releaseRefused(ctx: Context, trx: Trx, { guild_id: guildId, user_id: userId }: Profile): Promise<void> {
  await releaseMember(ctx, trx, { guildId, userId, role: 'mentor', why: 'refused' });
  await callOffAllOf(trx, ctx, { guildId, userId }, 'standing');
}

/** Mentors on one page of the queue: with their buttons, as many as one message holds. */
const pageSize = 3;

/** One page of the mentors whom a moderator has to look at. */
export interface Queue {
  readonly mentors: readonly (Profile & { readonly zone: string })[];
  readonly count: number;
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  /** The place in the queue of the first mentor on this page, from 1. */
  readonly first: number;
}

/**
 * Reads a page of the queue; the last one there is when the page asked for is beyond it.
 * @param page from 0; from a custom id, so possibly nonsense.
 */
export async function readQueue(ctx: Context, guildId: string, page: number): Promise<Queue> {
  await requireGuild(ctx.db, guildId);
  const count = await countMentorsToReview(ctx.db, guildId);
  const { offset, ...shown } = pageOf(count, page, pageSize);
  const mentors = await listMentorsToReview(ctx.db, guildId, { limit: pageSize, offset });
  return { mentors, count, ...shown, first: offset + 1 };
}

/**
 * Lets a form open only for a mentor about whom there is something to decide.
 * @throws UserError that says who already did, or that the mentor is gone.
 */
export async function requireOpen(ctx: Context, guildId: string, profileId: string): Promise<Profile> {
  await requireGuild(ctx.db, guildId);
  const profile = await findCandidate(ctx.db, guildId, { profileId });
  if (!isOpen(profile)) throw alreadyDecided(profile);
  return profile;
}

/** One decision: finds the mentor, lets `apply` change them, and brings everything that depends on it in line. */
async function decide(
  ctx: Context,
  by: Acting,
  candidate: Candidate,
  act: Pick<NewAuditEntry, 'action' | 'detail'>,
  apply: (trx: Trx, before: Profile) => Promise<void>,
): Promise<Decision> {
  const { guildId } = by;
  const decision = await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    const before = await findCandidate(trx, guildId, candidate);
    return await decideIn(ctx, trx, by, before, act, apply);
  });
  await releaseRest(ctx, { guildId, userId: decision.before.user_id });
  return decision;
}

async function decideIn(
  ctx: Context,
  trx: Trx,
  by: Acting,
  before: Profile,
  act: Pick<NewAuditEntry, 'action' | 'detail'>,
  apply: (trx: Trx, before: Profile) => Promise<void>,
): Promise<Decision> {
  const { guildId } = by;
  await apply(trx, before);
  await insertAudit(trx, ctx, { guildId, actorId: by.userId, subjectId: before.user_id, ...act });
  await reviseNotices(trx, before.id, 'mentor-review', ctx.now());
  await oweFittingRoles(trx, ctx, guildId, [before.user_id], before.id);
  await touchMentors(trx, guildId, [before.user_id]);
  if (act.action === 'mentor-verified') {
    await resumeReviewed(ctx, trx, { guildId, userId: before.user_id, role: 'mentor' });
    await openPlace(trx, guildId, before.user_id, ctx.now());
  }
  return { before, profile: (await findProfileById(trx, before.id)) ?? before };
}

/** A profile's id comes from the client: it counts only in the guild where the moderator is one. */
async function findCandidate(db: Db, guildId: string, candidate: Candidate): Promise<Profile> {
  if ('userId' in candidate) {
    const profile = await findProfile(db, guildId, candidate.userId, 'mentor');
    if (!profile) throw new UserError((t) => t.verification.refused.notAMentor(`<@${candidate.userId}>`));
    return profile;
  }
  const profile = await findProfileById(db, candidate.profileId);
  if (!profile || profile.guild_id !== guildId || profile.role !== 'mentor')
    throw new UserError((t) => t.verification.refused.gone);
  return profile;
}

/** Whether nobody has decided yet: those whom nobody had to verify when they registered count too. */
function isWaiting(profile: Profile): boolean {
  return profile.verification === 'waiting' || profile.verification === 'none';
}

/** Whether a moderator has something to decide: also what a verified mentor changed since. */
function isOpen(profile: Profile): boolean {
  return isWaiting(profile) || (profile.verification === 'verified' && profile.changed_at !== null);
}

async function requireDecided(
  trx: Trx,
  before: Profile,
  decision: Parameters<typeof decideVerification>[3],
  ctx: Context,
): Promise<void> {
  const from = { verification: before.verification, verifiedAt: before.verified_at };
  if (await decideVerification(trx, before.id, from, decision, ctx.now())) return;
  const now = await findProfileById(trx, before.id);
  throw now ? alreadyDecided(now) : new UserError((t) => t.verification.refused.gone);
}

/** Who decided, when, and how to decide differently. */
function alreadyDecided(profile: Profile): UserError {
  const { verification, verified_by: by, verified_level: level, verified_method: method } = profile;
  const at = profile.verified_at === null ? '' : stamp(profile.verified_at, 'R');
  return new UserError((t) => {
    const { refused, levelPhrase, methodPhrase } = t.verification;
    const moderator = by === null ? refused.somebody : who(by);
    if (verification === 'declined') return refused.alreadyDeclined(moderator, at);
    if (verification === 'suspended') return refused.alreadySuspended(moderator, at);
    return refused.alreadyVerified(moderator, at, levelPhrase(level), methodPhrase(method));
  });
}

function isOneOf<T extends string>(list: readonly T[], value: string | null): value is T {
  return (list as readonly (string | null)[]).includes(value);
}

/** What a mentor is told of a decision. */
type DecisionNotice =
  | { readonly kind: 'mentor-verified' | 'mentor-suspended' }
  | { readonly kind: 'mentor-declined'; readonly detail?: { readonly note: string } };

async function tellMentor(ctx: Context, trx: Trx, profile: Profile, told: DecisionNotice): Promise<void> {
  const { guild_id: guildId, user_id: userId, id: subjectId } = profile;
  await insertNotice(trx, ctx, { guildId, userId, subjectId, ...told });
}
