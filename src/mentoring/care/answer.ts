/** What one of the two answers to a question of the bot's. The other is never shown it. */
import type { Context } from '../../context.ts';
import { type CheckIn, findCheckIn, listCheckIns, writeAnswer } from '../../db/check-ins.ts';
import { findMentorship, type Mentorship, writeCourse } from '../../db/mentorships.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import type { CheckInKind } from '../../db/schema.ts';
import { NotTheirs, UserError } from '../../errors.ts';
import { later } from '../../time.ts';
import { changeState, requireLive } from '../changes.ts';
import { sayDoneInTurn } from '../completion.ts';
import { lookSoon } from '../look.ts';
import { dueCycleFrom } from './steps.ts';
import { logInTurn } from '../meetings/outcome.ts';
import { inTurnOf, partnerIn, requireRole, settleEnd } from '../mentorships.ts';

/** What can be answered to each question. `find` and `pause` lead on to a command, and say that somebody is there. */
export const answersTo = {
  'first-week': ['met', 'find', 'until', 'not-fit', 'staff'],
  warning: ['met', 'find', 'until', 'not-fit', 'staff'],
  fit: ['good', 'deciding', 'not-fit'],
  silence: ['going', 'pause', 'close'],
  due: ['weeks-4', 'weeks-8', 'close'],
  times: [],
  hours: [],
  goal: [],
  next: [],
} as const satisfies Readonly<Record<CheckInKind, readonly string[]>>;
export type Answer = (typeof answersTo)[CheckInKind][number];

/** For how many weeks two can need until a first meeting. */
export const untilWeeks = [1, 2, 4, 6] as const;
/** For how many weeks nothing is asked, at most. */
export const quietWeeks = { min: 1, max: 6 } as const;
/** Characters of a line for the moderators. */
export const staffLineLimit = 300;

/** What an answer came to. */
export interface Answered {
  readonly checkIn: CheckIn;
  readonly mentorship: Mentorship;
  /** Of an extension: whether both have said so, and it is done. */
  readonly isExtended: boolean;
}

/**
 * Notes an answer, and does what follows from it.
 * @param weeks of `until`.
 * @throws UserError when it is not theirs, is over, or no answer to that question.
 */
export async function answerCheckIn(
  ctx: Context,
  actorId: string,
  checkInId: string,
  answer: Answer,
  weeks?: number,
): Promise<Answered> {
  return await inTurnOfCheckIn(ctx, actorId, checkInId, async (trx, checkIn, mentorship) => {
    if (!(answersTo[checkIn.kind] as readonly string[]).includes(answer)) throw new UserError((t) => t.common.outdated);
    const needs = untilWeeks.find((each) => each === weeks);
    if (answer === 'until' && needs === undefined) throw new UserError((t) => t.common.outdated);
    const until = answer === 'until' && needs !== undefined ? later(ctx.now(), { days: needs * 7 }) : null;
    const noted = await writeAnswer(trx, checkInId, { answer, answered_at: ctx.now(), until });
    if (!noted) throw new UserError((t) => t.common.outdated);
    await reviseNotices(trx, checkInId, 'check-in', ctx.now());
    const role = await requireRole(trx, mentorship.id, actorId);
    let isExtended = false;
    switch (answer) {
      case 'met':
        await logInTurn(ctx, trx, actorId, mentorship.id, {});
        break;
      case 'not-fit':
      case 'close': {
        if (checkIn.kind === 'due') {
          await sayDoneInTurn(ctx, trx, actorId, mentorship.id);
          break;
        }
        const reason = answer === 'not-fit' ? 'not-a-fit' : 'no-time';
        const changed = await changeState(ctx, trx, mentorship.id, { act: 'end', by: role, reason });
        await settleEnd(ctx, trx, changed, [partnerIn(mentorship, actorId)]);
        break;
      }
      case 'weeks-4':
      case 'weeks-8':
        isExtended = await extend(trx, mentorship);
        break;
      case 'staff':
        await insertNotice(trx, ctx, { guildId: mentorship.guild_id, kind: 'check-in-staff', subjectId: checkInId });
        break;
      default:
        break;
    }
    await lookSoon(ctx, trx, mentorship.id);
    return { checkIn: noted, mentorship: (await findMentorship(trx, mentorship.id)) ?? mentorship, isExtended };
  });
}

