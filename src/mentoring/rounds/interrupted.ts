import type { Context } from '../../context.ts';
import type { Trx } from '../../db/open.ts';
import { findRoundPlan, moveRoundPlan } from '../../db/round-plans.ts';
import { deleteProposals } from '../../db/round-pairs.ts';
import { failRound, listSilentRounds, type Round } from '../../db/rounds.ts';
import { deletedUser } from '../../db/schema.ts';
import { later } from '../../time.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { listComputing } from './compute.ts';
import { silentMinutes } from './limits.ts';
import { inTurn } from '../../guild/turn.ts';
import { insertNotice } from '../../db/notices/write.ts';

/**
 * Takes back rounds whose computation gives no sign of life: their process was ended or killed. Nothing of them was sent;
 * whoever began one is told.
 */
export async function takeBackInterrupted(ctx: Context): Promise<void> {
  const silent = await listSilentRounds(ctx.db, later(ctx.now(), { minutes: -silentMinutes }));
  // The clock may have been set, or the machine asleep: what runs here is alive.
  const lost = silent.filter(({ id }) => !listComputing().includes(id));
  await forEachInTurn(ctx, 'take-back-round', lost, async (round) => {
    await inTurn(ctx.db, round.guild_id, async (trx) => await takeBack(ctx, trx, round));
  });
}

/** Takes one round back. Returns false when it came to an end meanwhile, or is being computed here. */
export async function takeBack(ctx: Context, trx: Trx, round: Round): Promise<boolean> {
  if (listComputing().includes(round.id)) return false;
  if (!(await failRound(trx, round, ctx.now()))) return false;
  await deleteProposals(trx, round.id);
  if (round.planned !== null) {
    // It begins again by itself, unless the schedule was ended: nobody has to do anything.
    const plan = await findRoundPlan(trx, round.guild_id);
    if (plan && (await moveRoundPlan(trx, plan.guild_id, plan.next_at, ctx.now()))) return true;
  }
  if (round.created_by === deletedUser) return true;
  await insertNotice(trx, ctx, {
    guildId: round.guild_id,
    kind: 'round-interrupted',
    userId: round.created_by,
    subjectId: round.id,
  });
  return true;
}
