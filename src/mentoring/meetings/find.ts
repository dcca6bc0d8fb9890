/** Times at which the two of a mentorship can meet. */
import type { Context } from '../../context.ts';
import { findHours } from '../../db/hours.ts';
import { listAgreed } from '../../db/meetings.ts';
import { findMember } from '../../db/members.ts';
import { findMentorship, type Mentorship } from '../../db/mentorships.ts';
import type { Db } from '../../db/open.ts';
import { NotTheirs, UserError } from '../../errors.ts';
import { type CommonTime, findCommonTimes, findNearMisses, type NearMiss, type Side } from '../../hours/common.ts';
import { epochMs, type Instant } from '../../time.ts';
import { requireActive } from '../changes.ts';
import { partnerIn, roleIn } from '../mentorships.ts';
import { meetingMinutes, mostShown } from './limits.ts';

/** What a search came to. */
export interface FoundTimes {
  readonly mentorship: Mentorship;
  /** Zones of whoever looks and of the other. */
  readonly zones: readonly [own: string, partner: string];
  readonly times: readonly CommonTime[];
  /** Where nothing suits: the nearest, off by how many minutes for whoever looks and for the other. */
  readonly misses: readonly NearMiss[];
  /** Whose hours nobody knows. */
  readonly unknown: { readonly own: boolean; readonly partner: boolean };
}

/**
 * Looks for times for the two.
 * @param userId whose half days count, and for whom it is shown.
 * @param from looks from this moment on instead of now.
 * @throws UserError for a length that no meeting has, and while the mentorship rests or once it is over: then neither
 * learns any more when the other can meet, whichever old message they press a button of.
 */
export async function findTimes(
  ctx: Pick<Context, 'now'>,
  db: Db,
  mentorship: Mentorship,
  userId: string,
  { minutes, from, most = mostShown }: { minutes: number; from?: Instant; most?: number },
): Promise<FoundTimes> {
  if (!Number.isInteger(minutes) || minutes < meetingMinutes.min || minutes > meetingMinutes.max) {
    throw new UserError((t) => t.meetings.refused.minutes(meetingMinutes.min, meetingMinutes.max));
  }
  await requireActive(db, mentorship.id);
  const partnerId = partnerIn(mentorship, userId);
  const own = await sideOf(ctx, db, mentorship.guild_id, userId);
  const partner = await sideOf(ctx, db, mentorship.guild_id, partnerId);
  const agreed = await listAgreed(db, mentorship.guild_id, [userId, partnerId], ctx.now());
  // Their own next meeting is what they may want to move.
  const others = agreed.filter(({ mentorship_id: id }) => id !== mentorship.id);
  const taken = others.map((meeting) => ({ from: epochMs(meeting.starts_at), to: epochMs(meeting.ends_at) }));
  const now = Math.max(epochMs(ctx.now()), from === undefined ? 0 : epochMs(from));
  const search = { now, minutes, taken, most };
  const times = findCommonTimes(own, partner, search);
  return {
    mentorship,
    zones: [own.zone, partner.zone],
    times,
    misses: times.length > 0 ? [] : findNearMisses(own, partner, { ...search, most: 2 }),
    unknown: { own: own.windows === undefined, partner: partner.windows === undefined },
  };
}

/** Somebody's zone and hours; hours whose time is over are not known. */
async function sideOf({ now }: Pick<Context, 'now'>, db: Db, guildId: string, userId: string): Promise<Side> {
  const hours = await findHours(db, { guildId, userId });
  const isKnown = hours && (hours.until === null || hours.until > now());
  const zone = hours?.zone ?? (await findMember(db, guildId, userId))?.zone ?? 'Etc/UTC';
  return { zone, windows: isKnown ? hours.windows : undefined };
}

/** A mentorship that somebody is in. @throws UserError when they are not. */
export async function requireOwn(db: Db, mentorshipId: string, userId: string): Promise<Mentorship> {
  const mentorship = await findMentorship(db, mentorshipId);
  if (!mentorship || !roleIn(mentorship, userId)) throw new NotTheirs((t) => t.mentorship.notYours);
  return mentorship;
}
