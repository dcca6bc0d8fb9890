import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { type Instant, later } from '../../time.ts';
import { requireMember } from '../groups/member.ts';
import { planSession } from './plan.ts';

/** An extra session is planned so far ahead at most, in days. */
const aheadDays = 56;

/** A member plans one session besides the weekly ones. @throws UserError for a time that is over, too far, or taken. */
export async function planExtra(ctx: Context, whose: Acting, groupId: string, at: Instant): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireMember(trx, whose, groupId);
    if (group.state !== 'active') throw new UserError((t) => t.study.refused.notActive);
    const now = ctx.now();
    if (at <= now || at > later(now, { days: aheadDays })) throw new UserError((t) => t.study.refused.whenSoon);
    if (!(await planSession(trx, ctx, group, at, true))) throw new UserError((t) => t.study.refused.twice);
  });
}
