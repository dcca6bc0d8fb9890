/**
 * The words of this folder:
 * - a *queue* is what is served side by side with the other: `people`, whom somebody's answer or their own matter is
 *   owed, and `posts` for everybody in a channel, so that nobody waits for an answer behind ten thousand tips;
 * - a *lane* is what waits for each other within a queue, for example everything to one person (`routes.ts`);
 * - the *pace* is Discord's limit on all requests together;
 * - an *attempt* is one try at one notice, and the gate that each of its requests goes through.
 */
import { type Client, REST } from 'discord.js';
import type { Context } from '../context.ts';
import { type Queue, findNextDue, findOldestOwed } from '../db/notices.ts';
import { cleanOutput } from '../discord/border.ts';
import { epochMs, type Instant, later } from '../time.ts';
import type { Sender } from './attempt.ts';
import { Pace } from './pace.ts';
import { deliverBatch, deliverPosts } from './queues.ts';

/** Delivers what the bot owes. */
export interface Outbox {
  /** Delivers everything due, soon; does not wait for it. */
  wake(): void;
  /** Delivers everything that is due now and resolves when nothing due is left in hand. */
  deliverDue(): Promise<void>;
  /** Finishes what is in hand and takes nothing new. */
  stop(): Promise<void>;
}

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
  const rest = cleanOutput(
    new REST({
      ...client.options.rest,
      timeout: answerMs,
      rejectOnRateLimit: ({ timeToReset, retryAfter }) => Math.max(timeToReset, retryAfter) > longestSilentWaitMs,
    }),
  );
  const pace = new Pace();
  const sender: Sender = { ctx, client, rest, pace, dms: new Map() };
  const unwatch = pace.watch(client);
  const stopping = new AbortController();
  const { signal } = stopping;
  // Side by side: nobody waits for an answer behind ten thousand tips.
  const people = startQueue(sender, 'people', signal, async () => {
    // Looked at first: most of what people do owes nobody anything, and a claim is a write.
    while ((await findOldestOwed(ctx.db, ctx.now())) !== undefined) {
      if (!(await deliverBatch(sender, signal))) break;
    }
  });
  const posts = startQueue(sender, 'bulk', signal, async () => {
    // Again after the last: what was posted may have to be published too.
    while ((await findOldestOwed(ctx.db, ctx.now(), 'bulk')) !== undefined) {
      if (!(await deliverPosts(sender, signal))) break;
    }
  });
  const deliverDue = async (): Promise<void> => {
    await Promise.all([people.deliverDue(), posts.deliverDue()]);
    // Of posts that failed the moderators are told.
    await people.deliverDue();
  };
  return {
    wake: () => void deliverDue(),
    deliverDue,
    async stop() {
      stopping.abort();
      await Promise.all([people.ended(), posts.ended()]);
      unwatch();
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
  };
}

/** Sees through what is due of one queue, whenever it is woken or something comes due. */
interface QueueRunner {
  deliverDue(): Promise<void>;
  /** After the signal to stop: resolves when nothing is in hand. */
  ended(): Promise<void>;
}

function startQueue(sender: Sender, queue: Queue, stopping: AbortSignal, deliverAll: () => Promise<void>): QueueRunner {
  const { ctx, rest } = sender;
  let running: Promise<void> | undefined;
  let isWoken = false;
  let timer: NodeJS.Timeout | undefined;

  async function deliverDue(): Promise<void> {
    // Somebody who comes while a run is going on may have owed something that it no longer sees: it goes once more.
    isWoken = true;
    if (!stopping.aborted) running ??= run();
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
        await deliverAll();
        next = await findNextDue(ctx.db, ctx.now(), queue);
      } while (isWoken && !stopping.aborted);
    } catch (error) {
      ctx.log.error({ err: error }, 'the outbox could not be read');
      next = later(ctx.now(), { ms: databaseWaitMs });
    }
    running = undefined;
    wakeAt(next);
  }

  function wakeAt(due: Instant | undefined): void {
    if (due === undefined || stopping.aborted) return;
    const ms = epochMs(due) - epochMs(ctx.now());
    if (ms <= longestTimerMs) timer = setTimeout(() => void deliverDue(), Math.max(ms, 0)).unref();
  }

  return {
    deliverDue,
    async ended() {
      clearTimeout(timer);
      await running;
    },
  };
}
