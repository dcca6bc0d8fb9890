import type { Worker } from 'node:worker_threads';
import type { HelperData, RoundInput } from '../../../matching/index.ts';
import { startThread } from '../../../thread/start.ts';

/** What the two kinds of threads do. */
const work = new URL('work.ts', import.meta.url);
const help = new URL('help.ts', import.meta.url);

/** In MB. A helper makes little that is not needed for long, and would take its time to throw it away. */
const helperLimits = { maxYoungGenerationSizeMb: 4 };

/** Starts a thread that works a round out. What it says is a `WorkerMessage` (work.ts). */
export function startRound(input: RoundInput): Worker {
  return startThread(work, input);
}

/** Starts a thread that helps one that works a round out, and ends with it. It says nothing. */
export function startHelper(data: HelperData): Worker {
  return startThread(help, data, helperLimits);
}
