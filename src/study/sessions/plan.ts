import type { Context } from '../../context.ts';
import { hasNotice } from '../../db/notices/lookups.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { findGroup, type StudyGroup } from '../../db/study/groups.ts';
import {
  insertSession,
  listPlannedSessions,
  listRunningSessions,
  listSessionPeople,
  moveSession,
  reviveSession,
  type Session,
} from '../../db/study/sessions.ts';
import { newId } from '../../ids.ts';
import { epochMs, type Instant, later } from '../../time.ts';
import { askedBeforeHours, decidedBeforeHours, heldBy, remindedBeforeMinutes } from '../limits.ts';
import { nextTimes } from '../times.ts';
import { oweEvents } from './events.ts';

/** A session is planned once it is near enough to be spoken of. */
const plannedAheadHours = 7 * 24;

/** Plans the sessions of the coming week by the group's weekly times; those of other times are called off. */
export async function planSessions(trx: Trx, ctx: Context, groupId: string): Promise<void> {
  const group = await findGroup(trx, groupId);
  if (!group || group.state !== 'active' || group.zone === null) return;
  const now = ctx.now();
  const until = later(now, { hours: plannedAheadHours });
  const times = nextTimes({ zone: group.zone, times: group.times }, epochMs(now), group.times.length)
    .map((at) => new Date(at).toISOString())
    .filter((at) => at <= until);
  for (const session of await listPlannedSessions(trx, groupId)) {
    if (session.is_extra === 0 && !times.includes(session.starts_at)) await callOffSession(trx, ctx, session);
  }
  for (const at of times) await planSession(trx, ctx, group, at, false);
}

/**
 * Plans one session, with what the thread is told of it.
 * @returns false when the group has one that begins then, or, for a weekly one, a member has called that off.
 */
export async function planSession(
  trx: Trx,
  ctx: Context,
  group: StudyGroup,
  at: Instant,
  isExtra: boolean,
): Promise<boolean> {
  const session = {
    id: newId(ctx.random),
    group_id: group.id,
    guild_id: group.guild_id,
    starts_at: at,
    ends_at: later(at, { minutes: group.minutes }),
    state: 'planned' as const,
    is_extra: isExtra ? (1 as const) : (0 as const),
  };
  const isNew = await insertSession(trx, session);
  const id = isNew ? session.id : await reviveSession(trx, session, !isExtra);
  if (id === undefined) return false;
  const now = ctx.now();
  const dueAt = (moment: Instant) => (moment > now ? moment : now);
  /** What was said of one that is planned again is brought up to date; what nobody has read is owed. */
  const owe = async (kind: 'group-session' | 'group-few' | 'group-soon', due: Instant) => {
    if (!isNew && (await hasNotice(trx, id, kind))) return await reviseNotices(trx, id, kind, now);
    await insertNotice(trx, ctx, { guildId: group.guild_id, subjectId: id, kind, dueAt: dueAt(due) });
  };
  await owe('group-session', later(at, { hours: -askedBeforeHours }));
  // Whoever plans it for sooner than that knows who comes.
  const decidedAt = later(at, { hours: -decidedBeforeHours });
  if (decidedAt > now) await owe('group-few', decidedAt);
  await owe('group-soon', later(at, { minutes: -remindedBeforeMinutes }));
  if (!isNew) await reviseNotices(trx, id, 'session-event', now);
  await oweEvents(trx, ctx, group);
  return true;
}

/** Calls off what a group has planned. */
export async function callOffSessions(trx: Trx, ctx: Context, groupId: string): Promise<void> {
  for (const session of await listPlannedSessions(trx, groupId)) await callOffSession(trx, ctx, session);
}

/** A group is over: what it has planned is called off, and what is on ends; it was held where two are there. */
export async function endSessions(trx: Trx, ctx: Context, groupId: string): Promise<void> {
  await callOffSessions(trx, ctx, groupId);
  for (const session of await listRunningSessions(trx, groupId)) {
    const here = (await listSessionPeople(trx, session.id)).filter((person) => person.here_at !== null);
    const to = here.length >= heldBy ? 'held' : 'called-off';
    if (!(await moveSession(trx, session.id, ['running'], to))) continue;
    await reviseSession(trx, ctx, session.id);
  }
}

/**
 * Calls off a session that has not begun; its message says so.
 * @param byMember whether a member does, and not the group: then no weekly time plans it again.
 * @returns false when it has begun, or is called off already.
 */
export async function callOffSession(trx: Trx, ctx: Context, session: Session, byMember = false): Promise<boolean> {
  if (!(await moveSession(trx, session.id, ['planned'], 'called-off', byMember))) return false;
  await reviseSession(trx, ctx, session.id);
  return true;
}

/** Everything that is shown of a session follows it: it begins, is called off, or is over. */
export async function reviseSession(trx: Trx, ctx: Context, sessionId: string): Promise<void> {
  for (const kind of ['group-session', 'group-few', 'group-soon', 'session-event'] as const) {
    await reviseNotices(trx, sessionId, kind, ctx.now());
  }
}
