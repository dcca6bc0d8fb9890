import type { Context } from '../../context.ts';
import { isBlockedBetween } from '../../db/blocks.ts';
import { findMember, type Member } from '../../db/members.ts';
import { countMentorshipsOfMentor, listMentorshipsOfMentor } from '../../db/mentorships.ts';
import { listProfiles, type Profile } from '../../db/profiles.ts';
import { listPendingRequestsTo } from '../../db/requests.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { standingOf } from '../../guild/standing.ts';
import type { Acting } from '../../guild/acting.ts';

/** Profiles as somebody may see them. */
export interface VisibleProfiles {
  readonly member: Member;
  /** At least one, the mentor's first. */
  readonly profiles: readonly Profile[];
  /** How many of a mentor's places are taken. */
  readonly taken: number;
}

/** A member's own profiles, all of them; undefined when nothing at all is known of them. */
export async function findOwnProfiles(ctx: Context, whose: Acting): Promise<VisibleProfiles | undefined> {
  await requireGuild(ctx.db, whose.guildId);
  const member = await findMember(ctx.db, whose.guildId, whose.userId);
  if (!member) return undefined;
  const profiles = await listProfiles(ctx.db, whose.guildId, whose.userId);
  if (profiles.length === 0) return undefined;
  return { member, profiles, taken: await countMentorshipsOfMentor(ctx.db, whose.guildId, whose.userId) };
}

/**
 * What one member may see of another; undefined when that is nothing, for whatever reason: not registered, paused, not
 * verified and blocked all look the same from outside, and to two whose mentorship goes on a block looks like nothing.
 * A mentor who can be suggested is seen by everybody. A mentee is not: that somebody applies again, or with what they
 * struggle, is for the mentors whom they asked. Moderators see everything.
 */
export async function findVisibleProfiles(
  ctx: Context,
  viewer: Acting & { readonly isModerator: boolean },
  userId: string,
): Promise<VisibleProfiles | undefined> {
  const { guildId } = viewer;
  const guild = await requireGuild(ctx.db, guildId);
  const shown = await findOwnProfiles(ctx, { guildId, userId });
  if (!shown || viewer.isModerator) return shown;
  if (shown.member.left_at !== null) return undefined;
  const isBlocked = await isBlockedBetween(ctx.db, guildId, viewer.userId, userId);
  const isMentorOfTheirs = await mentors(ctx, guildId, viewer.userId, userId);
  const isMenteeOfTheirs = await mentors(ctx, guildId, userId, viewer.userId);
  const profiles = shown.profiles.filter((profile) =>
    profile.role === 'mentor'
      ? isMenteeOfTheirs || (!isBlocked && profile.state === 'active' && standingOf(profile, guild) === 'accepted')
      : isMentorOfTheirs,
  );
  return profiles.length > 0 ? { ...shown, profiles } : undefined;
}

/** Whether the first is the second's mentor, or has been asked to be and can answer. */
async function mentors(ctx: Context, guildId: string, mentorId: string, menteeId: string): Promise<boolean> {
  const pairs = await listMentorshipsOfMentor(ctx.db, guildId, mentorId);
  if (pairs.some((pair) => pair.mentee_id === menteeId)) return true;
  const pending = await listPendingRequestsTo(ctx.db, guildId, mentorId);
  return pending.some((request) => request.mentee_id === menteeId);
}
