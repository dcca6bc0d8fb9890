/** What follows from an answer: those who asked hear of it. */
import type { Context } from '../../context.ts';
import { type Claim, listClaimAskers } from '../../db/claims.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';

/** Tells everybody who asked what became of it, and brings the moderators' card up to date. */
export async function tellAskers(trx: Trx, ctx: Context, claim: Claim, again: boolean): Promise<void> {
  await reviseNotices(trx, claim.id, 'claim-waiting', ctx.now());
  for (const { user_id: userId } of await listClaimAskers(trx, claim.id)) {
    await insertNotice(trx, ctx, {
      guildId: claim.guild_id,
      userId,
      kind: 'claim-answered',
      subjectId: claim.id,
      ...(again ? { detail: { again: true as const } } : {}),
    });
  }
}
