import type { World } from './world/world.ts';

/** Long enough for a busy machine: what does not come never comes. */
const defaultTimeoutMs = 20_000;
/** A condition may look at things outside of this Discord, so it is also tried from time to time. */
const pollMs = 50;

/** Waits until `condition` gives something truthy. Rejects after `timeoutMs` with what was waited for and `explain()`. */
export async function until<T>(
  world: World,
  what: string,
  condition: () => T | undefined | false | null,
  explain: () => string,
  timeoutMs = defaultTimeoutMs,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const look = (): void => {
    try {
      const value = condition();
      if (value) resolve(value);
    } catch (error) {
      reject(error);
    }
  };
  const unwatch = world.watch(look);
  const poll = setInterval(look, pollMs);
  const timer = setTimeout(() => {
    reject(new Error(`waited ${timeoutMs} ms in vain for ${what}.\n${explain()}`));
  }, timeoutMs);
  look();
  try {
    return await promise;
  } finally {
    unwatch();
    clearInterval(poll);
    clearTimeout(timer);
  }
}
