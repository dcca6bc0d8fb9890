/**
 * Where threads begin that compute something. Plain JavaScript, and whatever it loads was made plain by whoever started it: see
 * start.ts for why Node must not strip TypeScript in here.
 */
import { registerHooks } from 'node:module';
import { workerData } from 'node:worker_threads';

const { modules, first } = workerData;

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:')) return nextLoad(url, context);
    const source = modules.get(url);
    if (source === undefined) throw new Error(`a thread was not handed ${url}`);
    return { format: 'module', source, shortCircuit: true };
  },
});

await import(first);
