import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import type { Trx } from '../../db/open.ts';
import { deleteWish, listWishes, upsertWish } from '../../db/round-pairs.ts';
import { restartRound, type Round } from '../../db/rounds.ts';
import type { RoundWish } from '../../db/schema.ts';
import { findWaitlistPlace } from '../../db/waitlist.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { findMentor, findObstacle, findRelations } from '../requests/rules.ts';
import { mayBeProposed } from '../season.ts';
import { wishLimit } from './limits.ts';
import { requirePreview } from './open.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';

/** Two people of whom a moderator wishes something. */
export interface WishedPair {
  readonly menteeId: string;
  readonly mentorId: string;
}

/**
 * Pins or forbids a pair in the guild's open preview, which is taken back to be computed anew. The caller goes on with
 * `computeRound`.
 * @throws UserError when there is no preview, or the pair cannot be what is wished.
 */
export async function wishPair(ctx: Context, by: Acting, pair: WishedPair, kind: RoundWish): Promise<Round> {
  return await changeWishes(ctx, by, pair, kind, async (trx, round) => {
    await requirePossible(ctx, trx, by.guildId, pair, kind);
    await upsertWish(trx, { roundId: round.id, guildId: by.guildId, ...pair, kind, by: by.userId }, ctx.now());
    if ((await listWishes(trx, round.id)).length > wishLimit)
      throw new UserError((t) => t.rounds.refused.tooManyWishes(wishLimit));
  });
}

/** Whether the opposite is wished of a pair in the guild's open preview. @throws UserError when there is none. */
export async function findOpposite(ctx: Context, guildId: string, pair: WishedPair, kind: RoundWish): Promise<boolean> {
  return await inTurn(ctx.db, guildId, async (trx) => {
    const { id } = await requirePreview(ctx, trx, guildId);
    const wishes = await listWishes(trx, id);
    return wishes.some(
      (wish) => wish.mentee_id === pair.menteeId && wish.mentor_id === pair.mentorId && wish.kind !== kind,
    );
  });
}

/** Takes a pin or prohibition back, and the preview to be computed anew. @throws UserError when there is none. */
export async function freePair(ctx: Context, by: Acting, pair: WishedPair): Promise<Round> {
  return await changeWishes(ctx, by, pair, 'free', async (trx, round) => {
    if (!(await deleteWish(trx, { roundId: round.id, ...pair }))) {
      throw new UserError((t) => t.rounds.refused.noWish(pair.menteeId, pair.mentorId));
    }
  });
}

async function changeWishes(
  ctx: Context,
  by: Acting,
  pair: WishedPair,
  wish: RoundWish | 'free',
  change: (trx: Trx, round: Round) => Promise<void>,
): Promise<Round> {
  const { guildId, userId } = by;
  return await inTurn(ctx.db, guildId, async (trx) => {
    const preview = await requirePreview(ctx, trx, guildId);
    await change(trx, preview);
    const round = await restartRound(trx, preview.id, preview.floor, ctx.now());
    if (!round) throw new Error('a preview that was open a moment ago is not');
    await insertAudit(trx, ctx, {
      guildId,
      actorId: userId,
      action: 'round-previewed',
      subjectId: round.id,
      detail: { wish, mentee: pair.menteeId, mentor: pair.mentorId },
    });
    return round;
  });
}

/** @throws UserError when this pair cannot be what a moderator wishes. */
async function requirePossible(
  ctx: Context,
  trx: Trx,
  guildId: string,
  pair: WishedPair,
  kind: RoundWish,
): Promise<void> {
  const { menteeId, mentorId } = pair;
  const guild = await requireGuild(trx, guildId);
  if (!(await findWaitlistPlace(trx, guildId, menteeId)))
    throw new UserError((t) => t.rounds.refused.notWaiting(menteeId));
  if (!(await findMentor(trx, guildId, mentorId))) throw new UserError((t) => t.rounds.refused.notMentor(mentorId));
  // To forbid what the rules forbid anyway harms nobody.
  if (kind === 'forbidden') return;
  const obstacle = await findObstacle(trx, guild, pair, ctx.now());
  if (obstacle)
    throw new UserError((t) => t.rounds.refused.notEligible(menteeId, mentorId, t.rounds.refused.why[obstacle]));
  if (!(await mayBeProposed(trx, guildId, pair, ctx.now())))
    throw new UserError((t) => t.rounds.refused.notEligible(menteeId, mentorId, t.season.notInRounds));
  const between = await findRelations(trx, guildId, menteeId, ctx.now());
  if (between('declined', 'expired').has(mentorId)) {
    throw new UserError((t) => t.rounds.refused.notEligible(menteeId, mentorId, t.rounds.refused.why['already-asked']));
  }
}
