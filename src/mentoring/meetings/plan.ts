/** Proposing a meeting, agreeing on it, moving it and calling it off. Each is one press, in the guild's turn. */
import type { Context } from '../../context.ts';
import { touchHours } from '../../db/hours.ts';
import {
  changeMeeting,
  findMeeting,
  findOpenMeeting,
  insertMeeting,
  isTimed,
  listAgreed,
  listMeetingsIn,
  type Meeting,
  type TimedMeeting,
} from '../../db/meetings.ts';
import { findMember } from '../../db/members.ts';
import { findMentorship, type Mentorship } from '../../db/mentorships.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { MeetingThreadPart } from '../../db/notice-kinds.ts';
import type { Trx } from '../../db/open.ts';
import type { ProfileRole } from '../../db/schema.ts';
import { NotTheirs, UserError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { type Instant, later } from '../../time.ts';
import { requireActive } from '../changes.ts';
import { inTurnOf, partnerIn, requireRole, roleIn } from '../mentorships.ts';
import { lookSoon } from '../look.ts';
import { clearPast, closeMeeting } from './close.ts';
import { askedAfterMinutes, linkLimit, meetingMinutes, mostDaysAhead, mostProposed, remindedBefore } from './limits.ts';

/** Hours count as used at most once a week: writing it each time would say no more. */
const touchedEveryDays = 7;

/** The refusal of a time at which the two cannot meet, where others may do. */
export class ImpossibleTime extends UserError {}

/** A meeting, and the mentorship that it is of. */
export interface Planned {
  readonly meeting: Meeting;
  readonly mentorship: Mentorship;
}

/**
 * One of the two proposes times. Where a meeting is agreed already they are times to which it may move; what was proposed
 * before and not answered is replaced.
 * @param minutes length; a meeting that moves keeps its own.
 * @throws UserError when they may not, while the mentorship rests or is over, and for times that cannot be.
 */
export async function proposeTimes(
  ctx: Context,
  actorId: string,
  mentorshipId: string,
  { minutes, times }: { readonly minutes: number; readonly times: readonly Instant[] },
): Promise<Planned> {
  return await inTurnOf(ctx, mentorshipId, async (trx) => {
    const by = await requireRole(trx, mentorshipId, actorId);
    return await proposeInTurn(ctx, trx, mentorshipId, by, { minutes, times });
  });
}

/** The same within the turn, also for the bot. */
export async function proposeInTurn(
  ctx: Context,
  trx: Trx,
  mentorshipId: string,
  by: ProfileRole | 'bot',
  { minutes, times }: { readonly minutes: number; readonly times: readonly Instant[] },
): Promise<Planned> {
  const mentorship = await requireActive(trx, mentorshipId);
  const options = [...new Set(times)].toSorted();
  if (options.length === 0 || options.length > mostProposed) throw new UserError((t) => t.common.outdated);
  const open = await clearPast(ctx, trx, mentorshipId);
  const length = open?.state === 'agreed' ? open.minutes : minutes;
  for (const at of options) await requirePossible(ctx, trx, mentorship, at, length);
  const proposed = { proposed_by: by, proposed_at: ctx.now(), options };
  let meeting: Meeting | undefined;
  if (open?.state === 'agreed') meeting = await changeMeeting(trx, open.id, 'agreed', proposed);
  else {
    if (open) await closeMeeting(ctx, trx, open, 'called-off');
    const id = newId(ctx.random);
    const fresh = { id, guild_id: mentorship.guild_id, mentorship_id: mentorshipId, minutes: length, series_id: id };
    await insertMeeting(trx, { ...fresh, ...proposed, state: 'proposed' });
    meeting = await findMeeting(trx, id);
  }
  if (!meeting) throw new UserError((t) => t.common.outdated);
  await tellThread(ctx, trx, meeting, 'proposed');
  if (by !== 'bot') await tellOther(ctx, trx, meeting, mentorship, by, 'proposed');
  await lookSoon(ctx, trx, mentorshipId);
  for (const userId of [mentorship.mentor_id, mentorship.mentee_id]) {
    const whose = { guildId: mentorship.guild_id, userId };
    await touchHours(trx, whose, ctx.now(), later(ctx.now(), { days: -touchedEveryDays }));
  }
  return { meeting, mentorship };
}

/**
 * One of the two takes a time that the other proposed. Of times that the bot found, whoever presses first proposes one.
 * @returns the meeting: agreed, or, where the bot had found it, proposed to the other.
 * @throws UserError with what holds now, when it was replaced, called off or agreed meanwhile.
 */
export async function agreeToTime(ctx: Context, actorId: string, meetingId: string, at: Instant): Promise<Planned> {
  return await inTurnOfMeeting(ctx, meetingId, async (trx, found) => {
    const { mentorship, meeting, role } = await requireOffered(trx, found, actorId, at);
    await requireActive(trx, mentorship.id);
    await requirePossible(ctx, trx, mentorship, at, meeting.minutes);
    if (meeting.proposed_by === 'bot') {
      const proposed = { proposed_by: role, proposed_at: ctx.now(), options: [at] };
      const changed = await changeMeeting(trx, meeting.id, meeting.state, proposed);
      if (!changed) throw new UserError((t) => t.common.outdated);
      await tellThread(ctx, trx, changed, 'proposed');
      await tellOther(ctx, trx, changed, mentorship, role, 'proposed');
      await lookSoon(ctx, trx, mentorship.id);
      return { meeting: changed, mentorship };
    }
    const agreed = await writeAgreed(ctx, trx, meeting, at);
    await remind(ctx, trx, agreed);
    await tellThread(ctx, trx, agreed, 'agreed');
    await tellOther(ctx, trx, agreed, mentorship, role, 'agreed');
    await lookSoon(ctx, trx, mentorship.id);
    return { meeting: agreed, mentorship };
  });
}

/** Notes the time: in the row of the proposal, or, of a meeting that moves, in one that succeeds it. */
async function writeAgreed(ctx: Context, trx: Trx, meeting: Meeting, at: Instant): Promise<Meeting> {
  const time = { starts_at: at, ends_at: later(at, { minutes: meeting.minutes }), agreed_at: ctx.now() };
  if (meeting.state === 'proposed') {
    const agreed = await changeMeeting(trx, meeting.id, 'proposed', { ...time, state: 'agreed', options: [] });
    if (!agreed) throw new UserError((t) => t.common.outdated);
    await reviseNotices(trx, meeting.id, 'meeting-thread', ctx.now());
    return agreed;
  }
  const id = newId(ctx.random);
  const { guild_id, mentorship_id, proposed_by, proposed_at, minutes, place } = meeting;
  const kept = { guild_id, mentorship_id, proposed_by, proposed_at, minutes, place };
  // What has taken place meanwhile, or may have, is not moved: the two still say how it was, and this is another one.
  const isOver = (await clearPast(ctx, trx, mentorship_id)) === undefined;
  if (!isOver) await closeMeeting(ctx, trx, meeting, 'called-off');
  const series = isOver ? { series_id: id } : { series_id: meeting.series_id, sequence: meeting.sequence + 1 };
  await insertMeeting(trx, { ...kept, ...time, ...series, id, state: 'agreed', options: [] });
  const agreed = await findMeeting(trx, id);
  if (!agreed) throw new UserError((t) => t.common.outdated);
  return agreed;
}

/**
 * None of the times that were proposed suits. A meeting that was to move stays where it was.
 * @throws UserError with what holds now, when it was replaced or agreed meanwhile.
 */
export async function refuseTimes(ctx: Context, actorId: string, meetingId: string): Promise<Planned> {
  return await inTurnOfMeeting(ctx, meetingId, async (trx, found) => {
    const { mentorship, meeting, role } = await requireOffered(trx, found, actorId);
    const changed =
      meeting.state === 'agreed'
        ? await changeMeeting(trx, meeting.id, 'agreed', { options: [] })
        : await closeMeeting(ctx, trx, meeting, 'called-off');
    if (!changed) throw new UserError((t) => t.common.outdated);
    await reviseNotices(trx, meeting.id, 'meeting-thread', ctx.now());
    if (meeting.proposed_by !== 'bot') await tellOther(ctx, trx, changed, mentorship, role, 'refused');
    await lookSoon(ctx, trx, mentorship.id);
    return { meeting: changed, mentorship };
  });
}

/** One of the two calls off what was agreed. @throws UserError with what holds now, when it is not agreed any more. */
export async function callOff(ctx: Context, actorId: string, meetingId: string): Promise<Planned> {
  return await inTurnOfMeeting(ctx, meetingId, async (trx, meeting) => {
    const role = await requireRole(trx, meeting.mentorship_id, actorId);
    const mentorship = await requirePair(trx, meeting);
    if (meeting.state !== 'agreed' || !isTimed(meeting) || meeting.ends_at <= ctx.now()) throw standsRefusal(meeting);
    const changed = await closeMeeting(ctx, trx, meeting, 'called-off');
    await tellThread(ctx, trx, changed, 'called-off');
    await tellOther(ctx, trx, changed, mentorship, role, 'called-off');
    await lookSoon(ctx, trx, mentorship.id);
    return { meeting: changed, mentorship };
  });
}

/** Where a meeting takes place. */
export type Place = { readonly channelId: string } | { readonly link: string } | undefined;

/** One of the two says where they meet: a voice channel, an https address, or (undefined) their thread. */
export async function setPlace(ctx: Context, actorId: string, mentorshipId: string, place: Place): Promise<Planned> {
  const stored = place && ('link' in place ? requireLink(place.link) : place.channelId);
  return await inTurnOf(ctx, mentorshipId, async (trx) => {
    await requireRole(trx, mentorshipId, actorId);
    const mentorship = await findMentorship(trx, mentorshipId);
    const open = await findOpenMeeting(trx, mentorshipId);
    if (!mentorship || open?.state !== 'agreed') throw new UserError((t) => t.meetings.refused.noneAgreed);
    const changed = await changeMeeting(trx, open.id, 'agreed', { place: stored ?? null });
    if (!changed) throw new UserError((t) => t.common.outdated);
    await revisePlaced(ctx, trx, open.id);
    return { meeting: changed, mentorship };
  });
}

/** A channel is gone: who meant to meet there meet in their thread, and every card says so. */
export async function leavePlace(ctx: Context, trx: Trx, guildId: string, channelId: string): Promise<void> {
  for (const { id } of await listMeetingsIn(trx, guildId, channelId)) {
    const changed = await changeMeeting(trx, id, 'agreed', { place: null });
    if (!changed) continue;
    await revisePlaced(ctx, trx, id);
    // An edit tells nobody, and it may be about to begin.
    if (isTimed(changed) && changed.starts_at > ctx.now()) await tellThread(ctx, trx, changed, 'agreed');
  }
}

async function revisePlaced(ctx: Context, trx: Trx, meetingId: string): Promise<void> {
  for (const kind of ['meeting-thread', 'meeting-letter'] as const)
    await reviseNotices(trx, meetingId, kind, ctx.now());
}

/** @throws UserError for what is no https address, or too long. */
function requireLink(typed: string): string {
  const link = typed.trim();
  if (link.length > linkLimit) throw new UserError((t) => t.meetings.refused.linkTooLong(link.length, linkLimit));
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const isPlain =
    url?.protocol === 'https:' && url.hostname.includes('.') && url.username === '' && !/[\s<>]/.test(link);
  if (!isPlain) throw new UserError((t) => t.meetings.refused.link);
  return link;
}

/** Does something about a meeting in the turn of its guild. @throws UserError when there is none. */
export async function inTurnOfMeeting<T>(
  ctx: Context,
  meetingId: string,
  work: (trx: Trx, meeting: Meeting) => Promise<T>,
): Promise<T> {
  const known = await findMeeting(ctx.db, meetingId);
  if (!known) throw new NotTheirs((t) => t.mentorship.notYours);
  return await inTurnOf(ctx, known.mentorship_id, async (trx) => {
    const meeting = await findMeeting(trx, meetingId);
    if (!meeting) throw new NotTheirs((t) => t.mentorship.notYours);
    return await work(trx, meeting);
  });
}

async function requirePair(trx: Trx, meeting: Meeting): Promise<Mentorship> {
  const mentorship = await findMentorship(trx, meeting.mentorship_id);
  if (!mentorship) throw new NotTheirs((t) => t.mentorship.notYours);
  return mentorship;
}

/** Times that wait for this person's answer. @throws UserError with what holds now, where they do not. */
async function requireOffered(trx: Trx, meeting: Meeting, actorId: string, at?: Instant) {
  const mentorship = await requirePair(trx, meeting);
  const role = roleIn(mentorship, actorId);
  if (!role) throw new NotTheirs((t) => t.mentorship.notYours);
  const isOpen = meeting.state === 'proposed' || meeting.state === 'agreed';
  if (!isOpen || meeting.options.length === 0 || (at !== undefined && !meeting.options.includes(at))) {
    throw standsRefusal((await findOpenMeeting(trx, mentorship.id)) ?? meeting);
  }
  if (meeting.proposed_by === role) {
    const partner = partnerIn(mentorship, actorId);
    throw new UserError((t) => t.meetings.refused.own(partner));
  }
  return { mentorship, meeting, role };
}

/** What holds now of a mentorship's meetings, as a refusal. */
function standsRefusal(meeting: Meeting): UserError {
  if (meeting.state === 'agreed' && isTimed(meeting)) {
    const at = meeting.starts_at;
    return new UserError((t) => t.meetings.refused.agreedNow(at));
  }
  return new UserError((t) =>
    meeting.state === 'proposed' ? t.meetings.refused.replaced : t.meetings.refused.noneOpen,
  );
}

/** @throws ImpossibleTime for a time that has passed, is too far, or at which one of the two meets somebody else. */
async function requirePossible(
  ctx: Context,
  trx: Trx,
  mentorship: Mentorship,
  at: Instant,
  minutes: number,
): Promise<void> {
  if (!Number.isInteger(minutes) || minutes < meetingMinutes.min || minutes > meetingMinutes.max)
    throw new UserError((t) => t.meetings.refused.minutes(meetingMinutes.min, meetingMinutes.max));
  if (!(at > ctx.now())) throw new ImpossibleTime((t) => t.meetings.refused.past);
  if (at > later(ctx.now(), { days: mostDaysAhead }))
    throw new ImpossibleTime((t) => t.meetings.refused.far(mostDaysAhead));
  const end = later(at, { minutes });
  const both = [mentorship.mentor_id, mentorship.mentee_id];
  const agreed = await listAgreed(trx, mentorship.guild_id, both, ctx.now());
  const other = agreed.find(
    (each) => each.mentorship_id !== mentorship.id && at < each.ends_at && each.starts_at < end,
  );
  // Whose it is, and with whom, is theirs: what both read is that it is taken.
  if (other) throw new ImpossibleTime((t) => t.meetings.refused.taken(at));
}

/** Owes the reminders and the question; each looks at its time whether the meeting still stands. */
async function remind(ctx: Context, trx: Trx, meeting: Meeting): Promise<void> {
  if (!isTimed(meeting)) return;
  const parts: readonly (readonly [MeetingThreadPart, Instant])[] = [
    ['day-before', later(meeting.starts_at, { minutes: -remindedBefore.day })],
    ['hour-before', later(meeting.starts_at, { minutes: -remindedBefore.hour })],
    ['how-was-it', later(meeting.ends_at, { minutes: askedAfterMinutes })],
  ];
  // What is agreed on a short time before needs no reminder of the day before.
  for (const [part, dueAt] of parts) if (dueAt > ctx.now()) await tellThread(ctx, trx, meeting, part, dueAt);
}

/** Owes a message about a meeting in the pair's thread. */
async function tellThread(
  ctx: Context,
  trx: Trx,
  meeting: Pick<TimedMeeting | Meeting, 'id' | 'guild_id'>,
  part: MeetingThreadPart,
  dueAt?: Instant,
): Promise<void> {
  await insertNotice(trx, ctx, {
    guildId: meeting.guild_id,
    kind: 'meeting-thread',
    subjectId: meeting.id,
    detail: { part },
    ...(dueAt === undefined ? {} : { dueAt }),
  });
}

/** Owes a letter about a meeting to the other of the two. */
async function tellOther(
  ctx: Context,
  trx: Trx,
  meeting: Meeting,
  mentorship: Mentorship,
  by: ProfileRole,
  part: 'proposed' | 'agreed' | 'refused' | 'called-off',
): Promise<void> {
  const userId = by === 'mentor' ? mentorship.mentee_id : mentorship.mentor_id;
  const member = await findMember(trx, meeting.guild_id, userId);
  if (member && member.left_at !== null) return;
  const detail = { part };
  await insertNotice(trx, ctx, {
    guildId: meeting.guild_id,
    kind: 'meeting-letter',
    userId,
    subjectId: meeting.id,
    detail,
  });
}
