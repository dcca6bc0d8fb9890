import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ResourceLimits, Worker } from 'node:worker_threads';

const matching = fileURLToPath(new URL('../matching/', import.meta.url));

/** What a thread is handed: its task, and by address the modules it needs, in plain JavaScript. */
export interface ThreadData<Task> {
  readonly task: Task;
  readonly modules: ReadonlyMap<string, string>;
  /** The address of the first of them. */
  readonly first: string;
}

const stripped = new Map<string, string>();

/**
 * Starts a thread that computes something with `matching`, which needs nothing outside its folder.
 * @param first the module it begins with, which imports nothing else but types.
 *
 * Node strips TypeScript with WebAssembly, and V8 now and then ends the whole process when a thread that did so goes
 * (a check of its code pages fails, or it reads what is freed: https://github.com/nodejs/node/issues/64500). Of 1,600
 * threads that loaded TypeScript themselves, four took the process along; hence they are handed JavaScript, made here.
 */
export function startThread(first: URL, task: unknown, resourceLimits: ResourceLimits = {}): Worker {
  if (stripped.size === 0) {
    for (const file of globSync('**/*.ts', { cwd: matching })) strip(pathToFileURL(matching + file));
  }
  strip(first);
  const workerData: ThreadData<unknown> = { task, modules: stripped, first: first.href };
  // The thread needs none of the environment, and so has no token in it.
  return new Worker(new URL('entry.js', import.meta.url), { workerData, env: {}, execArgv: [], resourceLimits });
}

/** Without the warning that Node's way of doing so may change: whoever runs the bot can do nothing about it. */
function strip(url: URL): void {
  if (stripped.has(url.href)) return;
  // oxlint-disable-next-line typescript/unbound-method -- put back as it was
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    stripped.set(url.href, stripTypeScriptTypes(readFileSync(url, 'utf8')));
  } finally {
    process.emitWarning = emitWarning;
  }
}
