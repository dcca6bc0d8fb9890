import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { HelperData, RoundInput } from '../../../matching/index.ts';

/** What the two kinds of threads do. */
const work = new URL('work.ts', import.meta.url);
const help = new URL('help.ts', import.meta.url);
const matching = fileURLToPath(new URL('../../../matching/', import.meta.url));

/** What a thread is handed: the round or its part of it, and by address the modules it needs, in plain JavaScript. */
export interface ThreadData<Task> {
  readonly task: Task;
  readonly modules: ReadonlyMap<string, string>;
  /** The address of the first of them. */
  readonly first: string;
}

/** In MB. A helper makes little that is not needed for long, and would take its time to throw it away. */
const helperLimits = { maxYoungGenerationSizeMb: 4 };

let modules: ReadonlyMap<string, string> | undefined;

/** Starts a thread that works a round out. What it says is a `WorkerMessage` (work.ts). */
export function startThread(input: RoundInput): Worker {
  return start(work, input);
}

/** Starts a thread that helps one that works a round out, and ends with it. It says nothing. */
export function startHelper(data: HelperData): Worker {
  return start(help, data, helperLimits);
}

/**
 * Node strips TypeScript with WebAssembly, and V8 now and then ends the whole process when a thread that did so goes
 * (a check of its code pages fails, or it reads what is freed: https://github.com/nodejs/node/issues/64500). Of 1,600
 * threads that loaded TypeScript themselves, four took the process along; hence they are handed JavaScript, made here.
 */
function start(first: URL, task: unknown, resourceLimits: ResourceLimits = {}): Worker {
  modules ??= stripModules();
  const workerData: ThreadData<unknown> = { task, modules, first: first.href };
  // The thread needs none of the environment, and so has no token in it.
  return new Worker(new URL('entry.js', import.meta.url), { workerData, env: {}, execArgv: [], resourceLimits });
}

/** The threads' modules: `matching` needs nothing outside its folder. */
function stripModules(): ReadonlyMap<string, string> {
  const files = globSync('**/*.ts', { cwd: matching }).map((file) => pathToFileURL(matching + file));
  return new Map([work, help, ...files].map((url) => [url.href, stripTypes(readFileSync(url, 'utf8'))]));
}

/** Without the warning that Node's way of doing so may change: whoever runs the bot can do nothing about it. */
function stripTypes(source: string): string {
  // oxlint-disable-next-line typescript/unbound-method -- put back as it was
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
