/** Sessions by the time: they begin, they end, and whoever misses two in a row without a word is asked. */
import type { Context } from '../../context.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { findGroup, updateGroup } from '../../db/study/groups.ts';
import { countMissed, listGroupMembers, markMemberAsked } from '../../db/study/members.ts';
import { findSession, listDueSessions, listSessionPeople, moveSession, type Session } from '../../db/study/sessions.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { answerDays, heldBy, missedInARow } from '../limits.ts';
import { planSessions } from './plan.ts';

/** Sessions of one heartbeat; what is left follows a minute later. */
const sessionsAtOnce = 500;

/** Begins and ends what is due. */
export async function runSessions(ctx: Context): Promise<void> {
  const due = await listDueSessions(ctx.db, ctx.now(), sessionsAtOnce);
  await forEachInTurn(ctx, 'a session', due, async ({ id, guild_id: guildId }) => {
    await inTurn(ctx.db, guildId, async (trx) => await settleSession(trx, ctx, id));
  });
}

async function settleSession(trx: Trx, ctx: Context, id: string): Promise<void> {
  const session = await findSession(trx, id);
  const now = ctx.now();
  if (!session) return;
  // One that nobody could begin, because the bot was away, is over all the same.
  if (session.ends_at <= now) await end(trx, ctx, session);
  else if (session.starts_at <= now) await moveSession(trx, id, ['planned'], 'running');
  await reviseNotices(trx, id, 'group-session', now);
}

async function end(trx: Trx, ctx: Context, session: Session): Promise<void> {
  const people = await listSessionPeople(trx, session.id);
  const here = new Set(people.filter((each) => each.here_at !== null).map(({ user_id: userId }) => userId));
  const isHeld = here.size >= heldBy;
  if (!(await moveSession(trx, session.id, ['planned', 'running'], isHeld ? 'held' : 'missed'))) return;
  const group = await findGroup(trx, session.group_id);
  if (!group || group.state === 'closed') return;
  await planSessions(trx, ctx, group.id);
  if (isHeld) await updateGroup(trx, group.id, { held_at: ctx.now(), asked_at: null });
  const excused = new Set(people.filter(({ answer }) => answer === 'cannot').map(({ user_id: userId }) => userId));
  for (const { user_id: userId, state, since } of await listGroupMembers(trx, group.id)) {
    if (state !== 'member' || since > session.starts_at) continue;
    const missed = await countMissed(trx, group.id, userId, !here.has(userId) && !excused.has(userId));
    if (missed < missedInARow) continue;
    const until = later(ctx.now(), { days: answerDays });
    if (!(await markMemberAsked(trx, group.id, userId, ctx.now(), until))) continue;
    await insertNotice(trx, ctx, { guildId: group.guild_id, userId, kind: 'group-silence', subjectId: group.id });
  }
}
