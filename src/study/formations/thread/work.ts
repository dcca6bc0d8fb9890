/** The thread in which a formation is computed, so that interactions are answered meanwhile. It has no database. */
import { parentPort, workerData } from 'node:worker_threads';
import { formGroups, type FormInput, type FormPlan } from '../../../matching/form/index.ts';
import type { ThreadData } from '../../../thread/start.ts';

/** What the thread says, once. */
export interface FormMessage {
  readonly plan: FormPlan;
}

const { task } = workerData as ThreadData<FormInput>;
const message: FormMessage = { plan: formGroups(task) };
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(message);
