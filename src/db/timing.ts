/** How long queries take, for whoever wants to know. */
import type { LogEvent } from 'kysely';
import type { Db } from './open.ts';

/** Told of each query how many milliseconds it took. */
type Observe = (ms: number) => void;

const observers = new WeakMap<Db, { observe: Observe | undefined }>();

/** What a database is opened with, so that its queries can be timed later: until then it costs next to nothing. */
export function createTimer(): { readonly log: (event: LogEvent) => void; readonly keepFor: (db: Db) => void } {
  const timer: { observe: Observe | undefined } = { observe: undefined };
  return {
    log: (event) => timer.observe?.(event.queryDurationMillis),
    keepFor: (db) => void observers.set(db, timer),
  };
}

/** Has each query of this database timed from now on. */
export function timeQueries(db: Db, observe: Observe): void {
  const timer = observers.get(db);
  if (timer) timer.observe = observe;
}
