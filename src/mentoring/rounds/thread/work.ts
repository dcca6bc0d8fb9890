/**
 * The thread in which a round is computed, so that interactions are answered meanwhile. It is handed everything that it
 * needs and has no database; whoever started it stores what it finds, or ends it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { planRound, type RoundPlan, type RoundProgress } from '../../../matching/index.ts';
import type { ThreadData } from './start.ts';

/** What the thread says. */
export type WorkerMessage =
  { readonly is: 'progress'; readonly progress: RoundProgress } | { readonly is: 'plan'; readonly plan: RoundPlan };

/** Nobody looks more often, and every message takes time from those who are being answered. */
const leastBetweenMs = 100;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const say = (message: WorkerMessage) => parentPort?.postMessage(message);

let saidAt = -Infinity;
const plan = planRound((workerData as ThreadData).input, (progress) => {
  const now = performance.now();
  if (now - saidAt < leastBetweenMs) return;
  saidAt = now;
  say({ is: 'progress', progress });
});
say({ is: 'plan', plan });
