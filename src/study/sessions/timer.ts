/** The timer of a session: its parts by the clock, and what members who are there do with it. */
import type { Context } from '../../context.ts';
import { reviseNotices } from '../../db/notices/write.ts';
import { readFactChecks } from '../../db/reviews.ts';
import type { Trx } from '../../db/open.ts';
import type { TimerChange } from '../../db/schema.ts';
import { findGroup } from '../../db/study/groups.ts';
import { listPromptsHad, recordPrompt } from '../../db/study/plans.ts';
import { listSessionPeople, type Session, updateTimer } from '../../db/study/sessions.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { epochMs, later } from '../../time.ts';
import { nextPrompt } from '../outline.ts';
import { beginsRound, phaseAt, phaseOf } from '../phases.ts';
import { closeSession } from './end.ts';
import { requireSession } from './press.ts';

/** Sets the timer of a session that has just begun, as its group wants it. */
export async function beginTimer(trx: Trx, ctx: Context, session: Session): Promise<void> {
  const group = await findGroup(trx, session.group_id);
  const first = group && phaseOf(group.shape, 0);
  if (!first) return;
  const { shape } = group;
  const at = phaseAt(shape, { number: 0, until: later(session.starts_at, { minutes: first.minutes }) }, ctx.now());
  await updateTimer(trx, session.id, session, {
    shape,
    phase: at.number,
    phase_until: at.until,
    ...(shape === 'teach-back' ? { prompt_id: await takePrompt(trx, ctx, group.id) } : {}),
  });
}

/** Brings a session to the part that is on by now. Returns whether it is another. */
export async function advanceTimer(trx: Trx, ctx: Context, session: Session): Promise<boolean> {
  const { phase: number, phase_until: until, paused_at: pausedAt } = session;
  if (session.state !== 'running' || until === null || pausedAt !== null || until > ctx.now()) return false;
  const at = phaseAt(session.shape, { number, until }, ctx.now());
  return await goTo(trx, ctx, session, { ...at, changed: null, by: null });
}

interface NextPart {
  readonly number: number;
  readonly until: string;
  readonly changed: TimerChange | null;
  readonly by: string | null;
}

async function goTo(trx: Trx, ctx: Context, session: Session, to: NextPart): Promise<boolean> {
  // Each round of a teach-back has a prompt of its own.
  const takesPrompt = session.shape === 'teach-back' && beginsRound(session.shape, session.phase, to.number);
  return await updateTimer(trx, session.id, session, {
    phase: to.number,
    phase_until: to.until,
    paused_at: null,
    changed: to.changed,
    changed_by: to.by,
    ...(takesPrompt ? { prompt_id: await takePrompt(trx, ctx, session.group_id) } : {}),
  });
}

/** The next prompt for a group, which it has had from now on; null where there is none. */
async function takePrompt(trx: Trx, ctx: Context, groupId: string): Promise<string | null> {
  const group = await findGroup(trx, groupId);
  if (!group) return null;
  const had = await listPromptsHad(trx, groupId);
  const checks = await readFactChecks(trx, group.guild_id);
  const prompt = nextPrompt(group.topic, group.prompt_systems ?? [], had, ctx.now(), checks);
  if (!prompt) return null;
  await recordPrompt(trx, group, prompt.id, ctx.now());
  return prompt.id;
}

/** Pauses the timer, or goes on with it. The session still ends at its time. */
export async function pauseTimer(ctx: Context, whose: Acting, sessionId: string, isPause: boolean): Promise<void> {
  await withTimer(ctx, whose, sessionId, async (trx, session) => {
    const { phase_until: until, paused_at: pausedAt } = session;
    // Pressed twice is once.
    if (until === null || (pausedAt !== null) === isPause) return;
    const now = ctx.now();
    const to =
      pausedAt === null
        ? { paused_at: now, changed: 'paused' as const }
        : {
            paused_at: null,
            phase_until: later(until, { ms: epochMs(now) - epochMs(pausedAt) }),
            changed: 'went-on' as const,
          };
    await updateTimer(trx, sessionId, session, { ...to, changed_by: whose.userId });
  });
}

/** Goes to the next part. @param shown the part that was on when it was pressed: a second press of it changes nothing. */
export async function goToNextPart(ctx: Context, whose: Acting, sessionId: string, shown: number): Promise<void> {
  await withTimer(ctx, whose, sessionId, async (trx, session) => {
    const next = phaseOf(session.shape, session.phase + 1);
    if (!next || session.phase !== shown) return;
    const until = later(ctx.now(), { minutes: next.minutes });
    await goTo(trx, ctx, session, { number: shown + 1, until, changed: 'next', by: whose.userId });
  });
}

/** Ends a session before its time. */
export async function finishSession(ctx: Context, whose: Acting, sessionId: string): Promise<void> {
  await withTimer(ctx, whose, sessionId, async (trx, session) => {
    await updateTimer(trx, sessionId, session, { changed: 'ended', changed_by: whose.userId });
    await closeSession(trx, ctx, session);
  });
}

/** Only members who are there touch the timer of a session that is on. */
async function withTimer(
  ctx: Context,
  whose: Acting,
  sessionId: string,
  act: (trx: Trx, session: Session) => Promise<void>,
): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const session = await requireSession(trx, whose, sessionId);
    if (session.state === 'planned') throw new UserError((t) => t.studySessions.refused.notBegun);
    if (session.state !== 'running') throw new UserError((t) => t.study.refused.sessionOver);
    const people = await listSessionPeople(trx, sessionId);
    if (!people.some((each) => each.user_id === whose.userId && each.here_at !== null)) {
      throw new UserError((t) => t.studySessions.refused.timerHere);
    }
    await act(trx, session);
    await reviseNotices(trx, sessionId, 'group-session', ctx.now());
  });
}
