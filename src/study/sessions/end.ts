/** A session is over: what follows for the group, and for whoever missed two in a row without a word. */
import type { Context } from '../../context.ts';
import { insertNotice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { findGroup, updateGroup } from '../../db/study/groups.ts';
import { countMissed, listGroupMembers, markMemberAsked } from '../../db/study/members.ts';
import { listSessionPeople, moveSession, type Session } from '../../db/study/sessions.ts';
import { epochMs, later } from '../../time.ts';
import { answerDays, heldBy, missedInARow } from '../limits.ts';
import { planSessions, reviseSession } from './plan.ts';

/** Ends a session at its time, or now where a member ends it: held when two were there. */
export async function closeSession(trx: Trx, ctx: Context, session: Session): Promise<void> {
  const people = await listSessionPeople(trx, session.id);
  const here = new Set(people.filter((each) => each.here_at !== null).map(({ user_id: userId }) => userId));
  const isHeld = here.size >= heldBy;
  const isEarly = ctx.now() < session.ends_at;
  // Ended before its time by one who was alone: nobody missed it.
  const to = isHeld ? 'held' : isEarly ? 'called-off' : 'missed';
  if (!(await moveSession(trx, session.id, ['planned', 'running'], to))) return;
  await reviseSession(trx, ctx, session.id);
  const group = await findGroup(trx, session.group_id);
  if (!group || group.state === 'closed') return;
  await planSessions(trx, ctx, group.id);
  if (isHeld) await updateGroup(trx, group.id, { held_at: ctx.now(), asked_at: null });
  if (isEarly && epochMs(ctx.now()) < (epochMs(session.starts_at) + epochMs(session.ends_at)) / 2) return;
  const excused = new Set(people.filter(({ answer }) => answer === 'cannot').map(({ user_id: userId }) => userId));
  for (const { user_id: userId, state, since } of await listGroupMembers(trx, group.id)) {
    if (state !== 'member' || since > session.starts_at || to === 'called-off') continue;
    const missed = await countMissed(trx, group.id, userId, !here.has(userId) && !excused.has(userId));
    if (missed < missedInARow) continue;
    const until = later(ctx.now(), { days: answerDays });
    if (!(await markMemberAsked(trx, group.id, userId, ctx.now(), until))) continue;
    await insertNotice(trx, ctx, { guildId: group.guild_id, userId, kind: 'group-silence', subjectId: group.id });
  }
}
