/**
 * The thread in which a round is computed, so that interactions are answered meanwhile. It is handed everything that it
 * needs and has no database; whoever started it stores what it finds, or ends it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import {
  type HelperData,
  planRound,
  type RoundInput,
  type RoundPlan,
  type RoundProgress,
} from '../../../matching/index.ts';
import type { ThreadData } from '../../../thread/start.ts';

/** What the thread says. */
export type WorkerMessage =
  | { readonly is: 'progress'; readonly progress: RoundProgress }
  /** A helper would save time: see `startHelper`. */
  | { readonly is: 'call'; readonly data: HelperData }
  | { readonly is: 'plan'; readonly plan: RoundPlan };

/** Nobody looks more often, and every message takes time from those who are being answered. */
const leastBetweenMs = 100;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const say = (message: WorkerMessage) => parentPort?.postMessage(message);

let saidAt = -Infinity;
const onProgress = (progress: RoundProgress) => {
  const now = performance.now();
  if (now - saidAt < leastBetweenMs) return;
  saidAt = now;
  say({ is: 'progress', progress });
};
const { task } = workerData as ThreadData<RoundInput>;
const plan = planRound(task, onProgress, (data) => say({ is: 'call', data }));
say({ is: 'plan', plan });
