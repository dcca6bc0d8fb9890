import { type Client, REST } from 'discord.js';
import type { Context } from '../context.ts';
import { findGuild } from '../db/guilds.ts';
import {
  awayPrefix,
  claimNotices,
  findNextDue,
  findOldestOwed,
  type Notice,
  postponeNotice,
  releaseNotice,
} from '../db/notices.ts';
import { epochMs, type Instant, later } from '../time.ts';
import { Attempt, type Line, leaseMs } from './delivery/attempt.ts';
import { settle, settleFailure } from './delivery/settle.ts';
import { carryOut, laneOf } from './delivery/ways.ts';

/** Delivers what the bot owes. */
export interface Outbox {
  /** Delivers everything due, soon; does not wait for it. */
  wake(): void;
  /** Delivers everything that is due now and resolves when nothing due is left in hand. */
  deliverDue(): Promise<void>;
  /** Finishes what is in hand and takes nothing new. */
  stop(): Promise<void>;
}

/** How many notices are claimed at a time, and how many of their lanes are served at the same time. */
const batchSize = 50;
const lanesAtOnce = 8;
/** How long one request to Discord may take before its outcome counts as unknown. */
const answerMs = 10_000;
/** A rate limit up to this long is waited out within the request; a longer one goes back into the outbox. */
const longestSilentWaitMs = 3_000;
/** The heartbeat looks every minute by itself; what is due sooner gets a timer. */
const longestTimerMs = 60_000;
/** How soon to look again after the database did not answer. */
const databaseWaitMs = 5_000;

/**
 * The outbox of this process. Several processes may share a database: claims keep them apart.
 * @param client its settings say how Discord is reached; it need not be connected yet.
 */
export function createOutbox(ctx: Context, client: Client): Outbox {
  const rest = new REST({
    ...client.options.rest,
    // discord.js would send again by itself what has timed out, and Discord may have made it both times.
    retries: 0,
    timeout: answerMs,
    rejectOnRateLimit: ({ timeToReset, retryAfter }) => Math.max(timeToReset, retryAfter) > longestSilentWaitMs,
  });
  const line: Line = { ctx, client, rest, dms: new Map() };
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let isWoken = false;
  let timer: NodeJS.Timeout | undefined;

  async function deliverDue(): Promise<void> {
    // Somebody who comes while a run is going on may have owed something that it no longer sees: it goes once more.
    isWoken = true;
    if (!stopping.signal.aborted) running ??= run();
    await running;
  }

  async function run(): Promise<void> {
    clearTimeout(timer);
    let next: Instant | undefined;
    try {
      do {
        isWoken = false;
        // After a refused token discord.js forgets it; the operator's answer to that is another start.
        rest.setToken(ctx.config.token);
        // Looked at first: most of what people do owes nobody anything, and a claim is a write.
        while ((await findOldestOwed(ctx.db, ctx.now())) !== undefined) {
          if (!(await deliverBatch(line, stopping.signal))) break;
        }
        next = await findNextDue(ctx.db, ctx.now());
      } while (isWoken && !stopping.signal.aborted);
    } catch (error) {
      ctx.log.error({ err: error }, 'the outbox could not be read');
      next = later(ctx.now(), { ms: databaseWaitMs });
    }
    running = undefined;
    wakeAt(next);
  }

  function wakeAt(due: Instant | undefined): void {
    if (due === undefined || stopping.signal.aborted) return;
    const ms = epochMs(due) - epochMs(ctx.now());
    if (ms <= longestTimerMs) timer = setTimeout(() => void deliverDue(), Math.max(ms, 0)).unref();
  }

  return {
    wake: () => void deliverDue(),
    deliverDue,
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await running;
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
  };
}

/** Takes one batch and sees each of it through. Returns false when nothing was due. */
async function deliverBatch(line: Line, stopping: AbortSignal): Promise<boolean> {
  if (stopping.aborted) return false;
  const { ctx } = line;
  const now = ctx.now();
  const notices = await claimNotices(ctx.db, now, later(now, { ms: leaseMs }), batchSize);
  const lanes = [...Map.groupBy(notices, laneOf).values()];
  await Promise.all(
    Array.from({ length: Math.min(lanesAtOnce, lanes.length) }, async () => {
      for (let lane = lanes.shift(); lane; lane = lanes.shift()) await serveLane(line, lane, stopping);
    }),
  );
  return notices.length > 0;
}

/** Delivers the notices of one lane in order. When Discord is away, what comes after waits as long as what failed. */
async function serveLane(line: Line, notices: readonly Notice[], stopping: AbortSignal): Promise<void> {
  const { ctx } = line;
  let holdUntil: Instant | undefined;
  for (const notice of notices) {
    try {
      if (holdUntil !== undefined) {
        await postponeNotice(ctx.db, notice, {
          dueAt: holdUntil,
          problem: `${awayPrefix}held`,
          unsureSince: notice.unsure_since,
          counts: false,
        });
      } else if (stopping.aborted) {
        await releaseNotice(ctx.db, notice);
      } else {
        ({ holdUntil } = await deliver(line, notice));
      }
    } catch (error) {
      // The claim runs out by itself, and whoever takes over then looks before sending.
      ctx.log.error({ err: error, notice: notice.id }, 'the outcome of a delivery could not be written down');
    }
  }
}

async function deliver(line: Line, notice: Notice): Promise<{ holdUntil?: Instant }> {
  const guild = await findGuild(line.ctx.db, notice.guild_id);
  if (!guild) throw new Error('a notice without its guild');
  const attempt = new Attempt(line, guild, notice);
  try {
    return await settle(attempt, await carryOut(attempt));
  } catch (error) {
    return await settleFailure(attempt, error);
  }
}
