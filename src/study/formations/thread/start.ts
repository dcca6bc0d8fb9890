import { once } from 'node:events';
import type { FormInput, FormPlan } from '../../../matching/form/index.ts';
import { startThread } from '../../../thread/start.ts';
import type { FormMessage } from './work.ts';

const work = new URL('work.ts', import.meta.url);

/** A formation that takes longer is given up: twenty thousand seekers take fifteen seconds on one core. */
const longestMs = 5 * 60_000;

/** Formations at once: each keeps a core busy, and many may take a near miss in the same minute. */
const atOnce = 2;
let busy = 0;
const waiting: (() => void)[] = [];

/**
 * Forms groups in a thread of its own.
 * @throws Error when the thread fails or is still at work after five minutes.
 */
export async function formInThread(input: FormInput): Promise<FormPlan> {
  if (busy >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else busy += 1;
  try {
    return await run(input);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }
}

async function run(input: FormInput): Promise<FormPlan> {
  const worker = startThread(work, input);
  try {
    const [message] = (await once(worker, 'message', { signal: AbortSignal.timeout(longestMs) })) as [FormMessage];
    return message.plan;
  } finally {
    await worker.terminate();
  }
}
