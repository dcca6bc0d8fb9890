import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Context } from '../context.ts';

/**
 * Does the same for many, one after the other, each in a transaction of its own. One that fails is logged and does not
 * hold up the rest. In between the program turns to whoever waits: SQLite answers at once, so without that a long
 * list would keep interactions, and Discord's heartbeat, waiting until its end.
 * @param what for the log.
 */
export async function forEachInTurn<T>(
  ctx: Context,
  what: string,
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      ctx.log.error({ err: error, what }, 'one of many failed');
    }
    await nextTurn();
  }
}
