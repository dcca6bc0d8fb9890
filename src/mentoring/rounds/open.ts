import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import { reviseNotices } from '../../db/notices/write.ts';
import type { Db, Trx } from '../../db/open.ts';
import { deleteProposals } from '../../db/round-pairs.ts';
import {
  closeRound,
  findOpenRound,
  findPublishing,
  findRound,
  insertRound,
  restartRound,
  type Round,
  type RoundRun,
} from '../../db/rounds.ts';
import { type Saying, UserError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { later, type Instant } from '../../time.ts';
import type { Texts } from '../../texts/en.ts';
import { stamp } from '../../marks.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { stopComputing } from './compute.ts';
import { takeBack } from './interrupted.ts';
import { floorPercent, percentOfFit, silentMinutes, usualFloorPercent } from './limits.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';

/**
 * Opens a round of this guild to be computed; a preview that is open is taken back to be computed anew, with its pins and
 * prohibitions. The caller goes on with `computeRound`.
 * @param floor in percent; what the open preview has, or the usual, when absent.
 * @throws UserError while another is being computed.
 */
export async function openRound(ctx: Context, by: Acting, floor?: number): Promise<Round> {
  return await inTurn(ctx.db, by.guildId, async (trx) => await openRoundIn(ctx, trx, by, floor));
}

/** The same, within the guild's turn. */
export async function openRoundIn(ctx: Context, trx: Trx, by: Acting, floor?: number): Promise<Round> {
  const { guildId, userId } = by;
  const { min, max } = floorPercent;
  const chosen = floor === undefined ? undefined : Math.min(max, Math.max(min, Math.round(floor))) * percentOfFit;
  await requireGuild(trx, guildId);
  const open = await findOpenForWork(ctx, trx, guildId);
  const round = open
    ? await restartRound(trx, open.id, chosen ?? open.floor, ctx.now())
    : await insertRound(
        trx,
        { id: newId(ctx.random), guildId, floor: chosen ?? usualFloorPercent * percentOfFit, by: userId },
        ctx.now(),
      );
  // Behind the guild's turn nobody can have come in between.
  if (!round) throw new Error('a round that could be opened a moment ago cannot');
  if (open) await reviseNotices(trx, round.id, 'round-planned', ctx.now());
  await insertAudit(trx, ctx, {
    guildId,
    actorId: userId,
    action: 'round-previewed',
    subjectId: round.id,
    detail: { floor: round.floor / percentOfFit },
  });
  return round;
}

/**
 * The guild's open preview; undefined when no round is open. One whose process is gone is taken back on the way.
 * @throws UserError while it is being computed.
 */
async function findOpenForWork(ctx: Context, trx: Trx, guildId: string): Promise<Round | undefined> {
  await requireNotPublishing(trx, guildId);
  const open = await findOpenRound(trx, guildId);
  if (open?.state !== 'computing') return open;
  if (isSilent(open, ctx.now()) && (await takeBack(ctx, trx, open))) return undefined;
  throw new UserError((t) => t.rounds.refused.computing(open.created_by, open.created_at));
}

/** @throws UserError while a round of the guild is being published: that goes on by itself, and cannot be taken back. */
async function requireNotPublishing(trx: Trx, guildId: string): Promise<void> {
  const round = await findPublishing(trx, guildId);
  if (round) throw new UserError(describeOver(round, 'published'));
}

/** Pure: whether a round that is being computed has given no sign of life for too long. */
function isSilent(round: Pick<Round, 'beat_at' | 'created_at'>, at: Instant): boolean {
  return (round.beat_at ?? round.created_at) <= later(at, { minutes: -silentMinutes });
}

/**
 * The guild's open preview. @throws UserError when there is none, or while it is being computed.
 */
export async function requirePreview(ctx: Context, trx: Trx, guildId: string): Promise<Round> {
  const open = await findOpenForWork(ctx, trx, guildId);
  if (!open) throw new UserError((t) => t.rounds.refused.none);
  return open;
}

/**
 * The preview that a button stands under.
 * @throws UserError when it is over, being computed, or has been computed anew since.
 */
export async function requireThisPreview(db: Db, guildId: string, { id, run }: RoundRun): Promise<Round> {
  const round = await findRound(db, guildId, id);
  if (!round) throw new UserError((t) => t.rounds.refused.none);
  if (round.state === 'computing') throw new UserError((t) => t.rounds.refused.stillComputing);
  if (round.state !== 'preview') throw new UserError(describeOver(round, round.state));
  if (round.run !== run) throw new UserError((t) => t.rounds.refused.recomputed);
  return round;
}

/** The same, outside of a transaction. */
export async function requirePreviewOf(ctx: Context, guildId: string, seen: RoundRun): Promise<Round> {
  return await requireThisPreview(ctx.db, guildId, seen);
}

/** What became of a round that is over. */
function describeOver(round: Round, state: keyof Texts['rounds']['refused']['isOver']): Saying {
  const [by, at] = [round.closed_by ?? '', stamp(round.closed_at ?? round.created_at, 'R')];
  const isOngoing = state === 'published' && round.outcome === null;
  return (t) => (isOngoing ? t.rounds.refused.publishing(by, at) : t.rounds.refused.isOver[state](by, at));
}

/**
 * Discards the guild's open preview, or cancels its computation, wherever that runs. Pins and prohibitions of one that
 * was cancelled are kept for the next round.
 * @param only the round that the caller means, and whether as long as it is computed; whichever is open when absent.
 * @throws UserError when there is none, or it is over.
 */
export async function endRound(ctx: Context, by: Acting, only?: { id: string; state?: 'computing' }): Promise<Round> {
  const { guildId, userId } = by;
  const ended = await inTurn(ctx.db, guildId, async (trx) => {
    if (!only) await requireNotPublishing(trx, guildId);
    const round = only ? await findRound(trx, guildId, only.id) : await findOpenRound(trx, guildId);
    if (!round) throw new UserError((t) => t.rounds.refused.none);
    if (round.state !== 'computing' && round.state !== 'preview') throw new UserError(describeOver(round, round.state));
    if (only?.state && round.state !== only.state) throw new UserError((t) => t.rounds.refused.alreadyComputed);
    const to = round.state === 'computing' ? 'cancelled' : 'discarded';
    const closed = await closeRound(trx, round, { from: round.state, to, by: userId }, ctx.now());
    if (!closed) throw new Error('a round that was open a moment ago is not');
    await deleteProposals(trx, round.id);
    await reviseNotices(trx, round.id, 'round-planned', ctx.now());
    await insertAudit(trx, ctx, {
      guildId,
      actorId: userId,
      action: 'round-discarded',
      subjectId: round.id,
      detail: { state: to },
    });
    return closed;
  });
  stopComputing(ended.id);
  return ended;
}
