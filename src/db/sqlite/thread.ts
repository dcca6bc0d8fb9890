import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** The thread's answer. */
type Answer = { readonly problems: readonly string[] } | { readonly code: string };

/** Does work on a whole file in a thread. @throws an error with SQLite's code. */
async function workOn(file: string, work: 'check' | 'rewrite'): Promise<readonly string[]> {
  // The thread needs none of the environment, and so has no token in it.
  const worker = new Worker(new URL('thread.js', import.meta.url), {
    workerData: { work, file },
    env: {},
    execArgv: [],
  });
  try {
    const [answer] = (await once(worker, 'message')) as [Answer];
    if ('code' in answer) throw Object.assign(new Error(`${work} failed`), { code: answer.code });
    return answer.problems;
  } finally {
    await worker.terminate();
  }
}

/** Looks for damage without writing anything. @returns what is damaged, in SQLite's words; nothing when it is whole. */
export async function findDamage(file: string): Promise<readonly string[]> {
  return await workOn(file, 'check');
}

/** Writes a file anew, so that nothing of what was deleted is left in it. */
export async function rewriteFile(file: string): Promise<void> {
  await workOn(file, 'rewrite');
}
