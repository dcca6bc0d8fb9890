import type { Context } from '../../context.ts';
import type { Trx } from '../../db/open.ts';
import type { StudyGroup } from '../../db/study/groups.ts';
import { listGroupMembers } from '../../db/study/members.ts';
import { listPlannedSessions } from '../../db/study/sessions.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { epochMs, type Instant, later } from '../../time.ts';
import { requireMember } from '../groups/member.ts';
import { usualWeeks } from '../people.ts';
import { suggestOnce } from '../times.ts';
import { callOffSession, planSession } from './plan.ts';
import { requireSession } from './press.ts';

/** An extra session is planned so far ahead at most, in days. */
const aheadDays = 56;

/** A member plans one session besides the weekly ones. @throws UserError for a time that is over, too far, or taken. */
export async function planExtra(ctx: Context, whose: Acting, groupId: string, at: Instant): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    await planAt(trx, ctx, await requireMember(trx, whose, groupId), at);
  });
}

/** A member moves a session that has not begun: it is called off, and another is planned. */
export async function movePlanned(ctx: Context, whose: Acting, sessionId: string, at: Instant): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const session = await requireSession(trx, whose, sessionId);
    if (session.state !== 'planned') throw new UserError((t) => t.study.refused.sessionOver);
    await planAt(trx, ctx, await requireMember(trx, whose, session.group_id), at);
    await callOffSession(trx, ctx, session, true);
  });
}

async function planAt(trx: Trx, ctx: Context, group: StudyGroup, at: Instant): Promise<void> {
  if (group.state !== 'active') throw new UserError((t) => t.study.refused.notActive);
  const now = ctx.now();
  if (at <= now || at > later(now, { days: aheadDays })) throw new UserError((t) => t.study.refused.whenSoon);
  if (!(await planSession(trx, ctx, group, at, true))) throw new UserError((t) => t.study.refused.twice);
}

/** How many times are suggested. */
const suggestedAtMost = 5;

/** Times at which all members of a group could meet once, by their hours; none where a member's are not known. */
export async function suggestExtra(ctx: Context, group: StudyGroup): Promise<readonly Instant[]> {
  const members = (await listGroupMembers(ctx.db, group.id)).filter(({ state }) => state === 'member');
  const people = await usualWeeks(
    ctx.db,
    group.guild_id,
    members.map(({ user_id: userId }) => userId),
  );
  const taken = (await listPlannedSessions(ctx.db, group.id)).map((session) => ({
    from: epochMs(session.starts_at),
    to: epochMs(session.ends_at),
  }));
  const about = { minutes: group.minutes, from: epochMs(ctx.now()), taken, most: suggestedAtMost };
  return suggestOnce(people, about).map((at) => new Date(at).toISOString());
}
