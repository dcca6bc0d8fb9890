/** Looks after the pairs whose time has come: each in a turn of its own, by the table of times in `steps.ts`. */
import type { Context } from '../../context.ts';
import { insertCheckIn } from '../../db/check-ins.ts';
import { findMeeting, sumOfWords } from '../../db/meetings.ts';
import { findMentorship, listToLookAfter, type Mentorship, planLook, writeCourse } from '../../db/mentorships.ts';
import { insertNotice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import type { CheckInKind } from '../../db/schema.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { type Instant, toInstant } from '../../time.ts';
import { tryChange } from '../changes.ts';
import { closeMeeting } from '../meetings/close.ts';
import { findTimes } from '../meetings/find.ts';
import { meetingMinutes } from '../meetings/limits.ts';
import { proposeInTurn } from '../meetings/plan.ts';
import { bothOf, closePair, settleEnd } from '../mentorships.ts';
import { factsOf } from './facts.ts';
import { lookAfter, type Step } from './steps.ts';

/** How many pairs are looked after at a heartbeat; those left over follow with the next. */
const perRun = 200;
/** Times that the bot itself puts into a thread: enough to choose from, few enough to read. */
const timesProposed = 3;

/** Does what is due for every pair. */
export async function lookAfterPairs(ctx: Context): Promise<void> {
  const waiting = await listToLookAfter(ctx.db, ctx.now(), perRun);
  await forEachInTurn(ctx, 'look-after-pair', waiting, async ({ id, guild_id: guildId }) => {
    await inTurn(ctx.db, guildId, async (trx) => await lookAfterPair(ctx, trx, id));
  });
}

async function lookAfterPair(ctx: Context, trx: Trx, id: string): Promise<void> {
  const mentorship = await findMentorship(trx, id);
  if (!mentorship || mentorship.ended_at !== null) return;
  const { steps, next } = lookAfter(await factsOf(ctx, trx, mentorship), ctx.now());
  for (const step of steps) await take(ctx, trx, mentorship, step);
  // Also where a step has planned a look of its own.
  await planLook(trx, id, next);
}

async function take(ctx: Context, trx: Trx, mentorship: Mentorship, step: Step): Promise<void> {
  switch (step.do) {
    case 'complete': {
      const changed = await tryChange(ctx, trx, mentorship.id, { act: 'complete', by: 'bot' });
      if (changed) await settleEnd(ctx, trx, changed, bothOf(mentorship));
      return;
    }
    case 'end':
      await closePair(ctx, trx, mentorship, { by: 'bot', reason: step.reason }, bothOf(mentorship));
      return;
    case 'extend':
      await writeCourse(trx, mentorship.id, { due_at: step.dueAt });
      return;
    case 'settle': {
      const meeting = await findMeeting(trx, step.meetingId);
      if (meeting?.state === 'agreed') await closeMeeting(ctx, trx, meeting, sumOfWords(meeting) ?? 'missed');
      return;
    }
    case 'ask': {
      const checkIn = await note(ctx, trx, mentorship, step.kind, step.userId);
      const guildId = mentorship.guild_id;
      await insertNotice(trx, ctx, { guildId, kind: 'check-in', userId: step.userId, subjectId: checkIn });
      return;
    }
    case 'thread':
      await speakInThread(ctx, trx, mentorship, step.kind);
  }
}

/** Says something in the thread of the two: times where both hours are known, words where they are not. */
async function speakInThread(
  ctx: Context,
  trx: Trx,
  mentorship: Mentorship,
  kind: Extract<CheckInKind, 'times' | 'hours' | 'goal' | 'next'>,
): Promise<void> {
  for (const userId of bothOf(mentorship)) await note(ctx, trx, mentorship, kind, userId);
  if (kind === 'times' || kind === 'next') {
    const times = await commonTimes(ctx, trx, mentorship);
    if (times.length > 0) {
      await proposeInTurn(ctx, trx, mentorship.id, 'bot', { minutes: meetingMinutes.usual, times });
      return;
    }
  }
  await insertNotice(trx, ctx, {
    guildId: mentorship.guild_id,
    kind: 'pair-prompt',
    subjectId: mentorship.id,
    detail: { part: kind === 'times' ? 'next' : kind },
  });
}

/** A few times within the hours of both. */
async function commonTimes(ctx: Context, trx: Trx, mentorship: Mentorship): Promise<readonly Instant[]> {
  const found = await findTimes(ctx, trx, mentorship, mentorship.mentee_id, { minutes: meetingMinutes.usual });
  if (found.unknown.own || found.unknown.partner) return [];
  return found.times
    .filter(({ inside }) => inside)
    .slice(0, timesProposed)
    .map(({ at }) => toInstant(at));
}

async function note(
  ctx: Context,
  trx: Trx,
  mentorship: Mentorship,
  kind: CheckInKind,
  userId: string,
): Promise<string> {
  const id = newId(ctx.random);
  const about = { guild_id: mentorship.guild_id, mentorship_id: mentorship.id, user_id: userId };
  await insertCheckIn(trx, { id, ...about, kind, asked_at: ctx.now() });
  return id;
}
