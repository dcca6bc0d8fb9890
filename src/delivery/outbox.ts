/**
 * The words of this folder:
 * - a *queue* is what is served side by side with the other: `people`, what somebody has just caused, and `bulk`, what
 *   the clock or one press owes to many, so that nobody waits for an answer behind ten thousand tips;
 * - a *lane* is what waits for each other within a queue, for example everything to one person (`routes.ts`);
 * - a *turn* is a guild's: notices are claimed, and requests let go, guild by guild, so that none holds up the others;
 * - the *pace* is Discord's limit on all requests together;
 * - an *attempt* is one try at one notice, and the gate that each of its requests goes through.
 */
import { type Client, REST } from 'discord.js';
import type { Context } from '../context.ts';
import { ownShards } from '../db/owned.ts';
import { takePlaces } from '../db/processes.ts';
import { cleanOutput } from '../discord/border.ts';
import type { Sender } from './attempt.ts';
import { Pace } from './pace.ts';
import { startQueue } from './queues.ts';

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

/** How often this process looks for what others have owed to its guilds. */
const othersMs = 1_000;

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
  const isPart = ownShards(ctx.db) !== undefined;
  const pace = new Pace(isPart ? (...place) => takePlaces(ctx.db, ...place) : undefined);
  const sender: Sender = { ctx, client, rest, pace, dms: new Map() };
  const leave = pace.guard(client.rest);
  const stopping = new AbortController();
  const { signal } = stopping;
  const people = startQueue(sender, 'people', signal);
  const bulk = startQueue(sender, 'bulk', signal);
  const queues = [people, bulk] as const;
  // Another process may owe something to a guild of this one: an answer from a direct message goes to the first shard's.
  const look = isPart ? setInterval(() => people.wake(), othersMs).unref() : undefined;
  return {
    wake() {
      for (const queue of queues) queue.wake();
    },
    async deliverDue() {
      await Promise.all(queues.map((queue) => queue.deliverDue()));
      // Bulk that failed may have to be reported to somebody.
      await people.deliverDue();
    },
    async stop() {
      stopping.abort();
      clearInterval(look);
      await Promise.all(queues.map((queue) => queue.ended()));
      leave();
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
  };
}