/** Moves the planned end once both want that: by the fewer of the weeks that they said. */
async function extend(trx: Trx, mentorship: Mentorship): Promise<boolean> {
  const from = dueCycleFrom(mentorship.due_at);
  const all = await listCheckIns(trx, mentorship.id);
  const asked = all.filter(({ kind, asked_at: at }) => kind === 'due' && at >= from);
  const weeks = [mentorship.mentor_id, mentorship.mentee_id].map((userId) => {
    const last = asked.findLast((each) => each.user_id === userId)?.answer;
    return last === 'weeks-4' ? 4 : last === 'weeks-8' ? 8 : 0;
  });
  const least = Math.min(...weeks);
  if (least === 0) return false;
  return (
    (await writeCourse(trx, mentorship.id, { due_at: later(mentorship.due_at, { days: least * 7 }) })) !== undefined
  );
}

/** Adds a line for the moderators to an answer. @throws UserError when it is not theirs, or too long. */
export async function addStaffLine(ctx: Context, actorId: string, checkInId: string, line: string): Promise<void> {
  const words = line.trim();
  if (words.length > staffLineLimit) throw new UserError((t) => t.checkIns.lineTooLong(words.length, staffLineLimit));
  if (words === '') throw new UserError((t) => t.common.outdated);
  await inTurnOfCheckIn(ctx, actorId, checkInId, async (trx, checkIn, mentorship) => {
    if (checkIn.answer === null) throw new UserError((t) => t.common.outdated);
    const { answer, answered_at: at } = checkIn;
    await writeAnswer(trx, checkInId, { answer, answered_at: at, line: words });
    await insertNotice(trx, ctx, {
      guildId: mentorship.guild_id,
      kind: 'check-in-staff',
      subjectId: checkInId,
      dedupeKey: `check-in-staff:${checkInId}`,
    });
    await reviseNotices(trx, checkInId, 'check-in-staff', ctx.now());
  });
}

/** Nothing is asked of the two until then; the mentorship goes on. @throws UserError when they may not, or for how long. */
export async function setQuiet(
  ctx: Context,
  actorId: string,
  mentorshipId: string,
  weeks: number,
): Promise<Mentorship> {
  if (!Number.isInteger(weeks) || weeks < quietWeeks.min || weeks > quietWeeks.max)
    throw new UserError((t) => t.checkIns.quietWeeks(quietWeeks.min, quietWeeks.max));
  return await inTurnOf(ctx, mentorshipId, async (trx) => {
    await requireRole(trx, mentorshipId, actorId);
    await requireLive(trx, mentorshipId);
    const changed = await writeCourse(trx, mentorshipId, { quiet_until: later(ctx.now(), { days: weeks * 7 }) });
    if (!changed) throw new UserError((t) => t.common.outdated);
    await lookSoon(ctx, trx, mentorshipId);
    return changed;
  });
}

async function inTurnOfCheckIn<T>(
  ctx: Context,
  actorId: string,
  checkInId: string,
  work: (trx: Trx, checkIn: CheckIn, mentorship: Mentorship) => Promise<T>,
): Promise<T> {
  const known = await findCheckIn(ctx.db, checkInId);
  if (known?.user_id !== actorId) throw new NotTheirs((t) => t.checkIns.notYours);
  return await inTurnOf(ctx, known.mentorship_id, async (trx) => {
    const checkIn = await findCheckIn(trx, checkInId);
    if (!checkIn) throw new NotTheirs((t) => t.checkIns.notYours);
    return await work(trx, checkIn, await requireLive(trx, checkIn.mentorship_id));
  });
}
