/**
 * The thread in which a round is computed, so that interactions are answered meanwhile. It is handed everything that it
 * needs and has no database; whoever started it stores what it finds, or ends it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { planRound, type RoundInput, type RoundPlan, type RoundProgress } from '../../matching/index.ts';

/** What the thread says. */
export type WorkerMessage =
  { readonly is: 'progress'; readonly progress: RoundProgress } | { readonly is: 'plan'; readonly plan: RoundPlan };

const say = (message: WorkerMessage) => parentPort?.postMessage(message);

const plan = planRound(workerData as RoundInput, (progress) => say({ is: 'progress', progress }));
say({ is: 'plan', plan });
