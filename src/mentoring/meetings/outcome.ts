/** What became of a meeting, and meetings that were arranged elsewhere. */
import type { Context } from '../../context.ts';
import {
  changeMeeting,
  deleteLogged,
  findMeeting,
  insertMeeting,
  isTimed,
  type Meeting,
  sumOfWords,
  type TimedMeeting,
  wordColumn,
} from '../../db/meetings.ts';
import { findMentorship } from '../../db/mentorships.ts';
import { reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import type { MeetingWord } from '../../db/schema.ts';
import { NotTheirs, UserError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { type Instant, later } from '../../time.ts';
import { inTurnOf, requireRole } from '../mentorships.ts';
import { lookSoon } from '../look.ts';
import { denyDays, lineLimit, loggedMinutes, meetingMinutes, unlogHours, wordDays } from './limits.ts';
import { inTurnOfMeeting, type Planned } from './plan.ts';

/**
 * Pure: whether the two can say what became of a meeting: it was agreed, is over, and not too long ago. That does not
 * depend on what either has said, so it tells nobody.
 */
export function isAskedAbout(meeting: Meeting, now: Instant): meeting is TimedMeeting {
  if (!isTimed(meeting) || meeting.agreed_at === null || meeting.ends_at > now) return false;
  if (meeting.state === 'called-off' && meeting.said_at === null) return false;
  return later(meeting.ends_at, { days: wordDays }) >= now;
}

/**
 * One of the two says what became of a meeting: it counts as held when one says so and the other does not deny it within
 * three days. Nobody learns what the other said.
 * @throws UserError when they may not, before its end, and once it is too late.
 */
export async function sayOfMeeting(
  ctx: Context,
  actorId: string,
  meetingId: string,
  word: MeetingWord,
): Promise<Planned> {
  return await inTurnOfMeeting(ctx, meetingId, async (trx, meeting) => {
    const role = await requireRole(trx, meeting.mentorship_id, actorId);
    const mentorship = await findMentorship(trx, meeting.mentorship_id);
    if (!mentorship || !isTimed(meeting) || meeting.agreed_at === null) throw new UserError((t) => t.common.outdated);
    if (meeting.starts_at > ctx.now()) {
      const at = meeting.starts_at;
      throw new UserError((t) => t.meetings.refused.notYet(at));
    }
    if (meeting.state === 'called-off' && meeting.said_at === null)
      throw new UserError((t) => t.meetings.refused.noneOpen);
    if (later(meeting.ends_at, { days: wordDays }) < ctx.now()) throw new UserError((t) => t.meetings.refused.tooLate);
    const isDenied = word !== 'held' && meeting.state === 'held' && meeting[wordColumn(role)] === null;
    if (isDenied && meeting.said_at !== null && later(meeting.said_at, { days: denyDays }) < ctx.now())
      throw new UserError((t) => t.meetings.refused.tooLate);
    const said = { [wordColumn(role)]: word, said_at: meeting.said_at ?? ctx.now() };
    const state = sumOfWords({ ...meeting, ...said }) ?? 'missed';
    const changed = await changeMeeting(trx, meeting.id, meeting.state, {
      ...said,
      state,
      options: [],
      closed_at: ctx.now(),
    });
    if (!changed) throw new UserError((t) => t.common.outdated);
    await reviseNotices(trx, meeting.id, 'meeting-thread', ctx.now());
    await lookSoon(ctx, trx, mentorship.id);
    return { meeting: changed, mentorship };
  });
}

/** What is entered about a meeting. */
export interface Logged {
  /** When it began; now when absent. */
  readonly at?: Instant;
  readonly minutes?: number;
  readonly line?: string;
}

/**
 * Enters a meeting that was arranged elsewhere; "we met" is enough.
 * @throws UserError for one in the future or before the mentorship began, and for a line that is too long.
 */
export async function logMeeting(
  ctx: Context,
  actorId: string,
  mentorshipId: string,
  logged: Logged,
): Promise<Planned> {
  return await inTurnOf(ctx, mentorshipId, async (trx) => await logInTurn(ctx, trx, actorId, mentorshipId, logged));
}

/** The same within the turn. */
export async function logInTurn(
  ctx: Context,
  trx: Trx,
  actorId: string,
  mentorshipId: string,
  { at = ctx.now(), minutes = meetingMinutes.usual, line = '' }: Logged,
): Promise<Planned> {
  const role = await requireRole(trx, mentorshipId, actorId);
  const mentorship = await findMentorship(trx, mentorshipId);
  if (!mentorship) throw new NotTheirs((t) => t.mentorship.notYours);
  const { ended_at: endedAt, started_at: startedAt } = mentorship;
  if (endedAt !== null) throw new UserError((t) => t.mentorship.alreadyEnded(endedAt));
  if (at > ctx.now()) throw new UserError((t) => t.meetings.refused.logFuture);
  // A day is named, not an hour: the day on which it began counts whole.
  if (at < later(startedAt, { days: -1 })) throw new UserError((t) => t.meetings.refused.logBefore(startedAt));
  if (!Number.isInteger(minutes) || minutes < loggedMinutes.min || minutes > loggedMinutes.max)
    throw new UserError((t) => t.meetings.refused.minutes(loggedMinutes.min, loggedMinutes.max));
  const words = line.trim();
  if (words.length > lineLimit) throw new UserError((t) => t.meetings.refused.lineTooLong(words.length, lineLimit));
  const id = newId(ctx.random);
  await insertMeeting(trx, {
    id,
    guild_id: mentorship.guild_id,
    mentorship_id: mentorshipId,
    state: 'held',
    proposed_by: role,
    proposed_at: ctx.now(),
    minutes,
    series_id: id,
    options: [],
    starts_at: at,
    ends_at: later(at, { minutes }),
    [wordColumn(role)]: 'held',
    said_at: ctx.now(),
    closed_at: ctx.now(),
    ...(words === '' ? {} : { line: words, line_by: role }),
  });
  await lookSoon(ctx, trx, mentorshipId);
  const meeting: Meeting | undefined = await findMeeting(trx, id);
  if (!meeting) throw new Error('a meeting that was entered a moment ago is not there');
  return { meeting, mentorship };
}

/**
 * Takes back a meeting that one has entered by mistake. @throws UserError when it is not theirs, was entered longer ago, or
 * was taken back already.
 */
export async function unlogMeeting(ctx: Context, actorId: string, meetingId: string): Promise<Planned> {
  return await inTurnOfMeeting(ctx, meetingId, async (trx, meeting) => {
    const role = await requireRole(trx, meeting.mentorship_id, actorId);
    const mentorship = await findMentorship(trx, meeting.mentorship_id);
    const since = later(ctx.now(), { hours: -unlogHours });
    if (!mentorship || !(await deleteLogged(trx, meeting.id, role, since)))
      throw new UserError((t) => t.meetings.refused.unlog(unlogHours));
    await lookSoon(ctx, trx, mentorship.id);
    return { meeting, mentorship };
  });
}
