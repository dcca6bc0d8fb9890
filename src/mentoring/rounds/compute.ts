import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Context } from '../../context.ts';
import { deleteProposals, dropFromPreviews, insertLeft, insertPairs, listGoneFrom } from '../../db/round-pairs.ts';
import { beatRound, failRound, finishRound, type Round } from '../../db/rounds.ts';
import { UserError } from '../../errors.ts';
import type { RoundInput, RoundPlan, RoundProgress } from '../../matching/index.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { figuresText } from './figures.ts';
import { readRoundInput } from './input.ts';
import { leftDetail } from './left.ts';
import { beatMs } from './limits.ts';
import { startHelper, startRound } from './thread/start.ts';
import type { WorkerMessage } from './thread/work.ts';
import { inTurn } from '../../guild/turn.ts';
import { inParts } from '../../parts.ts';

/** How far a computation is: `read` and `store` are before and after the thread's own phases. */
export interface Step {
  readonly phase: RoundProgress['phase'] | 'read' | 'store';
  /** Of the whole, 0 to 1. */
  readonly done: number;
}

/** Told now and then how far it is. Must not throw. */
type OnStep = (step: Step) => void;

/** What this process computes, from reading to storing. */
const computing = new Set<string>();
/** Ends the thread of a round at once, instead of at its next sign of life. */
const stops = new Map<string, () => void>();

/** Rows of one statement. */
const rowsAtOnce = 200;

/** The thread was ended because the round is no longer wanted. */
class Unwanted extends Error {
  override readonly name = 'Unwanted';
}

/**
 * Computes a round that was just opened, in a thread of its own, and stores what it proposes. While it runs it gives
 * signs of life in the database and looks there whether it is still wanted: it may be cancelled from another process.
 * @returns the round as a preview; undefined when it was cancelled meanwhile.
 * @throws UserError when it could not be computed; then the round has failed.
 */
export async function computeRound(ctx: Context, round: Round, onStep: OnStep): Promise<Round | undefined> {
  computing.add(round.id);
  try {
    const readAt = ctx.now();
    onStep({ phase: 'read', done: 0 });
    const guild = await requireGuild(ctx.db, round.guild_id);
    const input = await readRoundInput(ctx.db, guild, round, readAt);
    const plan = await planInThread(ctx, round, input, onStep);
    onStep({ phase: 'store', done: 1 });
    return await store(ctx, round, plan, readAt);
  } catch (error) {
    if (error instanceof Unwanted) return undefined;
    const failed = await failRound(ctx.db, round, ctx.now());
    if (!failed) return undefined;
    if (error instanceof UserError) throw error;
    ctx.log.error({ err: error, round: round.id }, 'a round could not be computed');
    throw new UserError((t) => t.rounds.computing.failed);
  } finally {
    computing.delete(round.id);
  }
}

/** Ends the thread of a round that is no longer wanted, if it runs in this process. */
export function stopComputing(roundId: string): void {
  stops.get(roundId)?.();
}

/** The rounds that this process computes just now. */
export function listComputing(): readonly string[] {
  return [...computing];
}

async function planInThread(ctx: Context, round: Round, input: RoundInput, onStep: OnStep): Promise<RoundPlan> {
  const worker = startRound(input);
  let helper: Worker | undefined;
  let step: Step = { phase: 'candidates', done: 0 };
  let beating = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<RoundPlan>((resolve, reject) => {
      stops.set(round.id, () => reject(new Unwanted()));
      worker.on('message', (message: WorkerMessage) => {
        if (message.is === 'plan') resolve(message.plan);
        else if (message.is === 'progress') step = message.progress;
        else if (availableParallelism() > 1) {
          helper = startHelper(message.data);
          // The round is worked out without it.
          helper.on('error', (error) => ctx.log.warn({ err: error, round: round.id }, 'the helper of a round failed'));
        }
      });
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('the thread of a round ended early')));
      const beat = async () => {
        if (!(await beatRound(ctx.db, round, JSON.stringify(step), ctx.now()))) throw new Unwanted();
        onStep(step);
      };
      timer = setInterval(() => {
        beating = beating.then(beat).catch(reject);
      }, beatMs);
    });
  } finally {
    clearInterval(timer);
    stops.delete(round.id);
    // Nor may it call for help any more: nobody would end the helper.
    worker.removeAllListeners('message');
    await Promise.all([worker.terminate(), helper?.terminate()]);
    await beating;
  }
}

/**
 * Stores what was found, a part at a time, so that others are answered in between: nobody reads it before the round is a
 * preview, and that is the last statement.
 */
async function store(ctx: Context, round: Round, plan: RoundPlan, readAt: string): Promise<Round | undefined> {
  const { db } = ctx;
  const of = { round_id: round.id, guild_id: round.guild_id };
  await deleteProposals(db, round.id);
  for await (const pairs of inParts(plan.pairs, rowsAtOnce)) {
    await insertPairs(
      db,
      pairs.map((pair) => ({
        ...of,
        mentee_id: pair.menteeId,
        mentor_id: pair.mentorId,
        fit: pair.fit,
        pinned: pair.pinned ? (1 as const) : (0 as const),
        reasons: JSON.stringify(pair.reasons),
      })),
    );
  }
  for await (const left of inParts(plan.unmatched, rowsAtOnce)) {
    await insertLeft(
      db,
      left.map((one) => ({ ...of, mentee_id: one.menteeId, why: one.why, detail: leftDetail(one) })),
    );
  }
  const stored = await inTurn(db, round.guild_id, async (trx) => {
    const preview = await finishRound(trx, round, { figures: figuresText(plan), readAt });
    if (!preview) return undefined;
    // Whoever left or deleted their data meanwhile was not in the tables yet.
    for (const userId of await listGoneFrom(trx, round.id)) await dropFromPreviews(trx, round.guild_id, userId);
    return preview;
  });
  if (!stored) await deleteProposals(db, round.id);
  return stored;
}
