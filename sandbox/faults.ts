/** What goes wrong on purpose. */
import type { Fault, FaultHandle } from './api.ts';

/** A fault that has met a request: what happens instead of it, or to its answer. */
export interface Trouble {
  readonly fault: Exclude<Fault, { kind: 'slow' }>;
  /** Resolves when the fault is cleared. */
  readonly cleared: Promise<void>;
}

/** What is to happen to one request. */
export interface Verdict {
  /** Waits before anything else. */
  readonly slowMs: number;
  readonly trouble: Trouble | undefined;
}

interface Active {
  readonly fault: Fault;
  skip: number;
  left: number;
  readonly reached: PromiseWithResolvers<void>;
  readonly cleared: PromiseWithResolvers<void>;
}

const nothing: Verdict = { slowMs: 0, trouble: undefined };

export class Faults {
  #active: Active[] = [];
  readonly #held = new Set<PromiseWithResolvers<void>>();

  add(fault: Fault): FaultHandle {
    const entry: Active = {
      fault,
      skip: fault.skip ?? 0,
      left: fault.times ?? 1,
      reached: Promise.withResolvers(),
      cleared: Promise.withResolvers(),
    };
    this.#active.push(entry);
    if (fault.kind === 'hold') this.#held.add(entry.cleared);
    return {
      reached: entry.reached.promise,
      clear: () => {
        this.#active = this.#active.filter((other) => other !== entry);
        this.#held.delete(entry.cleared);
        entry.cleared.resolve();
      },
    };
  }

  /** Uses up the faults that apply to a request: every slowness, and the first of the others. */
  next(method: string, path: string): Verdict {
    if (this.#active.length === 0) return nothing;
    let slowMs = 0;
    let trouble: Trouble | undefined;
    for (const entry of this.#active) {
      const { fault } = entry;
      if ((fault.kind !== 'slow' && trouble) || !applies(fault, method, path)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      entry.reached.resolve();
      if (fault.kind === 'slow') slowMs += fault.ms;
      else trouble = { fault, cleared: entry.cleared.promise };
    }
    this.#active = this.#active.filter(({ left }) => left > 0);
    return { slowMs, trouble };
  }

  /** Lets go of everything that is held, for the end. */
  close(): void {
    this.#active = [];
    for (const { resolve } of this.#held) resolve();
  }
}

/** A pattern is tried on the path without `/api/v10` and on `METHOD path`. */
function applies(fault: Fault, method: string, path: string): boolean {
  const { route } = fault;
  // Discord's global limit does not bind the endpoints of interactions.
  const isFree = fault.kind === 'rate-limit' && fault.global && /^\/(interactions|webhooks)\//.test(path);
  if (!route && isFree) return false;
  return !route || path.search(route) !== -1 || `${method} ${path}`.search(route) !== -1;
}
