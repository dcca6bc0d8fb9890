import type { Context } from '../../context.ts';
import { reviseNotices } from '../../db/notices/write.ts';
import { updateGroup } from '../../db/study/groups.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { requireMember } from './member.ts';

/** A member says that a group goes on which had not met for a while: it has as long again. */
export async function answerQuiet(ctx: Context, whose: Acting, groupId: string): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireMember(trx, whose, groupId);
    if (group.asked_at === null) return;
    await updateGroup(trx, groupId, { asked_at: null, held_at: ctx.now() });
    await reviseNotices(trx, groupId, 'group-quiet', ctx.now());
  });
}
