import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Hands out a long list in parts, and lets everybody else run between one and the next: SQLite answers at once, so
 * without that a long list would keep interactions, and Discord's heartbeat, waiting until its end.
 * @param size how many at a time: some milliseconds of work.
 */
export async function* inParts<T>(all: readonly T[], size: number): AsyncGenerator<readonly T[], void, undefined> {
  for (let from = 0; from < all.length; from += size) {
    if (from > 0) await nextTurn();
    yield all.slice(from, from + size);
  }
}
