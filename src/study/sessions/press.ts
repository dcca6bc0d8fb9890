/** What members press about a session. The buttons are trusted: nobody's presence is measured. */
import type { Context } from '../../context.ts';
import { reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import type { SessionAnswer, SessionDone } from '../../db/schema.ts';
import { countMissed, findGroupMember } from '../../db/study/members.ts';
import { findSession, listSessionPeople, type Session, upsertSessionPerson } from '../../db/study/sessions.ts';
import { callOffSession } from './plan.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { changePlace } from '../groups/change.ts';
import { requireMember } from '../groups/member.ts';
import { offersForbiddenMaterial } from '../../integrity.ts';
import { lineLength, remindedBeforeMinutes, saidAfterHours } from '../limits.ts';

type Said = Parameters<typeof upsertSessionPerson>[2];

/** A member says whether they come. */
export async function sayWhetherComing(
  ctx: Context,
  whose: Acting,
  sessionId: string,
  answer: SessionAnswer,
): Promise<void> {
  await press(ctx, whose, sessionId, async (_, session) => {
    if (session.state !== 'planned') throw new UserError((t) => t.study.refused.sessionBegan);
    return { answer };
  });
}

/** A member is here: from ten minutes before to the end. Whoever was asked whether they are still in is. */
export async function sayHere(ctx: Context, whose: Acting, sessionId: string): Promise<void> {
  await press(ctx, whose, sessionId, async (trx, session) => {
    requireOpen(ctx, session);
    await countMissed(trx, session.group_id, whose.userId, false);
    const own = await findGroupMember(trx, session.group_id, whose.userId);
    if (own && own.asked_at !== null) {
      await changePlace(trx, session.group_id, whose.userId, 'be back');
    }
    return { here_at: ctx.now(), answer: 'come' };
  });
}

/** A member pledges what they mean to do. */
export async function pledge(ctx: Context, whose: Acting, sessionId: string, typed: string): Promise<void> {
  const line = typed.trim();
  if (line === '') throw new UserError((t) => t.study.refused.lineEmpty);
  if (line.length > lineLength) throw new UserError((t) => t.study.refused.lineLong(line.length, lineLength));
  if (offersForbiddenMaterial(line)) throw new UserError((t) => t.study.refused.integrity);
  await press(ctx, whose, sessionId, async (trx, session) => {
    requireOpen(ctx, session);
    const own = (await listSessionPeople(trx, sessionId)).find(({ user_id: userId }) => userId === whose.userId);
    return { line, here_at: own?.here_at ?? ctx.now() };
  });
}

/** How it went with what a member meant to do. */
export async function sayDone(ctx: Context, whose: Acting, sessionId: string, done: SessionDone): Promise<void> {
  await press(ctx, whose, sessionId, async (trx, session) => {
    const own = (await listSessionPeople(trx, sessionId)).find(({ user_id: userId }) => userId === whose.userId);
    if (!own?.here_at || session.state === 'planned') throw new UserError((t) => t.study.refused.notHere);
    if (ctx.now() > later(session.ends_at, { hours: saidAfterHours })) {
      throw new UserError((t) => t.study.refused.sessionOver);
    }
    return { done };
  });
}

/** Ends a running session, or calls off a planned one; for whoever is in the group. */
export async function endSession(ctx: Context, whose: Acting, sessionId: string): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const session = await requireSession(trx, whose, sessionId);
    if (!(await callOffSession(trx, ctx, session, true))) {
      throw new UserError((t) => t.study.refused[session.state === 'running' ? 'sessionBegan' : 'sessionOver']);
    }
  });
}

function requireOpen(ctx: Context, session: Session): void {
  const opensAt = later(session.starts_at, { minutes: -remindedBeforeMinutes });
  if (session.state === 'called-off') throw new UserError((t) => t.study.refused.calledOff);
  if (ctx.now() < opensAt) throw new UserError((t) => t.study.refused.tooEarly(opensAt));
  if (ctx.now() >= session.ends_at) throw new UserError((t) => t.study.refused.sessionOver);
}

async function press(
  ctx: Context,
  whose: Acting,
  sessionId: string,
  said: (trx: Trx, session: Session) => Promise<Said>,
): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const session = await requireSession(trx, whose, sessionId);
    const what = await said(trx, session);
    await upsertSessionPerson(trx, { session_id: sessionId, user_id: whose.userId, guild_id: whose.guildId }, what);
    await reviseNotices(trx, sessionId, 'group-session', ctx.now());
    if (session.state === 'planned') await reviseNotices(trx, sessionId, 'group-few', ctx.now());
  });
}

/** A session of a group that somebody is in. @throws UserError for any other. */
export async function requireSession(trx: Trx, whose: Acting, sessionId: string): Promise<Session> {
  const session = await findSession(trx, sessionId);
  if (!session || session.guild_id !== whose.guildId) throw new UserError((t) => t.study.refused.sessionOver);
  await requireMember(trx, whose, session.group_id);
  return session;
}
